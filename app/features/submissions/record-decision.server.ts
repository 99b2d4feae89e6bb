import { eq } from "drizzle-orm";
import { decisions, submissions } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import type { Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { type ActorKind, type DecisionState, mayMove } from "./submission";

export type Submission = typeof submissions.$inferSelect;

export interface NewDecision {
  /** The version that the decider saw. */
  seenVersion: number;
  actor: { kind: "creator" | "moderator"; id: string } | { kind: "system" };
  to: DecisionState;
  reason?: string;
  message?: string;
  note?: string;
  /** Names the press of one button for several entries. */
  bulkId?: string;
  /** The rule that the system follows. */
  rule?: { id: string; version: number };
  undoOf?: string;
  decidedAt: Date;
  /** When it counts outside the desk. */
  effectiveAt: Date;
}

/**
 * Appends a decision and moves its submission, in the caller's transaction; returns the decision's id. The row must be
 * locked (lockSubmission). Throws CONFLICT when the decider saw another version, or the move is not one of the product's.
 */
export async function recordDecision(tx: Transaction, current: Submission, decision: NewDecision): Promise<string> {
  const kind: ActorKind = decision.actor.kind;
  if (current.version !== decision.seenVersion) throw new DomainError("CONFLICT");
  if (!decision.undoOf && !mayMove(kind, current.state, decision.to)) throw new DomainError("CONFLICT");
  const id = newId();
  const version = current.version + 1;
  const { decidedAt, effectiveAt } = decision;
  const insert = tx.insert(decisions).values({
    id,
    submissionId: current.id,
    sequence: version,
    actorKind: kind,
    actorId: decision.actor.kind === "system" ? null : decision.actor.id,
    fromState: current.state,
    toState: decision.to,
    reasonCode: decision.reason ?? null,
    rulesVersion: current.rulesVersion,
    message: decision.message ?? null,
    note: decision.note ?? null,
    seenVersion: decision.seenVersion,
    bulkId: decision.bulkId ?? null,
    reviewRuleId: decision.rule?.id ?? null,
    reviewRuleVersion: decision.rule?.version ?? null,
    undoOf: decision.undoOf ?? null,
    decidedAt,
    effectiveAt,
  });
  const move = tx
    .update(submissions)
    .set({ state: decision.to, version, effectiveAt, effectiveStateBefore: effectiveState(current, decidedAt) })
    .where(eq(submissions.id, current.id));
  await insert.prepare("insert_decision").execute();
  await move.prepare("move_submission").execute();
  return id;
}

/** What counts outside the desk at `at`: the state once its window is over, until then the one before it. */
export function effectiveState(
  submission: Pick<Submission, "state" | "effectiveAt" | "effectiveStateBefore">,
  at: Date,
): DecisionState {
  return submission.effectiveAt <= at ? submission.state : submission.effectiveStateBefore;
}

/** Locks a submission until the transaction ends; null when there is none. */
export async function lockSubmission(tx: Transaction, submissionId: string): Promise<Submission | null> {
  const lock = tx.select().from(submissions).where(eq(submissions.id, submissionId)).for("update");
  const [row] = await lock.prepare("lock_submission").execute();
  return row ?? null;
}
