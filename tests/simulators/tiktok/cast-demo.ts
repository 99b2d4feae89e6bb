import type { CastMember } from "./cast-member";
import type { Clip, DemoScript } from "./demo-script";
import { africanAndAsianScripts } from "./demo-scripts-africa-asia";
import { americanAndPacificScripts } from "./demo-scripts-americas-pacific";
import { europeanScripts } from "./demo-scripts-europe";
import { between, fraction } from "./seeded-random";
import { makeVideo, type SimVideo, type VideoDraft } from "./sim-video";

const DAY_MS = 86_400_000;

/** Ten invented people; every one has posts that fit the demo's challenges and posts that miss each rule. */
export function demoCreators(): CastMember[] {
  return [...europeanScripts, ...africanAndAsianScripts, ...americanAndPacificScripts].map((script) => ({
    openId: script.openId,
    displayName: script.displayName,
    username: script.username,
    bio: script.bio,
    kind: "creator",
    videoCount: script.size,
    makeVideos: (startedAtMs) => postsOf(script, startedAtMs),
  }));
}

interface Span {
  /** Days before the simulator's start. */
  newest: number;
  oldest: number;
  /** Seconds, both ends included. */
  shortest: number;
  longest: number;
}

/** Inside the windows of the demo's challenges with half a day to spare, so that a demo can run for hours. */
const spans = {
  home: { newest: 0.1, oldest: 12.5, shortest: 22, longest: 58 },
  pan: { newest: 11, oldest: 34, shortest: 18, longest: 58 },
  animals: { newest: 31, oldest: 59, shortest: 11, longest: 55 },
  smallHours: { newest: 1, oldest: 9, shortest: 15, longest: 50 },
  tooLong: { newest: 1, oldest: 12, shortest: 95, longest: 220 },
  photo: { newest: 2, oldest: 12, shortest: 0, longest: 0 },
  tooOld: { newest: 24, oldest: 50, shortest: 24, longest: 56 },
  tooShort: { newest: 1, oldest: 12, shortest: 8, longest: 9 },
  everyday: { newest: 0.5, oldest: 58, shortest: 9, longest: 140 },
} as const satisfies Record<string, Span>;

function postsOf(script: DemoScript, startedAtMs: number): SimVideo[] {
  const { home, pan, animals, smallHours, misses, everyday, series, size, openId } = script;
  const drafts: VideoDraft[] = [];
  const place = (clips: readonly Clip[], kind: keyof typeof spans) => {
    for (const [i, [cover, caption]] of clips.entries()) {
      const seed = `${openId}:${kind}:${i}`;
      const span: Span = spans[kind];
      // Each clip has its own part of the span: no two of a kind on the same afternoon.
      const part = (i + 0.1 + 0.8 * fraction(`${seed}:when`)) / clips.length;
      drafts.push({
        createMs: Math.round(startedAtMs - DAY_MS * (span.newest + part * (span.oldest - span.newest))),
        caption,
        cover,
        durationSeconds: between(`${seed}:length`, span.shortest, span.longest),
      });
    }
  };
  place(home, "home");
  place(pan, "pan");
  place(animals, "animals");
  place(smallHours, "smallHours");
  for (const kind of ["tooLong", "photo", "tooOld", "tooShort"] as const) place([misses[kind]], kind);
  place(everyday, "everyday");
  const rest = size - drafts.length;
  for (let i = 0; i < rest; i += 1) {
    const daysAgo = 0.7 + ((i + 0.8 * fraction(`${openId}:series:${i}`)) / rest) * 58.5;
    const caption = series.text.replace("{n}", String(series.from + rest - i));
    drafts.push({ createMs: Math.round(startedAtMs - DAY_MS * daysAgo), caption, cover: series.cover });
  }
  return drafts.map((draft, i) => makeVideo(`${openId}:${i}`, draft));
}
