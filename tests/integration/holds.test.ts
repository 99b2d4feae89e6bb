import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import type { FoundAnomaly } from "~/features/submissions/anomaly";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** What moderators do beside deciding: hold numbers, note for each other, look at who and what they have before them. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { holdSubmission } = await import("~/features/moderation/hold-submission.server");
const { releaseHold } = await import("~/features/moderation/release-hold.server");
const { writeNote } = await import("~/features/moderation/write-note.server");
const { decideSubmissions } = await import("~/features/moderation/decide-submissions.server");
const { listDecisionLog } = await import("~/features/moderation/list-decision-log.server");
const { listReviewQueue } = await import("~/features/moderation/list-review-queue.server");
const { showEntryContext } = await import("~/features/moderation/show-entry-context.server");
const { exportPerson } = await import("~/features/personal-data/export-person.server");
const { keepDeadlines } = await import("~/features/moderation/keep-deadlines.server");
const { lookUpVideos } = await import("~/features/videos/look-up-videos.server");
const { feedLeaderboard } = await import("~/features/results/feed-leaderboard.server");
const { showEntryPage } = await import("~/features/results/show-entry-page.server");
const { showLeaderboard } = await import("~/features/results/show-leaderboard.server");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
const { now } = await import("~/infra/clock.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

const MINUTE = 60_000;
const RESTRICTED = { code: "23001" };
const NOTE = "Seen by Theo: four thousand likes in a minute";
let slug: string;
let creator: Person;
let mara: Person;
let theo: Person;
let videos: string[];
let ids: string[];
let later = 0;
function pass(ms: number) {
  later += ms;
  runClock(later);
}

const enter = async (by: Person, reference: string, where = slug) =>
  (await verbs.submitVideo({ slug: where, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, by.viewer))
    .submissionId;
type Verdict = Parameters<typeof verbs.decideSubmission>[0];
const decide = (verdict: Verdict, by = mara) => verbs.decideSubmission(verdict, by.viewer, randomUUID());
const approve = (submissionId: string) => decide({ intent: "approve", submissionId, seenVersion: 1 });
const by = (person: Person) => ({ kind: "moderator", id: person.viewer.userId }) as const;
const hold = (submissionId: string, person = mara) =>
  holdSubmission({ submissionId, reason: "SUDDEN_JUMP", note: NOTE }, by(person), "request-1");
const setViews = (at: number, views: number) =>
  sql`update videos set view_count = ${views} where tiktok_video_id = ${videos[at] ?? ""}`;
const contextOf = (submissionId: string, person = mara) =>
  showEntryContext(slug, submissionId, { at: now(), viewer: person.viewer });
async function board() {
  const shown = await showLeaderboard(slug, { page: 1, at: now() });
  return shown?.standings.map(({ submissionId, score, held }) => [ids.indexOf(submissionId), score / 1_000, held]);
}
/** All that a creator is given of their entries. */
async function toldTo(person: Person): Promise<string> {
  const entries = await listMyEntries(person.viewer.userId, { at: now(), before: null });
  const made = await exportPerson(person.viewer, "request-2");
  const pages = await Promise.all(ids.map((id) => showEntryPage(id, now())));
  return JSON.stringify([entries, pages]) + (made.outcome === "exported" ? await new Response(made.body).text() : "");
}

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  const captions = [
    "Grandma's kitchen smells of bread again #a",
    "grandma's KITCHEN smells of bread again!",
    "A chair that my uncle made",
    "A door that opens to the sea",
  ];
  const specs = captions.map((caption, at) => ({
    caption,
    agoMs: (at + 1) * 3_600_000,
    counts: { view_count: 1_000 - at * 100, like_count: 0, comment_count: 0, share_count: 0 },
  }));
  await tiktok.addAccount({ openId: "held", displayName: "Held", videos: specs });
  await tiktok.addAccount({ openId: "mara", displayName: "Mara", videos: [{ agoMs: 60_000 }] });
  await tiktok.addAccount({ openId: "theo", displayName: "Theo" });
  creator = await people.signIn("held");
  mara = await people.signIn("mara", { role: "moderator" });
  theo = await people.signIn("theo", { role: "moderator" });
  videos = (await tiktok.videos("held")).map(({ id }) => id);
  slug = await openChallenge(verbs, admin.viewer);
  ids = [];
  for (const video of videos) ids.push(await enter(creator, video));
  for (const id of ids.slice(0, 2)) await approve(id);
});

