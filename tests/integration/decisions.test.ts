import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { everyAct, type Step, steps, verdicts } from "./decision-steps";
import { brokenInvariants, seenTooEarly, wronglyTold } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** Product invariants 1, 2, 3 and 6, and who was told of what, under whatever several people do to a few videos, in whatever order. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { holdClock } = await import("#tests/support/product-seams");
const { DomainError } = await import("~/features/domain-error");
afterAll(stop);

const SECOND = 1_000;
const WINDOW = 10 * SECOND;

/** Two creators, and two moderators of whom the first enters videos too; the last is the admin. */
const cast: Person[] = [];
const videos: string[] = [];
let clock = Date.now();

beforeAll(async () => {
  for (const [openId, role] of [
    ["maker-1"],
    ["maker-2"],
    ["judge-1", "moderator"],
    ["judge-2", "moderator"],
  ] as const) {
    await tiktok.addAccount({ openId, displayName: openId, videos: [{ agoMs: 60_000 }, { agoMs: 120_000 }] });
    cast.push(await people.signIn(openId, { role }));
    videos.push(...(await tiktok.videos(openId)).map(({ id }) => id));
  }
  cast.push(await people.signIn(ADMIN));
});

const person = (at: number): Person => {
  const found = cast[at % cast.length];
  if (!found) throw new Error("nobody is there");
  return found;
};

function pass(ms: number): void {
  clock += ms;
  holdClock(new Date(clock));
}

async function perform(step: Step, slug: string): Promise<void> {
  pass(step.act === "wait" ? 11 * SECOND : SECOND);
  if (step.act === "wait") return verbs.tellCreators();
  if (step.act === "submit") {
    const reference = videos[(2 * step.by + step.which) % videos.length] ?? "";
    const request = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    await verbs.submitVideo(request, person(step.by).viewer);
    return;
  }
  const entries = await sql<{ id: string; version: number; creator: string }[]>`
    select s.id, s.version, s.creator_id as creator from submissions s join challenges c on c.id = s.challenge_id
    where c.slug = ${slug} order by s.id`;
  const entry = entries[step.of % Math.max(1, entries.length)];
  if (!entry) return;
  if (step.act === "withdraw" || step.act === "resubmit" || step.act === "appeal") {
    const creator = cast.findIndex(({ viewer }) => viewer.userId === entry.creator);
    const { viewer } = person(step.by ?? creator);
    if (step.act === "withdraw") await verbs.withdrawSubmission(entry.id, viewer);
    else if (step.act === "resubmit") await verbs.resubmitVideo(entry.id, viewer);
    else await verbs.openAppeal({ submissionId: entry.id, statement: "Look again" }, viewer);
    return;
  }
  const seen = { submissionId: entry.id, seenVersion: entry.version + step.sees };
  // At the desk sit moderators and the admin only: its door lets nobody else in.
  const moderator = person(2 + step.by).viewer;
  switch (step.act) {
    case "claim":
      return verbs.claimSubmission(entry.id, moderator, step);
    case "undo":
      return verbs.undoDecision(seen, moderator, randomUUID());
    case "take_back":
      return verbs.undoJudgement(seen, moderator, randomUUID());
    case "uphold":
    case "dismiss":
      return verbs.judgeAppeal({ intent: step.act, ...seen, answer: "We looked" }, moderator, randomUUID());
    case "decide": {
      const claims = () =>
        sql<{ by: string }[]>`select moderator_id as by from claims where submission_id = ${entry.id}`;
      const [held] = await claims();
      await decide(step.intent, seen, moderator);
      expect(held?.by ?? moderator.userId, "nobody decides on what another one looks at").toBe(moderator.userId);
      expect(await claims(), "who has decided looks no more").toEqual([]);
    }
  }
}

function decide(
  intent: (typeof verdicts)[number],
  seen: { submissionId: string; seenVersion: number },
  moderator: Person["viewer"],
): Promise<void> {
  switch (intent) {
    case "approve":
    case "flag":
      return verbs.decideSubmission({ intent, ...seen }, moderator, randomUUID());
    case "request_change":
    case "reopen":
      return verbs.decideSubmission({ intent, ...seen, message: "Name the place" }, moderator, randomUUID());
    case "reject":
    case "disqualify":
    case "remove":
      return verbs.decideSubmission(
        { intent, ...seen, reason: "OFF_BRIEF", message: undefined },
        moderator,
        randomUUID(),
      );
  }
}

/** Everything that a decision may touch, as one word. */
async function everything(): Promise<string> {
  const [row] = await sql<{ digest: string }[]>`select md5(
    (select coalesce(string_agg(s::text, ',' order by id), '') from submissions s) ||
    (select coalesce(string_agg(d::text, ',' order by id), '') from decisions d) ||
    (select coalesce(string_agg(a::text, ',' order by id), '') from appeals a) ||
    (select count(*) from audit_log) || (select count(*) from rule_acceptances)) as digest`;
  return row?.digest ?? "";
}

describe("whatever people do to a few videos, in whatever order", () => {
  const reached = new Map<string, number>();
  const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);

  test("the invariants hold after every step, what was refused changed nothing, and each effect leaves once", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 12, maxLength: 40, size: "max" }), async (sequence) => {
        const slug = await openChallenge(verbs, person(4).viewer, { entriesPerCreator: 3 });
        for (const step of sequence) {
          const before = await everything();
          try {
            await perform(step, slug);
            count(step.act === "decide" ? step.intent : step.act);
          } catch (error) {
            if (error instanceof DomainError) count(error.code);
            else throw error;
            expect(await everything()).toBe(before);
          }
          const [broken, early] = await Promise.all([
            brokenInvariants(sql, slug),
            seenTooEarly(sql, slug, new Date(clock), WINDOW),
          ]);
          expect([...broken, ...early]).toEqual([]);
        }
        // Several processes tell, now and again.
        pass(WINDOW);
        await Promise.all([verbs.tellCreators(), verbs.tellCreators()]);
        await verbs.tellCreators();
        expect(await wronglyTold(sql, slug)).toEqual([]);
      }),
      { numRuns: 15, endOnFailure: true, examples: everyAct },
    );
  });

  test("and every act and most refusals were reached", () => {
    const acts = [
      ...verdicts,
      "submit",
      "claim",
      "undo",
      "withdraw",
      "resubmit",
      "appeal",
      "uphold",
      "dismiss",
      "take_back",
    ];
    const refusals = [
      "CONFLICT",
      "CLAIMED",
      "OWN_ENTRY",
      "SECOND_MODERATOR",
      "DUPLICATE_SUBMISSION",
      "VIDEO_NOT_OWNED",
      "FORBIDDEN",
      "APPEAL_EXISTS",
      "OWN_DECISION",
    ];
    for (const what of [...acts, ...refusals]) expect(reached.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

describe("two moderators decide on the same version at once", () => {
  test("the first stands, the second is told, and there is one decision", async () => {
    clock += 60 * SECOND;
    holdClock(new Date(clock));
    const slug = await openChallenge(verbs, person(4).viewer);
    const request = { slug, reference: videos[0] ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
    const { submissionId } = await verbs.submitVideo(request, person(0).viewer);
    const seen = { submissionId, seenVersion: 1 };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, at) =>
        decide(at % 2 === 0 ? "approve" : "reject", seen, person(2 + (at % 3)).viewer),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(15);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "CONFLICT" });
    const [row] = await sql`select count(*)::int as count from decisions where submission_id = ${submissionId}`;
    expect(row?.count).toBe(2);
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });
});
