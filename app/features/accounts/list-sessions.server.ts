import { now } from "~/infra/clock.server";
import { findSession, listSessionsOf } from "~/infra/session.server";
import type { Viewer } from "./account";

export interface ListedSession {
  id: string;
  /** The one of this request. */
  isHere: boolean;
  device: string;
  /** ISO times; `lastSeenAt` to within five minutes. */
  startedAt: string;
  lastSeenAt: string;
}

/** Where the viewer is signed in: here first, then what was seen last. */
export async function listSessions(request: Request, { userId }: Viewer): Promise<ListedSession[]> {
  const [here, all] = await Promise.all([findSession(request), listSessionsOf(userId, now())]);
  const listed = all.map(({ id, device, createdAt, lastSeenAt }) => ({
    id,
    isHere: id === here?.id,
    device: device ?? "Unknown device",
    startedAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
  return listed.sort((a, b) => Number(b.isHere) - Number(a.isHere));
}
