import * as z from "zod/mini";
import type { DomainErrorCode } from "~/features/domain-error";
import { choosableReasons, type ReasonCode } from "~/features/submissions/reason";
import { type DecisionState, decisionStateLabels, type RuleCheck } from "~/features/submissions/submission";
import type { VideoSummary } from "~/features/videos/video";
import { plainText } from "~/infra/plain-text";
import { deskSettingsSchema } from "./desk-settings";
import { type ExplainedIntent, explainedIntents } from "./explained-verdict";
import { leftPlaceholders, leftWords } from "./message-template";
import type { ReviewDue } from "./review-age";

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

/** What the creator reads: the moderator's words, or the reason's own sentence; undefined when there is neither. */
export function messageOf({ reason, message }: { reason?: ReasonCode; message?: string }): string | undefined {
  const words = message ?? (reason && reason !== "OTHER" ? reasonMessages[reason] : undefined);
  return words === undefined ? undefined : plainText(words, 1_000);
}

const submissionRef = { submissionId: z.uuid(), seenVersion: z.coerce.number().check(z.int(), z.positive()) };
const messageField = z.pipe(
  z.optional(
    z.string().check(
      z.trim(),
      z.maxLength(1000, "Keep the message under 1,000 characters"),
      z.refine((text) => leftPlaceholders(text).length === 0, {
        error: ({ input }) => leftWords(leftPlaceholders(String(input))),
      }),
    ),
  ),
  z.transform((text) => text || undefined),
);

/** For moderators alone. */
export const noteField = z.optional(
  z.pipe(
    z.string().check(z.trim(), z.maxLength(1000, "Keep the note under 1,000 characters")),
    z.transform((text) => text || undefined),
  ),
);

/** What the creator must be able to understand: a reason, and words where the reason has none. */
const explanation = {
  reason: z.enum(choosableReasons, { error: "Choose a reason" }),
  message: messageField,
  note: noteField,
};
const saysEnough = (form: { reason: ReasonCode; message?: string }) =>
  form.reason !== "OTHER" || form.message !== undefined;
const unexplained = { path: ["message"], error: "Write what the creator should know" };

const explained = <Intent extends string>(intent: Intent) =>
  z.object({ intent: z.literal(intent), ...submissionRef, ...explanation }).check(z.refine(saysEnough, unexplained));

/** Entries of one page of the desk. */
export const DESK_PAGE = 24;
/** At once: more would keep a moderator waiting, and be more than anybody has looked at. */
export const MAX_SELECTED = 100;

/** A checkbox's value: which entry, and the version that the moderator sees. */
export const selectedValue = (entry: Pick<ReviewEntry, "submissionId" | "version">) =>
  `${entry.submissionId}:${entry.version}`;
const selectedEntry = z.pipe(
  z.string(),
  z.transform((value, context) => {
    const [submissionId, seenVersion] = value.split(":");
    const entry = z.object(submissionRef).safeParse({ submissionId, seenVersion });
    if (entry.success) return entry.data;
    context.issues.push({ code: "custom", message: "This is no entry", input: value });
    return z.NEVER;
  }),
);
const selection = {
  selected: z
    .array(selectedEntry)
    .check(
      z.minLength(1, "Select an entry first"),
      z.maxLength(MAX_SELECTED, `Select ${MAX_SELECTED} entries at most`),
    ),
};

/** The desk's one form: several buttons, one intent each. */
export const deskActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("approve"), ...submissionRef }),
  z.object({ intent: z.literal("flag"), ...submissionRef }),
  z
    .object({ intent: z.literal("request_change"), ...submissionRef, message: messageField, note: noteField })
    .check(z.refine((form) => form.message !== undefined, { path: ["message"], error: "Write what should change" })),
  z.object({ intent: z.literal("reopen"), ...submissionRef, message: messageField, note: noteField }).check(
    z.refine((form) => form.message !== undefined, {
      path: ["message"],
      error: "Write why it is approved after all",
    }),
  ),
  explained("reject"),
  explained("disqualify"),
  explained("remove"),
  z.object({ intent: z.literal("undo"), ...submissionRef }),
  z.object({ intent: z.literal("take_over"), submissionId: z.uuid() }),
  z.object({ intent: z.literal("bulk_approve"), ...selection }),
  z.object({ intent: z.literal("bulk_flag"), ...selection }),
  z.object({ intent: z.literal("bulk_reject"), ...selection, ...explanation }).check(z.refine(saysEnough, unexplained)),
  z.object({ intent: z.literal("undo_bulk"), bulkId: z.uuid() }),
  z.object({ intent: z.literal("settings"), ...deskSettingsSchema.shape }),
]);
export type DeskAction = z.infer<typeof deskActionSchema>;
export type BulkVerdict = Extract<DeskAction, { intent: BulkIntent }>;
export type Verdict = Exclude<DeskAction, { intent: BulkIntent | "undo" | "undo_bulk" | "take_over" | "settings" }>;
export type VerdictIntent = Verdict["intent"];

