/** A drawing (00..28) and the words under it. */
export type Clip = readonly [cover: number, caption: string];

/** What one invented creator has posted, by what the demo's challenges make of it. */
export interface DemoScript {
  openId: string;
  displayName: string;
  username: string;
  bio: string;
  /** How many posts in all; the series fills up what the clips leave. */
  size: number;
  /** #aminuteofhome: the last days, 20 to 60 seconds. */
  home: readonly Clip[];
  /** #onepanwonders: 10 to 35 days ago, a minute at most. */
  pan: readonly Clip[];
  /** #goodanimals: 30 to 60 days ago. */
  animals: readonly Clip[];
  smallHours: readonly Clip[];
  /** Each fails #aminuteofhome in its own way. */
  misses: { tooLong: Clip; photo: Clip; tooOld: Clip; tooShort: Clip };
  /** Without any challenge's hashtag. */
  everyday: readonly Clip[];
  /** A caption per day, `{n}` counting up. */
  series: { cover: number; text: string; from: number };
}
