import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clockHeldAt } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Many presses of one button, and many tabs: what was entered is there once, and whoever was refused knows why. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { now } = await import("~/infra/clock.server");
afterAll(stop);

const OWNED = 12;
let admin: Person;
let creator: Person;
let videos: string[];
let slug: string;

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  const specs = Array.from({ length: OWNED }, (_, at) => ({ agoMs: (at + 1) * 60_000 }));
  await tiktok.addAccount({ openId: "presser", displayName: "Presser", videos: specs });
  creator = await people.signIn("presser");
  videos = (await tiktok.videos("presser")).map(({ id }) => id);
});
beforeEach(async () => {
  slug = await openChallenge(verbs, admin.viewer);
});

const submit = (reference: string, attemptId: string = randomUUID(), challenge = slug) =>
  verbs.submitVideo({ slug: challenge, reference, acceptedRulesVersion: 1, attemptId }, creator.viewer);

const rows = () => sql<{ id: string; state: string; decisions: number }[]>`
  select s.id, s.state, (select count(*)::int from decisions d where d.submission_id = s.id) as decisions
  from submissions s join challenges c on c.id = s.challenge_id where c.slug = ${slug} order by s.id`;

function codesOf(outcomes: PromiseSettledResult<unknown>[]): Record<string, number> {
  const codes = outcomes.map((one) =>
    one.status === "fulfilled" ? "entered" : String((one.reason as { code?: unknown }).code ?? one.reason),
  );
  return Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]));
}

test("a rejection that can still be undone holds the video's place; once it cannot, the video may come again", async () => {
  const moderator = await people.signIn("staff-mara", { role: "moderator" });
  const { submissionId } = await submit(videos[0] ?? "");
  const at = now();
  await clockHeldAt(at, async () => {
    const verdict = {
      intent: "reject",
      submissionId,
      seenVersion: 1,
      reason: "OFF_BRIEF",
      message: undefined,
    } as const;
    await verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
  });
  const after = (ms: number) => clockHeldAt(new Date(at.getTime() + ms), () => submit(videos[0] ?? ""));
  await expect(after(9_999)).rejects.toMatchObject({ code: "DUPLICATE_SUBMISSION" });
  await after(10_000);
  expect(await rows()).toMatchObject([{ state: "rejected" }, { state: "pending" }]);
  expect(await brokenInvariants(sql, slug)).toEqual([]);
});

describe("one video, entered at once", () => {
  test("by 100 presses of 100 forms, is entered once and 99 are told that it is", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => submit(videos[0] ?? "")));
    expect(codesOf(outcomes)).toEqual({ entered: 1, DUPLICATE_SUBMISSION: 99 });
    expect(await rows()).toMatchObject([{ state: "pending", decisions: 1 }]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("by 20 presses of one form, is entered once and all 20 are told the same entry", async () => {
    const attemptId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(videos[1] ?? "", attemptId)));
    const [entry] = await rows();
    expect(new Set(answers.map(({ submissionId }) => submissionId))).toEqual(new Set([entry?.id]));
    expect(await rows()).toHaveLength(1);
  });

  test("by one form that is pressed again much later, is still the same entry", async () => {
    const attemptId = randomUUID();
    const first = await submit(videos[2] ?? "", attemptId);
    await verbs.withdrawSubmission(first.submissionId, creator.viewer);
    expect(await submit(videos[2] ?? "", attemptId)).toEqual(first);
    expect(await rows()).toMatchObject([{ state: "withdrawn" }]);
  });

  test("somebody else's press of that form enters nothing", async () => {
    const attemptId = randomUUID();
    await submit(videos[3] ?? "", attemptId);
    await tiktok.addAccount({ openId: "copier", displayName: "Copier", videos: [{ agoMs: 60_000 }] });
    const copier = await people.signIn("copier");
    const [own] = await tiktok.videos("copier");
    const request = { slug, reference: own?.id ?? "", acceptedRulesVersion: 1, attemptId };
    await expect(verbs.submitVideo(request, copier.viewer)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await rows()).toHaveLength(1);
  });

  test("into two challenges, is an entry in each", async () => {
    const other = await openChallenge(verbs, admin.viewer);
    const both = await Promise.all([submit(videos[4] ?? ""), submit(videos[4] ?? "", randomUUID(), other)]);
    expect(new Set(both.map(({ submissionId }) => submissionId)).size).toBe(2);
  });
});

