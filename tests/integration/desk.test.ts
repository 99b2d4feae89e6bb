import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Several moderators at one desk: verdicts on many entries at once, leases on one, and what open desks hear. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { decideSubmissions } = await import("~/features/moderation/decide-submissions.server");
const { undoDecisions } = await import("~/features/moderation/undo-decisions.server");
const { claimSubmission } = await import("~/features/moderation/claim-submission.server");
const { releaseClaim } = await import("~/features/moderation/release-claim.server");
const { findReviewEntries, listMatchingEntries, listReviewEntries } = await import(
  "~/features/moderation/list-review-entries.server"
);
const { deskPlaceSchema } = await import("~/features/moderation/desk-place");
const { listDecidedElsewhere } = await import("~/features/moderation/list-decided-elsewhere.server");
const { watchDesks } = await import("~/features/moderation/watch-desks.server");
const { removeExpired } = await import("~/features/operations/remove-expired.server");
afterAll(stop);
afterEach(() => {
  vi.useRealTimers();
  runClock();
});

const EPOCH = Date.now();
const WINDOW_MS = 10_000;
let maker: Person;
let mara: Person;
let theo: Person;
let admin: Person;
let videos: string[];

beforeAll(async () => {
  const clips = Array.from({ length: 6 }, (_, at) => ({ agoMs: (at + 1) * 60_000 }));
  await tiktok.addAccount({ openId: "maker", displayName: "Maker", videos: clips });
  await tiktok.addAccount({ openId: "mara", displayName: "Mara", videos: [{ agoMs: 60_000 }] });
  await tiktok.addAccount({ openId: "theo", displayName: "Theo" });
  admin = await people.signIn(ADMIN);
  maker = await people.signIn("maker");
  mara = await people.signIn("mara", { role: "moderator" });
  theo = await people.signIn("theo", { role: "moderator" });
  videos = (await tiktok.videos("maker")).map(({ id }) => id);
});

async function enter(slug: string, by: Person, reference: string): Promise<string> {
  const request = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await verbs.submitVideo(request, by.viewer)).submissionId;
}

/** An open challenge with the maker's first entries, each at version 1. */
async function desk(count: number): Promise<{ slug: string; ids: string[] }> {
  const slug = await openChallenge(verbs, admin.viewer);
  const ids: string[] = [];
  for (const video of videos.slice(0, count)) ids.push(await enter(slug, maker, video));
  return { slug, ids };
}

const seen = (ids: readonly string[], seenVersion = 1) => ids.map((submissionId) => ({ submissionId, seenVersion }));
const approve = (submissionId: string, by: Person, seenVersion = 1) =>
  verbs.decideSubmission({ intent: "approve", submissionId, seenVersion }, by.viewer, randomUUID());
const approveAll = (entries: ReturnType<typeof seen>) =>
  decideSubmissions({ intent: "bulk_approve", selected: entries }, mara.viewer, "press-1");
const codes = ({ skipped }: { skipped: { submissionId: string; code: string }[] }) =>
  Object.fromEntries(skipped.map(({ submissionId, code }) => [submissionId, code]));

async function states(ids: readonly string[]): Promise<string[]> {
  const rows = await sql<
    { id: string; state: string }[]
  >`select id, state from submissions where id = any(${[...ids]})`;
  return ids.map((id) => rows.find((row) => row.id === id)?.state ?? "none");
}

