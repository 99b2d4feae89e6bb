import { z } from "zod";
import { plainText } from "~/infra/plain-text";
import { aiPolicies, countings, type Phase, type Scoring } from "./challenge";
import { instantOf, isTimeZone } from "./zoned-time";

/** What an admin fills in for a challenge: the form and the action read the same schema. */

const wallClock = z
  .string({ error: "Choose a date and time" })
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, "Choose a date and time");
const optionalSeconds = z
  .union([z.literal(""), z.coerce.number({ error: "Give whole seconds" }).int().min(0).max(36_000)])
  .optional()
  .transform((value) => (value === "" || value === undefined ? null : value));
const plain = (text: string) => plainText(text, Number.POSITIVE_INFINITY);
const points = z.coerce.number({ error: "Give a number from 0 to 1000" }).int().min(0).max(1_000);

/** A view is easily had; who shares a video vouches for it. */
export const defaultScoring: Scoring = {
  counting: "total",
  pointsViews: 1,
  pointsLikes: 5,
  pointsComments: 20,
  pointsShares: 25,
};

/** `/review/…` is the desk of the challenge with that address, but for these. */
const deskPages = ["appeals", "figures", "live", "log", "reports", "templates"];

export const challengeFormSchema = z
  .object({
    title: z
      .string({ error: "Give it a title" })
      .trim()
      .overwrite(plain)
      .min(3, "Give it a title")
      .max(80, "Keep it under 80 characters"),
    slug: z
      .string()
      .trim()
      .max(80, "Keep it under 80 characters")
      .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, "Use small letters, digits and single dashes")
      .optional()
      .default(""),
    brief: z
      .string({ error: "Say what you want to see" })
      .trim()
      .overwrite(plain)
      .min(10, "Say what you want to see")
      .max(2_000),
    organizer: z
      .string({ error: "Say who organizes it" })
      .trim()
      .overwrite(plain)
      .min(2, "Say who organizes it")
      .max(80),
    prize: z
      .string()
      .trim()
      .overwrite(plain)
      .max(80)
      .optional()
      .transform((prize) => prize || null),
    timeZone: z.string({ error: "Choose a time zone" }).refine(isTimeZone, "Choose a time zone"),
    opensAt: wallClock,
    closesAt: wallClock,
    postedFrom: z
      .union([z.literal(""), wallClock])
      .optional()
      .default(""),
    hashtags: z.string().trim().max(300).optional().default(""),
    minDurationSeconds: optionalSeconds,
    maxDurationSeconds: optionalSeconds,
    entriesPerCreator: z.coerce.number({ error: "Give a number from 1 to 100" }).int().min(1).max(100).default(1),
    aiPolicy: z.enum(aiPolicies).default("must_be_labelled"),
    counting: z.enum(countings).default(defaultScoring.counting),
    pointsViews: points.default(defaultScoring.pointsViews),
    pointsLikes: points.default(defaultScoring.pointsLikes),
    pointsComments: points.default(defaultScoring.pointsComments),
    pointsShares: points.default(defaultScoring.pointsShares),
  })
  .transform((form, context) => {
    const opensAt = instantOf(form.opensAt, form.timeZone);
    const closesAt = instantOf(form.closesAt, form.timeZone);
    const postedFrom = form.postedFrom === "" ? opensAt : instantOf(form.postedFrom, form.timeZone);
    const slug = form.slug || slugOf(form.title);
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (closesAt <= opensAt) complain("closesAt", "It must close after it opens");
    if (closesAt <= postedFrom) complain("postedFrom", "This must be before it closes");
    if (deskPages.includes(slug)) complain("slug", "A page of the desk has this address. Choose another one");
    if (slug === "") complain("slug", "Give it an address of small letters and digits");
    const { minDurationSeconds: min, maxDurationSeconds: max } = form;
    if (min !== null && max !== null && max < min)
      complain("maxDurationSeconds", "This must not be less than the minimum");
    const { pointsViews, pointsLikes, pointsComments, pointsShares } = form;
    if (pointsViews + pointsLikes + pointsComments + pointsShares === 0) {
      complain("pointsViews", "Something must give points");
    }
    return { ...form, slug, opensAt, closesAt, postedFrom, requiredHashtags: hashtagsOf(form.hashtags) };
  });
export type ChallengeForm = z.infer<typeof challengeFormSchema>;
export type ChallengeField = keyof z.input<typeof challengeFormSchema>;

/** What a challenge is, as its form fills it in. */
export type ChallengeContent = Omit<ChallengeForm, "hashtags">;

function slugOf(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80)
    .replace(/-$/, "");
}

function hashtagsOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/[\p{L}\p{M}\p{N}_]+/gu), ([tag]) => tag.toLowerCase()))];
}

/** What an admin can do to a challenge as it stands. */
export const challengeActSchema = z.object({
  intent: z.enum(["publish", "pause", "resume", "close", "cancel", "archive"]),
});
export type ChallengeAct = z.infer<typeof challengeActSchema>["intent"];

/** The acts that a phase allows; its dates do the rest. Freezing and publishing results have a page of their own. */
export const actsIn: Record<Phase, readonly ChallengeAct[]> = {
  draft: ["publish"],
  scheduled: ["cancel"],
  open: ["pause", "close", "cancel"],
  paused: ["resume", "close", "cancel"],
  reviewing: [],
  frozen: [],
  final: ["archive"],
  archived: [],
  cancelled: [],
};
