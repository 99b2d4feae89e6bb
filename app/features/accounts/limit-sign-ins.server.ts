import { limitSenders } from "~/infra/inbound-limit.server";

/** Each start leaves a row for ten minutes. People behind one address stay far below. */
const starts = limitSenders({ perMinute: 120, burst: 120 });

/** Counts a sign-in that begins from `sender`, an address. Returns the seconds it has to wait instead; 0 when it may go on. */
export function limitSignIns(sender: string): number {
  const waitSeconds = starts.waitSeconds(sender);
  if (waitSeconds === 0) starts.count(sender);
  return waitSeconds;
}
