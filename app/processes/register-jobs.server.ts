import { linkQueue } from "~/features/accounts/refresh-links.server";
import { revocationQueue } from "~/features/accounts/revoke-grants.server";
import { webhookQueue } from "~/features/operations/handle-webhook.server";
import { syncQueue } from "~/features/videos/sync-videos.server";

/** Every queue of the product; the features own them, infra runs them. */
export const queues = [syncQueue, linkQueue, revocationQueue, webhookQueue];
