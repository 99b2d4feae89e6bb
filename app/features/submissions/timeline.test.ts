import { describe, expect, test } from "vitest";
import type { DecisionState, RuleCheck } from "./submission";
import { type AppealRecord, type DecisionRecord, type HoldRecord, timelineOf } from "./timeline";

const START = Date.parse("2026-06-15T10:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1_000);

const checks: RuleCheck[] = [
  { rule: "duration", outcome: "pass", asks: "At most 60 seconds", seen: "75 seconds" },
  { rule: "hashtags", outcome: "unknown", asks: "#home", seen: "#home not in the caption" },
];

/** `who`: m = moderator (takes effect ten seconds later), c = creator (at once), u = undoes the one before. */
type Move = readonly [who: "m" | "c" | "u", to: DecisionState, atSecond: number];

function history(...moves: Move[]): DecisionRecord[] {
  return moves.map(([who, toState, second], index) => ({
    id: String(index),
    actorKind: who === "c" ? "creator" : "moderator",
    toState,
    reasonCode: toState === "rejected" ? "TOO_LONG" : null,
    message: toState === "rejected" ? "Cut it." : null,
    undoOf: who === "u" ? String(index - 1) : null,
    decidedAt: at(second),
    effectiveAt: at(who === "m" ? second + 10 : second),
  }));
}

function told(seconds: number, decisions: DecisionRecord[], appeal: AppealRecord | null = null): string[] {
  const steps = timelineOf({ decisions, appeal, holds: [], checks, absence: null }, at(seconds));
  return steps.map((step) => (step.kind === "decided" ? step.state : step.kind));
}

const entered = ["c", "pending", 0] as const;

describe("a creator is told", () => {
  test("that its numbers are being checked, why, and that they count again", () => {
    const decisions = history(entered, ["m", "approved", 100]);
    const hold = { reasonCode: "SUDDEN_JUMP", heldAt: at(200), releasedAt: null } as const;
    const steps = (holds: HoldRecord[]) =>
      timelineOf({ decisions, appeal: null, holds, checks, absence: null }, at(400)).slice(2);
    const held = { kind: "held", at: at(200).toISOString(), reason: "SUDDEN_JUMP" };
    expect(steps([hold])).toMatchObject([{ state: "approved" }, held]);
    const released = { kind: "released", at: at(300).toISOString() };
    expect(steps([{ ...hold, releasedAt: at(300) }])).toMatchObject([{ state: "approved" }, held, released]);
    const early = { ...hold, reasonCode: "RULE", heldAt: at(0) } as const;
    const begins = { kind: "held", at: at(110).toISOString(), reason: "RULE" };
    expect(steps([early]), "by a rule: from its approval on").toMatchObject([{ state: "approved" }, begins]);
    expect(steps([{ ...early, releasedAt: at(109) }]), "released before").toMatchObject([{ state: "approved" }]);
  });

  test("of a decision when it takes effect, and not before", () => {
    const decided = history(entered, ["m", "approved", 100]);
    expect(told(109.999, decided)).toEqual(["entered", "checked"]);
    expect(told(110, decided)).toEqual(["entered", "checked", "approved"]);
  });

  test("never of one that was undone, nor of the undoing", () => {
    const undone = history(entered, ["m", "rejected", 100], ["u", "pending", 105]);
    for (const second of [101, 106, 111, 1_000]) expect(told(second, undone)).toEqual(["entered", "checked"]);
  });

  test("never of one that was overtaken inside its window", () => {
    const overtaken = history(entered, ["m", "approved", 100], ["c", "withdrawn", 104]);
    expect(told(1_000, overtaken)).toEqual(["entered", "checked", "withdrawn"]);
  });

  test("of the rules as they were checked when it was last handed in", () => {
    const again = history(entered, ["m", "changes_requested", 100], ["c", "pending", 200]);
    expect(told(300, again)).toEqual(["entered", "changes_requested", "resubmitted", "checked"]);
  });

  test("the reason, the rule that it is about with what was seen, and the message", () => {
    const decisions = history(entered, ["m", "rejected", 100]);
    const steps = timelineOf({ decisions, appeal: null, holds: [], checks, absence: null }, at(200));
    expect(steps.at(-1)).toMatchObject({ reason: "TOO_LONG", message: "Cut it.", rule: checks[0] });
  });

  test("since when the video is gone", () => {
    const absence = { since: at(50), until: at(90) };
    const steps = timelineOf({ decisions: history(entered), appeal: null, holds: [], checks, absence }, at(60));
    expect(steps.at(-1)).toEqual({ kind: "unavailable", at: at(50).toISOString(), until: at(90).toISOString() });
  });
});

describe("of an appeal a creator is told", () => {
  const rejected = history(entered, ["m", "rejected", 100]);
  const open: AppealRecord = { statement: "Look", openedAt: at(200), outcome: null, answer: null, effectiveAt: null };

  test("that it was dismissed, with the answer, when that takes effect", () => {
    const dismissed: AppealRecord = { ...open, outcome: "dismissed", answer: "No", effectiveAt: at(310) };
    const before = ["entered", "checked", "rejected", "appealed"];
    expect(told(309, rejected, dismissed)).toEqual(before);
    expect(told(310, rejected, dismissed)).toEqual([...before, "dismissed"]);
  });

  test("that it was upheld by the approval that it led to, and by no other", () => {
    const decisions = history(entered, ["m", "rejected", 100], ["m", "approved", 300]);
    const onAppeal = (appeal: AppealRecord) => {
      const steps = timelineOf({ decisions, appeal, holds: [], checks, absence: null }, at(400));
      return steps.flatMap((step) => (step.kind === "decided" ? [step.onAppeal] : []));
    };
    expect(onAppeal({ ...open, outcome: "upheld", effectiveAt: at(310) })).toEqual([false, true]);
    expect(onAppeal({ ...open, outcome: "dismissed", answer: "No", effectiveAt: at(260) })).toEqual([false, false]);
  });
});
