import type { Scoring } from "~/features/challenges/challenge";
import type { VideoSummary } from "~/features/videos/video";
import { Time } from "~/ui/time";
import { explainScore, inPoints } from "./standing";

const whole = new Intl.NumberFormat("en");

/** Inputs × weights = score, with the time of the inputs. */
export function ScoreTable({ video, score, scoring }: { video: VideoSummary; score: number; scoring: Scoring }) {
  return (
    <div className="score-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col">Count</th>
            <th scope="col">Points per 1,000</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {explainScore(video.metrics, scoring).map((part) => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              <td>{whole.format(part.count)}</td>
              <td>× {part.weight}</td>
              <td>{inPoints(part.score)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Score
            </th>
            <td>{inPoints(score)}</td>
          </tr>
        </tfoot>
      </table>
      {video.metrics.at && (
        <p>
          Counts read from TikTok on <Time at={video.metrics.at} />.
        </p>
      )}
    </div>
  );
}
