import { once } from "node:events";
import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { shareMetrics } from "~/features/operations/share-metrics.server";
import { listVideoPage } from "~/infra/tiktok/display-api.server";

/** A process of its own for metrics.test.ts: `share-metrics <account id>` calls TikTok once and tells of it as a worker does. */
const [accountId] = process.argv.slice(2);
if (!accountId) throw new Error("usage: share-metrics <account id>");
await withTikTokToken(accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" }));
shareMetrics();
process.stdout.write("shared\n");
process.stdin.resume();
await once(process.stdin, "end");
process.exit(0);
