import { linkQueue } from "~/features/accounts/refresh-links.server";
import { revocationQueue } from "~/features/accounts/revoke-grants.server";
import { deadlineQueue } from "~/features/moderation/keep-deadlines.server";
import { letterQueue } from "~/features/notifications/send-letters.server";
import { tellQueue } from "~/features/notifications/tell-creators.server";
import { embedQueue } from "~/features/videos/resanitize-embeds.server";
import { syncQueue } from "~/features/videos/sync-videos.server";
import { webhookQueue } from "./handle-webhook.server";
import { planQueue } from "./plan-refresh.server";
import { refreshQueue } from "./refresh-account.server";
import { removalQueue } from "./remove-expired.server";

/** Every queue of the product; the features own them, infra runs them. */
export const queues = [
  syncQueue,
  refreshQueue,
  planQueue,
  linkQueue,
  revocationQueue,
  webhookQueue,
  deadlineQueue,
  tellQueue,
  letterQueue,
  removalQueue,
  embedQueue,
];
