import { and, eq } from "drizzle-orm";
import { challenges, decisions, ruleAcceptances, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { type ChallengeDates, phaseOf } from "~/features/challenges/challenge";
import { type Challenge, findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError, type DomainErrorCode } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { findOwnVideo, type VideoRow } from "./find-own-video.server";
import { followRules } from "./follow-rules.server";
import { liveSubmissions } from "./live-submissions.server";
import { lockEntries } from "./lock-entries.server";
import { checkEligibility, isEligible, type RuleCheck } from "./submission";

export interface SubmitRequest {
  slug: string;
  /** What was picked or pasted: an id or any TikTok URL form. */
  reference: string;
  acceptedRulesVersion: number;
  /** Names one press of the button. */
  attemptId: string;
}

/**
 * Enters one of the viewer's videos into a challenge, once per attempt however often it arrives. A video that is not
 * stored yet is looked up at TikTok first, by the same code that renews numbers; so is any where gains count. Returns the
 * submission's id. Throws the domain errors of submitting (each with its own words), with the rule checks when NOT_ELIGIBLE.
 */
export async function submitVideo(request: SubmitRequest, viewer: Viewer): Promise<{ submissionId: string }> {
  const challenge = await findChallenge(request.slug);
  if (!challenge) throw new DomainError("CHALLENGE_NOT_OPEN");
  requireOpen(challenge, now());
  // A gain is counted from the numbers of this moment; stored ones may be hours old.
  const maxAgeMs = challenge.rules.counting === "gain" ? 0 : Number.POSITIVE_INFINITY;
  const video = await findOwnVideo(request.reference, viewer, { maxAgeMs });
  return db.transaction((tx) => enter(tx, challenge, video, request, viewer));
}

/** Refuses with the sentence that fits the phase. */
export function requireOpen(challenge: ChallengeDates, at: Date): void {
  const refusal = refusalIn(phaseOf(challenge, at));
  if (refusal) throw new DomainError(refusal);
}

function refusalIn(phase: ReturnType<typeof phaseOf>): DomainErrorCode | null {
  switch (phase) {
    case "open":
      return null;
    case "draft":
    case "scheduled":
      return "CHALLENGE_NOT_OPEN";
    case "paused":
      return "CHALLENGE_PAUSED";
    case "reviewing":
    case "frozen":
    case "final":
    case "archived":
    case "cancelled":
      return "CHALLENGE_CLOSED";
  }
}

async function enter(
  tx: Transaction,
  seen: Challenge,
  video: VideoRow,
  { attemptId, acceptedRulesVersion }: SubmitRequest,
  viewer: Viewer,
): Promise<{ submissionId: string }> {
  await lockEntries(tx, seen.id, viewer.userId);
  const [same] = await tx
    .select({ id: submissions.id, creatorId: submissions.creatorId })
    .from(submissions)
    .where(eq(submissions.attemptId, attemptId));
  if (same?.creatorId === viewer.userId) return { submissionId: same.id };
  if (same) throw new DomainError("CONFLICT");

  // Whoever closes or freezes it waits for this entry, or this entry for them.
  await tx.select({ id: challenges.id }).from(challenges).where(eq(challenges.id, seen.id)).for("share");
  const challenge = await findChallenge(seen.slug, { drafts: false, tx });
  if (!challenge) throw new DomainError("CHALLENGE_NOT_OPEN");
  const at = now();
  requireOpen(challenge, at);
  const { rules } = challenge;
  if (rules.version !== acceptedRulesVersion) throw new DomainError("RULES_NOT_ACCEPTED");
  const live = and(eq(submissions.challengeId, challenge.id), liveSubmissions(at));
  if ((await tx.$count(submissions, and(live, eq(submissions.videoId, video.id)))) > 0) {
    throw new DomainError("DUPLICATE_SUBMISSION");
  }
  const used = await tx.$count(submissions, and(live, eq(submissions.creatorId, viewer.userId)));
  if (used >= rules.entriesPerCreator) throw new DomainError("ENTRY_LIMIT", { used, limit: rules.entriesPerCreator });
  const checks = checkEligibility(video, rules, used);
  if (!isEligible(checks)) throw new DomainError("NOT_ELIGIBLE", { checks });
  await tx
    .insert(ruleAcceptances)
    .values({ challengeId: challenge.id, rulesVersion: rules.version, userId: viewer.userId, acceptedAt: at })
    .onConflictDoNothing();
  return { submissionId: await open(tx, challenge, video, checks, attemptId, viewer, at) };
}

async function open(
  tx: Transaction,
  challenge: Challenge,
  video: VideoRow,
  eligibility: RuleCheck[],
  attemptId: string,
  viewer: Viewer,
  at: Date,
): Promise<string> {
  const id = newId();
  const shared = { rulesVersion: challenge.rules.version, effectiveAt: at };
  await tx.insert(submissions).values({
    ...shared,
    id,
    challengeId: challenge.id,
    videoId: video.id,
    creatorId: viewer.userId,
    attemptId,
    eligibility,
    state: "pending",
    version: 1,
    effectiveStateBefore: "pending",
    submittedAt: at,
    enteredViewCount: video.viewCount,
    enteredLikeCount: video.likeCount,
    enteredCommentCount: video.commentCount,
    enteredShareCount: video.shareCount,
  });
  await tx.insert(decisions).values({
    ...shared,
    id: newId(),
    submissionId: id,
    sequence: 1,
    actorKind: "creator",
    actorId: viewer.userId,
    toState: "pending",
    seenVersion: 0,
    decidedAt: at,
  });
  await followRules(tx, id, at);
  return id;
}
