import { randomUUID } from "node:crypto";
import { and, desc, eq, gte, lte, sql } from "drizzle-orm";
import { submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import type { Verdict } from "~/features/moderation/decision";
import { saveMessageTemplate } from "~/features/moderation/save-message-template.server";
import { markRead } from "~/features/notifications/mark-read.server";
import { tellCreators } from "~/features/notifications/tell-creators.server";
import { freezeChallenge } from "~/features/results/freeze-challenge.server";
import { publishResults } from "~/features/results/publish-results.server";
import { openAppeal } from "~/features/submissions/open-appeal.server";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { withdrawSubmission } from "~/features/submissions/withdraw-submission.server";
import { LOOKUP_BATCH, lookUpVideos } from "~/features/videos/look-up-videos.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { TikTokControl } from "../../simulators/tiktok/control";
import { holdClock, runClock } from "../product-seams";
import { type ChallengeName, type Fate, fates, type PlannedChallenge, planned } from "./demo-plan";
import { listCreators, type Person, signIn, sync } from "./people";
import { ADMIN, MODERATORS } from "./staff";

/**
 * The demo's world, made by the product's own verbs at the times it says: challenges in several phases, ten creators,
 * entries in every state, two moderators and an admin. The same every time but for the day it is made on.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When the numbers of all entries were read, in hours before today: each is a point of their charts. */
const READ_HOURS_AGO = [96, 72, 48, 36, 24, 12, 6, 0];

const tiktok = new TikTokControl(env.TIKTOK_DISPLAY_API_BASE_URL);

export interface DemoWorld {
  challenges: Record<ChallengeName, string>;
  people: { admin: Person; moderators: Person[]; creators: Person[] };
}

const templates = [
  {
    name: "Misses a rule",
    verdict: "reject",
    words:
      "Thank you, {{creator}}. {{challenge}} asks for this: “{{rule}}”. You can enter another video until {{deadline}}.",
  },
  {
    name: "Name the place",
    verdict: "request_change",
    words: "Lovely, {{creator}}. Please write in the caption where you filmed it, and resubmit it before {{deadline}}.",
  },
] as const;

/** Fills an empty, migrated database. A worker must be running in this process. `today`: the day it all leads up to. */
export async function makeDemoWorld(today: Date, report: (line: string) => void): Promise<DemoWorld> {
  const admin = await signIn(ADMIN, { role: "admin" });
  const moderators: Person[] = [];
  for (const openId of MODERATORS) moderators.push(await signIn(openId, { role: "moderator" }));
  for (const template of templates) await saveMessageTemplate({ id: null, ...template }, admin.viewer, randomUUID());
  report("challenges");
  const slugs: Partial<Record<ChallengeName, string>> = {};
  for (const name of Object.keys(planned) as ChallengeName[]) {
    slugs[name] = await makeChallenge(planned[name], admin.viewer, today);
  }
  const people: Person[] = [];
  for (const openId of await listCreators()) {
    const person = await signIn(openId);
    const { count } = await sync(person);
    report(`${person.viewer.displayName}: ${count} videos`);
    people.push(person);
  }
  const challenges = slugs as Record<ChallengeName, string>;
  for (const name of ["animals", "pan", "home"] as const) {
    const made = await enterAll(challenges[name], fates[name], people, moderators, admin, today);
    report(`${planned[name].form.title}: ${made} entries`);
  }
  await readNumbers(people, today);
  // Everybody has read what they were told until yesterday.
  const yesterday = new Date(today.getTime() - DAY);
  holdClock(yesterday);
  await tellCreators();
  for (const { viewer } of people) await markRead(viewer.userId, yesterday);
  runClock();
  await tellCreators();
  await freezeChallenge(challenges.animals, admin.viewer, randomUUID());
  await publishResults({ slug: challenges.animals, places: 3 }, admin.viewer, randomUUID());
  return { challenges, people: { admin, moderators, creators: people } };
}

async function makeChallenge(plan: PlannedChallenge, admin: Viewer, today: Date): Promise<string> {
  const at = (day: number) => new Date(today.getTime() + day * DAY);
  const wallClock = (day: number, time: string) => `${at(day).toISOString().slice(0, 10)}T${time}`;
  holdClock(at(plan.acts[0]?.[1] ?? 0));
  const form = challengeFormSchema.parse({
    ...plan.form,
    opensAt: wallClock(plan.opens, "09:00"),
    closesAt: wallClock(plan.closes, "20:00"),
  });
  const { slug } = await createChallenge(form, admin, randomUUID());
  for (const [act, day] of plan.acts) {
    holdClock(at(day));
    await actOnChallenge(slug, act, admin, randomUUID());
  }
  runClock();
  return slug;
}

/** Enters what each creator may, spread over the challenge's time, and deals out the fates. Returns how many. */
async function enterAll(
  slug: string,
  dealt: readonly Fate[],
  people: readonly Person[],
  moderators: readonly Person[],
  admin: Person,
  today: Date,
): Promise<number> {
  const challenge = await findChallenge(slug);
  if (!challenge) throw new Error(`there is no ${slug}`);
  const entries: { person: Person; tiktokVideoId: string; postedAt: Date }[] = [];
  for (const person of people) entries.push(...(await findEligible(challenge, person)));
  entries.sort((a, b) => a.postedAt.getTime() - b.postedAt.getTime());
  const end = Math.min(challenge.closesAt.getTime() - HOUR, today.getTime() - HOUR);
  for (const [index, { person, tiktokVideoId, postedAt }] of entries.entries()) {
    const at = new Date(Math.min(end, Math.max(postedAt.getTime() + 2 * HOUR, challenge.opensAt.getTime() + HOUR)));
    await travelTo(at);
    // What the sync read is of today.
    await lookUpVideos(person.viewer.accountId, [tiktokVideoId], "person");
    const entered = { slug, reference: tiktokVideoId, acceptedRulesVersion: challenge.rules.version };
    const { submissionId } = await submitVideo({ ...entered, attemptId: randomUUID() }, person.viewer);
    const fate = dealt[index % dealt.length] ?? "wait";
    const moderator = moderators[index % moderators.length] ?? admin;
    holdClock(new Date(Math.min(today.getTime() - HOUR / 2, at.getTime() + (1 + (index % 9)) * HOUR)));
    await meet(fate, submissionId, person.viewer, moderator.viewer, admin.viewer);
  }
  await travelTo(null);
  return entries.length;
}

/** Asks TikTok for every entry's numbers as the schedule would have, again and again until today. */
async function readNumbers(people: readonly Person[], today: Date): Promise<void> {
  for (const hours of READ_HOURS_AGO) {
    const at = new Date(today.getTime() - hours * HOUR);
    await travelTo(at);
    for (const { viewer } of people) {
      const rows = await db
        .selectDistinct({ id: videos.tiktokVideoId })
        .from(submissions)
        .innerJoin(videos, eq(videos.id, submissions.videoId))
        .where(and(eq(videos.accountId, viewer.accountId), lte(videos.postedAt, at)));
      const ids = rows.map(({ id }) => id);
      for (let from = 0; from < ids.length; from += LOOKUP_BATCH) {
        await lookUpVideos(viewer.accountId, ids.slice(from, from + LOOKUP_BATCH), "person");
      }
    }
  }
  await travelTo(null);
}

/** Moves the product's clock and TikTok's, which says how often a video was seen by then. Null: both run as they do. */
async function travelTo(at: Date | null): Promise<void> {
  if (at) holdClock(at);
  else runClock();
  await tiktok.settings({ clockOffsetMs: at ? at.getTime() - Date.now() : 0 });
}

async function meet(fate: Fate, submissionId: string, creator: Viewer, moderator: Viewer, admin: Viewer) {
  const decide = (verdict: Verdict, by: Viewer) => decideSubmission(verdict, by, randomUUID());
  const first = { submissionId, seenVersion: 1 };
  const second = { submissionId, seenVersion: 2 };
  switch (fate) {
    case "wait":
      return;
    case "withdraw":
      return withdrawSubmission(submissionId, creator);
    case "approve":
    case "flag":
      return decide({ intent: fate, ...first }, moderator);
    case "request_change":
      return decide(
        { intent: fate, ...first, message: "Please name the place in the caption, then resubmit." },
        moderator,
      );
    case "reject":
      return decide({ intent: fate, ...first, reason: "OFF_BRIEF", message: undefined }, moderator);
    case "appeal":
      await decide({ intent: "reject", ...first, reason: "OFF_BRIEF", message: undefined }, moderator);
      holdClock(new Date(now().getTime() + HOUR / 4));
      return openAppeal({ submissionId, statement: "This is my grandmother's kitchen, where I grew up." }, creator);
    case "disqualify":
      await decide({ intent: "approve", ...first }, moderator);
      return decide({ intent: fate, ...second, reason: "METRIC_MANIPULATION", message: undefined }, moderator);
    case "remove":
      return decide({ intent: fate, ...first, reason: "COPYRIGHT_CLAIM", message: undefined }, admin);
  }
}

/** The creator's own videos that fit the rules, newest first, as many as they may enter. */
async function findEligible({ rules }: NonNullable<Awaited<ReturnType<typeof findChallenge>>>, person: Person) {
  const rows = await db
    .select({ tiktokVideoId: videos.tiktokVideoId, postedAt: videos.postedAt })
    .from(videos)
    .where(
      and(
        eq(videos.accountId, person.viewer.accountId),
        gte(videos.postedAt, rules.postedFrom),
        lte(videos.postedAt, rules.postedUntil),
        gte(videos.durationSeconds, rules.minDurationSeconds ?? 0),
        lte(videos.durationSeconds, rules.maxDurationSeconds ?? 36_000),
        ...rules.requiredHashtags.map((tag) => sql`${videos.caption} ~* ${`#${tag}(\\W|$)`}`),
      ),
    )
    .orderBy(desc(videos.postedAt))
    .limit(rules.entriesPerCreator);
  return rows.flatMap(({ tiktokVideoId, postedAt }) => (postedAt ? [{ person, tiktokVideoId, postedAt }] : []));
}

/** How many entries stand in each state, for whoever wants to know that all are there. */
export async function countStates(): Promise<Record<string, number>> {
  const rows = await db
    .select({ state: submissions.state, count: sql<number>`count(*)::int` })
    .from(submissions)
    .groupBy(submissions.state);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
