import { eq } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/** Forgets the viewer's own e-mail address, with every letter to it, sent or not. */
export async function removeAddress({ userId }: Viewer): Promise<void> {
  await db.transaction(async (tx) => {
    const removed = await tx
      .delete(mailAddresses)
      .where(eq(mailAddresses.userId, userId))
      .returning({ id: mailAddresses.id });
    if (removed.length === 0) return;
    const actor = { kind: "user", id: userId } as const;
    const target = { kind: "user", id: userId };
    await audit(tx, { at: now(), actor, action: "mail_address.removed", target });
  });
}
