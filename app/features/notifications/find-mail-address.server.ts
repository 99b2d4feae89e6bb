import { eq } from "drizzle-orm";
import { mailAddresses } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import { sendsMail } from "~/infra/mail.server";
import type { MailAddress } from "./mail-address";

/** The viewer's own e-mail address and how it stands, and whether this installation sends e-mail at all. */
export async function findMailAddress({ userId }: Viewer): Promise<{ sendsMail: boolean; own: MailAddress | null }> {
  const [row] = await db.select().from(mailAddresses).where(eq(mailAddresses.userId, userId));
  return { sendsMail, own: row ? describe(row) : null };
}

function describe(row: typeof mailAddresses.$inferSelect): MailAddress {
  const { address, choice, confirmUntil, unreachableAt } = row;
  if (unreachableAt) return { address, choice, state: "unreachable", since: unreachableAt.toISOString() };
  if (confirmUntil) return { address, choice, state: "waiting", until: confirmUntil.toISOString() };
  return { address, choice, state: "confirmed" };
}
