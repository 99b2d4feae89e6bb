import { setTimeout as delay } from "node:timers/promises";
import { TikTokControl } from "#tests/simulators/tiktok/control";
import type { Role, Viewer } from "~/features/accounts/account";
import { findViewer } from "~/features/accounts/find-viewer.server";
import { setRole } from "~/features/accounts/set-role.server";
import { signInWithTikTok } from "~/features/accounts/sign-in-with-tiktok.server";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { requestSync } from "~/features/videos/request-sync.server";
import { isSyncActive, type SyncStatus } from "~/features/videos/video";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { openSession } from "~/infra/session.server";

/**
 * People in this process's database, brought in by the product's own verbs and the simulator that its environment
 * names. What they come with is what a sign-in would have left.
 */
const tiktok = new TikTokControl(env.TIKTOK_DISPLAY_API_BASE_URL);
const SYNC_MS = 120_000;
const POLL_MS = 50;

/** The open ids of the simulator's believable creators. */
export async function listCreators(): Promise<string[]> {
  const { cast } = await tiktok.state();
  return cast.filter(({ kind }) => kind === "creator").map(({ openId }) => openId);
}

export interface Person {
  viewer: Viewer;
  /** For a browser or a request: `name=value`, and the same as a cookie to set. */
  cookie: string;
}

/** Signs an account of the simulator in, with the whole bundle unless `scopes` says less; gives it a role. */
export async function signIn(openId: string, options: { scopes?: string[]; role?: Role } = {}): Promise<Person> {
  const granted = await tiktok.grant(openId, options.scopes ?? [...env.TIKTOK_DISPLAY_SCOPES]);
  const arrival = await signInWithTikTok({ ...granted, grantedScopes: granted.scopes }, null);
  if (arrival.outcome !== "signed_in") throw new Error(`${openId} could not sign in`);
  if (options.role) await setRole(openId, options.role);
  const request = new Request(env.APP_ORIGIN);
  const setCookie = await db.transaction((tx) => openSession(tx, request, arrival.userId));
  const cookie = setCookie.split(";")[0] ?? "";
  const viewer = await findViewer(new Request(env.APP_ORIGIN, { headers: { cookie } }));
  if (!viewer) throw new Error(`${openId} has no session`);
  return { viewer, cookie };
}

/** Syncs all videos of an account and waits for the end; a process with a worker must be running. */
export async function sync({ viewer }: Pick<Person, "viewer">): Promise<SyncStatus> {
  await requestSync(viewer.accountId);
  const deadline = Date.now() + SYNC_MS;
  for (;;) {
    const status = await findSyncStatus(viewer.accountId);
    if (!isSyncActive(status.state)) return status;
    if (Date.now() > deadline) throw new Error(`the sync of ${viewer.displayName} did not end`);
    await delay(POLL_MS);
  }
}
