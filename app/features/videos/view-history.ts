/** A video's views over time, as TikTok told them. */

export interface ViewsAt {
  /** ISO time. */
  at: string;
  views: number;
}

/** Between two readings that follow each other, where most was gained; null when nothing was. */
export function steepestRise(history: readonly ViewsAt[]): { from: ViewsAt; to: ViewsAt } | null {
  let steepest: { from: ViewsAt; to: ViewsAt } | null = null;
  for (const [index, to] of history.entries()) {
    const from = history[index - 1];
    const gain = from ? to.views - from.views : 0;
    if (from && gain > (steepest ? steepest.to.views - steepest.from.views : 0)) steepest = { from, to };
  }
  return steepest;
}

interface Box {
  width: number;
  height: number;
}

/** Where each reading lies in a box: time to the right from the first one, views upwards from none. */
export function placeReadings(history: readonly ViewsAt[], box: Box): { x: number; y: number }[] {
  const most = Math.max(1, ...history.map(({ views }) => views));
  return history.map(({ at, views }) => ({
    x: placeInstant(at, history, box),
    y: Math.round((1 - views / most) * box.height * 10) / 10,
  }));
}

/** Where an instant lies from left to right; one outside the history lies at its edge. */
export function placeInstant(at: string, history: readonly ViewsAt[], box: Box): number {
  const first = Date.parse(history[0]?.at ?? at);
  const length = Math.max(1, Date.parse(history.at(-1)?.at ?? at) - first);
  const part = Math.min(1, Math.max(0, (Date.parse(at) - first) / length));
  return Math.round(part * box.width * 10) / 10;
}
