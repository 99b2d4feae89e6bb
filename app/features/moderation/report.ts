import { z } from "zod";
import { type ReasonCode, reasonLabels } from "~/features/submissions/reason";
import type { DecisionState } from "~/features/submissions/submission";

/** What a visitor can say against an entry, and how moderators see it. */

/** In the order of the form: what hurts somebody first. Rules that the product checks by itself are not among them. */
export const reportReasons = [
  "MINOR_SAFETY",
  "SEXUAL_CONTENT",
  "HATE_HARASSMENT",
  "DANGEROUS_ACT",
  "COPYRIGHT_CLAIM",
  "NOT_ORIGINAL",
  "METRIC_MANIPULATION",
  "SPAM_OR_AD",
  "OFF_BRIEF",
  "OTHER",
] as const satisfies readonly ReasonCode[];

export const MAX_REPORT_WORDS = 500;

export const reportFormSchema = z
  .object({
    reason: z.enum(reportReasons, { error: "Choose a reason" }),
    words: z
      .string()
      .trim()
      // Browsers count a line's end as one letter and send it as two.
      .transform((text) => text.replace(/\r\n/g, "\n"))
      .pipe(z.string().max(MAX_REPORT_WORDS, `Keep it under ${MAX_REPORT_WORDS} characters`))
      .optional()
      .default(""),
  })
  .refine(({ reason, words }) => reason !== "OTHER" || words !== "", {
    path: ["words"],
    message: `Say what is wrong: “${reasonLabels.OTHER}” alone tells nobody`,
  });
export type ReportForm = z.infer<typeof reportFormSchema>;

/** An entry that visitors have reported and no moderator has looked after yet. */
export interface ReportedEntry {
  submissionId: string;
  challenge: { slug: string; title: string };
  creatorName: string;
  caption: string;
  state: DecisionState;
  /** The viewer's own: another moderator looks after it. */
  own: boolean;
  count: number;
  /** How often each reason was given, the most frequent first. */
  reasons: { words: string; count: number }[];
  /** What was written, newest first: the first few. */
  remarks: { at: string; text: string }[];
  /** The newest report that is shown here: later ones are not dismissed with it. */
  lastReportId: string;
}

export const dismissSchema = z.object({ submissionId: z.uuid(), lastReportId: z.uuid() });
