import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { limitSenders } from "~/infra/inbound-limit.server";

/** A person looks a few videos up and enters some; each press may ask TikTok about one, at a limit that everybody shares. */
const presses = limitSenders({ perMinute: 20, burst: 40 });

/** Counts a press of the viewer's that asks for an entry or a look-up. Throws RATE_LIMITED, with the seconds to wait. */
export function limitSubmits({ userId }: Viewer): void {
  const waitSeconds = presses.waitSeconds(userId);
  if (waitSeconds > 0) throw new DomainError("RATE_LIMITED", { waitSeconds });
  presses.count(userId);
}
