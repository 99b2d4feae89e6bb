/** Where a creator's own approved entry stands, and how its views came. */

export interface OwnPlace {
  /** Null while TikTok gives no views. */
  standing: OwnStanding | null;
  /** The board is frozen: this is how it ended. */
  isFinal: boolean;
  /** Since it was entered, oldest first. */
  views: ViewsPoint[];
}

export interface OwnStanding {
  rank: number;
  /** Ranked entries of the challenge, this one among them. */
  of: number;
  /** Thousandths of a point. */
  score: number;
  /** The next better place, and how far away it is (thousandths of a point); null for the first. */
  next: { rank: number; gap: number } | null;
}

export interface ViewsPoint {
  /** ISO time. */
  at: string;
  views: number;
}

/** Fewer say nothing about how views come. */
const POINTS_NEEDED = 2;

interface ViewsPlot {
  /** SVG paths in a box of `width` × `height`. */
  line: string;
  area: string;
  first: ViewsPoint;
  last: ViewsPoint;
  /** Where the height ends: never below 1. */
  top: number;
}

/** The picture of views over time, from nothing up; null while there is not enough to draw. */
export function plotViews(points: readonly ViewsPoint[], width: number, height: number): ViewsPlot | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < POINTS_NEEDED || first.at === last.at) return null;
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const top = Math.max(1, ...points.map(({ views }) => views));
  const place = ({ at, views }: ViewsPoint) =>
    `${round(((Date.parse(at) - from) / (to - from)) * width)} ${round(height - (views / top) * height)}`;
  const line = `M${points.map(place).join("L")}`;
  return { line, area: `${line}L${width} ${height}L0 ${height}Z`, first, last, top };
}

const round = (value: number) => Math.round(value * 100) / 100;
