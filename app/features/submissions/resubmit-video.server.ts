import { and, eq, ne } from "drizzle-orm";
import { challengeRules, challenges, submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { readOwnVideo } from "./find-own-video.server";
import { followRules } from "./follow-rules.server";
import { liveSubmissions } from "./live-submissions.server";
import { lockSubmission, recordDecision } from "./record-decision.server";
import { checkEligibility, isEligible } from "./submission";
import { requireOpen } from "./submit-video.server";

/**
 * Hands the viewer's changed entry in again, on the same submission and by the rules that they accepted, after reading its
 * video anew from TikTok. Throws
 * FORBIDDEN, CONFLICT, the phase's refusal, NOT_ELIGIBLE with the checks, and what readOwnVideo throws.
 */
export async function resubmitVideo(submissionId: string, viewer: Viewer): Promise<void> {
  const [entry] = await db
    .select({ tiktokVideoId: videos.tiktokVideoId, slug: challenges.slug })
    .from(submissions)
    .innerJoin(videos, eq(videos.id, submissions.videoId))
    .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
    .where(and(eq(submissions.id, submissionId), eq(submissions.creatorId, viewer.userId)));
  if (!entry) throw new DomainError("FORBIDDEN");
  const video = await readOwnVideo(entry.tiktokVideoId, viewer);
  await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    const challenge = await findChallenge(entry.slug, { drafts: false, tx });
    if (!submission || !challenge) throw new DomainError("CONFLICT");
    const at = now();
    // A request for a change that still can be undone is not known to its creator yet.
    if (submission.effectiveAt > at) throw new DomainError("CONFLICT");
    requireOpen(challenge, at);
    const mine = and(eq(submissions.challengeId, challenge.id), eq(submissions.creatorId, viewer.userId));
    const others = and(mine, liveSubmissions(at));
    const used = await tx.$count(submissions, and(others, ne(submissions.id, submissionId)));
    // Those that its creator accepted, whatever the challenge has asked of others since.
    const accepted = and(
      eq(challengeRules.challengeId, challenge.id),
      eq(challengeRules.version, submission.rulesVersion),
    );
    const [rules = challenge.rules] = await tx.select().from(challengeRules).where(accepted);
    const eligibility = checkEligibility(video, rules, used);
    if (!isEligible(eligibility)) throw new DomainError("NOT_ELIGIBLE", { checks: eligibility });
    await recordDecision(tx, submission, {
      seenVersion: submission.version,
      actor: { kind: "creator", id: viewer.userId },
      to: "pending",
      decidedAt: at,
      effectiveAt: at,
    });
    await tx.update(submissions).set({ eligibility, resubmittedAt: at }).where(eq(submissions.id, submissionId));
    await followRules(tx, submissionId, at);
  });
}
