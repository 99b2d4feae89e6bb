import { and, eq, notInArray, or, sql } from "drizzle-orm";
import { decisions, ruleAcceptances, submissions, videos } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { requireLink } from "~/features/accounts/require-link.server";
import { type ChallengeDates, phaseOf } from "~/features/challenges/challenge";
import { type Challenge, findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError, type DomainErrorCode } from "~/features/domain-error";
import { lookUpVideos } from "~/features/videos/look-up-videos.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { newId } from "~/infra/ids.server";
import { log } from "~/infra/log.server";
import { resolveShortLink } from "~/infra/tiktok/resolve-short-link.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { parseVideoReference } from "~/infra/tiktok/video-reference";
import { VaultError } from "~/infra/vault.server";
import { checkEligibility, isEligible, type RuleCheck } from "./submission";

export interface SubmitRequest {
  slug: string;
  /** What was picked or pasted: an id or any TikTok URL form. */
  reference: string;
  acceptedRulesVersion: number;
  /** Names one press of the button. */
  attemptId: string;
}

type VideoRow = typeof videos.$inferSelect;

/**
 * Enters one of the viewer's videos into a challenge, once per attempt however often it arrives. A video that is not
 * stored yet is looked up at TikTok first, by the same code that renews numbers. Returns the submission's id. Throws
 * the domain errors of submitting (each with its own words), with the rule checks when NOT_ELIGIBLE.
 */
export async function submitVideo(request: SubmitRequest, viewer: Viewer): Promise<{ submissionId: string }> {
  const challenge = await findChallenge(request.slug);
  if (!challenge) throw new DomainError("CHALLENGE_NOT_OPEN");
  requireOpen(challenge, now());
  const tiktokVideoId = await resolveReference(request.reference);
  const video = (await findStored(tiktokVideoId, viewer)) ?? (await lookUp(tiktokVideoId, viewer));
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

async function resolveReference(pasted: string): Promise<string> {
  const reference = parseVideoReference(pasted, env.TIKTOK_WEB_BASE_URL);
  if (!reference) throw new DomainError("VIDEO_REFERENCE_INVALID");
  if (reference.kind === "id") return reference.id;
  const id = await asDomainErrors(() => resolveShortLink(reference.url));
  if (!id) throw new DomainError("VIDEO_UNAVAILABLE");
  return id;
}

async function findStored(tiktokVideoId: string, viewer: Viewer): Promise<VideoRow | null> {
  const [video] = await db.select().from(videos).where(eq(videos.tiktokVideoId, tiktokVideoId));
  if (video && video.accountId !== viewer.accountId) throw new DomainError("VIDEO_NOT_OWNED");
  return video ?? null;
}

async function lookUp(tiktokVideoId: string, viewer: Viewer): Promise<VideoRow> {
  const link = await requireLink(viewer.accountId);
  if (link.health === "scope_missing") throw new DomainError("TIKTOK_SCOPE_MISSING");
  if (link.health === "revoked") throw new DomainError("TIKTOK_REVOKED");
  if (link.health !== "healthy") throw new DomainError("TIKTOK_EXPIRED");
  await asDomainErrors(() => lookUpVideos(viewer.accountId, [tiktokVideoId], "person"));
  // Absent after the look-up: private, deleted or another account's; one wording for all three.
  const video = await findStored(tiktokVideoId, viewer);
  if (!video) throw new DomainError("VIDEO_UNAVAILABLE");
  return video;
}

/** What TikTok's and the key provider's failures mean to the person who waits. */
async function asDomainErrors<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof VaultError) throw new DomainError("KEYS_UNAVAILABLE");
    if (!(error instanceof TikTokError)) throw error;
    switch (error.kind) {
      case "rate_limited":
        throw new DomainError("TIKTOK_RATE_LIMITED");
      case "scope_missing":
        throw new DomainError("TIKTOK_SCOPE_MISSING");
      case "token_invalid":
        throw new DomainError("TIKTOK_EXPIRED");
      case "misconfigured":
        log.error({ setting: "TIKTOK_VIDEO_LOOKUP_PATH", code: error.code }, "TikTok does not know the look-up path");
        throw new DomainError("TIKTOK_DOWN");
      case "unavailable":
      case "refused":
        throw new DomainError("TIKTOK_DOWN");
    }
  }
}

async function enter(
  tx: Transaction,
  seen: Challenge,
  video: VideoRow,
  { attemptId, acceptedRulesVersion }: SubmitRequest,
  viewer: Viewer,
): Promise<{ submissionId: string }> {
  // One entry of a creator at a time per challenge: the entry limit is a count.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${seen.id}:${viewer.userId}`}, 0))`);
  const [same] = await tx
    .select({ id: submissions.id, creatorId: submissions.creatorId })
    .from(submissions)
    .where(eq(submissions.attemptId, attemptId));
  if (same?.creatorId === viewer.userId) return { submissionId: same.id };
  if (same) throw new DomainError("CONFLICT");

  const challenge = await findChallenge(seen.slug, { drafts: false, tx });
  if (!challenge) throw new DomainError("CHALLENGE_NOT_OPEN");
  const at = now();
  requireOpen(challenge, at);
  const { rules } = challenge;
  if (rules.version !== acceptedRulesVersion) throw new DomainError("RULES_NOT_ACCEPTED");
  const live = liveSubmissions(challenge.id);
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

/** Product invariant 1: live = every state but withdrawn, removed, and rejected with no appeal open. */
export function liveSubmissions(challengeId: string) {
  return and(
    eq(submissions.challengeId, challengeId),
    notInArray(submissions.state, ["withdrawn", "removed"]),
    or(notInArray(submissions.state, ["rejected"]), submissions.appealOpen),
  );
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
  return id;
}
