import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** A closed challenge is frozen and made final; from then on its board reads the same, whatever becomes of its entries. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "send" });
const { freezeChallenge } = await import("~/features/results/freeze-challenge.server");
const { publishResults } = await import("~/features/results/publish-results.server");
const { replaceWinner } = await import("~/features/results/replace-winner.server");
const { showLeaderboard } = await import("~/features/results/show-leaderboard.server");
const { showEntryPage } = await import("~/features/results/show-entry-page.server");
const { showResultsDesk } = await import("~/features/results/show-results-desk.server");
const { feedLeaderboard } = await import("~/features/results/feed-leaderboard.server");
const { holdSubmission } = await import("~/features/moderation/hold-submission.server");
const { releaseHold } = await import("~/features/moderation/release-hold.server");
const { explainScore } = await import("~/features/results/standing");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { erasePerson } = await import("~/features/personal-data/erase-person.server");
const { now } = await import("~/infra/clock.server");
afterAll(stop);

const RESTRICTED = "23001";

let admin: Person;
let moderator: Person;
let second: Person;
let later = 0;
function pass(ms: number) {
  later += ms;
  runClock(later);
}

/** A creator with one video of so many views, which is entered. */
async function enter(
  slug: string,
  name: string,
  views: number,
): Promise<{ person: Person; id: string; video: string }> {
  const counts = { view_count: views, like_count: 0, comment_count: 0, share_count: 0 };
  await tiktok.addAccount({ openId: name, displayName: name, videos: [{ agoMs: 3_600_000, counts }] });
  const person = await people.signIn(name);
  const [video] = await tiktok.videos(name);
  const request = { slug, reference: video?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  const { submissionId } = await verbs.submitVideo(request, person.viewer);
  return { person, id: submissionId, video: video?.id ?? "" };
}
type Verdict = Parameters<typeof verbs.decideSubmission>[0];
const decide = (verdict: Verdict, by = moderator) => verbs.decideSubmission(verdict, by.viewer, randomUUID());
const approve = (submissionId: string, seenVersion = 1) => decide({ intent: "approve", submissionId, seenVersion });
const close = (slug: string) => verbs.actOnChallenge(slug, "close", admin.viewer, randomUUID());
const freeze = (slug: string) => freezeChallenge(slug, admin.viewer, "request-1");

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
  second = await people.signIn("staff-theo", { role: "moderator" });
});

