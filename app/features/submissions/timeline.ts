import { type HoldReason, holdBegins } from "./hold";
import { type ReasonCode, reasonCodes, ruleBehind } from "./reason";
import type { ActorKind, DecisionState, RuleCheck } from "./submission";

/** What happened to an entry, as its creator may know it: what has taken effect, and nothing that was undone before. */

export interface DecisionRecord {
  id: string;
  actorKind: ActorKind;
  toState: DecisionState;
  reasonCode: string | null;
  message: string | null;
  undoOf: string | null;
  decidedAt: Date;
  effectiveAt: Date;
}

export interface AppealRecord {
  statement: string;
  openedAt: Date;
  outcome: "upheld" | "dismissed" | null;
  answer: string | null;
  effectiveAt: Date | null;
}

export interface HoldRecord {
  reasonCode: HoldReason;
  heldAt: Date;
  releasedAt: Date | null;
}

/** `at`: ISO time at which it took effect. */
export type TimelineStep = { at: string } & (
  | { kind: "entered" | "resubmitted" }
  /** `until`: ISO time at which it is disqualified if its video has not come back; null where nothing comes of it. */
  | { kind: "unavailable"; until: string | null }
  | { kind: "checked"; checks: RuleCheck[] }
  | DecidedStep
  | { kind: "appealed"; statement: string }
  | { kind: "dismissed"; answer: string }
  | { kind: "held"; reason: HoldReason }
  | { kind: "released" }
);

interface DecidedStep {
  kind: "decided";
  state: DecisionState;
  reason: string | null;
  /** The rule that the reason is about, as it was checked. */
  rule: RuleCheck | null;
  message: string | null;
  onAppeal: boolean;
}

export interface EntryHistory {
  /** All of them, in sequence. */
  decisions: readonly DecisionRecord[];
  appeal: AppealRecord | null;
  /** All of them. */
  holds: readonly HoldRecord[];
  /** Of the last time it was handed in. */
  checks: RuleCheck[];
  /** Its video is not public any more; null while it is, or while that is not certain. */
  absence: { since: Date; until: Date | null } | null;
}

/** The steps that have taken effect by `at`, oldest first. */
export function timelineOf(history: EntryHistory, at: Date): TimelineStep[] {
  const { decisions, appeal, holds, checks, absence } = history;
  const effective = effectiveDecisions(decisions, at);
  const steps = effective.map((decision, index) => stepOf(decision, index, checks, appeal));
  const handedIn = steps.findLastIndex(({ kind }) => kind === "entered" || kind === "resubmitted");
  const checkedAt = steps[handedIn]?.at;
  if (checkedAt) steps.splice(handedIn + 1, 0, { kind: "checked", at: checkedAt, checks });
  if (appeal) steps.push({ kind: "appealed", at: appeal.openedAt.toISOString(), statement: appeal.statement });
  if (appeal?.outcome === "dismissed" && appeal.effectiveAt && appeal.effectiveAt <= at) {
    steps.push({ kind: "dismissed", at: appeal.effectiveAt.toISOString(), answer: appeal.answer ?? "" });
  }
  const approvedAt = effective.find(({ toState }) => toState === "approved")?.effectiveAt;
  for (const hold of holds) {
    const { reasonCode, releasedAt } = hold;
    const begins = holdBegins(hold, approvedAt);
    if (!begins) continue;
    steps.push({ kind: "held", at: begins.toISOString(), reason: reasonCode });
    if (releasedAt) steps.push({ kind: "released", at: releasedAt.toISOString() });
  }
  if (absence) {
    steps.push({ kind: "unavailable", at: absence.since.toISOString(), until: absence.until?.toISOString() ?? null });
  }
  return steps.sort((a, b) => a.at.localeCompare(b.at));
}

/** Those that counted outside the desk by `at`: neither undone nor overtaken by another before they did. */
export function effectiveDecisions(decisions: readonly DecisionRecord[], at: Date): DecisionRecord[] {
  const undone = new Set(decisions.flatMap(({ id, undoOf }) => (undoOf ? [id, undoOf] : [])));
  const stood = decisions.filter(({ id }) => !undone.has(id));
  return stood.filter(({ effectiveAt }, index) => {
    const next = stood[index + 1];
    return effectiveAt <= at && (!next || next.decidedAt >= effectiveAt);
  });
}

function stepOf(
  decision: DecisionRecord,
  index: number,
  checks: readonly RuleCheck[],
  appeal: AppealRecord | null,
): TimelineStep {
  const at = decision.effectiveAt.toISOString();
  if (decision.toState === "pending") return { kind: index === 0 ? "entered" : "resubmitted", at };
  const reason = reasonCodes.find((code) => code === decision.reasonCode);
  return {
    kind: "decided",
    at,
    state: decision.toState,
    reason: decision.reasonCode,
    rule: ruleOf(reason, checks),
    message: decision.message,
    onAppeal: appeal?.outcome === "upheld" && appeal.effectiveAt?.getTime() === decision.effectiveAt.getTime(),
  };
}

export function ruleOf(reason: ReasonCode | null | undefined, checks: readonly RuleCheck[]): RuleCheck | null {
  const code = reason && ruleBehind[reason];
  return checks.find(({ rule }) => rule === code) ?? null;
}
