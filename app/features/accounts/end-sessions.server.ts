import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { closeSessionsOf, findSession } from "~/infra/session.server";
import type { Viewer } from "./account";

/**
 * Ends sessions of the viewer at once: the one with this id, or every one but this browser's own. What has ended already,
 * or is somebody else's, is left as it is.
 */
export async function endSessions(
  request: Request,
  { userId }: Viewer,
  which: { only: string } | "others",
  requestId: string,
): Promise<void> {
  const here = await findSession(request);
  if (!here) return;
  await db.transaction(async (tx) => {
    const ended = await closeSessionsOf(tx, userId, which === "others" ? { except: here.id } : which);
    if (ended === 0) return;
    const actor = { kind: "user", id: userId } as const;
    const target = { kind: "user", id: userId };
    await audit(tx, { at: now(), actor, action: "sessions.ended", target, after: { ended }, requestId });
  });
}
