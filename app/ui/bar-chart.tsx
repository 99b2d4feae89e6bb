/** Bars side by side, drawn by the server. What they say stands in words in `summary`, and in a table beside it. */
export function BarChart(props: { summary: string; bars: readonly { key: string; value: number; words: string }[] }) {
  const { summary, bars } = props;
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const width = bars.length * STEP;
  return (
    <svg
      className="bar-chart"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
    >
      {bars.map(({ key, value, words }, index) => {
        // A day with little stays to be seen beside one with much.
        const height = value === 0 ? 0 : Math.max(3, (value / most) * HEIGHT);
        return (
          <g key={key}>
            <title>{words}</title>
            <rect className="slot" x={index * STEP} y={0} width={STEP} height={HEIGHT} />
            <rect className="bar" x={index * STEP + 1} y={HEIGHT - height} width={STEP - 2} height={height} />
          </g>
        );
      })}
    </svg>
  );
}

const STEP = 10;
const HEIGHT = 100;

/** One bar across, as a share of the longest; the number stands beside it. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg className="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" width={100} height={8} rx={2} />
      <rect className="bar" width={Math.max(1, Math.min(1, share) * 100)} height={8} rx={2} />
    </svg>
  );
}
