import type { Viewer } from "~/features/accounts/account";
import { retryDeadJobs } from "~/infra/jobs.server";
import type { Retry } from "./jobs-standing";
import { queues } from "./queues.server";

/** One press takes no more than this; what is left stays on the page. */
const MOST = 500;

/**
 * Gives one dead job, or those of a queue, another life. Returns how many it was: 0 when somebody was first, or its creator
 * has still to be told that it died; null when there is no such queue.
 */
export async function retryJobs(retry: Retry, admin: Viewer, requestId: string): Promise<number | null> {
  const queue = queues.find(({ name }) => name === retry.queue);
  if (!queue) return null;
  const which = retry.intent === "retry_one" ? { id: retry.id } : { most: MOST };
  return retryDeadJobs(queue, which, { actor: { kind: "user", id: admin.userId }, requestId });
}
