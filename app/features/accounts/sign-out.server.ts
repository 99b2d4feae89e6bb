import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { closeSession, findSession } from "~/infra/session.server";

/** Ends this browser's session at once. Returns the Set-Cookie value that clears its cookie. */
export async function signOut(request: Request): Promise<string> {
  const userId = (await findSession(request))?.userId;
  const cookie = await closeSession(request);
  if (userId) {
    const actor = { kind: "user", id: userId } as const;
    await audit(db, { at: now(), actor, action: "sign_out", target: { kind: "user", id: userId } });
  }
  return cookie;
}
