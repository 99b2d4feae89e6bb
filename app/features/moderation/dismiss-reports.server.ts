import { and, eq, isNull, lte } from "drizzle-orm";
import { reports, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/**
 * Puts the reports on an entry aside, up to the newest one that the moderator was shown; twice is once. They decide
 * nothing about the entry. Throws OWN_ENTRY.
 */
export async function dismissReports(
  { submissionId, lastReportId }: { submissionId: string; lastReportId: string },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const [entry] = await tx
      .select({ creatorId: submissions.creatorId })
      .from(submissions)
      .where(eq(submissions.id, submissionId));
    if (entry?.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    const seen = and(
      eq(reports.submissionId, submissionId),
      isNull(reports.dismissedAt),
      lte(reports.id, lastReportId),
    );
    const dismissed = await tx
      .update(reports)
      .set({ dismissedAt: at, dismissedBy: moderator.userId })
      .where(seen)
      .returning({ id: reports.id });
    if (dismissed.length === 0) return;
    const actor = { kind: "user", id: moderator.userId } as const;
    const target = { kind: "submission", id: submissionId };
    await audit(tx, {
      at,
      actor,
      action: "reports.dismissed",
      target,
      after: { reports: dismissed.length },
      requestId,
    });
  });
}
