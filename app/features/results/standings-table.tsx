import { Fragment } from "react";
import type { Scoring } from "~/features/challenges/challenge";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { ScoreTable } from "./score-table";
import { inPoints, type Standing } from "./standing";

const whole = new Intl.NumberFormat("en");

/** A challenge's board: the first three stand out by size alone. With `scoring`, each score can be explained. */
export function StandingsTable(props: { standings: readonly Standing[]; caption: string; scoring: Scoring | null }) {
  const { standings, caption, scoring } = props;
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
              <Row standing={standing} />
              {scoring && <Explanation standing={standing} scoring={scoring} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ standing: { rank, video, creatorName, score, submissionId } }: { standing: Standing }) {
  const { views, likes, at, stale } = video.metrics;
  return (
    <tr data-testid="leaderboard-row" data-submission-id={submissionId} className={rank <= 3 ? "leader" : undefined}>
      <td className="rank">{rank}</td>
      <th scope="row">
        <span className="entry">
          <span className="thumb" aria-hidden="true">
            {video.coverUrl && <img src={video.coverUrl} alt="" loading="lazy" referrerPolicy="no-referrer" />}
          </span>
          <span className="min-w-0">
            <Link to={`/entries/${submissionId}`} dir="auto">
              {creatorName}
            </Link>
            <small dir="auto">{video.caption || "No caption"}</small>
            {stale && at && (
              <small>
                Numbers as of <Time at={at} withTime={false} />
              </small>
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

/** Inputs × weights = score, with the time of the inputs. */
function Explanation({ standing, scoring }: { standing: Standing; scoring: Scoring }) {
  const { video, score, creatorName } = standing;
  return (
    <tr className="explanation">
      <td />
      <td colSpan={4}>
        <details>
          <summary>
            Explain<span className="sr-only"> the points of {creatorName}</span>
          </summary>
          <ScoreTable video={video} score={score} scoring={scoring} />
          <a href={video.shareUrl} target="_blank" rel="noopener noreferrer">
            Open on TikTok
          </a>
        </details>
      </td>
    </tr>
  );
}
