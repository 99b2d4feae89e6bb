import { planQueue } from "~/features/operations/plan-refresh.server";
import { refreshQueue } from "~/features/operations/refresh-account.server";
import { syncQueue } from "~/features/videos/sync-videos.server";

/** Every queue of the product; the features own them, infra runs them. */
export const queues = [syncQueue, refreshQueue, planQueue];
