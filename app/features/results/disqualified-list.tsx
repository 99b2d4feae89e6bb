import type { RankedEntry } from "./standing";

/** Entries that were accepted and later taken off the board: visible, without a rank. */
export function DisqualifiedList({ entries }: { entries: readonly (RankedEntry & { submissionId: string })[] }) {
  return (
    <ul className="panel grid divide-y divide-line">
      {entries.map(({ submissionId, creatorName, video }) => (
        <li key={submissionId} className="px-5 py-3" data-submission-id={submissionId}>
          <p className="font-semibold text-ink-strong" dir="auto">
            {creatorName}
          </p>
          <p className="line-clamp-1 text-[0.8125rem] text-ink-muted" dir="auto">
            {video.caption || "No caption"}
          </p>
        </li>
      ))}
    </ul>
  );
}
