import { once } from "node:events";
import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { closeDatabase } from "~/infra/db.server";
import { listVideoPage } from "~/infra/tiktok/display-api.server";

/**
 * A process of its own for tokens.test.ts: `use-token <account id> <calls>` says `ready`, makes that many calls to
 * TikTok at once when it hears a line, says how each went, and ends.
 */
const [accountId, calls] = process.argv.slice(2);
if (!accountId || !calls) throw new Error("usage: use-token <account id> <calls>");
process.stdout.write("ready\n");
await once(process.stdin, "data");
const outcomes = await Promise.allSettled(
  Array.from({ length: Number(calls) }, () =>
    withTikTokToken(accountId, (token) => listVideoPage(token, { cursor: null, patience: "person" })),
  ),
);
process.stdout.write(`${JSON.stringify(outcomes.map(({ status }) => status))}\n`);
process.stdin.destroy();
await closeDatabase();
