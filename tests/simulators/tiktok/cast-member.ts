import type { SimVideo } from "./sim-video";

/** Somebody with an account on the simulated TikTok. */
export interface CastMember {
  openId: string;
  displayName: string;
  username: string;
  bio?: string;
  verified?: boolean;
  /** The heading they stand under on the consent page. */
  kind: "creator" | "staff" | "sized" | "hostile" | "added";
  /** Public videos, known without making them. */
  videoCount: number;
  /** Times are relative to the simulator's start. Called at most once, on first use. */
  makeVideos(startedAtMs: number): SimVideo[];
}
