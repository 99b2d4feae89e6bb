import { eq } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { DomainError } from "~/features/domain-error";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { EmbedForm } from "./embedding";

/** Says which sites may show a challenge's gallery in a frame, in place of those before. Throws CONFLICT when it is gone. */
export async function allowEmbedding({ slug, origins }: EmbedForm, admin: Viewer, requestId: string): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const [before] = await tx
      .select({ id: challenges.id, origins: challenges.embedOrigins })
      .from(challenges)
      .where(eq(challenges.slug, slug))
      .for("update");
    if (!before) throw new DomainError("CONFLICT");
    await tx.update(challenges).set({ embedOrigins: origins }).where(eq(challenges.id, before.id));
    const actor = { kind: "user", id: admin.userId } as const;
    const change = { before: { origins: before.origins }, after: { origins } };
    const target = { kind: "challenge", id: before.id };
    await audit(tx, { at, actor, action: "challenge.embedding", target, ...change, requestId });
  });
}