export function isExplained(intent: VerdictIntent): intent is ExplainedIntent {
  return explainedIntents.some((one) => one === intent);
}

export const verdictLabels: Record<VerdictIntent, string> = {
  approve: "Approve",
  reject: "Reject",
  flag: "Flag",
  request_change: "Request change",
  reopen: "Reopen",
  disqualify: "Disqualify",
  remove: "Remove",
};

/** What may be given to several entries at once, and the verdict that each of them gets. */
export const bulkVerdicts = {
  bulk_approve: "approve",
  bulk_reject: "reject",
  bulk_flag: "flag",
} as const satisfies Record<string, string>;
export type BulkIntent = keyof typeof bulkVerdicts;
export const bulkIntents = ["bulk_approve", "bulk_reject", "bulk_flag"] as const satisfies readonly BulkIntent[];

export const verdictIntents = [
  "approve",
  "reject",
  "flag",
  "request_change",
  "reopen",
  "disqualify",
  "remove",
] as const satisfies readonly VerdictIntent[];

export const isBulk = (action: DeskAction): action is BulkVerdict => action.intent in bulkVerdicts;
export const isVerdict = (action: DeskAction): action is Verdict => action.intent in verdictMoves;

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

/** What a script says of the entry that its moderator looks at. */
export const claimActionSchema = z.object({ intent: z.enum(["claim", "release"]), submissionId: z.uuid() });

/** The desk's tabs: a decision state each, and those of the approved whose numbers are being checked. */
export const deskTabs = ["pending", "flagged", "changes_requested", "approved", "held", "rejected"] as const;
export type DeskTab = (typeof deskTabs)[number];

export function tabLabel(tab: DeskTab): string {
  return tab === "held" ? "Held" : decisionStateLabels[tab];
}

/** What came of one press for several entries. */
export interface BulkReport {
  bulkId: string;
  /** What they became; null when they were taken back. */
  to: DecisionState | null;
  done: number;
  /** Each with why, and how it stands now. */
  skipped: { submissionId: string; entry: ReviewEntry | null; code: DomainErrorCode | "FAILED"; words: string }[];
  /** Set while the whole can still be undone. ISO. */
  undoableUntil: string | null;
}

/** What the desk has done. `at`: the server's time when it answered, ISO. */
export type DeskDone =
  | { kind: "decided"; entry: ReviewEntry | null; at: string }
  | { kind: "undone"; submissionId: string }
  | { kind: "taken_over"; submissionId: string }
  | { kind: "settings" }
  | { kind: "bulk"; report: BulkReport; at: string };

/** A form as it came back: what was filled in, and what is wrong with it. */
export interface FilledVerdict {
  filled: Record<string, string>;
  selected: string[];
  errors: Record<string, string[] | undefined>;
}

/** What the desk answers to one of its forms. */
export type DeskAnswer =
  | { done: DeskDone }
  | { refusal: { code: DomainErrorCode; words: string }; standing: ReviewEntry | null }
  | { invalid: FilledVerdict };

/** What the browser says of a form that got no answer: the network was away, or something failed on our side. */
export interface Unsent {
  unsent: "offline" | "failed";
}

/** Why an entry is held, in a few words: what the system found, the rule that asked for it, or a moderator's reason. */
export interface HeldEntry {
  why: string;
  begun: boolean;
}

/** An entry as the desk shows it: its state at once, before it takes effect outside. All times are ISO. */
export interface ReviewEntry {
  submissionId: string;
  version: number;
  state: DecisionState;
  video: VideoSummary;
  creatorId: string;
  creatorName: string;
  creatorAvatarUrl: string | null;
  /** Its numbers are being checked, and why; while it waits, that they will be once it is approved. */
  hold: HeldEntry | null;
  /** Its creator has used their one appeal. */
  hasAppealed: boolean;
  checks: RuleCheck[];
  submittedAt: string;
  /** What the viewer may decide on it now; nothing on an entry of their own or one that they flagged. */
  verdicts: VerdictIntent[];
  /** Somebody else who is looking at it: until when, and how long that still is. */
  claim: { by: string; until: string; leftMs: number } | null;
  /** Why that is nothing although the entry waits. */
  waitsForAnother: "own" | "flagged_by_viewer" | null;
  /** What enabled rules suggest while it waits. */
  suggestions: { rule: string; reason: ReasonCode }[];
  /** While it waits in a challenge with a review deadline. */
  due: ReviewDue | null;
  lastDecision: {
    by: string;
    /** It is the viewer's. */
    own: boolean;
    at: string;
    reason: ReasonCode | null;
    message: string | null;
    /** Set while its maker can still undo it. */
    undoableUntil: string | null;
  } | null;
}
