import type { Viewer } from "~/features/accounts/account";
import { csvLine } from "~/infra/csv";
import { inPages } from "~/infra/in-pages";
import { streamText } from "~/infra/stream-text.server";
import { type LogFilter, logCells, logColumns } from "./decision-log";
import { listDecisionLog } from "./list-decision-log.server";

/** So many decisions are in memory at a time, however long the log is. */
const BATCH = 1_000;

/** The log as CSV (RFC 4180, with a header), newest first, read while it is sent. */
export function streamDecisionLog(filter: LogFilter, viewer: Viewer): ReadableStream<Uint8Array> {
  return streamText(lines(filter, viewer));
}

async function* lines(filter: LogFilter, viewer: Viewer): AsyncGenerator<string> {
  yield csvLine(logColumns);
  const read = (before: string | null) => listDecisionLog(filter, { before, limit: BATCH, viewer });
  for await (const batch of inPages(BATCH, read, (last) => last.id)) {
    yield batch.map((decision) => csvLine(logCells(decision))).join("");
  }
}
