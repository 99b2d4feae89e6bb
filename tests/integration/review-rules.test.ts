import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdClock, runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import type { RuleAct } from "~/features/submissions/review-rule";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Rules that help: tried before they are enabled, explained in what they do, done once, and never a rejection. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { isSampled } = await import("~/features/submissions/review-rule");
const { saveRule } = await import("~/features/moderation/save-rule.server");
const { tryRule } = await import("~/features/moderation/try-rule.server");
const { switchRule } = await import("~/features/moderation/switch-rule.server");
const { applyRule } = await import("~/features/moderation/apply-rule.server");
const { undoDecisions } = await import("~/features/moderation/undo-decisions.server");
const { claimSubmission } = await import("~/features/moderation/claim-submission.server");
const { showReviewRules } = await import("~/features/moderation/show-review-rules.server");
const { showEnabledRules } = await import("~/features/moderation/show-enabled-rules.server");
const { findReviewEntries } = await import("~/features/moderation/list-review-entries.server");
const { listReviewQueue } = await import("~/features/moderation/list-review-queue.server");
const { setReviewTarget } = await import("~/features/moderation/set-review-target.server");
const { approveOverdue } = await import("~/features/moderation/approve-overdue.server");
const { releaseHold } = await import("~/features/moderation/release-hold.server");
const { showEntryContext } = await import("~/features/moderation/show-entry-context.server");
const { showEntryPage } = await import("~/features/results/show-entry-page.server");
const { showLeaderboard } = await import("~/features/results/show-leaderboard.server");
const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
const { tellCreators } = await import("~/features/notifications/tell-creators.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

const HOUR = 3600_000;
const WINDOW = 10_000;
const PROMO = 8;
let admin: Person;
let creator: Person;
let mara: Person;
let promo: string[];
let plain: string[];
let slug: string;
let clock = 0;
const wait = (ms: number) => {
  clock += ms;
  holdClock(new Date(clock));
};
const at = () => new Date(clock);

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  const clips = Array.from({ length: 2 * PROMO }, (_, n) => ({
    caption: n < PROMO ? `Use my promo code ${n}` : `A quiet walk ${n}`,
    agoMs: (n + 1) * 60_000,
  }));
  await tiktok.addAccount({ openId: "ruled", displayName: "Ruled", videos: clips });
  await tiktok.addAccount({ openId: "mara", displayName: "mara", videos: [{ agoMs: 60_000 }] });
  creator = await people.signIn("ruled");
  mara = await people.signIn("mara", { role: "moderator" });
  const own = (await tiktok.videos("ruled")).map(({ id }) => id);
  promo = own.slice(0, PROMO);
  plain = own.slice(PROMO);
});
beforeEach(async () => {
  clock = Date.now();
  wait(0);
  // Whether a label is missing nobody can tell, so that no entry would pass every rule.
  slug = await openChallenge(verbs, admin.viewer, { aiPolicy: "allowed" });
});

const submit = async (video: string | undefined) => {
  const request = { slug, reference: video ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await verbs.submitVideo(request, creator.viewer)).submissionId;
};
const submitAll = async (videos: (string | undefined)[]) => {
  const ids: string[] = [];
  for (const video of videos) ids.push(await submit(video));
  return ids;
};
const says = (act: RuleAct, word = "promo code") => ({
  name: "Promo codes",
  match: "any" as const,
  conditions: [{ on: "caption_words" as const, words: [word] }],
  act,
});
const save = async (act: RuleAct = { act: "flag" }, word?: string) => {
  const ruleId = await saveRule({ slug, ruleId: null, seenVersion: 0 }, says(act, word), admin.viewer, randomUUID());
  return { slug, ruleId, seenVersion: 1 };
};
const run = (seen: Awaited<ReturnType<typeof save>>) => tryRule(seen, admin.viewer, randomUUID());
const press = (act: "enable" | "disable" | "retire", seen: Awaited<ReturnType<typeof save>>) =>
  switchRule(act, seen, admin.viewer, randomUUID());
const enabled = async (act?: RuleAct) => {
  const seen = await save(act);
  await run(seen);
  await press("enable", seen);
  return seen;
};
const decide = (intent: "approve" | "reject", submissionId: string, seenVersion = 1) =>
  verbs.decideSubmission(
    intent === "approve"
      ? { intent, submissionId, seenVersion }
      : { intent, submissionId, seenVersion, reason: "OFF_BRIEF", message: undefined },
    mara.viewer,
    randomUUID(),
  );
