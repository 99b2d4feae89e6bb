import { and, eq, ne } from "drizzle-orm";
import { messageTemplates } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { newId } from "~/infra/ids.server";
import type { MessageTemplate } from "./message-template";

/**
 * Makes a message template (`id` null) or changes one. Messages that were sent with it stay as they are. Throws NAME_TAKEN,
 * or GONE when somebody has deleted it.
 */
export async function saveMessageTemplate(
  { id, ...template }: Omit<MessageTemplate, "id"> & { id: string | null },
  moderator: Viewer,
  requestId: string,
): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const others = id === null ? undefined : ne(messageTemplates.id, id);
    const taken = await tx.$count(messageTemplates, and(eq(messageTemplates.name, template.name), others));
    if (taken > 0) throw new DomainError("NAME_TAKEN");
    const changed = { ...template, changedBy: moderator.userId, changedAt: at };
    const [saved] =
      id === null
        ? await tx
            .insert(messageTemplates)
            .values({ id: newId(), ...changed })
            .returning({ id: messageTemplates.id })
        : await tx
            .update(messageTemplates)
            .set(changed)
            .where(eq(messageTemplates.id, id))
            .returning({ id: messageTemplates.id });
    if (!saved) throw new DomainError("GONE");
    await audit(tx, {
      at,
      actor: { kind: "user", id: moderator.userId },
      action: id === null ? "template.made" : "template.changed",
      target: { kind: "template", id: saved.id },
      after: { name: template.name, verdict: template.verdict },
      requestId,
    });
  });
}
