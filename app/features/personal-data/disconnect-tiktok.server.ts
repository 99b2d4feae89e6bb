import type { Viewer } from "~/features/accounts/account";
import { endLink } from "~/features/accounts/end-link.server";
import { queueRevocation } from "~/features/accounts/queue-revocation.server";
import { endSyncs } from "~/features/videos/end-syncs.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";

/**
 * Ends the viewer's own link at once, whether or not TikTok answers: tokens taken out, syncs ended, all in one
 * transaction. TikTok is told by a job. Pressed twice, it is done once.
 */
export async function disconnectTikTok({ userId, accountId }: Viewer, requestId: string): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    const actor = { kind: "user", id: userId } as const;
    const ending = await endLink(tx, accountId, { health: "disconnected", at, actor, requestId });
    if (ending.outcome !== "ended") return;
    await endSyncs(tx, accountId, "link_disconnected", at);
    if (ending.pair) await queueRevocation(tx, accountId, ending.pair, at);
  });
}
