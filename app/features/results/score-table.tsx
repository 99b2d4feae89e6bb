import type { Scoring } from "~/features/challenges/challenge";
import { Time } from "~/ui/time";
import { explainScore, inPoints, type Standing } from "./standing";

const whole = new Intl.NumberFormat("en");

/** Inputs × weights = score, with the time of the inputs; where gains count, what they are counted from too. */
export function ScoreTable({ standing, scoring }: { standing: Standing; scoring: Scoring }) {
  const { inputs, score } = standing;
  const gains = scoring.counting === "gain";
  return (
    <div className="score-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Input</th>
            {gains && <th scope="col">At entry</th>}
            {gains && <th scope="col">Now</th>}
            <th scope="col">{gains ? "Gain" : "Count"}</th>
            <th scope="col">Points per 1,000</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {explainScore(inputs, scoring).map((part) => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              {part.before !== null && <td>{whole.format(part.before)}</td>}
              {part.before !== null && <td>{whole.format(part.now)}</td>}
              <td>{whole.format(part.count)}</td>
              <td>× {part.weight}</td>
              <td>{inPoints(part.score)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={gains ? 5 : 3}>
              Score
            </th>
            <td>{inPoints(score)}</td>
          </tr>
        </tfoot>
      </table>
      {inputs.now.at && (
        <p>
          Counts read from TikTok on <Time at={inputs.now.at} />.
        </p>
      )}
    </div>
  );
}
