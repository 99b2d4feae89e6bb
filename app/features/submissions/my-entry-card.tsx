import { Form } from "@remix-run/react";
import { Cover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { DecisionStateChip } from "./decision-state-chip";
import type { MyEntry, TimelineStep } from "./list-my-entries.server";
import { reasonWords } from "./reason";
import { RuleList } from "./rule-strip";
import type { DecisionState } from "./submission";

const stepWords: Record<DecisionState, string> = {
  pending: "Entered, and waiting for a moderator",
  approved: "Approved: it is in the gallery",
  rejected: "Not accepted",
  changes_requested: "A change was requested",
  flagged: "A second moderator looks at it",
  disqualified: "Disqualified",
  removed: "Removed",
  withdrawn: "You withdrew it",
};

/** What happens next, where something does. */
const nextWords: Partial<Record<DecisionState, string>> = {
  pending: "Next: a moderator decides. You will read the reason here, whatever it is.",
  flagged: "Next: a second moderator decides. You will read the reason here, whatever it is.",
  changes_requested: "Next: change it on TikTok, then press Resubmit before the challenge closes.",
};

/** One of the creator's own entries: where it stands, why, and what can be done. */
export function MyEntryCard({ entry }: { entry: MyEntry }) {
  const { video, challenge, timeline } = entry;
  return (
    <article
      className="panel my-entry"
      data-testid="entry-card"
      data-video-id={video.tiktokVideoId}
      data-submission-id={entry.submissionId}
      data-state={entry.state}
    >
      <div className="w-28 sm:w-36">
        <Cover video={video} eager={false} />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <header>
          <p className="flex flex-wrap items-center gap-2">
            <DecisionStateChip state={entry.state} />
            <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
          </p>
          <h2 className="caption mt-2 font-semibold text-ink-strong" dir="auto">
            {video.caption || "No caption"}
          </h2>
          <VideoMetrics metrics={video.metrics} />
        </header>
        <ol className="timeline" aria-label="What happened">
          {timeline.map((step) => (
            <Step key={`${step.at}-${step.state}`} step={step} />
          ))}
          {nextWords[entry.state] && <li className="text-ink-muted">{nextWords[entry.state]}</li>}
        </ol>
        <details>
          <summary className="cursor-pointer text-[0.8125rem] font-semibold">Rules as they were checked</summary>
          <RuleList checks={entry.checks} />
        </details>
        <Form method="post" className="flex flex-wrap gap-2">
          <input type="hidden" name="submissionId" value={entry.submissionId} />
          {entry.mayResubmit && (
            <Button type="submit" name="intent" value="resubmit" tone="primary">
              Resubmit
            </Button>
          )}
          {entry.mayWithdraw && (
            <Button type="submit" name="intent" value="withdraw">
              Withdraw
            </Button>
          )}
        </Form>
      </div>
    </article>
  );
}

function Step({ step }: { step: TimelineStep }) {
  return (
    <li data-state={step.state}>
      <p className="flex flex-wrap justify-between gap-x-4">
        <strong className="text-ink-strong">{stepWords[step.state]}</strong>
        <span className="text-[0.8125rem] text-ink-muted">
          <Time at={step.at} />
        </span>
      </p>
      {step.message && (
        <blockquote className="quote">
          {step.message}
          {step.reason && <span className="hint block">Reason: {reasonWords(step.reason)}</span>}
        </blockquote>
      )}
    </li>
  );
}
