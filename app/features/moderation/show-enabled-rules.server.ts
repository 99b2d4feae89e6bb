import type { ReviewRule } from "~/features/submissions/review-rule";
import { showReviewRules } from "./show-review-rules.server";

export interface EnabledRules {
  slug: string;
  title: string;
  /** The oldest first; `enabledAt` is an ISO time. */
  rules: (ReviewRule & { id: string; version: number; enabledAt: string })[];
}

/**
 * The rules that help which are enabled at the desk of a challenge, for whoever reviews there and may not change them.
 * Null when there is no such published challenge.
 */
export async function showEnabledRules(slug: string, at: Date): Promise<EnabledRules | null> {
  const review = await showReviewRules(slug, { at, askedRule: null });
  if (!review || review.challenge.phase === "draft") return null;
  return {
    slug,
    title: review.challenge.title,
    rules: review.rules.flatMap(({ id, version, name, match, conditions, act, enabledAt }) =>
      enabledAt === null ? [] : [{ id, version, name, match, conditions, act, enabledAt }],
    ),
  };
}
