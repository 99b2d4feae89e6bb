import { reports } from "#drizzle/schema";
import { DomainError } from "~/features/domain-error";
import { findApprovedEntry } from "~/features/submissions/find-approved-entry.server";
import { now } from "~/infra/clock.server";
import { dailyHash } from "~/infra/daily-hash.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { limitSenders } from "~/infra/inbound-limit.server";
import { networkOf } from "~/infra/network-of";
import { plainText } from "~/infra/plain-text";
import { MAX_REPORT_WORDS, type ReportForm } from "./report";

/** Somebody who has looked at a whole gallery may report a few at once; nobody has something to report all day. */
const senders = limitSenders({ perMinute: 0.5, burst: 5 });

/**
 * Takes a visitor's report on an entry that everybody sees; `sender` is their address, which is not kept. The same visitor
 * on the same entry and day is one report: the first. False when there is no such entry. Throws RATE_LIMITED.
 */
export async function reportEntry(submissionId: string, form: ReportForm, sender: string): Promise<boolean> {
  const at = now();
  const network = networkOf(sender);
  const waitSeconds = senders.waitSeconds(network);
  if (waitSeconds > 0) throw new DomainError("RATE_LIMITED", { waitSeconds });
  if (!(await findApprovedEntry(submissionId, at))) return false;
  senders.count(network);
  await db
    .insert(reports)
    .values({
      id: newId(),
      submissionId,
      reasonCode: form.reason,
      words: plainText(form.words, MAX_REPORT_WORDS) || null,
      reporterHash: dailyHash("report", network, at),
      reportedAt: at,
    })
    .onConflictDoNothing({ target: [reports.submissionId, reports.reporterHash] });
  return true;
}
