import { Form, useNavigation } from "@remix-run/react";
import { Check, X } from "lucide-react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { RuleStrip } from "~/features/submissions/rule-strip";
import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";
import { type ReviewEntry, reasonLabels } from "./decision";
import { DecisionOn } from "./decision-on";
import { RejectFields } from "./reject-dialog";

/** One entry on the desk: the video, its rules, and what can be decided. Rejecting works without JavaScript too. */
export function ReviewCard(props: {
  entry: ReviewEntry;
  playerOrigin: string;
  page: string;
  onReject: (button: HTMLElement) => void;
}) {
  const { entry, playerOrigin, page, onReject } = props;
  const { video, submissionId, version, state } = entry;
  const undecided = state === "pending" || state === "flagged";
  const busy = useNavigation().formData?.get("submissionId") === submissionId;
  return (
    <article
      id={`entry-${submissionId}`}
      className="card"
      data-testid="review-card"
      data-submission-id={submissionId}
      data-state={state}
    >
      <PlayableCover
        video={video}
        eager={false}
        playerOrigin={playerOrigin}
        playing={false}
        playLink={video.shareUrl}
        closeLink={page}
      >
        <DecisionStateChip state={state} />
      </PlayableCover>
      <div>
        <p className="who">
          <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
          <span dir="auto">{entry.creatorName}</span>
        </p>
        <p className="caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} compact />
        <p className="metrics">
          Entered <Time at={entry.submittedAt} />
        </p>
        <RuleStrip checks={entry.checks} />
        {entry.lastDecision && (
          <p className="mt-2 text-[0.75rem] text-ink-muted">
            By {entry.lastDecision.by}
            {entry.lastDecision.reason && `: ${reasonLabels[entry.lastDecision.reason]}`}
          </p>
        )}
      </div>
      {undecided && entry.own && <p className="hint">Your own entry: another moderator decides.</p>}
      {undecided && !entry.own && (
        <div className="grid grid-cols-2 gap-2">
          <Form method="post">
            <DecisionOn submissionId={submissionId} seenVersion={version} />
            <Button type="submit" name="intent" value="approve" tone="primary" className="w-full" disabled={busy}>
              <Check size={16} aria-hidden="true" /> Approve
            </Button>
          </Form>
          <Button
            tone="danger"
            className="js-only w-full"
            disabled={busy}
            onClick={(event) => onReject(event.currentTarget)}
          >
            <X size={16} aria-hidden="true" /> Reject
          </Button>
          <noscript>
            <details>
              <summary className="btn btn-danger w-full">Reject…</summary>
              <Form method="post" className="mt-2 grid gap-3">
                <DecisionOn submissionId={submissionId} seenVersion={version} />
                <RejectFields prefix={submissionId} />
                <Button type="submit" name="intent" value="reject" tone="danger">
                  Reject
                </Button>
              </Form>
            </details>
          </noscript>
        </div>
      )}
    </article>
  );
}
