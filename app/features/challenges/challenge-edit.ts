import type { ChallengeRules, Phase } from "./challenge";
import type { ChallengeContent, ChallengeField } from "./challenge-form";
import type { Challenge } from "./find-challenge.server";
import { wallClockOf } from "./zoned-time";

/** A challenge that exists already, in its form: what can still be changed, and what a form would change. */

export type FilledForm = Record<ChallengeField, string>;

const address: readonly ChallengeField[] = ["slug"];
const scoring: readonly ChallengeField[] = ["counting", "pointsViews", "pointsLikes", "pointsComments", "pointsShares"];
/** Who enters relies on how entries are ranked, so the recipe stays from the opening on. */
const untilItOpens: readonly ChallengeField[] = ["timeZone", "opensAt", ...scoring];
/** What a video must meet; none is checked anew after the deadline. */
const untilItCloses: readonly ChallengeField[] = [
  "closesAt",
  "postedFrom",
  "hashtags",
  "minDurationSeconds",
  "maxDurationSeconds",
  "entriesPerCreator",
  "aiPolicy",
];

const ruleFields: ReadonlySet<ChallengeField> = new Set([...scoring, ...untilItCloses]);

/** The fields that stay as they are; null where nothing changes any more. */
export const fixedIn: Record<Phase, readonly ChallengeField[] | null> = {
  draft: [],
  scheduled: address,
  open: [...address, ...untilItOpens],
  paused: [...address, ...untilItOpens],
  reviewing: [...address, ...untilItOpens, ...untilItCloses],
  frozen: null,
  final: null,
  archived: null,
  cancelled: null,
};

export function contentOf(challenge: Challenge): ChallengeContent {
  const { rules } = challenge;
  return { ...challenge, ...rules, requiredHashtags: [...rules.requiredHashtags] };
}

/** A challenge as its form shows it: dates to the minute, in its own time zone. */
export function fillIn(content: ChallengeContent): FilledForm {
  const wallClock = (at: Date) => wallClockOf(at, content.timeZone);
  const fromOpening = minuteOf(content.postedFrom) === minuteOf(content.opensAt);
  return {
    title: content.title,
    slug: content.slug,
    brief: content.brief,
    organizer: content.organizer,
    prize: content.prize ?? "",
    timeZone: content.timeZone,
    opensAt: wallClock(content.opensAt),
    closesAt: wallClock(content.closesAt),
    postedFrom: fromOpening ? "" : wallClock(content.postedFrom),
    hashtags: content.requiredHashtags.map((tag) => `#${tag}`).join(" "),
    minDurationSeconds: String(content.minDurationSeconds ?? ""),
    maxDurationSeconds: String(content.maxDurationSeconds ?? ""),
    entriesPerCreator: String(content.entriesPerCreator),
    aiPolicy: content.aiPolicy,
    counting: content.counting,
    pointsViews: String(content.pointsViews),
    pointsLikes: String(content.pointsLikes),
    pointsComments: String(content.pointsComments),
    pointsShares: String(content.pointsShares),
  };
}

/** The fields in which two differ. A date is the same within its minute: that is all a form shows. */
export function changesOf(before: ChallengeContent, after: ChallengeContent): ChallengeField[] {
  const [was, is] = [before, after].map((content) => ({
    ...fillIn(content),
    // As instants: the same words in another time zone, or none at all, can mean another one.
    opensAt: minuteOf(content.opensAt),
    closesAt: minuteOf(content.closesAt),
    postedFrom: minuteOf(content.postedFrom),
  }));
  return was && is ? (Object.keys(was) as ChallengeField[]).filter((field) => was[field] !== is[field]) : [];
}

/** For each field in which a form differs from what stands now, what that is. */
export function whatStands(now: ChallengeContent, form: ChallengeContent): Partial<Record<ChallengeField, string[]>> {
  const filled = fillIn(now);
  const said = (field: ChallengeField) => (filled[field] === "" ? "It is empty now." : `It is “${filled[field]}” now.`);
  return Object.fromEntries(changesOf(now, form).map((field) => [field, [said(field)]]));
}

/** Whether creators have to accept the rules anew when these fields change. Videos are to be posted until it closes. */
export function areRules(fields: readonly ChallengeField[]): boolean {
  return fields.some((field) => ruleFields.has(field));
}

/** What a version of the rules holds; videos are to be posted until the challenge closes. */
export function rulesOf(content: ChallengeContent): Omit<ChallengeRules, "version" | "requiredHashtags"> & {
  requiredHashtags: string[];
} {
  return {
    requiredHashtags: content.requiredHashtags,
    minDurationSeconds: content.minDurationSeconds,
    maxDurationSeconds: content.maxDurationSeconds,
    entriesPerCreator: content.entriesPerCreator,
    aiPolicy: content.aiPolicy,
    counting: content.counting,
    pointsViews: content.pointsViews,
    pointsLikes: content.pointsLikes,
    pointsComments: content.pointsComments,
    pointsShares: content.pointsShares,
    postedFrom: content.postedFrom,
    postedUntil: content.closesAt,
  };
}

/** An address for another one like it: with the next number at its end. */
export function nextSlug(slug: string): string {
  const [, stem = slug, number = "1"] = /^(.+?)-(\d{1,6})$/.exec(slug) ?? [];
  return `${stem.slice(0, 70)}-${Number(number) + 1}`;
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}
