import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { limitSenders } from "~/infra/inbound-limit.server";

/** Anybody may fail to sign in as often as they like, and the audit log keeps its lines for long: these are enough to see it. */
const recorded = limitSenders({ perMinute: 2, burst: 30 });

/** Leaves a line of a sign-in that was refused, and why; `userId`: who was signed in there at that time, if anybody. */
export async function recordRefusedSignIn(
  way: "tiktok" | "one_time_link",
  problem: string,
  userId: string | null,
): Promise<void> {
  if (recorded.waitSeconds(way) > 0) return;
  recorded.count(way);
  const actor = userId === null ? ({ kind: "system" } as const) : ({ kind: "user", id: userId } as const);
  const target = { kind: "sign_in", id: "sign_in" };
  await audit(db, { at: now(), actor, action: "sign_in.refused", target, after: { way }, reason: problem });
}
