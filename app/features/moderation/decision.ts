import { z } from "zod";
import { type ReasonCode, reasonCodes } from "~/features/submissions/reason";
import type { DecisionState, RuleCheck } from "~/features/submissions/submission";
import type { VideoSummary } from "~/features/videos/video";

/** What a moderator can do to a submission, and why. */

/** A moderator's decision counts outside the desk this long after it was made. */
export const UNDO_WINDOW_MS = 10_000;

/** What the creator reads when the moderator adds nothing; OTHER has none and needs a message. */
export const reasonMessages: Record<Exclude<ReasonCode, "OTHER">, string> = {
  OFF_BRIEF: "Your video does not show what the brief asks for.",
  MISSING_HASHTAG: "The caption does not have the hashtag that the rules ask for.",
  OUT_OF_WINDOW: "Your video was posted outside the dates in the rules.",
  TOO_SHORT: "Your video is shorter than the rules ask for.",
  TOO_LONG: "Your video is longer than the rules allow.",
  NOT_ORIGINAL: "We could not see that this is your own footage.",
  DUPLICATE: "This video was entered before.",
  AI_NOT_ALLOWED: "This challenge does not take AI-generated videos.",
  AI_UNLABELLED: "AI-generated videos need TikTok's AI label here.",
  VIDEO_UNAVAILABLE: "Your video is no longer public on TikTok.",
  COPYRIGHT_CLAIM: "Somebody else claims the rights to this video.",
  DANGEROUS_ACT: "Your video shows something that could hurt people who copy it.",
  HATE_HARASSMENT: "Your video attacks a person or a group.",
  SEXUAL_CONTENT: "Your video shows sexual content, which is not allowed here.",
  MINOR_SAFETY: "We took this decision to protect a minor.",
  SPAM_OR_AD: "Your video is mainly an advertisement.",
  METRIC_MANIPULATION: "The numbers of this video do not look genuine.",
  CHANGE_NOT_MADE: "The change that we asked for was not made in time.",
};

const submissionRef = { submissionId: z.uuid(), seenVersion: z.coerce.number().int().positive() };
const messageField = z
  .string()
  .trim()
  .max(1000, "Keep the message under 1,000 characters")
  .optional()
  .transform((text) => text || undefined);

/** Reasons that a person may choose; CHANGE_NOT_MADE is the system's own. */
export const choosableReasons = reasonCodes.filter((code) => code !== "CHANGE_NOT_MADE");

/** A verdict that the creator must be able to understand: a reason, and words where the reason has none. */
const explained = <Intent extends string>(intent: Intent) =>
  z
    .object({
      intent: z.literal(intent),
      ...submissionRef,
      reason: z.enum(choosableReasons, { error: "Choose a reason" }),
      message: messageField,
    })
    .refine((form) => form.reason !== "OTHER" || form.message !== undefined, {
      path: ["message"],
      error: "Write what the creator should know",
    });

/** The desk's one form: several buttons, one intent each. */
export const deskActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("approve"), ...submissionRef }),
  z.object({ intent: z.literal("flag"), ...submissionRef }),
  z
    .object({ intent: z.literal("request_change"), ...submissionRef, message: messageField })
    .refine((form) => form.message !== undefined, { path: ["message"], error: "Write what should change" }),
  z
    .object({ intent: z.literal("reopen"), ...submissionRef, message: messageField })
    .refine((form) => form.message !== undefined, { path: ["message"], error: "Write why it is approved after all" }),
  explained("reject"),
  explained("disqualify"),
  explained("remove"),
  z.object({ intent: z.literal("undo"), ...submissionRef }),
]);
export type DeskAction = z.infer<typeof deskActionSchema>;
export type Verdict = Exclude<DeskAction, { intent: "undo" }>;
export type VerdictIntent = Verdict["intent"];

export const verdictIntents = [
  "approve",
  "reject",
  "flag",
  "request_change",
  "reopen",
  "disqualify",
  "remove",
] as const satisfies readonly VerdictIntent[];

/** Where each verdict may be given and where it leads (product.md, section 3). */
export const verdictMoves: Record<VerdictIntent, { from: readonly DecisionState[]; to: DecisionState }> = {
  approve: { from: ["pending", "flagged"], to: "approved" },
  reject: { from: ["pending", "flagged"], to: "rejected" },
  request_change: { from: ["pending", "flagged"], to: "changes_requested" },
  flag: { from: ["pending"], to: "flagged" },
  reopen: { from: ["rejected", "disqualified"], to: "approved" },
  disqualify: { from: ["approved"], to: "disqualified" },
  remove: {
    from: ["pending", "flagged", "changes_requested", "approved", "rejected", "disqualified"],
    to: "removed",
  },
};

/** The desk's tabs. */
export const deskTabs = ["pending", "flagged", "changes_requested", "approved", "rejected"] as const;
export type DeskTab = (typeof deskTabs)[number];

/** An entry as the desk shows it: its state at once, before it takes effect outside. All times are ISO. */
export interface ReviewEntry {
  submissionId: string;
  version: number;
  state: DecisionState;
  video: VideoSummary;
  creatorName: string;
  creatorAvatarUrl: string | null;
  checks: RuleCheck[];
  submittedAt: string;
  /** What the viewer may decide on it now; nothing on an entry of their own or one that they flagged. */
  verdicts: VerdictIntent[];
  /** Why that is nothing although the entry waits. */
  waitsForAnother: "own" | "flagged_by_viewer" | null;
  lastDecision: {
    by: string;
    at: string;
    reason: ReasonCode | null;
    message: string | null;
    /** Set while its maker can still undo it. */
    undoableUntil: string | null;
  } | null;
}
