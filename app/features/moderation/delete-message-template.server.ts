import { eq } from "drizzle-orm";
import { messageTemplates } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/** Deletes a message template; twice is once. Messages that were sent with it stay as they are. */
export async function deleteMessageTemplate(id: string, moderator: Viewer, requestId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(messageTemplates)
      .where(eq(messageTemplates.id, id))
      .returning({ name: messageTemplates.name, verdict: messageTemplates.verdict });
    if (!gone) return;
    await audit(tx, {
      at: now(),
      actor: { kind: "user", id: moderator.userId },
      action: "template.deleted",
      target: { kind: "template", id },
      before: gone,
      requestId,
    });
  });
}