const card = async (id: string) => (await findReviewEntries([id], { at: at(), viewer: mara.viewer })).get(id);
const history = (id: string) =>
  sql<{ actor: string; to: string; rule: string | null; version: number | null; note: string | null }[]>`
    select actor_kind as actor, to_state as to, review_rule_id as rule, review_rule_version as version, note
    from decisions where submission_id = ${id} order by sequence`;
const states = async (ids: string[]) => {
  const rows = await sql<{ id: string; state: string }[]>`select id, state from submissions where id in ${sql(ids)}`;
  return ids.map((id) => rows.find((row) => row.id === id)?.state);
};

describe("a rule", () => {
  test("is enabled once this version of it was tried, and a change switches it off", async () => {
    const seen = await save();
    await expect(press("enable", seen)).rejects.toMatchObject({ code: "RULE_NOT_TRIED" });
    await run(seen);
    await press("enable", seen);
    await saveRule(seen, says({ act: "flag" }, "quiet"), admin.viewer, randomUUID());
    await expect(press("enable", seen), "it was changed since").rejects.toMatchObject({ code: "CONFLICT" });
    const next = { ...seen, seenVersion: 2 };
    await expect(press("enable", next)).rejects.toMatchObject({ code: "RULE_NOT_TRIED" });
    expect((await showReviewRules(slug, { at: at(), askedRule: null }))?.rules).toMatchObject([
      { version: 2, enabledAt: null, trial: null },
    ]);
    const id = await submit(plain[0]);
    expect(await states([id])).toEqual(["pending"]);
    await expect(sql`update review_rule_versions set definition = '{}'`).rejects.toThrow("append-only");
  });

  test("tried on what there is, says what it would have done, and does nothing", async () => {
    const [approved = "", rejected = "", pending = ""] = await submitAll([...promo.slice(0, 3), ...plain.slice(0, 2)]);
    await decide("approve", approved);
    await decide("reject", rejected);
    wait(WINDOW);
    expect(await run(await save())).toEqual({
      matched: 3,
      of: 5,
      more: false,
      approved: 1,
      refused: 1,
      pending: 1,
      sampled: 0,
    });
    expect(await states([approved, rejected, pending])).toEqual(["approved", "rejected", "pending"]);
  });

  test("tried for too long is stopped, is not tried, and says so", async () => {
    const seen = await save();
    await submit(promo[0]);
    await sql.begin(async (tx) => {
      // The trial cannot read the entries.
      await tx`lock table submissions`;
      await expect(run(seen)).rejects.toMatchObject({ code: "TRIAL_TOO_LONG" });
    });
    await expect(press("enable", seen)).rejects.toMatchObject({ code: "RULE_NOT_TRIED" });
  });

  test("flags what is handed in, and what is handed in again, and names itself and its version", async () => {
    const { ruleId } = await enabled();
    await save();
    expect((await showEnabledRules(slug, at()))?.rules, "what moderators read of it; not of one that is off").toEqual([
      { ...says({ act: "flag" }), id: ruleId, version: 1, enabledAt: at().toISOString() },
    ]);
    const [id = "", other = ""] = await submitAll([promo[0], plain[0]]);
    expect(await states([id, other])).toEqual(["flagged", "pending"]);
    expect((await history(id)).at(-1)).toMatchObject({ actor: "system", to: "flagged", rule: ruleId, version: 1 });
    expect((await history(id)).at(-1)?.note).toBe("Rule “Promo codes”, version 1: the caption says “promo code”");
    expect(await card(id)).toMatchObject({
      verdicts: ["approve", "reject", "request_change"],
      lastDecision: { by: "the rule “Promo codes”" },
    });
    const change = {
      intent: "request_change",
      submissionId: id,
      seenVersion: 2,
      message: "Leave the code out",
    } as const;
    await verbs.decideSubmission(change, mara.viewer, randomUUID());
    wait(WINDOW);
    await verbs.resubmitVideo(id, creator.viewer);
    expect((await history(id)).map(({ to }) => to)).toEqual([
      "pending",
      "flagged",
      "changes_requested",
      "pending",
      "flagged",
    ]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("suggests a rejection to whoever decides, until it is turned off; the entry waits as before", async () => {
    const seen = await enabled({ act: "suggest_rejection", reason: "SPAM_OR_AD" });
    const id = await submit(promo[0]);
    expect(await card(id)).toMatchObject({
      state: "pending",
      suggestions: [{ rule: "Promo codes", reason: "SPAM_OR_AD" }],
    });
    await press("disable", seen);
    expect(await card(id)).toMatchObject({ state: "pending", suggestions: [] });
    expect(await history(id)).toHaveLength(1);
  });
});

describe("applied to what waits already", () => {
  test("it does each entry once however often it is pressed, and leaves alone what somebody looks at", async () => {
    const ids = await submitAll([...promo.slice(0, 4), plain[0]]);
    const seen = await enabled();
    expect(await states(ids), "enabling does nothing to what waits").toEqual(Array(5).fill("pending"));
    await claimSubmission(ids[3] ?? "", mara.viewer);
    const asked = await showReviewRules(slug, { at: at(), askedRule: seen.ruleId });
    expect(asked?.applicable).toEqual({ ruleId: seen.ruleId, entries: 4 });
    const runs = await Promise.all([1, 2].map(() => applyRule(seen, admin.viewer, randomUUID())));
    expect(runs.map(({ done }) => done).reduce((a, b) => a + b)).toBe(3);
    expect(await states(ids)).toEqual(["flagged", "flagged", "flagged", "pending", "pending"]);
    for (const id of ids.slice(0, 3))
      expect((await history(id)).map(({ actor }) => actor)).toEqual(["creator", "system"]);
    expect(await applyRule(seen, admin.viewer, randomUUID())).toMatchObject({ done: 0, skipped: 1 });
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("it is taken back as a whole inside the window, and not after it", async () => {
    const ids = await submitAll(promo.slice(0, 2));
    const seen = await enabled();
    const first = await applyRule(seen, admin.viewer, randomUUID());
    wait(WINDOW - 1);
    expect(await undoDecisions(first.bulkId, admin.viewer, randomUUID())).toMatchObject({ done: 2, skipped: [] });
    expect(await states(ids)).toEqual(["pending", "pending"]);
    const second = await applyRule(seen, admin.viewer, randomUUID());
    wait(WINDOW);
    expect(await undoDecisions(second.bulkId, admin.viewer, randomUUID())).toMatchObject({ done: 0 });
    expect(await states(ids)).toEqual(["flagged", "flagged"]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("a suggestion is made once, and anew by a new version", async () => {
    const ids = await submitAll(promo.slice(0, 2));
    const suggest = { act: "suggest_rejection", reason: "SPAM_OR_AD" } as const;
    const seen = await enabled(suggest);
    expect(await applyRule(seen, admin.viewer, randomUUID())).toMatchObject({ done: 2, undoableUntil: null });
    expect(await applyRule(seen, admin.viewer, randomUUID())).toMatchObject({ done: 0, skipped: 0 });
    await saveRule(seen, says({ ...suggest, reason: "OFF_BRIEF" }), admin.viewer, randomUUID());
    const next = { ...seen, seenVersion: 2 };
    await run(next);
    await press("enable", next);
    expect((await card(ids[0] ?? ""))?.suggestions, "of the version before").toEqual([]);
    expect(await applyRule(next, admin.viewer, randomUUID())).toMatchObject({ done: 2 });
    expect((await card(ids[0] ?? ""))?.suggestions).toMatchObject([{ reason: "OFF_BRIEF" }]);
  });
});

describe("a rule that holds", () => {
  const press = (intent: "apply" | "undo", seen: Awaited<ReturnType<typeof save>>, bulkId = "") =>
    intent === "apply"
      ? applyRule(seen, admin.viewer, randomUUID())
      : undoDecisions(bulkId, admin.viewer, randomUUID());
  const onBoard = async () =>
    (await showLeaderboard(slug, { page: 1, at: at() }))?.standings.map((one) => one.submissionId);
  const told = async (id: string) => {
    const { entries } = await listMyEntries(creator.viewer.userId, { at: at(), before: null });
    return entries.find(({ submissionId }) => submissionId === id)?.timeline.map(({ kind }) => kind);
  };
  const release = (submissionId: string) =>
    releaseHold({ submissionId }, { kind: "moderator", id: mara.viewer.userId }, randomUUID());

  test("waits for the approval and goes with its undoing; then it has no rank until a person releases it", async () => {
    await enabled({ act: "hold" });
    const [held = "", free = "", cleared = ""] = await submitAll([promo[0], plain[0], promo[1]]);
    expect(await card(held)).toMatchObject({
      state: "pending",
      hold: { why: "The rule “Promo codes”", begun: false },
    });
    await release(cleared);
    for (const id of [held, free, cleared]) await decide("approve", id);
    await verbs.undoDecision({ submissionId: held, seenVersion: 2 }, mara.viewer, randomUUID());
    expect(await card(held)).toMatchObject({ state: "pending", hold: { begun: false } });
    await decide("approve", held, 3);
    wait(WINDOW - 1);
    expect(await told(held)).toEqual(["entered", "checked"]);
    wait(1);
    expect(await told(held)).toEqual(["entered", "checked", "decided", "held"]);
    expect(await told(cleared), "nobody outside ever saw it held").toEqual(["entered", "checked", "decided"]);
    expect((await onBoard())?.sort()).toEqual([free, cleared].sort());
    expect(await showEntryPage(held, at())).toMatchObject({ held: true, place: null });
    expect(await showEntryContext(slug, held, { at: at(), viewer: mara.viewer })).toMatchObject({
      hold: { by: "the rule “Promo codes”", begun: true, views: null },
      notes: [{ by: "the system", with: "hold", words: expect.stringContaining("the caption says “promo code”") }],
    });
    await expect(sql`delete from holds where submission_id = ${held}`).rejects.toThrow("kept as it was made");
    await release(held);
    expect((await onBoard())?.sort()).toEqual([free, held, cleared].sort());
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });

  test("is tried, applied once and taken back like the others; what is handed in again is looked at anew", async () => {
    const ids = await submitAll([...promo.slice(0, 3), plain[0]]);
    const seen = await save({ act: "hold" });
    expect(await run(seen)).toMatchObject({ matched: 3, of: 4 });
    await switchRule("enable", seen, admin.viewer, randomUUID());
    const runs = await Promise.all([press("apply", seen), press("apply", seen)]);
    expect(runs.map(({ done }) => done).reduce((a, b) => a + b)).toBe(3);
    const holding = async () => (await Promise.all(ids.map(card))).map((entry) => entry?.hold !== null);
    expect(await holding()).toEqual([true, true, true, false]);
    wait(WINDOW - 1);
    for (const { bulkId } of runs.filter(({ done }) => done > 0)) await press("undo", seen, bulkId ?? "");
    expect(await holding()).toEqual([false, false, false, false]);
    const second = await press("apply", seen);
    expect(second.done).toBe(3);
    wait(WINDOW);
    expect(await press("undo", seen, second.bulkId)).toMatchObject({ done: 0, skipped: { length: 3 } });
    await release(ids[0] ?? "");
    expect(await press("apply", seen), "released, and the rest are held").toMatchObject({ done: 0, skipped: 0 });
    const [, changed = ""] = ids;
    const change = { intent: "request_change", submissionId: changed, seenVersion: 1, message: "Shorter" } as const;
    await verbs.decideSubmission(change, mara.viewer, randomUUID());
    await switchRule("disable", seen, admin.viewer, randomUUID());
    wait(WINDOW);
    await verbs.resubmitVideo(changed, creator.viewer);
    expect(await holding()).toEqual([false, false, true, false]);
    expect(await states(ids)).toEqual(Array(4).fill("pending"));
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });
});

test("a trusted creator's entries are approved but for the sample; an approval counts once it took effect, a refusal ends it", async () => {
  // In a challenge of its own, whose entries alone are the creator's earlier ones.
  await tiktok.addAccount({
    openId: "trusted",
    displayName: "Trusted",
    videos: Array.from({ length: 14 }, (_, n) => ({ caption: `walk ${n}`, agoMs: (n + 1) * 60_000 })),
  });
  const trusted = await people.signIn("trusted");
  const walks = (await tiktok.videos("trusted")).map(({ id }) => id);
  const enter = async (n: number) => {
    const request = { slug, reference: walks[n] ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
    return (await verbs.submitVideo(request, trusted.viewer)).submissionId;
  };
  const act = { act: "approve_trusted", approvals: 2, sampleOneIn: 2 } as const;
  const rule = { name: "Trusted", match: "any" as const, conditions: [], act };
  const ruleId = await saveRule({ slug, ruleId: null, seenVersion: 0 }, rule, admin.viewer, randomUUID());
  const seen = { slug, ruleId, seenVersion: 1 };
  await run(seen);
  await press("enable", seen);
  const [first, second] = [await enter(0), await enter(1)];
  await decide("approve", first);
  await decide("approve", second);
  wait(WINDOW - 1);
  const early = await enter(2);
  expect(await states([early]), "the second approval can still be undone").toEqual(["pending"]);
  wait(1);
  const ids: string[] = [];
  for (let n = 3; n < 13; n += 1) ids.push(await enter(n));
  const left = ids.map((submissionId) => isSampled(rule, { submissionId } as Parameters<typeof isSampled>[1]));
  expect(await states(ids)).toEqual(left.map((sampled) => (sampled ? "pending" : "approved")));
  expect(left).toContain(false);
  await decide("reject", early);
  wait(WINDOW);
  const after = await enter(13);
  expect(await states([after]), "one was refused").toEqual(["pending"]);
  await tellCreators();
  const told =
    await sql`select from notifications n join decisions d on d.id = n.decision_id where d.review_rule_id = ${ruleId}`;
  expect(told).toHaveLength(left.filter((sampled) => !sampled).length);
  expect(await brokenInvariants(sql, slug)).toEqual([]);
});

describe("at the review's deadline", () => {
  const target = (approveAtTarget: boolean) =>
    setReviewTarget({ slug, hours: 24, approveAtTarget }, admin.viewer, randomUUID());

  test("entries are overdue: counted, first on the desk, and marked on their cards", async () => {
    await target(false);
    const id = await submit(plain[0]);
    wait(24 * HOUR - 1);
    expect(await card(id)).toMatchObject({ due: { age: "due_soon", leftMs: 1 } });
    const row = async () => (await listReviewQueue(at())).find((one) => one.slug === slug);
    expect(await row()).toMatchObject({ overdue: 0 });
    wait(1);
    expect(await card(id)).toMatchObject({ due: { age: "overdue", leftMs: 0 } });
    expect(await row()).toMatchObject({ overdue: 1 });
    expect((await listReviewQueue(at()))[0]?.overdue).toBeGreaterThan(0);
    await approveOverdue();
    expect(await states([id]), "off by default").toEqual(["pending"]);
  });

  test("only entries that pass every rule are approved, by the system; the rest goes on waiting for a person", async () => {
    const suggest = await enabled({ act: "suggest_rejection", reason: "SPAM_OR_AD" });
    const [clear = "", suggested = "", unknown = "", claimed = "", changed = ""] = await submitAll([
      plain[0],
      promo[0],
      plain[1],
      plain[2],
      plain[3],
    ]);
    await sql`update submissions set eligibility = jsonb_set(eligibility, '{0,outcome}', '"unknown"') where id = ${unknown}`;
    await target(true);
    const change = { intent: "request_change", submissionId: changed, seenVersion: 1, message: "Shorter" } as const;
    await verbs.decideSubmission(change, mara.viewer, randomUUID());
    wait(HOUR);
    await verbs.resubmitVideo(changed, creator.viewer);
    await claimSubmission(claimed, mara.viewer);
    const [own] = await tiktok.videos("mara");
    const request = { slug, reference: own?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
    const { submissionId: staffs } = await verbs.submitVideo(request, mara.viewer);
    const all = [clear, suggested, unknown, claimed, changed, staffs];
    wait(23 * HOUR - 1);
    await approveOverdue();
    expect(await states(all)).toEqual(Array(6).fill("pending"));
    wait(1);
    await Promise.all([approveOverdue(), approveOverdue()]);
    expect(await states(all)).toEqual(["approved", ...Array(5).fill("pending")]);
    expect((await history(clear)).at(-1)).toMatchObject({ actor: "system", to: "approved", rule: null });
    wait(HOUR);
    await press("disable", suggest);
    await approveOverdue();
    expect(await states(all), "it waits since it was handed in again").toEqual([
      "approved",
      "pending",
      "pending",
      "pending",
      "approved",
      "pending",
    ]);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });
});
