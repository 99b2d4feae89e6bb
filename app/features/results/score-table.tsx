import type { Scoring } from "~/features/challenges/challenge";
import { Time } from "~/ui/time";
import { explainScore, inPoints, type Standing } from "./standing";

const whole = new Intl.NumberFormat("en");

/** Inputs × weights = score, with the time of the inputs; where gains count, what they are counted from too. */
export function ScoreTable({ standing, scoring }: { standing: Standing; scoring: Scoring }) {
  const { inputs, score } = standing;
  return (
    <div className="score-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col">{scoring.counting === "gain" ? "Gain since entering" : "Count"}</th>
            <th scope="col">Points per 1,000</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {explainScore(inputs, scoring).map((part) => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              <td>
                {whole.format(part.count)}
                {part.before !== null && (
                  <small className="block text-[0.75rem] text-ink-muted">
                    from {whole.format(part.before)} to {whole.format(part.now)}
                  </small>
                )}
              </td>
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
      {inputs.now.at && (
        <p>
          Counts read from TikTok on <Time at={inputs.now.at} />.
        </p>
      )}
    </div>
  );
}
