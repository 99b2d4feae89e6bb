import { randomBytes } from "node:crypto";
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
}

export interface Member {
  openId: string;
  displayName: string;
  username: string;
  bio: string;
  verified: boolean;
  kind: CastMember["kind"];
  library: VideoLibrary;
  /** Cheap: an untouched library is not made for it. */
  publicVideos(): number;
}

export interface World {
  readonly app: RegisteredApp;
  readonly startedAtMs: number;
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
  /** Back to the start: cast, settings, faults, ledger, tokens. */
  reset(): void;
  addMember(account: { openId: string; displayName: string; username: string; videoCount: number }): Member;
  /** Whose video it is, and the video, whatever its privacy. */
  findVideo(id: string): { member: Member; video: SimVideo } | undefined;
}

export function createWorld(app: RegisteredApp, cast: readonly CastMember[], settings: Settings): World {
  const startedAtMs = Date.now();
  const fresh = () => ({
    settings: { ...settings },
    members: new Map(cast.map((member) => [member.openId, memberOf(member, startedAtMs)])),
    tokens: new TokenStore(),
    faults: new FaultBook(),
    ledger: new Ledger(),
    rate: new RateWindow(),
  });
  const world: World = {
    app,
    startedAtMs,
    coverKey: randomBytes(32),
    origin: "",
    ...fresh(),
    now: () => Date.now() + world.settings.clockOffsetMs,
    reset: () => void Object.assign(world, fresh()),
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

function memberOf(cast: CastMember, startedAtMs: number): Member {
  const library = new VideoLibrary(cast.openId, () => cast.makeVideos(startedAtMs));
  return {
    openId: cast.openId,
    displayName: cast.displayName,
    username: cast.username,
    bio: cast.bio ?? "",
    verified: cast.verified ?? false,
    kind: cast.kind,
    library,
    publicVideos: () => library.publicCount() ?? cast.videoCount,
  };
}
