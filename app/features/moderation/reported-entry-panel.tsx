import { Form } from "@remix-run/react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { deskTabs } from "./decision";
import type { ReportedEntry } from "./report";

/** One entry that visitors have reported: how often, why, and what they wrote. */
export function ReportedEntryPanel({ entry }: { entry: ReportedEntry }) {
  const { submissionId, challenge, creatorName, caption, state, own, count, reasons, remarks, lastReportId } = entry;
  return (
    <article className="panel grid gap-4 p-5" data-submission-id={submissionId}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="line-clamp-2 text-lead">
            <Link to={`/entries/${submissionId}`}>
              <bdi>{creatorName}</bdi>: <bdi>{caption || "No caption"}</bdi>
            </Link>
          </h2>
          <p className="mt-2 flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
            <DecisionStateChip state={state} />
            <Link to={deskOf(challenge.slug, state)}>{challenge.title}</Link>
          </p>
        </div>
        <strong className="text-ink-strong">{count === 1 ? "1 report" : `${count} reports`}</strong>
      </header>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem]">
        {reasons.map((reason) => (
          <li key={reason.words}>
            {reason.words} <span className="text-ink-muted">× {reason.count}</span>
          </li>
        ))}
      </ul>
      {remarks.map((remark) => (
        <blockquote key={`${remark.at} ${remark.text}`} className="quote">
          <p dir="auto" className="whitespace-pre-line break-words">
            {remark.text}
          </p>
          <p className="hint">
            <Time at={remark.at} />
          </p>
        </blockquote>
      ))}
      {own ? (
        <p className="hint">Your own entry: another moderator looks after it.</p>
      ) : (
        <Form method="post">
          <input type="hidden" name="submissionId" value={submissionId} />
          <input type="hidden" name="lastReportId" value={lastReportId} />
          <Button type="submit" aria-label={`Dismiss reports on ${caption || creatorName}`}>
            Dismiss reports
          </Button>
        </Form>
      )}
    </article>
  );
}

/** The tab of the desk on which an entry lies; what was taken back lies on none. */
function deskOf(slug: string, state: ReportedEntry["state"]): string {
  const tab = deskTabs.find((one) => one === state);
  return `/review/${slug}${tab === undefined ? "" : `?tab=${tab}`}`;
}
