import { eq } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";

/** Forgets the viewer's own e-mail address, with every letter to it, sent or not. */
export async function removeAddress({ userId }: Viewer): Promise<void> {
  await db.delete(mailAddresses).where(eq(mailAddresses.userId, userId));
}
