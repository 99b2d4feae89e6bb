import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { findStandingDecision } from "./find-standing-decision.server";
import { effectiveState, lockSubmission, recordDecision, type Submission } from "./record-decision.server";
import { recordUndo } from "./record-undo.server";
import { mayMove } from "./submission";

/**
 * Takes the viewer's own entry back, for good, until the challenge is frozen. What was decided on it inside its window they
 * cannot know of, so it stands in nobody's way. Throws FORBIDDEN, FROZEN or CONFLICT.
 */
export async function withdrawSubmission(submissionId: string, viewer: Viewer): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    if (submission?.creatorId !== viewer.userId) throw new DomainError("FORBIDDEN");
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, submission.challengeId));
    if (challenge?.frozenAt) throw new DomainError("FROZEN");
    const at = now();
    const seen = mayWithdraw(effectiveState(submission, at)) ? await takeBackUnseen(tx, submission, at) : submission;
    await recordDecision(tx, seen, {
      seenVersion: seen.version,
      actor: { kind: "creator", id: viewer.userId },
      to: "withdrawn",
      decidedAt: at,
      effectiveAt: at,
    });
  });
}

const mayWithdraw = (state: Submission["state"]) => mayMove("creator", state, "withdrawn");

/** Back to a state that its creator may withdraw from: their last step at the latest. */
async function takeBackUnseen(tx: Transaction, submission: Submission, at: Date): Promise<Submission> {
  let current = submission;
  while (!mayWithdraw(current.state)) {
    const { id } = await findStandingDecision(tx, current);
    await recordUndo(tx, current, id, { kind: "system" }, at);
    const next = await lockSubmission(tx, current.id);
    if (!next) throw new Error("a locked submission stays");
    current = next;
  }
  return current;
}
