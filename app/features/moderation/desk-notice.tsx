import type { ReactNode } from "react";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";
import type { BulkReport, DeskAnswer, ReviewEntry, Unsent } from "./decision";

/** What a moderator has to be told: a refusal, what was left out, or that somebody took an entry over. */
export type Notice =
  | Exclude<DeskAnswer, { done: unknown }>
  | { report: BulkReport }
  | Unsent
  | { takenOver: { by: string; creatorName: string } };

export function noticeOf(answer: DeskAnswer | Unsent): Notice | null {
  if (!("done" in answer)) return answer;
  const { done } = answer;
  // What went well for all is in the toast, with its way back.
  if (done.kind !== "bulk" || (done.report.to !== null && done.report.skipped.length === 0)) return null;
  return { report: done.report };
}

export function DeskNotice({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const close = (
    <Button className="js-only" data-key="escape" onClick={onClose}>
      Close
    </Button>
  );
  if ("takenOver" in notice) {
    return (
      <Banner tone="info" title={`${notice.takenOver.by} took over`} action={close}>
        They decide on the entry of <span dir="auto">{notice.takenOver.creatorName}</span> that you were looking at.
      </Banner>
    );
  }
  if ("report" in notice) return <Report report={notice.report} close={close} />;
  if ("unsent" in notice) {
    return (
      <Banner tone="rejected" title="Nothing was decided" action={close}>
        {notice.unsent === "offline"
          ? "You’re offline. Try again once you are back."
          : "Something failed on our side. Try again."}
      </Banner>
    );
  }
  if ("invalid" in notice) {
    return (
      <Banner tone="rejected" title="Nothing was decided" action={close}>
        {Object.values(notice.invalid.errors).flat().join(" ")}
      </Banner>
    );
  }
  const { refusal, standing } = notice;
  return (
    <div data-error={refusal.code}>
      <Banner tone="rejected" title="Nothing was decided" action={close}>
        {refusal.words} {refusal.code === "CONFLICT" && standingLine(standing)}
      </Banner>
    </div>
  );
}

/** How many, and of each that was left out why. */
function Report({ report, close }: { report: BulkReport; close: ReactNode }) {
  const { skipped } = report;
  return (
    <Banner tone={skipped.length === 0 ? "approved" : "pending"} title={bulkWords(report)} action={close}>
      {skipped.length > 0 && (
        <ul className="skipped">
          {skipped.map(({ submissionId, entry, code, words }) => (
            <li key={submissionId} data-error={code}>
              {entry && (
                <strong dir="auto">
                  {entry.creatorName}, {entry.video.caption.slice(0, 60) || "no caption"}:{" "}
                </strong>
              )}
              {words} {code === "CONFLICT" && standingLine(entry)}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

/** `18 approved, 2 skipped`. */
export function bulkWords({ to, done, skipped }: BulkReport): string {
  const what = to === null ? "taken back" : to === "flagged" ? "flagged" : decisionStateLabels[to].toLowerCase();
  return skipped.length > 0 ? `${done} ${what}, ${skipped.length} skipped` : `${done} ${what}`;
}

/** Who was first, and with what. */
function standingLine(entry: ReviewEntry | null): ReactNode {
  if (!entry?.lastDecision) return null;
  return (
    <>
      {decisionStateLabels[entry.state]} by {entry.lastDecision.by}, <Time at={entry.lastDecision.at} />.
    </>
  );
}
