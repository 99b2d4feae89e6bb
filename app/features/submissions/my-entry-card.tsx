import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Cover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { AppealForm, type FilledAppeal } from "./appeal-form";
import { DecisionStateChip } from "./decision-state-chip";
import { EntryTimeline } from "./entry-timeline";
import type { MyEntry } from "./list-my-entries.server";

/**
 * One of the creator's own entries: where it stands, why, and what can be done. `filled`: an appeal to be put right;
 * `children`: its place among the others.
 */
export function MyEntryCard(props: { entry: MyEntry; filled: FilledAppeal | null; children?: ReactNode }) {
  const { entry, filled, children } = props;
  const { video, challenge } = entry;
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
        {children}
        <EntryTimeline entry={entry} />
        {entry.appealUntil && <AppealForm submissionId={entry.submissionId} filled={filled} />}
        {(entry.mayResubmit || entry.mayWithdraw) && (
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
        )}
      </div>
    </article>
  );
}
