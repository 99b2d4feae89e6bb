import { z } from "zod";
import { appealText } from "~/features/submissions/appeal";
import type { DecisionState, RuleCheck } from "~/features/submissions/submission";
import type { VideoSummary } from "~/features/videos/video";

/** What a moderator answers to an appeal. */

const onEntry = { submissionId: z.uuid(), seenVersion: z.coerce.number().int().positive() };

export const judgementSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("uphold"), ...onEntry, answer: appealText.optional().default("") }),
  z.object({
    intent: z.literal("dismiss"),
    ...onEntry,
    answer: appealText.refine((text) => text !== "", "Write what the creator should know"),
  }),
  z.object({ intent: z.literal("undo"), ...onEntry }),
]);
export type Judgement = Exclude<z.infer<typeof judgementSchema>, { intent: "undo" }>;

/** An open appeal as moderators see it. All times are ISO. */
export interface AppealCase {
  submissionId: string;
  version: number;
  state: DecisionState;
  video: VideoSummary;
  creatorName: string;
  creatorAvatarUrl: string | null;
  challenge: { slug: string; title: string; frozen: boolean };
  checks: RuleCheck[];
  statement: string;
  openedAt: string;
  /** The decision appealed against. */
  decision: { by: string; at: string; reason: string | null; rule: RuleCheck | null; message: string | null };
  /** Why the viewer cannot decide it; null when they can. */
  waitsForAnother: "own" | "own_decision" | null;
}

/** The appeal that the viewer has just decided, while they can take that back. */
export interface JudgedAppeal {
  submissionId: string;
  version: number;
  state: DecisionState;
  creatorName: string;
  /** ISO. */
  undoableUntil: string;
}
