import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { now } from "~/infra/clock.server";
import { log } from "~/infra/log.server";
import type { BulkReport } from "./decision";
import { findReviewEntries } from "./list-review-entries.server";

/**
 * Does one thing to each entry in turn. Returns how many it was done to, and for each of the others why not and how it
 * stands now; a failure of ours is logged and counts as one of these.
 */
export async function reportEach<Entry extends { submissionId: string }>(
  entries: readonly Entry[],
  viewer: Viewer,
  act: (entry: Entry) => Promise<void>,
): Promise<Pick<BulkReport, "done" | "skipped">> {
  const refused: { submissionId: string; why: Pick<BulkReport["skipped"][number], "code" | "words"> }[] = [];
  for (const entry of entries) {
    try {
      await act(entry);
    } catch (error) {
      refused.push({ submissionId: entry.submissionId, why: reasonOf(error) });
    }
  }
  const standing = await findReviewEntries(
    refused.map(({ submissionId }) => submissionId),
    { at: now(), viewer },
  );
  return {
    done: entries.length - refused.length,
    skipped: refused.map(({ submissionId, why }) => ({
      submissionId,
      entry: standing.get(submissionId) ?? null,
      ...why,
    })),
  };
}

function reasonOf(error: unknown): Pick<BulkReport["skipped"][number], "code" | "words"> {
  if (error instanceof DomainError) return { code: error.code, words: error.words };
  log.error({ err: error }, "one of several entries could not be decided");
  return { code: "FAILED", words: "Something failed on our side. Try this one again." };
}
