import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { lockSubmission, recordDecision } from "~/features/submissions/record-decision.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { plainText } from "~/infra/plain-text";
import { type DeskAction, reasonMessages, UNDO_WINDOW_MS } from "./decision";

export type Verdict = Extract<DeskAction, { intent: "approve" | "reject" }>;

/**
 * A moderator's decision on the version they saw. It counts at the desk at once and outside it after the undo window.
 * Throws OWN_ENTRY, CONFLICT (somebody was first; the desk then shows how it stands), FROZEN or REASON_REQUIRED.
 */
export async function decideSubmission(verdict: Verdict, moderator: Viewer, requestId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, verdict.submissionId);
    if (!submission) throw new DomainError("CONFLICT");
    if (submission.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    const [challenge] = await tx
      .select({ frozenAt: challenges.frozenAt })
      .from(challenges)
      .where(eq(challenges.id, submission.challengeId));
    if (challenge?.frozenAt) throw new DomainError("FROZEN");
    const decidedAt = now();
    const outcome = outcomeOf(verdict);
    await recordDecision(tx, submission, {
      seenVersion: verdict.seenVersion,
      actor: { kind: "moderator", id: moderator.userId },
      ...outcome,
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
      reason: "reason" in outcome ? outcome.reason : undefined,
      requestId,
    });
  });
}

function outcomeOf(verdict: Verdict) {
  switch (verdict.intent) {
    case "approve":
      return { to: "approved" } as const;
    case "reject": {
      const { reason } = verdict;
      const message = verdict.message ?? (reason === "OTHER" ? undefined : reasonMessages[reason]);
      if (!message) throw new DomainError("REASON_REQUIRED");
      return { to: "rejected", reason, message: plainText(message, 1_000) } as const;
    }
  }
}
