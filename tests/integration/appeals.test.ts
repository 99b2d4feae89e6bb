import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** A second look, asked for once and in time, given by somebody else, and known outside when it takes effect. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { listAppeals } = await import("~/features/moderation/list-appeals.server");
const { streamDecisionLog } = await import("~/features/moderation/stream-decision-log.server");
const { showDecisionLog } = await import("~/features/moderation/show-decision-log.server");
const { logFilterSchema } = await import("~/features/moderation/decision-log");
const { countStatements } = await import("./count-statements");
afterAll(async () => {
  runClock(0);
  await stop();
});

const WINDOW = 10_000;
const WEEK = 7 * 86_400_000;
const ENTRIES = 12;
let admin: Person;
let creator: Person;
let mara: Person;
let theo: Person;
let videos: string[];
let slug: string;
let submissionId: string;
/** Of the test under way; it stands still unless the test moves it. */
let clock = 0;

const wait = (ms: number) => {
  clock += ms;
  holdClock(new Date(clock));
};
const at = () => new Date(clock);

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  const clips = Array.from({ length: ENTRIES }, (_, n) => ({ caption: `clip ${n}`, agoMs: (n + 1) * 60_000 }));
  await tiktok.addAccount({ openId: "appellant", displayName: "=Appellant", videos: clips });
  for (const openId of ["mara", "theo"]) await tiktok.addAccount({ openId, displayName: openId });
  creator = await people.signIn("appellant");
  mara = await people.signIn("mara", { role: "moderator" });
  theo = await people.signIn("theo", { role: "moderator" });
  videos = (await tiktok.videos("appellant")).map(({ id }) => id);
});

const submit = async (video: string | undefined) => {
  const request = { slug, reference: video ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await verbs.submitVideo(request, creator.viewer)).submissionId;
};
const reject = (id: string, by: Person = mara) =>
  verbs.decideSubmission(
    { intent: "reject", submissionId: id, seenVersion: 1, reason: "OTHER", message: '=No, "thanks"' },
    by.viewer,
    randomUUID(),
  );
const appeal = (by: Person = creator) => verbs.openAppeal({ submissionId, statement: "Look again." }, by.viewer);
const judge = (intent: "uphold" | "dismiss", by: Person, seenVersion = 2) =>
  verbs.judgeAppeal({ intent, submissionId, seenVersion, answer: "We looked." }, by.viewer, randomUUID());
const takeBack = (by: Person, seenVersion: number) =>
  verbs.undoJudgement({ submissionId, seenVersion }, by.viewer, randomUUID());
const myEntry = async () => {
  const { entries } = await listMyEntries(creator.viewer.userId, { at: at(), before: null });
  return entries.find((entry) => entry.submissionId === submissionId);
};
const steps = async () => (await myEntry())?.timeline.map((step) => (step.kind === "decided" ? step.state : step.kind));
const waiting = async (viewer = theo.viewer) =>
  (await listAppeals({ at: at(), after: null, viewer })).appeals.filter((one) => one.submissionId === submissionId);

beforeEach(async () => {
  clock = Date.now();
  wait(0);
  slug = await openChallenge(verbs, admin.viewer);
  submissionId = await submit(videos[0]);
  await reject(submissionId);
  wait(WINDOW);
});

