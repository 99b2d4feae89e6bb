import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { ResultVersion } from "./result";
import type { Standing } from "./standing";

/** Every version of a challenge's results, newest first: who won, and why it was replaced. */
export function ResultHistory({ results }: { results: readonly ResultVersion[] }) {
  return (
    <ol className="grid gap-4">
      {results.map((result, index) => (
        <li key={result.version} className="panel grid gap-3 px-5 py-4" data-version={result.version}>
          <p className="flex flex-wrap justify-between gap-x-4">
            <strong className="text-ink-strong">
              Version {result.version}
              {index === 0 && ", as it stands"}
            </strong>
            <span className="text-[0.8125rem] text-ink-muted">
              <Time at={result.publishedAt} />
            </span>
          </p>
          {result.reason && <blockquote className="quote whitespace-pre-line">{result.reason}</blockquote>}
          {result.winners.length === 0 ? (
            <p>Nobody wins.</p>
          ) : (
            <ul className="grid gap-1">
              {result.winners.map((winner) => (
                <li key={winner.submissionId}>
                  Rank {winner.rank}: <WinnerName winner={winner} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

function WinnerName({ winner: { entry, submissionId } }: { winner: Standing }) {
  if (!entry) return "removed entry";
  if (!entry.hasPage) return <bdi>{entry.creatorName}</bdi>;
  return (
    <Link to={`/entries/${submissionId}`}>
      <bdi>{entry.creatorName}</bdi>
    </Link>
  );
}
