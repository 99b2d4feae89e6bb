import { asc, eq } from "drizzle-orm";
import { challenges, holds, standings, submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { phaseOf } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError } from "~/features/domain-error";
import { isOpenHold } from "~/features/submissions/counted-numbers.server";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { countUndecided } from "./count-undecided.server";
import { isRanked, placeBy } from "./ranked-entries.server";

/**
 * Writes rank, score and inputs of every ranked entry of a closed challenge, once, and marks it as frozen, in one
 * transaction. Throws CONFLICT in another phase, and ENTRIES_UNDECIDED while an entry could still change or is held.
 */
export async function freezeChallenge(slug: string, admin: Viewer, requestId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.select({ id: challenges.id }).from(challenges).where(eq(challenges.slug, slug)).for("update");
    const challenge = await findChallenge(slug, { drafts: false, tx });
    if (!challenge || phaseOf(challenge, now()) !== "reviewing") throw new DomainError("CONFLICT");
    // Whoever decides holds the entry: they end before this, or find the challenge frozen.
    const all = eq(submissions.challengeId, challenge.id);
    await tx.select({ id: submissions.id }).from(submissions).where(all).orderBy(asc(submissions.id)).for("update");
    const at = now();
    const undecided = await countUndecided(challenge.id, at, tx);
    if (Object.values(undecided).some((count) => count > 0)) throw new DomainError("ENTRIES_UNDECIDED");
    const { place } = placeBy(challenge.rules);
    const written = await tx
      .insert(standings)
      .select(
        tx
          .select({
            challengeId: submissions.challengeId,
            submissionId: place.submissionId,
            rank: place.rank,
            score: place.score,
            viewCount: videos.viewCount,
            likeCount: videos.likeCount,
            commentCount: videos.commentCount,
            shareCount: videos.shareCount,
            enteredViewCount: submissions.enteredViewCount,
            enteredLikeCount: submissions.enteredLikeCount,
            enteredCommentCount: submissions.enteredCommentCount,
            enteredShareCount: submissions.enteredShareCount,
            metricsAt: videos.metricsAt,
          })
          .from(submissions)
          .innerJoin(videos, eq(videos.id, submissions.videoId))
          .leftJoin(holds, isOpenHold)
          .where(isRanked(challenge.id, at)),
      )
      .returning({ rank: standings.rank });
    await tx.update(challenges).set({ frozenAt: at }).where(eq(challenges.id, challenge.id));
    const actor = { kind: "user", id: admin.userId } as const;
    const target = { kind: "challenge", id: challenge.id };
    await audit(tx, { at, actor, action: "challenge.freeze", target, after: { ranked: written.length }, requestId });
  });
}