describe("an appeal is opened", () => {
  test("once the decision has taken effect, within a week, and only once", async () => {
    wait(-1);
    await expect(appeal(), "nobody outside knows of it yet").rejects.toMatchObject({ code: "CONFLICT" });
    wait(1);
    expect((await myEntry())?.appealUntil).toBe(new Date(clock + WEEK).toISOString());
    wait(WEEK);
    await expect(appeal()).rejects.toMatchObject({ code: "APPEAL_WINDOW" });
    expect((await myEntry())?.appealUntil).toBeNull();
    wait(-1);
    await appeal();
    await expect(appeal()).rejects.toMatchObject({ code: "APPEAL_EXISTS" });
    expect(await myEntry()).toMatchObject({ state: "rejected", appealOpen: true, appealUntil: null });
    expect(await waiting()).toMatchObject([{ statement: "Look again.", decision: { by: "mara", reason: "OTHER" } }]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("by its creator alone, of an entry that was refused", async () => {
    await expect(appeal(theo)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const pending = await submit(videos[1]);
    const request = { submissionId: pending, statement: "Look" };
    await expect(verbs.openAppeal(request, creator.viewer)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("not once the standings are frozen", async () => {
    await sql`update challenges set frozen_at = closes_at where slug = ${slug}`;
    await expect(appeal()).rejects.toMatchObject({ code: "FROZEN" });
    expect((await myEntry())?.appealUntil).toBeNull();
  });

  test("not when another entry has taken its place; while it is open its video cannot be entered again", async () => {
    const again = await submit(videos[0]);
    await expect(appeal()).rejects.toMatchObject({ code: "DUPLICATE_SUBMISSION" });
    await verbs.withdrawSubmission(again, creator.viewer);
    await appeal();
    await expect(submit(videos[0])).rejects.toMatchObject({ code: "DUPLICATE_SUBMISSION" });
    await judge("dismiss", theo);
    wait(WINDOW - 1);
    await expect(submit(videos[0]), "it could still be taken back").rejects.toMatchObject({
      code: "DUPLICATE_SUBMISSION",
    });
    wait(1);
    await submit(videos[0]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });
});

describe("an appeal is decided", () => {
  beforeEach(() => appeal());

  test("neither by whoever made the decision nor by the creator, whatever their role", async () => {
    await expect(judge("uphold", mara)).rejects.toMatchObject({ code: "OWN_DECISION" });
    await expect(judge("dismiss", creator)).rejects.toMatchObject({ code: "OWN_ENTRY" });
    expect(await waiting(mara.viewer)).toMatchObject([{ waitsForAnother: "own_decision" }]);
    expect(await waiting(creator.viewer)).toMatchObject([{ waitsForAnother: "own" }]);
    const forge = (
      by: Person,
    ) => sql`update appeals set outcome = 'dismissed', answer = 'No', decided_by = ${by.viewer.userId},
      decided_at = opened_at, effective_at = opened_at where submission_id = ${submissionId}`;
    await expect(forge(mara), "not by the database's word either").rejects.toMatchObject({ code: "23000" });
    await expect(forge(creator)).rejects.toMatchObject({ code: "23514" });
  });

  test.each([
    ["its words", "23001", "update appeals set statement = 'Never mind' where submission_id = $1"],
    [
      "what it is about",
      "23001",
      "update appeals set opened_at = opened_at + interval '1 day' where submission_id = $1",
    ],
    ["that it is there", "23001", "delete from appeals where submission_id = $1"],
    ["that it is open", "23000", "update submissions set appeal_open = false where id = $1"],
    [
      "that there is one",
      "23505",
      `insert into appeals (id, submission_id, decision_sequence, creator_id, statement, opened_at)
        select gen_random_uuid(), submission_id, decision_sequence, creator_id, 'Again', opened_at
        from appeals where submission_id = $1`,
    ],
  ])("the database keeps %s (%s)", async (_what, code, attack) => {
    await expect(sql.unsafe(attack, [submissionId])).rejects.toMatchObject({ code });
    expect(await waiting()).toMatchObject([{ statement: "Look again." }]);
  });

  test("upheld: the entry is approved, for everybody else after the window", async () => {
    const challenge = await findChallenge(slug);
    const view = { sort: "newest", show: "all", query: "", before: null } as const;
    const shown = async () => challenge && (await listGallery(challenge, { at: at(), view })).entries.length;
    await judge("uphold", theo);
    wait(WINDOW - 1);
    expect(await steps()).toEqual(["entered", "checked", "rejected", "appealed"]);
    expect(await myEntry()).toMatchObject({ state: "rejected", appealOpen: true, mayWithdraw: false });
    expect(await shown()).toBe(0);
    wait(1);
    expect(await steps()).toEqual(["entered", "checked", "rejected", "appealed", "approved"]);
    expect(await myEntry()).toMatchObject({ state: "approved", appealOpen: false, mayWithdraw: true });
    expect(await shown()).toBe(1);
    expect(await waiting()).toEqual([]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("dismissed: it stays as it is, and the creator reads the answer after the window", async () => {
    await expect(
      verbs.judgeAppeal({ intent: "dismiss", submissionId, seenVersion: 2, answer: "" }, theo.viewer, "r"),
    ).rejects.toMatchObject({ code: "REASON_REQUIRED" });
    await judge("dismiss", theo);
    expect(await steps()).toEqual(["entered", "checked", "rejected", "appealed"]);
    wait(WINDOW);
    expect((await myEntry())?.timeline.at(-1)).toMatchObject({ kind: "dismissed", answer: "We looked." });
    await expect(appeal()).rejects.toMatchObject({ code: "APPEAL_EXISTS" });
    await expect(judge("uphold", theo)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test.each([
    ["uphold", 3, 4],
    ["dismiss", 2, 2],
  ] as const)("what was decided (%s) is taken back inside the window, and not after it", async (intent, seen, then) => {
    await judge(intent, theo);
    await expect(takeBack(mara, seen)).rejects.toMatchObject({ code: "CONFLICT" });
    await takeBack(theo, seen);
    expect(await waiting()).toHaveLength(1);
    wait(60_000);
    expect(await steps()).toEqual(["entered", "checked", "rejected", "appealed"]);
    await judge(intent, theo, then);
    wait(WINDOW);
    await expect(takeBack(theo, intent === "uphold" ? then + 1 : then)).rejects.toMatchObject({
      code: "UNDO_TOO_LATE",
    });
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("after freezing it can be dismissed only", async () => {
    await sql`update challenges set frozen_at = closes_at where slug = ${slug}`;
    await expect(judge("uphold", theo)).rejects.toMatchObject({ code: "FROZEN" });
    await judge("dismiss", theo);
  });
});

test("a rejection is reopened by another moderator with words, unless its video was entered again", async () => {
  const reopen = (by: Person) =>
    verbs.decideSubmission(
      { intent: "reopen", submissionId, seenVersion: 2, message: "We were wrong." },
      by.viewer,
      randomUUID(),
    );
  await expect(reopen(mara)).rejects.toMatchObject({ code: "OWN_DECISION" });
  const again = await submit(videos[0]);
  await expect(reopen(theo)).rejects.toMatchObject({ code: "DUPLICATE_SUBMISSION" });
  await verbs.withdrawSubmission(again, creator.viewer);
  await reopen(theo);
  wait(WINDOW);
  expect((await myEntry())?.timeline.at(-1)).toMatchObject({ state: "approved", message: "We were wrong." });
  expect(await brokenInvariants(sql, slug)).toEqual([]);
});

test("whoever waits knows their place, and the usual wait once ten decisions tell", async () => {
  const queued = async (id: string | undefined) => {
    const { entries } = await listMyEntries(creator.viewer.userId, { at: at(), before: null });
    return entries.find((entry) => entry.submissionId === id);
  };
  const ids: string[] = [];
  for (const video of videos.slice(1)) ids.push(await submit(video));
  expect(await queued(ids[0])).toMatchObject({ queue: { place: 1, of: 11 }, usualWait: null });
  wait(3_600_000 - WINDOW);
  for (const id of ids.slice(0, 9)) await reject(id);
  expect(await queued(ids[9]), "what was decided inside its window still waits").toMatchObject({
    queue: { place: 10, of: 11 },
    usualWait: null,
  });
  wait(WINDOW);
  expect(await queued(ids[10])).toMatchObject({ queue: { place: 2, of: 2 }, usualWait: 3_600 });
  expect(await countStatements(() => queued(submissionId)), "however many entries there are").toBe(5);
});

describe("the log", () => {
  const read = async (filter: Record<string, string> = {}) => {
    const body = streamDecisionLog(logFilterSchema.parse({ challenge: slug, ...filter }), mara.viewer);
    return (await new Response(body).text()).split("\r\n");
  };

  test("as CSV has a line a decision, newest first, with nothing that a spreadsheet would run", async () => {
    await appeal();
    await judge("uphold", theo);
    const [header, newest, older, end, ...rest] = await read();
    expect(header).toContain('"decided_at","effective_at","challenge"');
    expect(newest).toContain(`"theo","rejected","approved","approved","no","","We looked.","","",""`);
    expect(older).toContain(
      `"'=Appellant","mara","pending","rejected","rejected","no","OTHER","'=No, ""thanks""","","upheld","theo"`,
    );
    expect([end, ...rest]).toEqual([""]);
  });

  test("is filtered by moderator, decision and day, and says what was undone", async () => {
    const second = await submit(videos[1]);
    await verbs.decideSubmission({ intent: "flag", submissionId: second, seenVersion: 1 }, theo.viewer, randomUUID());
    await verbs.undoDecision({ submissionId: second, seenVersion: 2 }, theo.viewer, randomUUID());
    const count = async (filter: Record<string, string>) => (await read(filter)).length - 2;
    expect(await count({})).toBe(3);
    expect(await count({ moderator: theo.viewer.userId })).toBe(2);
    expect(await count({ verdict: "undone" })).toBe(1);
    expect((await read({ verdict: "flagged" }))[1]).toContain('"flagged","flagged","yes"');
    const day = (ms: number) => new Date(clock + ms).toISOString().slice(0, 10);
    expect(await count({ from: day(-WINDOW), to: day(0) })).toBe(3);
    expect(await count({ from: day(86_400_000) })).toBe(0);
    expect(await count({ to: day(-WINDOW - 86_400_000) })).toBe(0);
    const { decisions, moderators } = await showDecisionLog({ challenge: slug }, { before: null, viewer: mara.viewer });
    expect(decisions).toHaveLength(3);
    expect(moderators.map(({ name }) => name)).toEqual(["mara", "theo"]);
  });
});