describe("the entry limit", () => {
  test("holds under parallel submits of different videos", async () => {
    slug = await openChallenge(verbs, admin.viewer, { entriesPerCreator: 3 });
    const outcomes = await Promise.allSettled(videos.map((video) => submit(video)));
    expect(codesOf(outcomes)).toEqual({ entered: 3, ENTRY_LIMIT: OWNED - 3 });
    expect(await rows()).toHaveLength(3);
  });

  test("gives a place back when an entry is withdrawn", async () => {
    slug = await openChallenge(verbs, admin.viewer, { entriesPerCreator: 1 });
    const { submissionId } = await submit(videos[0] ?? "");
    await expect(submit(videos[1] ?? "")).rejects.toMatchObject({
      code: "ENTRY_LIMIT",
      details: { used: 1, limit: 1 },
      words: expect.stringContaining("Withdraw one"),
    });
    await verbs.withdrawSubmission(submissionId, creator.viewer);
    await submit(videos[1] ?? "");
    expect((await rows()).map(({ state }) => state)).toEqual(["withdrawn", "pending"]);
  });
});

describe("nothing is entered", () => {
  test.each([
    ["of another creator's video that we hold", "VIDEO_NOT_OWNED"],
    ["of a video that is private", "VIDEO_UNAVAILABLE"],
    ["of words that are no video", "VIDEO_REFERENCE_INVALID"],
    ["under older rules than are in force", "RULES_NOT_ACCEPTED"],
    ["of a video that fails a rule", "NOT_ELIGIBLE"],
    ["into a challenge that is not there", "CHALLENGE_NOT_OPEN"],
    ["into a paused challenge", "CHALLENGE_PAUSED"],
    ["into a closed challenge", "CHALLENGE_CLOSED"],
  ])("%s (%s)", async (what, code) => {
    const other = what.includes("another") ? await lendVideo() : "";
    const hidden = await tiktok.addVideo("presser", { agoMs: 1_000, privacy: "private" });
    if (what.includes("rule")) slug = await openChallenge(verbs, admin.viewer, { hashtags: "#nobodyhasthis" });
    if (what.includes("paused")) await verbs.actOnChallenge(slug, "pause", admin.viewer, randomUUID());
    if (what.includes("closed")) await verbs.actOnChallenge(slug, "close", admin.viewer, randomUUID());
    const reference = {
      VIDEO_NOT_OWNED: other,
      VIDEO_UNAVAILABLE: hidden.id,
      VIDEO_REFERENCE_INVALID: "my best video",
    };
    const request = {
      slug: what.includes("not there") ? "nowhere" : slug,
      reference: reference[code as keyof typeof reference] ?? videos[5] ?? "",
      acceptedRulesVersion: code === "RULES_NOT_ACCEPTED" ? 2 : 1,
      attemptId: randomUUID(),
    };
    await expect(verbs.submitVideo(request, creator.viewer)).rejects.toMatchObject({ code });
    expect(await rows()).toEqual([]);
  });

  /** A video that another creator has entered before, and that is stored under their account. */
  async function lendVideo(): Promise<string> {
    const openId = `lender-${randomUUID()}`;
    await tiktok.addAccount({ openId, displayName: "Lender", videos: [{ agoMs: 60_000 }] });
    const [video] = await tiktok.videos(openId);
    const { viewer } = await people.signIn(openId);
    const elsewhere = await openChallenge(verbs, admin.viewer);
    const reference = video?.id ?? "";
    await verbs.submitVideo({ slug: elsewhere, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, viewer);
    return reference;
  }
});

test("somebody who presses without end is told how long to wait, and nobody else is", async () => {
  const { action } = await import("~/routes/challenges.$slug.submit");
  const context = {
    nonce: "",
    requestId: "request-1",
    sender: "",
    allowFramesOn: () => undefined,
    at: now(),
    shutdown: AbortSignal.timeout(60_000),
  };
  const press = async ({ cookie }: Person) => {
    const body = new URLSearchParams({ pasted: "my best video", rulesVersion: "1", attemptId: randomUUID() });
    const request = new Request(`http://127.0.0.1:3000/challenges/${slug}/submit`, {
      method: "POST",
      headers: { cookie },
      body,
    });
    const { init } = await action({ request, params: { slug }, context });
    return { status: init?.status, retryAfter: new Headers(init?.headers).get("Retry-After") };
  };
  const answers = [];
  for (let pressed = 0; pressed < 41; pressed += 1) answers.push(await press(creator));
  expect(answers.slice(0, 40).filter(({ status }) => status === 429)).toEqual([]);
  expect(answers[40]).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^[1-9]\d*$/) });
  expect((await press(admin)).status).not.toBe(429);
});
