import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { approveOverdue } from "./approve-overdue.server";
import { disqualifyUnavailable } from "./disqualify-unavailable.server";
import { holdAnomalies } from "./hold-anomalies.server";
import { rejectUnchanged } from "./reject-unchanged.server";

/** What the system does by itself. Every minute, once however many processes there are. */
export const deadlineQueue: JobQueue<object> = {
  name: "keep-deadlines",
  schedule: "* * * * *",
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 300,
  onePerKey: true,
  handle: ({ signal }) => keepDeadlines(signal),
  onDead: async () => log.error("deadlines of entries could not be kept; the next minute tries again"),
  revive: () => Promise.resolve(),
};

/**
 * Holds entries whose numbers jumped, for a person to look at. Decides what nobody has to: rejects entries whose requested
 * change was not made in time, and disqualifies those whose video did not come back in time; approves, where that is asked
 * for, what waits past its review deadline and passes every rule. Each is done once, however often and by however many
 * this is done.
 */
export async function keepDeadlines(stop?: AbortSignal): Promise<void> {
  await holdAnomalies(stop);
  await rejectUnchanged(stop);
  await disqualifyUnavailable(stop);
  await approveOverdue(stop);
}
