import { Fragment } from "react";
import type { Scoring } from "~/features/challenges/challenge";
import { HELD_WORDS } from "~/features/submissions/hold";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { Movement } from "./movement";
import { ScoreTable } from "./score-table";
import { inPoints, type Standing } from "./standing";
import { WinnerChip } from "./winner-chip";

const whole = new Intl.NumberFormat("en");

/**
 * A challenge's board: the first three stand out by size alone. With `scoring`, each score can be explained, and with
 * `movements` (by submission id) each place says how it moved. `winners`: submission ids.
 */
export function StandingsTable(props: {
  standings: readonly Standing[];
  winners: readonly string[];
  caption: string;
  scoring: Scoring | null;
  movements?: Readonly<Record<string, number | null>> | null;
}) {
  const { standings, winners, caption, scoring, movements = null } = props;
  return (
    <div className="panel overflow-hidden">
      <table className="board">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">Entry</th>
            <th scope="col" className="number wide">
              Views
            </th>
            <th scope="col" className="number wide">
              Likes
            </th>
            <th scope="col" className="number">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => (
            <Fragment key={standing.submissionId}>
              <Row
                standing={standing}
                wins={winners.includes(standing.submissionId)}
                moved={movements?.[standing.submissionId]}
              />
              {scoring && <Explanation standing={standing} scoring={scoring} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `moved`: undefined where movements are not shown. */
function Row({ standing, wins, moved }: { standing: Standing; wins: boolean; moved: number | null | undefined }) {
  const { rank, entry, inputs, score, submissionId } = standing;
  const { views, likes, at, stale } = inputs.now;
  return (
    <tr data-testid="leaderboard-row" data-submission-id={submissionId} className={rank <= 3 ? "leader" : undefined}>
      <td className="rank">
        {rank}
        {moved !== undefined && <Movement places={moved} />}
      </td>
      <th scope="row">
        <span className="entry">
          <span className="thumb" aria-hidden="true">
            {entry?.video.coverUrl && (
              <img src={entry.video.coverUrl} alt="" loading="lazy" referrerPolicy="no-referrer" />
            )}
          </span>
          <span className="min-w-0">
            {entry?.hasPage && (
              <Link to={`/entries/${submissionId}`} dir="auto">
                {entry.creatorName}
              </Link>
            )}
            {entry && !entry.hasPage && <span dir="auto">{entry.creatorName}</span>}
            {entry ? <small dir="auto">{entry.video.caption || "No caption"}</small> : <span>Removed entry</span>}
            {standing.held && <small className="held-note">{HELD_WORDS}</small>}
            {(stale || standing.held) && at && (
              <small>
                Numbers as of <Time at={at} withTime={false} />
              </small>
            )}
            {wins && (
              <span className="mt-1">
                <WinnerChip />
              </span>
            )}
          </span>
        </span>
      </th>
      <td className="number wide">{views === null ? "Unknown" : whole.format(views)}</td>
      <td className="number wide">{likes === null ? "Unknown" : whole.format(likes)}</td>
      <td className="number score">{inPoints(score)}</td>
    </tr>
  );
}

function Explanation({ standing, scoring }: { standing: Standing; scoring: Scoring }) {
  const { entry, rank } = standing;
  return (
    <tr className="explanation">
      <td />
      <td colSpan={4}>
        <details>
          <summary>
            Explain
            <span className="sr-only"> the points of {entry?.creatorName ?? `the removed entry at rank ${rank}`}</span>
          </summary>
          <ScoreTable standing={standing} scoring={scoring} />
          {entry?.hasPage && (
            <a href={entry.video.shareUrl} target="_blank" rel="noopener noreferrer">
              Open on TikTok
            </a>
          )}
        </details>
      </td>
    </tr>
  );
}
