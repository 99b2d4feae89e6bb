import { z } from "zod";
import { choosableReasons, type ReasonCode, reasonLabels } from "./reason";

/**
 * Rules that help moderators: conditions on an entry, and what happens when they hold. None rejects: a flag, a hold and a
 * suggestion go to a person, and an approval is left to one for a share of the entries.
 */

const words = z.array(z.string().trim().min(1).max(60)).min(1).max(40);
const count = z.number().int().min(1).max(10_000);

const conditionSchema = z.discriminatedUnion("on", [
  z.object({ on: z.literal("caption_words"), words }),
  z.object({ on: z.literal("hashtags"), tags: words }),
  z.object({ on: z.literal("shorter_than"), seconds: count }),
  z.object({ on: z.literal("longer_than"), seconds: count }),
  z.object({ on: z.literal("linked_less_than"), days: count }),
  z.object({ on: z.literal("ai_label"), labelled: z.boolean() }),
  z.object({ on: z.literal("refused_before"), times: count }),
  z.object({ on: z.literal("approved_before"), times: count }),
]);
export type Condition = z.infer<typeof conditionSchema>;

const actSchema = z.discriminatedUnion("act", [
  z.object({ act: z.literal("flag") }),
  /** Once it is approved, by whomever, it has no rank until a person has cleared it. */
  z.object({ act: z.literal("hold") }),
  z.object({ act: z.literal("suggest_rejection"), reason: z.enum(choosableReasons) }),
  z.object({
    act: z.literal("approve_trusted"),
    /** How many approved entries make a creator trusted. */
    approvals: z.number().int().min(1).max(1_000),
    /** One in so many stays for a person. */
    sampleOneIn: z.number().int().min(2).max(1_000),
  }),
]);
export type RuleAct = z.infer<typeof actSchema>;

export const reviewRuleSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    match: z.enum(["any", "all"]),
    conditions: z.array(conditionSchema).max(8),
    act: actSchema,
  })
  .refine(({ act, conditions }) => act.act === "approve_trusted" || conditions.length > 0, {
    path: ["conditions"],
    error: "Give at least one condition",
  });
export type ReviewRule = z.infer<typeof reviewRuleSchema>;

/** One version of a rule, as something was done by it. */
export interface KnownRule extends ReviewRule {
  id: string;
  version: number;
}

/** An effective refusal by a person counts against a creator this long: about as long as the longest challenge. */
export const REFUSED_DAYS = 90;

/** What is known of an entry when rules look at it. Null: nobody can tell, so no condition on it holds. */
export interface EntryFacts {
  submissionId: string;
  caption: string;
  durationSeconds: number | null;
  /** Whole days since its creator connected their TikTok account. */
  linkedDays: number;
  isAigc: boolean | null;
  /** Of the creator's other entries, in all challenges: those approved, and those refused by a person of late. */
  approvedBefore: number;
  refusedBefore: number;
  /** Every rule of the challenge is known to be met. */
  passesEveryRule: boolean;
  /** Its creator is a moderator or an admin: nobody decides their own entry, by a rule of theirs either. */
  ofStaff: boolean;
}

/** What rules make of an entry: at most one decision and one hold, and what they suggest to whoever decides. */
export interface Judgement {
  act: { to: "flagged" | "approved"; rule: KnownRule } | null;
  hold: KnownRule | null;
  suggestions: { rule: KnownRule; reason: ReasonCode }[];
}

/**
 * The most careful act wins: an entry that is flagged, to be held or spoken against is approved by no rule, and nor is one
 * that was picked for a person. A hold goes beside a flag: it is about the numbers, and waits for the approval.
 */
export function judgeEntry(rules: readonly KnownRule[], facts: EntryFacts): Judgement {
  const matched = rules.filter((rule) => matches(rule, facts));
  const flag = matched.find(({ act }) => act.act === "flag");
  const suggestions = matched.flatMap((rule) =>
    rule.act.act === "suggest_rejection" ? [{ rule, reason: rule.act.reason }] : [],
  );
  const hold = matched.find(({ act }) => act.act === "hold") ?? null;
  if (flag) return { act: { to: "flagged", rule: flag }, hold, suggestions };
  const trusting = matched.filter(({ act }) => act.act === "approve_trusted");
  const sampled = trusting.some((rule) => isSampled(rule, facts));
  const [rule] = trusting;
  if (!rule || hold || suggestions.length > 0 || sampled) return { act: null, hold, suggestions };
  return { act: { to: "approved", rule }, hold, suggestions };
}

/** What one rule does in a judgement of several. */
export function partOf({ id }: KnownRule, { act, hold, suggestions }: Judgement): Judgement {
  return {
    act: act?.rule.id === id ? act : null,
    hold: hold?.id === id ? hold : null,
    suggestions: suggestions.filter(({ rule }) => rule.id === id),
  };
}

