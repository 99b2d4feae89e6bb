import type { ShownChallenge } from "~/features/challenges/challenge";
import { appealDeadline, isAppealable } from "~/features/submissions/appeal";
import { EntryTimeline, type ToldEntry } from "~/features/submissions/entry-timeline";
import type { ReasonCode } from "~/features/submissions/reason";
import { ruleOf } from "~/features/submissions/timeline";
import { messageOf, type ReviewEntry, UNDO_WINDOW_MS, verdictMoves } from "./decision";
import type { ExplainedIntent } from "./explained-verdict";

interface Draft {
  intent: ExplainedIntent;
  reason: ReasonCode | undefined;
  message: string;
}

/** A verdict that is still being written, in the creator's own view: what they would read of it and what comes next. */
export function VerdictPreview(props: {
  draft: Draft;
  entry: ReviewEntry;
  challenge: Pick<ShownChallenge, "phase" | "closesAt" | "frozenAt">;
  /** How many others read it too. */
  others: number;
}) {
  const { draft, entry, challenge, others } = props;
  const at = new Date(Date.now() + UNDO_WINDOW_MS);
  const { to } = verdictMoves[draft.intent];
  const { reason } = draft;
  const message = messageOf({ reason, message: draft.message.trim() || undefined }) ?? null;
  const told: ToldEntry = {
    state: to,
    timeline: [
      {
        kind: "decided",
        at: at.toISOString(),
        state: to,
        reason: reason ?? null,
        rule: ruleOf(reason, entry.checks),
        message,
        onAppeal: false,
      },
    ],
    queue: null,
    usualWait: null,
    changeUntil: to === "changes_requested" ? challenge.closesAt : null,
    mayResubmit: challenge.phase === "open",
    appealOpen: false,
    appealUntil:
      isAppealable(to) && !entry.hasAppealed && challenge.frozenAt === null ? appealDeadline(at).toISOString() : null,
  };
  return (
    <section className="preview" aria-labelledby="preview-title">
      <h3 id="preview-title" dir="auto">
        {entry.creatorName} reads
      </h3>
      <EntryTimeline entry={told} />
      {others > 0 && (
        <p className="hint">
          {others === 1 ? "The other one reads" : `The other ${others} read`} the same, with what was seen of their own
          video.
        </p>
      )}
    </section>
  );
}
