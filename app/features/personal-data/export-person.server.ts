import type { Viewer } from "~/features/accounts/account";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { limitSenders } from "~/infra/inbound-limit.server";
import { streamText } from "~/infra/stream-text.server";
import { listOwnEntries } from "./list-own-entries.server";
import { listOwnHistory } from "./list-own-history.server";
import { listOwnSyncRuns } from "./list-own-sync-runs.server";
import { listOwnVerdicts } from "./list-own-verdicts.server";
import { listOwnVideos } from "./list-own-videos.server";
import { readOwnAccount } from "./read-own-account.server";

/** Raised when a part changes its meaning or goes; a new part does not raise it. */
const VERSION = 1;

/** An export reads every row of a person: three at once, then one each ten minutes. */
const exportsOf = limitSenders({ perMinute: 0.1, burst: 3 });

export type PersonExport =
  | { outcome: "exported"; fileName: string; body: ReadableStream<Uint8Array> }
  | { outcome: "rate_limited"; waitSeconds: number };

/**
 * Everything TrendPot holds on the viewer, as one JSON document that is read from the database while it is sent: memory
 * stays flat however many videos there are. Its parts, times in ISO 8601 UTC:
 *
 * - `format` "trendpot-export", `version`, `exportedAt`
 * - `profile` (role and what TikTok gave), `link` (health, scopes, dates, when tokens run out), `sessions`, `signInLinks`,
 *   `eventsFromTikTok`, `rulesAccepted`, `challengesMade`, `notifications`, `deskSettings`, `email` (address, choice,
 *   `letters`)
 * - `videos`, each with `numbers` over time, and `syncRuns`
 * - `entries`, each with its `eligibility`, `numbersAtEntry`, `frozenStanding`, `appeal`, `holds`, and the `decisions` on it
 *   that are in effect
 * - `verdicts`: what they decided as a moderator; `history`: the audit log's lines about them
 *
 * Never in it: a token, sealed or not, a hash, another person's name or id, a moderator's note. Leaves a line in the audit
 * log, which is in it too.
 */
export async function exportPerson(viewer: Viewer, requestId: string): Promise<PersonExport> {
  const waitSeconds = exportsOf.waitSeconds(viewer.userId);
  if (waitSeconds > 0) return { outcome: "rate_limited", waitSeconds };
  exportsOf.count(viewer.userId);
  const at = now();
  const actor = { kind: "user", id: viewer.userId } as const;
  const target = { kind: "user", id: viewer.userId };
  await audit(db, { at, actor, action: "person.exported", target, requestId });
  const parts = {
    format: "trendpot-export",
    version: VERSION,
    exportedAt: at,
    ...(await readOwnAccount(viewer)),
    videos: listOwnVideos(viewer.accountId),
    syncRuns: listOwnSyncRuns(viewer.accountId),
    entries: listOwnEntries(viewer.userId, at),
    verdicts: listOwnVerdicts(viewer.userId),
    history: listOwnHistory(viewer),
  };
  const fileName = `trendpot-export-${at.toISOString().slice(0, 10)}.json`;
  return { outcome: "exported", fileName, body: streamText(writeJson(parts)) };
}

/** One JSON object; a part that is read row by row becomes an array with a line for each. */
async function* writeJson(parts: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
  let separator = "{";
  for (const [name, part] of Object.entries(parts)) {
    yield `${separator}\n${JSON.stringify(name)}: `;
    separator = ",";
    if (isRows(part)) yield* writeRows(part);
    else yield JSON.stringify(part, null, 2);
  }
  yield "\n}\n";
}

async function* writeRows(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = "[";
  for await (const row of rows) {
    yield `${separator}\n${JSON.stringify(row)}`;
    separator = ",";
  }
  yield separator === "[" ? "[]" : "\n]";
}

const isRows = (part: unknown): part is AsyncIterable<unknown> =>
  typeof part === "object" && part !== null && Symbol.asyncIterator in part;