describe("a held entry", () => {
  test("is one that is approved and in effect, and nobody's own; once at a time", async () => {
    const [held = "", , pending = ""] = ids;
    await expect(hold(held), "inside its window").rejects.toMatchObject({ code: "CONFLICT" });
    pass(11_000);
    await expect(hold(pending)).rejects.toMatchObject({ code: "CONFLICT" });
    const own = await enter(mara, (await tiktok.videos("mara"))[0]?.id ?? "");
    await decide({ intent: "approve", submissionId: own, seenVersion: 1 }, theo);
    pass(11_000);
    await expect(hold(own)).rejects.toMatchObject({ code: "OWN_ENTRY" });
    await decide(
      { intent: "disqualify", submissionId: own, seenVersion: 2, reason: "OFF_BRIEF", message: undefined },
      theo,
    );
    pass(11_000);
    await hold(held);
    await expect(hold(held, theo)).rejects.toMatchObject({ code: "CONFLICT" });
    const [row] = await listReviewQueue(now());
    expect(row).toMatchObject({ held: 1, approved: 2 });
  });

  test("keeps its last cleared numbers on the board, in the feed and in the gallery, and both say so", async () => {
    await setViews(0, 90_000);
    await setViews(1, 5_000);
    expect(await board()).toEqual([
      [1, 5, false],
      [0, 1, true],
    ]);
    const feed = JSON.parse((await feedLeaderboard(slug, now())) ?? "null");
    expect(feed.standings[1]).toMatchObject({
      entry: ids[0],
      points: 1,
      held: true,
      parts: [{ count: 1_000 }, {}, {}, {}],
    });
    expect(await showEntryPage(ids[0] ?? "", now())).toMatchObject({ place: { standing: { rank: 2, held: true } } });
    const challenge = await findChallenge(slug);
    if (!challenge) throw new Error("the challenge is open");
    const view = { sort: "score", show: "all", query: "", before: null } as const;
    const { entries } = await listGallery(challenge, { at: now(), view });
    expect(entries.map(({ submissionId }) => ids.indexOf(submissionId))).toEqual([1, 0]);
  });

  test("is known to its creator with the reason, and never with the note", async () => {
    const { entries } = await listMyEntries(creator.viewer.userId, { at: now(), before: null });
    const entry = entries.find(({ submissionId }) => submissionId === ids[0]);
    expect(entry?.timeline.at(-1)).toMatchObject({ kind: "held", reason: "SUDDEN_JUMP" });
    expect((await contextOf(ids[0] ?? ""))?.notes).toMatchObject([{ by: "Mara", with: "hold", words: NOTE }]);
    expect(await toldTo(creator)).not.toContain(NOTE);
  });

  test("counts with its own numbers again once it is released; what happened stays", async () => {
    const [held = ""] = ids;
    await releaseHold({ submissionId: held, note: "They are genuine" }, by(theo), "request-3");
    expect(await board()).toEqual([
      [0, 90, false],
      [1, 5, false],
    ]);
    await expect(releaseHold({ submissionId: held }, by(theo), "r")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(sql`update holds set released_at = null, released_by = null`).rejects.toMatchObject(RESTRICTED);
    await expect(sql`update holds set note = null`).rejects.toMatchObject(RESTRICTED);
    await expect(sql`delete from holds`).rejects.toMatchObject(RESTRICTED);
    const lines = await sql`select action, reason, request_id from audit_log
      where target_id = ${held} and action in ('submission.held', 'submission.released') order by at`;
    expect(lines).toEqual([
      { action: "submission.held", reason: "SUDDEN_JUMP", request_id: "request-1" },
      { action: "submission.released", reason: null, request_id: "request-3" },
    ]);
  });

  test("is one whose numbers jumped, by the system and with what it found; what was released holds it no more", async () => {
    const submissionId = ids[1] ?? "";
    const read = async (views: number, passed = 15 * MINUTE) => {
      pass(passed);
      await tiktok.changeVideo("held", videos[1] ?? "", { counts: { view_count: views } });
      await lookUpVideos(creator.viewer.accountId, [videos[1] ?? ""], "background");
      await Promise.all([keepDeadlines(), keepDeadlines()]);
    };
    for (let step = 0; step < 8; step += 1) await read(1_000 + step * 100);
    expect((await contextOf(submissionId))?.hold, "steady growth").toBeNull();
    await read(90_000);
    expect(await board()).toEqual([
      [0, 90, false],
      [1, 1.7, true],
    ]);
    const found = {
      kind: "jump",
      number: "views",
      from: 1_700,
      to: 90_000,
      times: expect.closeTo(883, -1),
      against: expect.closeTo(400, -1),
    };
    const context = await contextOf(submissionId);
    expect(context).toMatchObject({
      entry: { state: "approved", hold: { why: "Views 1,700 → 90,000", begun: true } },
      hold: { by: "the system", reason: "SUDDEN_JUMP", views: 1_700, anomaly: found },
      mayHold: "release",
    });
    const lines = () => sql`select action, actor_kind, reason from audit_log where target_id = ${submissionId}
      and action in ('submission.held', 'submission.released') order by at`;
    expect(await lines()).toEqual([{ action: "submission.held", actor_kind: "system", reason: "SUDDEN_JUMP" }]);
    const { entries } = await listMyEntries(creator.viewer.userId, { at: now(), before: null });
    const told = entries.find((entry) => entry.submissionId === submissionId)?.timeline.at(-1);
    expect(told).toMatchObject({ kind: "held", reason: "SUDDEN_JUMP" });
    const made = await exportPerson(creator.viewer, "request-5");
    const exported = made.outcome === "exported" ? await new Response(made.body).json() : null;
    const { holds } = exported.entries.find(({ id }: { id: string }) => id === submissionId);
    expect(holds).toMatchObject([{ by: "TrendPot", found, counted: { views: 1_700 } }]);

    await releaseHold({ submissionId }, by(mara), "request-6");
    await read(90_000, MINUTE);
    await read(99_000);
    expect(await board(), "cleared, and so is growth that goes on like it").toEqual([
      [1, 99, false],
      [0, 90, false],
    ]);
    const anomaly = { ...context?.hold?.anomaly, doubtedFrom: new Date(context?.hold?.anomaly?.toAt ?? "") };
    const again = { submissionId, reason: "SUDDEN_JUMP", anomaly: anomaly as FoundAnomaly } as const;
    await expect(holdSubmission(again, { kind: "system" }), "by the database").rejects.toMatchObject({
      code: "CONFLICT",
    });
    await read(400_000);
    expect(await contextOf(submissionId), "steeper by far").toMatchObject({ hold: { views: 99_000 } });
    expect(await lines()).toHaveLength(3);
  });
});

describe("what moderators note", () => {
  test("stands beside the entry in order, with what was written with acts, for the others alone", async () => {
    const submissionId = ids[2] ?? "";
    await writeNote({ submissionId, words: "  Ask about the chair\u202e " }, theo.viewer, "request-4");
    pass(1_000);
    const note = "The chair is from a shop";
    await decide({ intent: "reject", submissionId, seenVersion: 1, reason: "NOT_ORIGINAL", message: undefined, note });
    pass(11_000);
    expect((await contextOf(submissionId))?.notes).toMatchObject([
      { by: "Theo", with: null, words: "Ask about the chair" },
      { by: "Mara", with: "decision", words: note },
    ]);
    const told = await toldTo(creator);
    expect(told).toContain("NOT_ORIGINAL");
    for (const words of ["Ask about the chair", note, NOTE]) expect(told).not.toContain(words);
    expect(JSON.stringify(await sql`select * from audit_log`)).not.toContain("Ask about");
    await expect(sql`update entry_notes set words = 'x'`).rejects.toMatchObject(RESTRICTED);
    await expect(sql`delete from entry_notes`).rejects.toMatchObject(RESTRICTED);
  });

  test("is not read about one's own entry, at the desk or in the log", async () => {
    const submissionId = await enter(mara, (await tiktok.videos("mara"))[0]?.id ?? "", await ownChallenge());
    await expect(writeNote({ submissionId, words: "Mine" }, mara.viewer, "r")).rejects.toMatchObject({
      code: "OWN_ENTRY",
    });
    const note = "She asked for a favour";
    await decide({ intent: "request_change", submissionId, seenVersion: 1, message: "Name the place", note }, theo);
    const { slug: where } = (
      await sql`select slug from challenges join submissions on challenge_id = challenges.id
      where submissions.id = ${submissionId}`
    )[0] as { slug: string };
    const read = async (person: Person) =>
      JSON.stringify([
        await showEntryContext(where, submissionId, { at: now(), viewer: person.viewer }),
        await listDecisionLog({}, { before: null, limit: 50, viewer: person.viewer }),
      ]);
    expect(await read(theo)).toContain(note);
    expect(await read(mara)).not.toContain(note);
  });

  const ownChallenge = async () => openChallenge(verbs, (await people.signIn(ADMIN)).viewer);
});

test("a message with a placeholder left in it reaches nobody, alone or with others", async () => {
  const submissionId = ids[3] ?? "";
  const message = "Sorry {{creator}}";
  const refused = { intent: "reject", submissionId, seenVersion: 1, reason: "OFF_BRIEF", message } as const;
  await expect(decide(refused)).rejects.toMatchObject({ code: "PLACEHOLDER_LEFT" });
  const selected = [{ submissionId, seenVersion: 1 }];
  const bulk = { intent: "bulk_reject", selected, reason: "OFF_BRIEF", message } as const;
  expect(await decideSubmissions(bulk, mara.viewer, "r")).toMatchObject({
    done: 0,
    skipped: [{ code: "PLACEHOLDER_LEFT" }],
  });
  expect(await sql`select state, version from submissions where id = ${submissionId}`).toEqual([
    { state: "pending", version: 1 },
  ]);
});

test("beside an entry stand its creator's others, their strikes, and what may be the same video or words", async () => {
  expect(await contextOf(ids[0] ?? "")).toMatchObject({
    creator: {
      entries: 4,
      strikes: [{ submissionId: ids[2], reason: "NOT_ORIGINAL" }],
      others: [{ submissionId: ids[3] }, { submissionId: ids[2], state: "rejected" }, { submissionId: ids[1] }],
    },
    duplicates: [{ why: "caption", entry: { submissionId: ids[1] } }],
  });
  await verbs.withdrawSubmission(ids[3] ?? "", creator.viewer);
  const again = await enter(creator, videos[3] ?? "");
  expect((await contextOf(again))?.duplicates).toMatchObject([{ why: "video", entry: { submissionId: ids[3] } }]);
  expect(await showEntryContext("another-challenge", again, { at: now(), viewer: mara.viewer })).toBeNull();
});
