import type { CastMember } from "./cast-member";
import { between } from "./seeded-random";
import { makeVideo, type SimVideo } from "./sim-video";

/** Accounts of a known size, around the page size of 20 and well beyond it. */
const sizes = [0, 1, 19, 20, 21, 60, 500, 5_000];

const FIRST_AGE_MS = 20 * 60_000;
const scenes = [
  "Morning walk",
  "Bread again",
  "Street corner",
  "Practice",
  "Rain on the roof",
  "Late bus",
  "Market day",
];

export function sizedCreators(): CastMember[] {
  return sizes.map((size) => ({
    openId: `sim-${size}`,
    displayName: size === 1 ? "One Video" : `${size} Videos`,
    username: `sim.${size}`,
    kind: "sized",
    videoCount: size,
    // Posts that the owner sees and TikTok's API does not: they must never come out.
    makeVideos: (startedAtMs) => [
      ...numberedVideos(`sim-${size}`, size, startedAtMs),
      ...(size === 21 ? privateVideos(startedAtMs) : []),
    ],
  }));
}

/** `count` public posts, a few hours apart, the newest twenty minutes before `nowMs`. */
export function numberedVideos(owner: string, count: number, nowMs: number): SimVideo[] {
  const videos: SimVideo[] = [];
  let createMs = nowMs - FIRST_AGE_MS;
  for (let number = count; number >= 1; number -= 1) {
    const seed = `${owner}:${number}`;
    const scene = scenes[number % scenes.length] ?? "Clip";
    const tag = number % 3 === 0 ? " #aminuteofhome" : "";
    videos.push(makeVideo(seed, { createMs, caption: `${scene}, number ${number}${tag}` }));
    createMs -= between(`${seed}:gap`, 30 * 60_000, 6 * 3_600_000);
  }
  return videos;
}

function privateVideos(startedAtMs: number): SimVideo[] {
  return [1, 2].map((number) =>
    makeVideo(`sim-21:private:${number}`, {
      createMs: startedAtMs - number * 3_600_000 - 7,
      caption: `For friends only, number ${number}`,
      privacy: "private",
    }),
  );
}
