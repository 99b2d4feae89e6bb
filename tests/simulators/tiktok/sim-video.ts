import { between, fraction, hash32 } from "./seeded-random";

export const COVER_COUNT = 29;

export type CountName = "view_count" | "like_count" | "comment_count" | "share_count";

/** One post on the simulated TikTok. */
export interface SimVideo {
  /** TikTok: 19 digits, a string everywhere; `id >> 32` is the Unix second of the post. */
  readonly id: string;
  /** Unique within its creator: the list's cursor is in ms, and a ms shared over a page boundary would lose a post. */
  readonly createMs: number;
  caption: string;
  /** Seconds; 0 is a photo post (TikTok). */
  durationSeconds: number;
  /** Which of the drawings 00..28. */
  cover: number;
  /** Views in the long run; shown counts grow towards and past it with age. */
  reach: number;
  isAigc: boolean;
  privacy: "public" | "private";
  deleted: boolean;
  /** Counts nailed to a value; the others grow with time. */
  fixedCounts: Partial<Record<CountName, number | null>>;
  /** Fields answered with exactly this JSON value, however senseless. */
  verbatim: Record<string, unknown>;
  /** Fields left out of every answer. */
  omit: string[];
}

/** What a maker of videos says; the rest follows from the seed. */
export interface VideoDraft {
  createMs: number;
  caption: string;
  durationSeconds?: number;
  cover?: number;
  reach?: number;
  isAigc?: boolean;
  privacy?: "public" | "private";
  deleted?: boolean;
  fixedCounts?: SimVideo["fixedCounts"];
  verbatim?: Record<string, unknown>;
  omit?: string[];
}

/** `seed` names the video for ever (creator and position): it fills the low half of the id. */
export function makeVideo(seed: string, draft: VideoDraft): SimVideo {
  return {
    id: idFor(draft.createMs, seed),
    createMs: draft.createMs,
    caption: draft.caption,
    durationSeconds: draft.durationSeconds ?? between(`${seed}:length`, 8, 75),
    cover: draft.cover ?? hash32(`${seed}:cover`) % COVER_COUNT,
    // Most posts are seen by hundreds, a few by tens of thousands.
    reach: draft.reach ?? Math.round(180 * 10 ** (2.6 * fraction(`${seed}:reach`) ** 2)),
    isAigc: draft.isAigc ?? false,
    privacy: draft.privacy ?? "public",
    deleted: draft.deleted ?? false,
    fixedCounts: draft.fixedCounts ?? {},
    verbatim: draft.verbatim ?? {},
    omit: draft.omit ?? [],
  };
}

function idFor(createMs: number, seed: string): string {
  const second = BigInt(Math.max(0, Math.floor(createMs / 1000)));
  return ((second << 32n) | BigInt(hash32(`${seed}:id`))).toString();
}

/** Listed and looked up: TikTok shows neither private nor deleted posts through the Display API. */
export function isPublic(video: SimVideo): boolean {
  return video.privacy === "public" && !video.deleted;
}

/** The counts at `nowMs`: most of the reach within two days, then a slow trickle; never falling by themselves. */
export function countsAt(video: SimVideo, nowMs: number): Record<CountName, number | null> {
  const hours = Math.max(0, nowMs - video.createMs) / 3_600_000;
  const views = Math.floor(video.reach * (1 - Math.exp(-hours / 30)) + video.reach * 0.0006 * hours);
  const share = (name: string, least: number, most: number) =>
    Math.floor(views * (least + (most - least) * fraction(`${video.id}:${name}`)));
  return {
    view_count: views,
    like_count: share("likes", 0.03, 0.16),
    comment_count: share("comments", 0.002, 0.014),
    share_count: share("shares", 0.001, 0.011),
    ...video.fixedCounts,
  };
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The code of the video's short links (`/t/CODE/`): its id in base 62, so that no index is needed. */
export function shortCodeOf(id: string): string {
  let rest = BigInt(id);
  let code = "";
  do {
    code = ALPHABET.charAt(Number(rest % 62n)) + code;
    rest /= 62n;
  } while (rest > 0n);
  return `ZT${code}`;
}

export function idOfShortCode(code: string): string | undefined {
  if (!/^ZT[0-9A-Za-z]{1,13}$/.test(code)) return undefined;
  let id = 0n;
  for (const character of code.slice(2)) id = id * 62n + BigInt(ALPHABET.indexOf(character));
  return id.toString();
}
