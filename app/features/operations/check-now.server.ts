import { DomainError } from "~/features/domain-error";
import { type Limit, reserveCall } from "~/infra/outbound-limit.server";
import type { Finding } from "./finding";
import { runDoctor } from "./run-doctor.server";

/** For all admins and processes together: each check asks TikTok and the mail server, and they count. */
const presses: Limit = { key: "doctor", perMinute: 6, burst: 3 };
const WAIT_SECONDS = 10;

/** The doctor's findings for whoever presses, by now. Throws RATE_LIMITED when it was pressed too often. */
export async function checkNow(): Promise<Finding[]> {
  const isTaken = (await reserveCall(presses, 0)) !== null;
  if (!isTaken) throw new DomainError("RATE_LIMITED", { waitSeconds: WAIT_SECONDS });
  return runDoctor();
}
