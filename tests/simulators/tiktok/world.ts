import { randomBytes } from "node:crypto";
import type { CaughtLetter } from "../smtp/catcher";
import type { CastMember } from "./cast-member";
import { numberedVideos } from "./cast-sized";
import type { Settings } from "./control-protocol";
import { FaultBook } from "./fault-book";
import { Ledger } from "./ledger";
import { RateWindow } from "./rate-window";
import type { SimVideo } from "./sim-video";
import { TokenStore } from "./token-store";
import { VideoLibrary } from "./video-library";

/** The one app that is registered with the simulated TikTok. */
export interface RegisteredApp {
  clientKey: string;
  clientSecret: string;
  redirectUris: readonly string[];
  /** What it sent by e-mail; no part of TikTok, but of the panel. */
  letters: () => readonly CaughtLetter[];
}

export interface Member {
  openId: string;
  displayName: string;
  username: string;
  bio: string;
  verified: boolean;
  kind: CastMember["kind"];
  /** Public posts at the start. */
  videoCount: number;
  library: VideoLibrary;
  /** Cheap: an untouched library is not made for it. */
  publicVideos(): number;
}

export interface World {
  readonly app: RegisteredApp;
  startedAtMs: number;
  /** Signs cover links; new at each start, so links of an earlier simulator are dead. */
  readonly coverKey: Buffer;
  /** Set once the port is known. */
  origin: string;
  settings: Settings;
  members: Map<string, Member>;
  tokens: TokenStore;
  faults: FaultBook;
  ledger: Ledger;
  rate: RateWindow;
  /** TikTok's clock, ms. */
  now(): number;
  /** Back to the start: cast, settings, faults, ledger, tokens. With `startMs` TikTok's clock stands there first. */
  reset(startMs?: number): void;
  /** Remembers the world as it is under `name`, and its clock. */
  keep(name: string): void;
  /** Brings a kept world back, any number of times; false when there is none of that name. */
  bringBack(name: string): boolean;
  addMember(account: { openId: string; displayName: string; username: string; videoCount: number }): Member;
  /** Whose video it is, and the video, whatever its privacy. */
  findVideo(id: string): { member: Member; video: SimVideo } | undefined;
}

/** What a test changes. */
type Changing = Pick<World, "startedAtMs" | "settings" | "members" | "tokens" | "faults" | "ledger">;

export function createWorld(app: RegisteredApp, cast: readonly CastMember[], settings: Settings): World {
  const kept = new Map<string, Changing & { nowMs: number }>();
  const fresh = (startedAtMs: number, clockOffsetMs: number): Changing & Pick<World, "rate"> => ({
    startedAtMs,
    settings: { ...settings, clockOffsetMs },
    members: new Map(cast.map((member) => [member.openId, memberOf(member, startedAtMs)])),
    tokens: new TokenStore(),
    faults: new FaultBook(),
    ledger: new Ledger(),
    rate: new RateWindow(),
  });
  const firstStartMs = Date.now();
  const world: World = {
    app,
    coverKey: randomBytes(32),
    origin: "",
    ...fresh(firstStartMs, settings.clockOffsetMs),
    now: () => Date.now() + world.settings.clockOffsetMs,
    reset(startMs) {
      const offsetMs = startMs === undefined ? settings.clockOffsetMs : startMs - Date.now();
      Object.assign(world, fresh(startMs ?? firstStartMs, offsetMs));
    },
    keep(name) {
      kept.set(name, { ...copyOf(world), nowMs: world.now() });
    },
    bringBack(name) {
      const { nowMs, ...then } = kept.get(name) ?? { nowMs: 0 };
      if (!("tokens" in then)) return false;
      Object.assign(world, copyOf(then), { rate: new RateWindow() });
      world.settings.clockOffsetMs = nowMs - Date.now();
      return true;
    },
    addMember({ videoCount, ...account }) {
      const nowMs = world.now();
      const makeVideos = () => numberedVideos(account.openId, videoCount, nowMs);
      const member = memberOf({ ...account, kind: "added", videoCount, makeVideos }, nowMs);
      world.members.set(account.openId, member);
      return member;
    },
    findVideo(id) {
      for (const member of world.members.values()) {
        const video = member.library.find(id);
        if (video) return { member, video };
      }
      return undefined;
    },
  };
  return world;
}

function copyOf({ startedAtMs, settings, members, tokens, faults, ledger }: Changing): Changing {
  return {
    startedAtMs,
    settings: structuredClone(settings),
    members: new Map([...members].map(([openId, member]) => [openId, withLibrary(member, member.library.copy())])),
    tokens: tokens.copy(),
    faults: faults.copy(),
    ledger: ledger.copy(),
  };
}

function memberOf(cast: CastMember, startedAtMs: number): Member {
  const { openId, displayName, username, bio = "", verified = false, kind, videoCount } = cast;
  const library = new VideoLibrary(openId, () => cast.makeVideos(startedAtMs));
  return withLibrary({ openId, displayName, username, bio, verified, kind, videoCount }, library);
}

function withLibrary(member: Omit<Member, "library" | "publicVideos">, library: VideoLibrary): Member {
  return { ...member, library, publicVideos: () => library.publicCount() ?? member.videoCount };
}