describe("a challenge that is closed, frozen and published", () => {
  const entries: Record<string, Awaited<ReturnType<typeof enter>>> = {};
  const idOf = (name: string) => entries[name]?.id ?? "";
  let slug: string;
  const board = async () => showLeaderboard(slug, { page: 1, at: now() });
  /** What other sites read, without what is joined live. */
  async function frozenPart(): Promise<string> {
    const feed = JSON.parse((await feedLeaderboard(slug, now())) ?? "null");
    const standings = feed.standings.map((one: object) => ({ ...one, creator: "", video: "" }));
    return JSON.stringify({ ...feed, standings });
  }

  beforeAll(async () => {
    slug = await openChallenge(verbs, admin.viewer);
    const views = { first: 9_000, erased: 8_000, removed: 7_000, tie: 5_000, twin: 5_000, last: 10, cheat: 90_000 };
    for (const [name, count] of Object.entries(views)) entries[name] = await enter(slug, name, count);
    for (const name of ["first", "erased", "removed", "twin", "cheat"]) await approve(idOf(name));
    await decide({ intent: "flag", submissionId: idOf("tie"), seenVersion: 1 });
    pass(11_000);
    const reason = "METRIC_MANIPULATION" as const;
    await decide({ intent: "disqualify", submissionId: idOf("cheat"), seenVersion: 2, reason, message: undefined });
    pass(11_000);
  });

  test("cannot be frozen while it is open, nor while an entry could still change; each kind is counted", async () => {
    await expect(freeze(slug)).rejects.toMatchObject({ code: "CONFLICT" });
    await holdSubmission({ submissionId: idOf("twin"), reason: "REPORTED" }, { kind: "system" }, "request-1");
    await close(slug);
    const appeal = { submissionId: idOf("cheat"), seenVersion: 3, answer: "We looked again." };
    const cheat = entries.cheat?.person.viewer;
    if (cheat) await verbs.openAppeal({ ...appeal, statement: "Look again" }, cheat);
    const undecided = async () => (await showResultsDesk(slug, now()))?.undecided;
    expect(await undecided()).toEqual({ pending: 1, flagged: 1, unchanged: 0, undoable: 0, appealed: 1, held: 1 });
    const steps = [
      () => approve(idOf("last")),
      () => decide({ intent: "approve", submissionId: idOf("tie"), seenVersion: 2 }, second),
      () => verbs.judgeAppeal({ ...appeal, intent: "dismiss" }, second.viewer, randomUUID()),
      () => releaseHold({ submissionId: idOf("twin") }, { kind: "system" }, "request-1"),
    ];
    for (const step of steps) {
      await expect(freeze(slug)).rejects.toMatchObject({ code: "ENTRIES_UNDECIDED" });
      await step();
    }
    expect(await undecided()).toEqual({ pending: 0, flagged: 0, unchanged: 0, undoable: 3, appealed: 0, held: 0 });
    await expect(freeze(slug), "decisions inside their window").rejects.toMatchObject({ code: "ENTRIES_UNDECIDED" });
    expect(await sql`select 1 from standings`).toHaveLength(0);
    pass(11_000);
  });

  test("is frozen once: the board is what it was a moment before, and who asks again is refused", async () => {
    const before = await board();
    const asked = await Promise.allSettled([freeze(slug), freeze(slug)]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const places = (all: typeof before) =>
      all?.standings.map(({ rank, submissionId, score }) => [rank, submissionId, score]);
    const after = await board();
    expect(places(after)).toEqual(places(before));
    expect(after?.standings.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 4, 6]);
    expect(after?.challenge).toMatchObject({ phase: "frozen", frozenAt: expect.any(String) });
    expect(after?.disqualified, "visible, without a rank").toMatchObject([{ creatorName: "cheat" }]);
    const lines = await sql`select after from audit_log where action = 'challenge.freeze'`;
    expect(lines).toEqual([{ after: { ranked: 6 } }]);
  });

  test("reads the same to the byte when numbers, names and entries change; who is gone keeps a place without a name", async () => {
    const before = await frozenPart();
    await sql`update videos set view_count = view_count * 1000 + 1, like_count = 77, metrics_at = metrics_at + interval '1 day'`;
    await sql`update tiktok_accounts set display_name = 'Renamed' where display_name = 'first'`;
    await sql`update videos set availability = 'unavailable', missing_since = metrics_at where tiktok_video_id = ${entries.twin?.video ?? ""}`;
    if (entries.erased) await erasePerson(entries.erased.person.viewer, "request-2");
    const remove = { intent: "remove", seenVersion: 2, reason: "COPYRIGHT_CLAIM", message: undefined } as const;
    await decide({ ...remove, submissionId: idOf("removed") }, admin);
    pass(11_000);
    await sql`update videos set view_count = 900000000 where tiktok_video_id = ${entries.last?.video ?? ""}`;
    expect(await frozenPart()).toBe(before);
    const view = { sort: "score", show: "all", query: "", before: null } as const;
    const challenge = await findChallenge(slug);
    const gallery = challenge && (await listGallery(challenge, { at: now(), view })).entries;
    expect(gallery?.map(({ creatorName }) => creatorName)).toEqual(["Renamed", "tie", "last"]);
    const shown = (await board())?.standings.map(({ entry }) => entry && [entry.creatorName, entry.hasPage]);
    expect(shown).toEqual([["Renamed", true], null, null, ["tie", true], ["twin", false], ["last", true]]);
    expect(await showEntryPage(idOf("first"), now())).toMatchObject({
      place: { standing: { rank: 1, score: 9_000 }, ranked: 6 },
      entry: { video: { metrics: { views: 9_000_001 } } },
      wins: false,
    });
  });

  test("takes no decision, withdrawal or second hand-in any more", async () => {
    const [submissionId, why] = [idOf("last"), { reason: "OFF_BRIEF", message: undefined } as const];
    const refused = { code: "FROZEN" };
    await expect(decide({ intent: "disqualify", submissionId, seenVersion: 2, ...why })).rejects.toMatchObject(refused);
    const { person } = entries.last ?? {};
    if (!person) throw new Error("last has entered");
    await expect(verbs.withdrawSubmission(submissionId, person.viewer)).rejects.toMatchObject(refused);
    await expect(verbs.resubmitVideo(submissionId, person.viewer)).rejects.toMatchObject({ code: "CHALLENGE_CLOSED" });
  });

  test("becomes final: the first places win, ties together, whoever was removed is passed over", async () => {
    await publishResults({ slug, places: 2 }, admin.viewer, "request-3");
    const winners = (await board())?.results[0]?.winners.map(({ submissionId }) => submissionId);
    expect(winners?.toSorted()).toEqual([idOf("first"), idOf("tie"), idOf("twin")].toSorted());
    expect(await board()).toMatchObject({ challenge: { phase: "final" }, results: [{ version: 1, reason: null }] });
    expect(await showEntryPage(idOf("tie"), now())).toMatchObject({ wins: true });
    await expect(publishResults({ slug, places: 1 }, admin.viewer, "again")).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  test("lets a winner be replaced by a new version with its reason; the old one stays, and so do the ranks", async () => {
    const ranks = async () => (await board())?.standings.map(({ rank, score }) => [rank, score]);
    const before = await ranks();
    const change = { seenVersion: 1, winner: idOf("first"), instead: idOf("last"), reason: "It was bought." };
    const replace = (other: Partial<typeof change>) =>
      replaceWinner(slug, { ...change, ...other }, admin.viewer, "request-4");
    for (const wrong of [
      { seenVersion: 2 },
      { winner: idOf("last") },
      { instead: idOf("removed") },
      { instead: idOf("erased") },
      { instead: idOf("tie") },
      { instead: idOf("cheat") },
    ]) {
      await expect(replace(wrong), JSON.stringify(wrong)).rejects.toMatchObject({ code: "CONFLICT" });
    }
    const twice = await Promise.allSettled([replace({}), replace({})]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const results = (await board())?.results.map(({ version, reason, winners }) => ({
      version,
      reason,
      first: winners[0]?.submissionId,
      count: winners.length,
    }));
    expect(results).toMatchObject([
      { version: 2, reason: "It was bought.", count: 3 },
      { version: 1, reason: null, first: idOf("first"), count: 3 },
    ]);
    expect(await ranks()).toEqual(before);
    expect((await showResultsDesk(slug, now()))?.alternates, "who won once does not win again").toEqual([]);
  });

  test.each([
    ["a standing changed", "update standings set rank = 1"],
    ["a standing removed", "delete from standings where rank = 6"],
    ["the standings truncated", "truncate standings cascade"],
    [
      "a standing added",
      "insert into standings (challenge_id, submission_id, rank, score) select challenge_id, id, 1, 1 from submissions where state = 'disqualified'",
    ],
    ["a result changed", "update results set places = 1"],
    ["a result removed", "delete from results"],
    ["the results truncated", "truncate results"],
    ["thawed", "update challenges set frozen_at = null, finalised_at = null where frozen_at is not null"],
    ["frozen anew", "update challenges set frozen_at = frozen_at + interval '1 second' where frozen_at is not null"],
    ["other points", "update challenge_rules set points_views = 2"],
  ])("the database refuses: %s", async (_what, statement) => {
    await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: RESTRICTED });
  });

  test("the database refuses a winner who is not on the board", async () => {
    const attack = sql`insert into results (challenge_id, version, places, winners, reason, published_by, published_at)
      select challenge_id, 3, places, ${[idOf("cheat")]}::uuid[], 'why', published_by, published_at from results where version = 1`;
    await expect(attack).rejects.toMatchObject({ code: "23000" });
  });

  test("is archived, and its board stays", async () => {
    const before = (await board())?.standings;
    await verbs.actOnChallenge(slug, "archive", admin.viewer, randomUUID());
    expect(await board()).toMatchObject({ challenge: { phase: "archived" }, standings: before });
  });
});

test("a decision under way when somebody freezes is waited for, and then stands in the way", async () => {
  const slug = await openChallenge(verbs, admin.viewer);
  const { id } = await enter(slug, "racer", 1_000);
  await approve(id);
  pass(11_000);
  await close(slug);
  const blocked = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_locks where not granted and relation = 'audit_log'::regclass
        and database = (select oid from pg_database where datname = current_database())`;
    return row?.n ?? 0;
  };
  // History is held up, so that the decision has done everything but end when the other asks.
  const outcome = await sql.begin(async (holder) => {
    await holder`lock table audit_log in exclusive mode`;
    const verdict = { intent: "disqualify", submissionId: id, seenVersion: 2, reason: "OFF_BRIEF" } as const;
    const decided = decide({ ...verdict, message: undefined });
    await expect.poll(blocked).toBe(1);
    const frozen = freeze(slug).then(
      () => "frozen",
      (error: { code?: string }) => error.code,
    );
    await expect
      .poll(async () => {
        const [row] = await sql<{ n: number }[]>`select count(*)::int as n from pg_locks
          join pg_stat_activity using (pid) where not granted and datname = current_database()`;
        return row?.n ?? 0;
      })
      .toBeGreaterThanOrEqual(2);
    return { decided, frozen };
  });
  await outcome.decided;
  expect(await outcome.frozen).toBe("ENTRIES_UNDECIDED");
});

test("where gains count, an entry starts at what TikTok says when it is entered, and is ranked by what comes after", async () => {
  const slug = await openChallenge(verbs, admin.viewer, { counting: "gain" });
  const famous = await enter(slug, "famous", 500_000);
  const fresh = await enter(slug, "fresh", 100);
  for (const { id } of [famous, fresh]) await approve(id);
  pass(11_000);
  const board = async () => (await showLeaderboard(slug, { page: 1, at: now() }))?.standings ?? [];
  expect((await board()).map(({ rank, score }) => [rank, score])).toEqual([
    [1, 0],
    [1, 0],
  ]);
  await sql`update videos set view_count = view_count + 3000, like_count = 0 where tiktok_video_id = ${fresh.video}`;
  await sql`update videos set view_count = view_count - 9, comment_count = 20 where tiktok_video_id = ${famous.video}`;
  const standings = await board();
  expect(standings.map(({ submissionId, score }) => [submissionId, score])).toEqual([
    [fresh.id, 3_000],
    [famous.id, 400],
  ]);
  const rules = (await showLeaderboard(slug, { page: 1, at: now() }))?.challenge.rules;
  if (!rules) throw new Error("the challenge has rules");
  for (const { inputs, score } of standings) {
    expect(explainScore(inputs, rules).reduce((sum, part) => sum + part.score, 0)).toBe(score);
  }
  await close(slug);
  await freeze(slug);
  expect(await board(), "frozen with what it was counted from").toEqual(
    standings.map((one) => ({ ...one, inputs: { ...one.inputs, now: { ...one.inputs.now, stale: false } } })),
  );

  // Stored hours ago, entered now.
  const other = await openChallenge(verbs, admin.viewer, { counting: "gain" });
  await tiktok.changeVideo("fresh", fresh.video, { counts: { view_count: 70_000 } });
  const request = { slug: other, reference: fresh.video, acceptedRulesVersion: 1, attemptId: randomUUID() };
  const { submissionId } = await verbs.submitVideo(request, fresh.person.viewer);
  const [entered] = await sql`select entered_view_count::int as views from submissions where id = ${submissionId}`;
  expect(entered).toEqual({ views: 70_000 });
});
