import { z } from "zod";
import { decisionStateLabels } from "~/features/submissions/submission";

/** The log of what moderators and the system decided, over all challenges. */

export const loggedVerdicts = [
  "approved",
  "rejected",
  "changes_requested",
  "flagged",
  "disqualified",
  "removed",
  "undone",
] as const;
export type LoggedVerdict = (typeof loggedVerdicts)[number];

export function verdictWords(verdict: LoggedVerdict): string {
  return verdict === "undone" ? "Undone" : decisionStateLabels[verdict];
}

const chosen = <Value>(schema: z.ZodType<Value>) => schema.optional().catch(undefined);

/** From the address. What cannot be read is left out; dates are days in UTC, both included. */
export const logFilterSchema = z.object({
  challenge: chosen(z.string().min(1).max(80)),
  moderator: chosen(z.uuid()),
  verdict: chosen(z.enum(loggedVerdicts)),
  from: chosen(z.iso.date()),
  to: chosen(z.iso.date()),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

/** The filter as it stands in an address. */
export function logQuery(filter: LogFilter, more: Record<string, string> = {}): string {
  const set = Object.entries({ ...filter, ...more }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}

/** One decision. All times are ISO; whoever deleted their data has no name any more. */
export interface LoggedDecision {
  id: string;
  at: string;
  effectiveAt: string;
  challenge: { slug: string; title: string };
  submissionId: string;
  tiktokVideoId: string | null;
  creator: string | null;
  by: string;
  from: string | null;
  to: string;
  verdict: LoggedVerdict;
  /** It was taken back inside its window. */
  undone: boolean;
  reason: string | null;
  message: string | null;
  note: string | null;
  /** Of the appeal against it. */
  appeal: { outcome: "open" | "upheld" | "dismissed"; by: string | null } | null;
}

export const logColumns = [
  "decided_at",
  "effective_at",
  "challenge",
  "submission_id",
  "tiktok_video_id",
  "creator",
  "decided_by",
  "from",
  "to",
  "verdict",
  "undone",
  "reason",
  "message",
  "note",
  "appeal",
  "appeal_decided_by",
] as const;

/** In the order of the columns. */
export function logCells(decision: LoggedDecision): (string | null)[] {
  const { appeal } = decision;
  return [
    decision.at,
    decision.effectiveAt,
    decision.challenge.slug,
    decision.submissionId,
    decision.tiktokVideoId,
    decision.creator,
    decision.by,
    decision.from,
    decision.to,
    decision.verdict,
    decision.undone ? "yes" : "no",
    decision.reason,
    decision.message,
    decision.note,
    appeal?.outcome ?? null,
    appeal?.by ?? null,
  ];
}
