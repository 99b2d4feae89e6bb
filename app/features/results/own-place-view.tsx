import { Time } from "~/ui/time";
import { type OwnPlace, type OwnStanding, plotViews, type ViewsPoint } from "./own-place";
import type { ShownEntry } from "./show-my-entries.server";
import { inPoints } from "./standing";

const whole = new Intl.NumberFormat("en");
const WIDTH = 480;
const HEIGHT = 96;

/** Where a creator's own entry stands, what it needs for the next place, and how its views came. */
export function OwnPlaceView({ entry, place }: { entry: ShownEntry; place: OwnPlace }) {
  const { standing, isFinal, views } = place;
  const { at, stale } = entry.video.metrics;
  const state = isFinal ? "final" : stale ? "stale" : "live";
  return (
    <section className="own-place" data-state={state} aria-label={isFinal ? "Your final place" : "Your place"}>
      {standing ? (
        <p>
          <strong>
            {isFinal ? "Final rank" : "Rank"} {whole.format(standing.rank)}
          </strong>{" "}
          of {whole.format(standing.of)}, with {inPoints(standing.score)} points.{" "}
          {isFinal ? "The standings are frozen." : gapWords(standing)}
        </p>
      ) : (
        <p>
          Not ranked yet:{" "}
          {isHeld(entry) ? "its numbers are being checked" : "TikTok has not said how many views it has"}.
        </p>
      )}
      {at && !isFinal && (
        <p className="hint">
          {stale ? "TikTok has given no newer numbers since " : "Numbers from "}
          <Time at={at} />.
        </p>
      )}
      <ViewsChart points={views} isFinal={isFinal} />
    </section>
  );
}

const isHeld = ({ timeline }: ShownEntry) =>
  timeline.findLast(({ kind }) => kind === "held" || kind === "released")?.kind === "held";

function gapWords({ next }: OwnStanding): string {
  return next ? `${inPoints(next.gap)} points behind rank ${whole.format(next.rank)}.` : "Nobody is ahead.";
}

/** An area that says in words what it shows, and in a table every number that it is made of. */
function ViewsChart({ points, isFinal }: { points: readonly ViewsPoint[]; isFinal: boolean }) {
  const plot = plotViews(points, WIDTH, HEIGHT);
  if (!plot) {
    return isFinal ? null : <p className="hint">Views over time appear here once TikTok has been asked twice.</p>;
  }
  const { first, last, top, line, area } = plot;
  return (
    <figure>
      <figcaption>
        Views: <span className="number">{whole.format(first.views)}</span> when you entered it,{" "}
        <span className="number">{whole.format(last.views)}</span> {isFinal ? "when the standings were frozen" : "now"}.
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={altOf(first, last, top)}
      >
        <path className="area" d={area} />
        <path className="line" d={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="hint flex justify-between gap-4">
        <Time at={first.at} withTime={false} />
        <Time at={last.at} withTime={false} />
      </p>
      <details>
        <summary className="w-fit cursor-pointer text-[0.8125rem] text-ink-muted">Every number as a table</summary>
        <table>
          <caption className="sr-only">Views over time</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col" className="number">
                Views
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ at, views }) => (
              <tr key={at}>
                <th scope="row">
                  <Time at={at} />
                </th>
                <td className="number">{whole.format(views)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function altOf(first: ViewsPoint, last: ViewsPoint, top: number): string {
  const most = top > last.views ? `, ${whole.format(top)} at most` : "";
  return `Views over time, from ${whole.format(first.views)} to ${whole.format(last.views)}${most}`;
}
