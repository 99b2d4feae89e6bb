import { Cover } from "~/features/videos/cover";
import { Avatar } from "~/ui/avatar";
import { Link } from "~/ui/link";
import { inPoints, type Standing } from "./standing";
import { WinnerChip } from "./winner-chip";

/** Who won, best first, each with their rank on the frozen board. */
export function WinnerCards({ winners }: { winners: readonly Standing[] }) {
  return (
    <ul className="card-grid six">
      {winners.map((winner) => (
        <li key={winner.submissionId}>
          <WinnerCard winner={winner} />
        </li>
      ))}
    </ul>
  );
}

function WinnerCard({ winner: { submissionId, rank, score, entry } }: { winner: Standing }) {
  return (
    <article className="card">
      {entry ? (
        <Cover video={entry.video} eager>
          <WinnerChip>Rank {rank}</WinnerChip>
        </Cover>
      ) : (
        <div className="cover">
          <WinnerChip>Rank {rank}</WinnerChip>
        </div>
      )}
      <div>
        {entry ? (
          <p className="who">
            <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
            <span dir="auto">
              {entry.hasPage ? <Link to={`/entries/${submissionId}`}>{entry.creatorName}</Link> : entry.creatorName}
            </span>
          </p>
        ) : (
          <p>Removed entry</p>
        )}
        <p className="metrics">{inPoints(score)} points</p>
      </div>
    </article>
  );
}
