import type { Viewer } from "~/features/accounts/account";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { findOwnVideo } from "./find-own-video.server";
import { type Candidate, listCandidates } from "./list-candidates.server";

/** Whoever changes a caption on TikTok and looks it up again wants to see it; what was read just now needs no second call. */
const FRESH_MS = 5 * 60_000;

/**
 * The viewer's video that a reference means, with each rule of the challenge checked, before it is entered. It is found by
 * what finds it when it is entered. Throws CHALLENGE_NOT_OPEN, and what findOwnVideo throws.
 */
export async function lookUpCandidate(slug: string, reference: string, viewer: Viewer): Promise<Candidate> {
  const challenge = await findChallenge(slug);
  if (!challenge) throw new DomainError("CHALLENGE_NOT_OPEN");
  const { tiktokVideoId } = await findOwnVideo(reference, viewer, { maxAgeMs: FRESH_MS, orOlder: true });
  const page = await listCandidates(challenge, viewer, { at: now(), query: "", before: null, only: tiktokVideoId });
  const [candidate] = page.candidates;
  // Erased between the two.
  if (!candidate) throw new DomainError("VIDEO_UNAVAILABLE");
  return candidate;
}
