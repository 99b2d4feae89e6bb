import { z } from "zod";
import { choosableReasons } from "~/features/submissions/reason";
import { type Condition, type ReviewRule, reviewRuleSchema } from "~/features/submissions/review-rule";

/** What an admin fills in for a rule that helps: each field that is filled in is a condition. */

const listed = z
  .string()
  .max(2_000, "Keep it shorter")
  .default("")
  .transform((text) => [...new Set(text.split(/[\n,]/).map((word) => word.trim()))].filter(Boolean));
const counted = z
  .union([z.literal(""), z.coerce.number({ error: "Give a whole number" }).int("Give a whole number")])
  .default("")
  .refine((value) => value === "" || (value >= 1 && value <= 10_000), "Give a number from 1 to 10,000");

const fieldsSchema = z.object({
  intent: z.literal("save"),
  /** Empty for a new one. */
  ruleId: z.union([z.uuid(), z.literal("")]).default(""),
  seenVersion: z.coerce.number().int().nonnegative().default(0),
  name: z.string().trim().min(1, "Give it a name").max(80, "Keep it under 80 characters"),
  match: z.enum(["any", "all"]).default("any"),
  words: listed,
  hashtags: listed.transform((tags) => tags.flatMap((tag) => tag.split(/\s+/)).map((tag) => tag.replace(/^#/, ""))),
  shorterThan: counted,
  longerThan: counted,
  linkedDays: counted,
  aiLabel: z.enum(["", "labelled", "unlabelled"]).default(""),
  refusedBefore: counted,
  approvedBefore: counted,
  act: z.enum(["flag", "hold", "suggest_rejection", "approve_trusted"], { error: "Choose what it does" }),
  reason: z.enum(["", ...choosableReasons]).default(""),
  approvals: counted,
  sampleOneIn: counted,
});
type RuleFields = z.infer<typeof fieldsSchema>;
export type FieldName = Exclude<keyof RuleFields, "intent" | "ruleId" | "seenVersion">;

export const DEFAULT_APPROVALS = 3;
export const DEFAULT_SAMPLE = 10;

/** The form as a rule; complaints stand at the field that they are about. */
const ruleFormSchema = fieldsSchema.transform((fields, context) => {
  const complain = (path: FieldName, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const conditions = conditionsOf(fields);
  const { name, match, act, reason } = fields;
  if (act !== "approve_trusted" && conditions.length === 0) complain("words", "Give at least one condition");
  if (act === "suggest_rejection" && reason === "") complain("reason", "Choose a reason");
  const rule = reviewRuleSchema.safeParse({ name, match, conditions, act: actOf(fields) });
  if (rule.success)
    return { intent: fields.intent, ruleId: fields.ruleId, seenVersion: fields.seenVersion, rule: rule.data };
  for (const { path, message } of rule.error.issues) {
    const field = fieldOf(path, conditions);
    if (field) complain(field, message);
  }
  return z.NEVER;
});

function conditionsOf(fields: RuleFields): Condition[] {
  const { words, hashtags: tags, shorterThan, longerThan, linkedDays, aiLabel, refusedBefore, approvedBefore } = fields;
  return [
    ...(words.length > 0 ? [{ on: "caption_words" as const, words }] : []),
    ...(tags.length > 0 ? [{ on: "hashtags" as const, tags }] : []),
    ...(shorterThan === "" ? [] : [{ on: "shorter_than" as const, seconds: shorterThan }]),
    ...(longerThan === "" ? [] : [{ on: "longer_than" as const, seconds: longerThan }]),
    ...(linkedDays === "" ? [] : [{ on: "linked_less_than" as const, days: linkedDays }]),
    ...(aiLabel === "" ? [] : [{ on: "ai_label" as const, labelled: aiLabel === "labelled" }]),
    ...(refusedBefore === "" ? [] : [{ on: "refused_before" as const, times: refusedBefore }]),
    ...(approvedBefore === "" ? [] : [{ on: "approved_before" as const, times: approvedBefore }]),
  ];
}

function actOf({ act, reason, approvals, sampleOneIn }: RuleFields) {
  switch (act) {
    case "flag":
    case "hold":
      return { act };
    case "suggest_rejection":
      return { act, reason };
    case "approve_trusted":
      return { act, approvals: approvals || DEFAULT_APPROVALS, sampleOneIn: sampleOneIn || DEFAULT_SAMPLE };
  }
}

/** Which field of the form a complaint about the rule belongs to; none where the form has complained already. */
function fieldOf([part, at]: readonly PropertyKey[], conditions: readonly Condition[]): FieldName | null {
  if (part === "act") return at === "approvals" || at === "sampleOneIn" ? at : null;
  const condition = part === "conditions" ? conditions[Number(at)] : undefined;
  return condition?.on === "hashtags" ? "hashtags" : condition?.on === "caption_words" ? "words" : null;
}

/** A rule as the form's fields. */
export function filledOf({ name, match, conditions, act }: ReviewRule): Partial<Record<FieldName, string>> {
  const filled: Partial<Record<FieldName, string>> = { name, match, act: act.act };
  for (const condition of conditions) {
    switch (condition.on) {
      case "caption_words":
        filled.words = condition.words.join(", ");
        break;
      case "hashtags":
        filled.hashtags = condition.tags.map((tag) => `#${tag}`).join(" ");
        break;
      case "shorter_than":
        filled.shorterThan = String(condition.seconds);
        break;
      case "longer_than":
        filled.longerThan = String(condition.seconds);
        break;
      case "linked_less_than":
        filled.linkedDays = String(condition.days);
        break;
      case "ai_label":
        filled.aiLabel = condition.labelled ? "labelled" : "unlabelled";
        break;
      case "refused_before":
        filled.refusedBefore = String(condition.times);
        break;
      case "approved_before":
        filled.approvedBefore = String(condition.times);
        break;
    }
  }
  switch (act.act) {
    case "flag":
    case "hold":
      return filled;
    case "suggest_rejection":
      return { ...filled, reason: act.reason };
    case "approve_trusted":
      return { ...filled, approvals: String(act.approvals), sampleOneIn: String(act.sampleOneIn) };
  }
}

const seen = { ruleId: z.uuid(), seenVersion: z.coerce.number().int().positive() };

/** What can be done to a challenge's review. */
export const reviewActSchema = z.discriminatedUnion("intent", [
  ruleFormSchema,
  ...(["try", "enable", "disable", "retire", "apply"] as const).map((intent) =>
    z.object({ intent: z.literal(intent), ...seen }),
  ),
  z.object({ intent: z.literal("undo"), bulkId: z.uuid() }),
  z.object({
    intent: z.literal("target"),
    hours: z
      .union([z.literal(""), z.coerce.number({ error: "Give whole hours" }).int("Give whole hours")])
      .refine((hours) => hours === "" || (hours >= 1 && hours <= 720), "Give 1 to 720 hours, or nothing")
      .transform((hours) => (hours === "" ? null : hours)),
    approveAtTarget: z.stringbool().default(false),
  }),
]);
export type ReviewAct = z.infer<typeof reviewActSchema>;