export const hasPart = ({ act, hold, suggestions }: Judgement) =>
  act !== null || hold !== null || suggestions.length > 0;

/** Whether the rule's conditions hold; for one that approves, also whether the creator is trusted and every rule is met. */
export function matches({ match, conditions, act }: ReviewRule, facts: EntryFacts): boolean {
  if (act.act === "approve_trusted") {
    const { approvedBefore, refusedBefore } = facts;
    const trusted = approvedBefore >= act.approvals && refusedBefore === 0 && mayApproveAlone(facts);
    if (!trusted || conditions.length === 0) return trusted;
  }
  const hold = (condition: Condition) => holds(condition, facts);
  return match === "all" ? conditions.every(hold) : conditions.some(hold);
}

/** Whether an entry may be approved without a person looking at it at all. */
export const mayApproveAlone = ({ passesEveryRule, ofStaff }: EntryFacts) => passesEveryRule && !ofStaff;

/** Whether a rule that approves leaves this entry to a person, to look after the rule. The same however often it is asked. */
export function isSampled({ act }: ReviewRule, { submissionId }: EntryFacts): boolean {
  return act.act === "approve_trusted" && hash(submissionId) % act.sampleOneIn === 0;
}

export function holds(condition: Condition, facts: EntryFacts): boolean {
  switch (condition.on) {
    case "caption_words":
      return condition.words.some((word) => hasWord(facts.caption, word));
    case "hashtags": {
      const found = new Set(Array.from(folded(facts.caption).matchAll(/#([\p{L}\p{M}\p{N}_]+)/gu), ([, tag]) => tag));
      return condition.tags.some((tag) => found.has(folded(tag).replace(/^#/, "")));
    }
    case "shorter_than":
      return facts.durationSeconds !== null && facts.durationSeconds < condition.seconds;
    case "longer_than":
      return facts.durationSeconds !== null && facts.durationSeconds > condition.seconds;
    case "linked_less_than":
      return facts.linkedDays < condition.days;
    case "ai_label":
      return facts.isAigc === condition.labelled;
    case "refused_before":
      return facts.refusedBefore >= condition.times;
    case "approved_before":
      return facts.approvedBefore >= condition.times;
  }
}

const folded = (text: string) => text.normalize("NFKC").toLowerCase();
const joined = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no space between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** As a word or words of their own: `ad` is not in `ready`. */
function hasWord(caption: string, word: string): boolean {
  const text = folded(caption);
  const wanted = folded(word);
  const runsOn = (inside: string | undefined, outside: string | undefined) =>
    inside !== undefined &&
    outside !== undefined &&
    joined.test(inside) &&
    joined.test(outside) &&
    !unspaced.test(inside);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1);
    const [after] = text.slice(at + wanted.length);
    if (!runsOn([...wanted][0], before) && !runsOn([...wanted].at(-1), after)) return true;
  }
  return false;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

const either = new Intl.ListFormat("en", { type: "disjunction" });
const quoted = (texts: readonly string[]) => either.format(texts.map((text) => `“${text}”`));
const plural = (amount: number, one: string, many = `${one}s`) =>
  `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;

/** A condition as it is read after “if”. */
export function conditionWords(condition: Condition): string {
  switch (condition.on) {
    case "caption_words":
      return `the caption says ${quoted(condition.words)}`;
    case "hashtags":
      return `the caption has ${either.format(condition.tags.map((tag) => `#${tag}`))}`;
    case "shorter_than":
      return `the video is shorter than ${plural(condition.seconds, "second")}`;
    case "longer_than":
      return `the video is longer than ${plural(condition.seconds, "second")}`;
    case "linked_less_than":
      return `the creator connected TikTok less than ${plural(condition.days, "day")} before`;
    case "ai_label":
      return condition.labelled ? "the video is labelled as AI-generated" : "the video has no AI label";
    case "refused_before":
      return `the creator had ${plural(condition.times, "refused entry", "refused entries")} or more in ${REFUSED_DAYS} days`;
    case "approved_before":
      return `the creator had ${plural(condition.times, "approved entry", "approved entries")} or more`;
  }
}

export function actWords(act: RuleAct): string {
  switch (act.act) {
    case "flag":
      return "Flag it for a second look";
    case "hold":
      return "Hold it once it is approved: no rank until a person has cleared it";
    case "suggest_rejection":
      return `Suggest to reject it: ${reasonLabels[act.reason]}`;
    case "approve_trusted":
      return `Approve it when its creator has ${plural(act.approvals, "approved entry", "approved entries")} and none refused in ${REFUSED_DAYS} days; one in ${act.sampleOneIn} stays for a person`;
  }
}
