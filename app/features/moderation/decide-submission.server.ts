import { and, eq, ne, sql } from "drizzle-orm";
import { challenges, claims, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { findStandingDecision } from "~/features/submissions/find-standing-decision.server";
import { liveSubmissions } from "~/features/submissions/live-submissions.server";
import type { ReasonCode } from "~/features/submissions/reason";
import { lockSubmission, recordDecision, type Submission } from "~/features/submissions/record-decision.server";
import type { DecisionState } from "~/features/submissions/submission";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { plainText } from "~/infra/plain-text";
import { isHeld } from "./claim-submission.server";
import { messageOf, UNDO_WINDOW_MS, type Verdict, verdictMoves } from "./decision";
import { leftPlaceholders } from "./message-template";

/**
 * A moderator's decision on the version they saw. It counts at the desk at once and outside it after the undo window;
 * `bulk` when one press decided on several, at one moment. Ends the moderator's claim. Throws OWN_ENTRY, SECOND_MODERATOR
 * (they flagged it themselves), OWN_DECISION (they made the one that they reopen), FORBIDDEN (removing is an admin's),
 * FROZEN, CHANGE_TOO_LATE, REASON_REQUIRED, PLACEHOLDER_LEFT, DUPLICATE_SUBMISSION (what is reopened was entered again),
 * CLAIMED (somebody else is looking at
 * it), or CONFLICT: somebody was first, and the desk then shows how it stands.
 */
export async function decideSubmission(
  verdict: Verdict,
  moderator: Viewer,
  requestId: string,
  bulk?: { id: string; at: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, verdict.submissionId);
    if (!submission) throw new DomainError("CONFLICT");
    if (submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    if (verdict.intent === "remove" && moderator.role !== "admin") throw new DomainError("FORBIDDEN");
    if (!verdictMoves[verdict.intent].from.includes(submission.state)) throw new DomainError("CONFLICT");
    await requireAnother(tx, submission, verdict, moderator);
    const { challenge, claim } = await readAround(tx, submission);
    // Removing is for law and safety, and changes no rank: a frozen board keeps the place of an entry without a name.
    if (challenge.frozenAt && verdict.intent !== "remove") throw new DomainError("FROZEN");
    // Whoever else holds it goes first.
    if (claim?.isHeld && claim.moderatorId !== moderator.userId) throw new DomainError("CLAIMED");
    if (claim) await tx.delete(claims).where(eq(claims.submissionId, submission.id));
    const decidedAt = bulk?.at ?? now();
    if (verdict.intent === "request_change" && challenge.closesAt <= decidedAt) {
      throw new DomainError("CHANGE_TOO_LATE");
    }
    if (verdict.intent === "reopen") await requirePlace(tx, submission, decidedAt);
    const outcome = outcomeOf(verdict);
    await recordDecision(tx, submission, {
      seenVersion: verdict.seenVersion,
      actor: { kind: "moderator", id: moderator.userId },
      ...outcome,
      bulkId: bulk?.id,
      decidedAt,
      effectiveAt: new Date(decidedAt.getTime() + UNDO_WINDOW_MS),
    });
    await audit(tx, {
      at: decidedAt,
      actor: { kind: "user", id: moderator.userId },
      action: `submission.${outcome.to}`,
      target: { kind: "submission", id: submission.id },
      before: { state: submission.state, version: submission.version },
      after: { state: outcome.to, version: submission.version + 1 },
      reason: outcome.reason,
      requestId,
    });
  });
}

/** Its challenge, and the lease on it, run out or not: in one question, for a moderator waits. */
async function readAround(tx: Transaction, { id, challengeId }: Submission) {
  const question = tx
    .select({
      challenge: { frozenAt: challenges.frozenAt, closesAt: challenges.closesAt },
      claim: { moderatorId: claims.moderatorId, isHeld: sql<boolean>`${isHeld}` },
    })
    .from(challenges)
    .leftJoin(claims, eq(claims.submissionId, id))
    .where(eq(challenges.id, challengeId));
  const [around] = await question.prepare("read_around_submission").execute();
  if (!around) throw new Error("a submission is of a challenge");
  return around;
}

/** A flag asks for a second pair of eyes, and so does a refusal that is to be reopened: not its maker's. */
async function requireAnother(tx: Transaction, submission: Submission, verdict: Verdict, moderator: Viewer) {
  if (submission.state !== "flagged" && verdict.intent !== "reopen") return;
  const { actorId } = await findStandingDecision(tx, submission);
  if (actorId !== moderator.userId) return;
  throw new DomainError(verdict.intent === "reopen" ? "OWN_DECISION" : "SECOND_MODERATOR");
}

/** An open appeal is to be answered, and what has been entered again in the meantime has taken the place. */
async function requirePlace(tx: Transaction, submission: Submission, at: Date): Promise<void> {
  if (submission.appealOpen) throw new DomainError("CONFLICT");
  const { id, challengeId, videoId } = submission;
  if (!videoId) throw new DomainError("CONFLICT");
  const same = and(eq(submissions.challengeId, challengeId), eq(submissions.videoId, videoId), ne(submissions.id, id));
  if ((await tx.$count(submissions, and(same, liveSubmissions(at)))) > 0) throw new DomainError("DUPLICATE_SUBMISSION");
}

function outcomeOf(verdict: Verdict): { to: DecisionState; reason?: ReasonCode; message?: string; note?: string } {
  const { to } = verdictMoves[verdict.intent];
  switch (verdict.intent) {
    case "approve":
    case "flag":
      return { to };
    case "request_change":
    case "reopen":
      return { to, ...wordsOf(verdict) };
    case "reject":
    case "disqualify":
    case "remove":
      return { to, reason: verdict.reason, ...wordsOf(verdict) };
  }
}

/** What the creator reads, fit to send, and what only moderators do. */
function wordsOf(verdict: { reason?: ReasonCode; message?: string; note?: string }) {
  const message = messageOf(verdict);
  if (!message) throw new DomainError("REASON_REQUIRED");
  if (leftPlaceholders(message).length > 0) throw new DomainError("PLACEHOLDER_LEFT");
  const note = verdict.note && plainText(verdict.note, 1_000);
  return { message, note: note || undefined };
}
