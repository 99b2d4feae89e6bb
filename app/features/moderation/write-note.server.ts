import { eq } from "drizzle-orm";
import { entryNotes, submissions } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import { plainText } from "~/infra/plain-text";

/**
 * Adds a note about an entry, for moderators alone; nobody changes it later. The history has who and when, not the words,
 * which may name somebody. Throws OWN_ENTRY, or CONFLICT when there is no such entry or its creator has deleted their data.
 */
export async function writeNote(
  { submissionId, words }: { submissionId: string; words: string },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    // With a lock: whoever erases a person waits, or has been here before.
    const [entry] = await tx
      .select({ creatorId: submissions.creatorId, videoId: submissions.videoId })
      .from(submissions)
      .where(eq(submissions.id, submissionId))
      .for("share");
    if (!entry?.videoId) throw new DomainError("CONFLICT");
    if (entry.creatorId === moderator.userId) throw new DomainError("OWN_ENTRY");
    const at = now();
    const id = newId();
    const text = plainText(words, 1_000).trim();
    if (text === "") throw new DomainError("REASON_REQUIRED");
    await tx.insert(entryNotes).values({ id, submissionId, authorId: moderator.userId, words: text, writtenAt: at });
    await audit(tx, {
      at,
      actor: { kind: "user", id: moderator.userId },
      action: "submission.noted",
      target: { kind: "submission", id: submissionId },
      after: { note: id },
      requestId,
    });
  });
}
