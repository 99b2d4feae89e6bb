import { Time } from "~/ui/time";
import { placeInstant, placeReadings, steepestRise, type ViewsAt } from "./view-history";

const BOX = { width: 320, height: 96 };
/** So many rows say as much as the picture does. */
const ROWS = 12;
const whole = new Intl.NumberFormat("en");

/** Views over time as a picture, with the same in words and numbers. `mark`: an instant to look at, and what it is. */
export function ViewsChart(props: { history: readonly ViewsAt[]; mark: { at: string; is: string } | null }) {
  const { history, mark } = props;
  const [first] = history;
  const last = history.at(-1);
  if (!first || !last || history.length < 2) return <p className="hint mb-3">Its views were read once so far.</p>;
  const places = placeReadings(history, BOX);
  const line = places.map(({ x, y }) => `${x},${y}`).join(" ");
  const rise = steepestRise(history);
  const marked = mark && placeInstant(mark.at, history, BOX);
  const every = Math.ceil(history.length / ROWS);
  const rows = history.filter((reading, index) => index % every === 0 || reading === last);
  return (
    <figure className="views-chart">
      <svg viewBox={`-2 -4 ${BOX.width + 4} ${BOX.height + 8}`} aria-hidden="true">
        <polygon points={`0,${BOX.height} ${line} ${BOX.width},${BOX.height}`} className="area" />
        <polyline points={line} className="line" />
        {marked !== null && <line x1={marked} x2={marked} y1={-4} y2={BOX.height} className="mark" />}
      </svg>
      <figcaption>
        {whole.format(first.views)} views on <Time at={first.at} withTime={false} />, {whole.format(last.views)} on{" "}
        <Time at={last.at} withTime={false} />.
        {rise && (
          <>
            {" "}
            Most came between <Time at={rise.from.at} /> and <Time at={rise.to.at} />:{" "}
            {whole.format(rise.to.views - rise.from.views)}.
          </>
        )}
        {mark && (
          <span className="mark-words">
            {" "}
            The line: {mark.is}, <Time at={mark.at} />.
          </span>
        )}
      </figcaption>
      <details>
        <summary>As numbers</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col" className="number">
                Views
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((reading) => (
              <tr key={reading.at}>
                <td>
                  <Time at={reading.at} />
                </td>
                <td className="number">{whole.format(reading.views)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