describe("one verdict on several entries", () => {
  test("each is decided by itself: what fails for one spoils nothing for the others, and the report says why", async () => {
    const { slug, ids } = await desk(5);
    const [good = "", conflict = "", claimed = "", broken = "", last = ""] = ids;
    const own = await enter(slug, mara, (await tiktok.videos("mara"))[0]?.id ?? "");
    await verbs.decideSubmission(
      { intent: "reject", submissionId: conflict, seenVersion: 1, reason: "OFF_BRIEF", message: undefined },
      theo.viewer,
      randomUUID(),
    );
    await claimSubmission(claimed, theo.viewer);
    await sql.unsafe(`create trigger fails before insert on decisions for each row
      when (new.submission_id = '${broken}') execute function refuse_change()`);
    const report = await approveAll(seen([good, own, conflict, claimed, broken, last]));
    await sql`drop trigger fails on decisions`;
    expect(report).toMatchObject({ to: "approved", done: 2, undoableUntil: expect.any(String) });
    expect(codes(report)).toEqual({
      [own]: "OWN_ENTRY",
      [conflict]: "CONFLICT",
      [claimed]: "CLAIMED",
      [broken]: "FAILED",
    });
    const told = report.skipped.find(({ submissionId }) => submissionId === conflict);
    expect(told?.entry).toMatchObject({ state: "rejected", lastDecision: { by: "Theo" } });
    expect(await states([good, own, conflict, claimed, broken, last])).toEqual([
      "approved",
      "pending",
      "rejected",
      "pending",
      "pending",
      "approved",
    ]);
    const rows = await sql`select count(distinct decided_at)::int as moments, count(*)::int as rows from decisions
      where bulk_id = ${report.bulkId}`;
    expect(rows[0]).toEqual({ moments: 1, rows: 2 });
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("one press takes all of them back inside the window, but for what was decided since", async () => {
    const { slug, ids } = await desk(4);
    holdClock(new Date(EPOCH));
    const report = await approveAll(seen(ids));
    expect(report).toMatchObject({ done: 4, skipped: [], undoableUntil: new Date(EPOCH + WINDOW_MS).toISOString() });
    const [first = "", ...others] = ids;
    const reason = { reason: "METRIC_MANIPULATION", message: undefined } as const;
    await verbs.decideSubmission(
      { intent: "disqualify", ...seen([first], 2)[0], ...reason } as never,
      theo.viewer,
      "r",
    );
    expect(await undoDecisions(report.bulkId, theo.viewer, "r")).toMatchObject({ done: 0, skipped: [] });
    holdClock(new Date(EPOCH + WINDOW_MS - 1));
    const undone = await undoDecisions(report.bulkId, mara.viewer, "r");
    expect(undone).toMatchObject({ to: null, done: 3 });
    expect(codes(undone)).toEqual({ [first]: "CONFLICT" });
    expect(await states(ids)).toEqual(["disqualified", ...others.map(() => "pending")]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);

    const again = await approveAll(seen(others, 3));
    holdClock(new Date(EPOCH + 2 * WINDOW_MS));
    const late = await undoDecisions(again.bulkId, mara.viewer, "r");
    expect(late.done).toBe(0);
    expect(Object.values(codes(late))).toEqual(Array(3).fill("UNDO_TOO_LATE"));
    expect(await states(others)).toEqual(Array(3).fill("approved"));
  });

  test("all are rejected for one reason, which each creator can read", async () => {
    const { ids } = await desk(2);
    await decideSubmissions(
      { intent: "bulk_reject", selected: seen(ids), reason: "TOO_LONG", message: "Cut it to a minute." },
      mara.viewer,
      "press-2",
    );
    const rows =
      await sql`select reason_code, message from decisions where submission_id = any(${ids}) and sequence = 2`;
    expect(rows).toEqual(Array(2).fill({ reason_code: "TOO_LONG", message: "Cut it to a minute." }));
  });
});

async function challengeIdOf(slug: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select id from challenges where slug = ${slug}`;
  return row?.id ?? "";
}

describe("what lies on a desk", () => {
  test("in either order, narrowed by rules, by creator and by hashtag, and the same for all that match", async () => {
    const { slug, ids } = await desk(4);
    const own = await enter(slug, mara, (await tiktok.videos("mara"))[0]?.id ?? "");
    const [one = "", two = "", three = "", four = ""] = ids;
    // The label is not read here, so that every entry has a rule that cannot be told.
    await sql`update submissions set eligibility = replace(eligibility::text, '"unknown"', '"pass"')::jsonb
      where id <> ${two}`;
    const challengeId = await challengeIdOf(slug);
    const list = async (search: Record<string, string>) => {
      const place = deskPlaceSchema.parse(search);
      const { entries } = await listReviewEntries(challengeId, { place, at: new Date(), viewer: theo.viewer });
      if (!place.after) {
        const values = entries.map(({ submissionId, version }) => `${submissionId}:${version}`);
        expect(await listMatchingEntries(challengeId, place)).toEqual(values);
      }
      return entries.map(({ submissionId }) => submissionId);
    };
    expect(await list({})).toEqual([one, two, three, four, own]);
    expect(await list({ sort: "newest" })).toEqual([own, four, three, two, one]);
    expect(await list({ sort: "newest", after: three })).toEqual([two, one]);
    expect(await list({ after: three })).toEqual([four, own]);
    expect(await list({ rules: "unclear" })).toEqual([two]);
    expect(await list({ rules: "met", creator: maker.viewer.userId })).toEqual([one, three, four]);
    expect(await list({ creator: mara.viewer.userId })).toEqual([own]);
    expect(await list({ tab: "approved" })).toEqual([]);
    const captions = ["dawn #Casa", "#CASA, again", "#casablanca", "casa #İstanbul#été"];
    for (const [at, caption] of captions.entries())
      await sql`update videos set caption = ${caption} from submissions s where s.video_id = videos.id and s.id = ${ids[at] ?? ""}`;
    expect(await list({ tag: "#casa" })).toEqual([one, two]);
    expect(await list({ tag: "casa", sort: "newest" })).toEqual([two, one]);
    expect(await list({ tag: "casa", after: one })).toEqual([two]);
    expect(await list({ tag: "casa", rules: "unclear" })).toEqual([two]);
    expect(await list({ tag: "ÉTÉ" })).toEqual([four]);
    expect(await list({ tag: "casab" })).toEqual([]);
  });

  test("what others decided just now is known with who it was, but not one's own, nor what is long ago", async () => {
    const { slug, ids } = await desk(3);
    const challengeId = await challengeIdOf(slug);
    const [one = "", two = "", three = ""] = ids;
    holdClock(new Date(EPOCH));
    await approve(one, theo);
    await approve(two, mara);
    await approve(three, theo);
    await verbs.undoDecision({ submissionId: three, seenVersion: 2 }, theo.viewer, randomUUID());
    const elsewhere = async (at: number) =>
      (await listDecidedElsewhere(challengeId, { tab: "pending", at: new Date(at), viewer: mara.viewer })).map(
        ({ submissionId, lastDecision }) => [submissionId, lastDecision?.by],
      );
    expect(await elsewhere(EPOCH + 1_000)).toEqual([[one, "Theo"]]);
    expect(await elsewhere(EPOCH + 120_001)).toEqual([]);
  });
});

describe("a lease on one entry", () => {
  const shownTo = async (viewer: Person, id: string) =>
    (await findReviewEntries([id], { at: new Date(), viewer: viewer.viewer })).get(id)?.claim;

  test("it keeps the others from deciding until it is taken over, and ends with the verdict", async () => {
    const { ids } = await desk(2);
    const [id = "", second = ""] = ids;
    await claimSubmission(id, mara.viewer);
    expect(await shownTo(mara, id)).toBeNull();
    expect(await shownTo(theo, id)).toMatchObject({ by: "Mara" });
    const left = (await shownTo(theo, id))?.leftMs ?? 0;
    expect(left).toBeGreaterThan(290_000);
    expect(left).toBeLessThanOrEqual(300_000);
    await expect(claimSubmission(id, theo.viewer)).rejects.toMatchObject({ code: "CLAIMED" });
    await expect(approve(id, theo)).rejects.toMatchObject({ code: "CLAIMED" });
    expect(await states([id])).toEqual(["pending"]);

    await claimSubmission(id, theo.viewer, { takeOver: true });
    expect(await shownTo(mara, id)).toMatchObject({ by: "Theo" });
    await expect(approve(id, mara)).rejects.toMatchObject({ code: "CLAIMED" });
    await approve(id, theo);
    expect(await sql`select 1 from claims where submission_id = ${id}`).toHaveLength(0);

    await claimSubmission(second, mara.viewer);
    await releaseClaim(second, theo.viewer);
    await expect(approve(second, theo), "only its holder ends it").rejects.toMatchObject({ code: "CLAIMED" });
    await releaseClaim(second, mara.viewer);
    await approve(second, theo);
  });

  test("it is over after five minutes of the database's clock, whatever the product's clock says", async () => {
    const { ids } = await desk(1);
    const [id = ""] = ids;
    await claimSubmission(id, mara.viewer);
    holdClock(new Date(EPOCH + 86_400_000));
    await expect(claimSubmission(id, theo.viewer)).rejects.toMatchObject({ code: "CLAIMED" });
    await removeExpired();
    await expect(claimSubmission(id, theo.viewer)).rejects.toMatchObject({ code: "CLAIMED" });
    await sql`update claims set until = clock_timestamp()`;
    expect(await shownTo(theo, id)).toBeNull();
    await approve(id, theo);
    await removeExpired();
    expect(await sql`select 1 from claims`).toHaveLength(0);
  });

  test("a moderator holds one at a time, never on their own entry, and of many who ask at once one gets it", async () => {
    const { slug, ids } = await desk(2);
    const [first = "", second = ""] = ids;
    await claimSubmission(first, mara.viewer);
    await claimSubmission(second, mara.viewer);
    expect(await sql`select submission_id from claims`).toEqual([{ submission_id: second }]);
    const own = await enter(slug, mara, (await tiktok.videos("mara"))[0]?.id ?? "");
    await expect(claimSubmission(own, mara.viewer)).rejects.toMatchObject({ code: "OWN_ENTRY" });
    const asked = Array.from({ length: 8 }, (_, at) => claimSubmission(first, (at % 2 ? theo : admin).viewer));
    const outcomes = await Promise.allSettled(asked);
    const [holder] = await sql`select moderator_id from claims where submission_id = ${first}`;
    const winners = outcomes.flatMap(({ status }, at) => (status === "fulfilled" ? [at % 2 ? theo : admin] : []));
    expect(new Set(winners.map(({ viewer }) => viewer.userId))).toEqual(new Set([holder?.moderator_id]));
  });
});

describe("a desk's stream", () => {
  const open = async (by: Person, shutdown = new AbortController().signal) => {
    const request = new Request("http://127.0.0.1:3000/", { headers: { cookie: by.cookie } });
    const stream = watchDesks(by.viewer, { request, shutdown });
    if (!(stream instanceof ReadableStream)) throw new Error(`no stream: ${stream}`);
    const bytes = stream.getReader();
    const reader = {
      read: async () => {
        const { done, value } = await bytes.read();
        return { done, value: new TextDecoder().decode(value) };
      },
      cancel: () => bytes.cancel(),
    };
    expect((await reader.read()).value).toContain("listening");
    return reader;
  };

  test("it tells of decisions and of others' claims at every desk, and names the challenge", async () => {
    const here = await desk(1);
    const elsewhere = await desk(1);
    const reader = await open(mara);
    await claimSubmission(here.ids[0] ?? "", mara.viewer);
    const told = reader.read();
    expect(await Promise.race([told, sql`select pg_sleep(0.2)`.then(() => "nothing")])).toBe("nothing");
    await claimSubmission(here.ids[0] ?? "", theo.viewer, { takeOver: true });
    const newsOf = async (slug: string) => `event: news\ndata: ${await challengeIdOf(slug)}\n\n`;
    expect((await told).value).toBe(await newsOf(here.slug));
    await approve(elsewhere.ids[0] ?? "", theo);
    expect((await reader.read()).value).toBe(await newsOf(elsewhere.slug));
    await reader.cancel();
  });

  test("who takes nothing in for a while is told that there was more, of whatever challenge", async () => {
    const { ids } = await desk(5);
    const last = await desk(1);
    const reader = await open(mara);
    const hearer = await open(theo);
    for (const id of [...ids, ...last.ids]) {
      await approve(id, admin);
      // By then it has reached this process.
      await hearer.read();
    }
    const told: string[] = [];
    for (let piece = 0; piece < 5; piece += 1) told.push((await reader.read()).value);
    expect(told.at(-1)).toBe("event: news\ndata: \n\n");
    for (const one of [reader, hearer]) await one.cancel();
  });

  test("nobody has more than six", async () => {
    const readers = await Promise.all(Array.from({ length: 6 }, () => open(mara)));
    await expect(open(mara)).rejects.toThrow("full");
    await (await open(admin)).cancel();
    await readers[0]?.cancel();
    readers[0] = await open(mara);
    for (const reader of readers) await reader.cancel();
  });

  test("it ends when its reader's session or role does, and when the process stops", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const guest = await people.signIn("theo", { role: "moderator" });
    const stopping = new AbortController();
    const [ended, stays] = [await open(guest), await open(mara, stopping.signal)];
    await people.signIn("theo", { role: "creator" });
    vi.advanceTimersByTime(15_000);
    expect((await ended.read()).done).toBe(true);
    expect((await stays.read()).value).toContain("still here");
    stopping.abort();
    expect((await stays.read()).done).toBe(true);
    theo = await people.signIn("theo", { role: "moderator" });
  });
});
