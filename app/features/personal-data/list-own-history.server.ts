import type { Viewer } from "~/features/accounts/account";
import { inPages } from "~/infra/in-pages";
import { listAuditLines } from "~/infra/list-audit-lines.server";

const PAGE = 500;

/**
 * What the audit log says about the viewer, newest first: what they did, and what was done to them or their link. Others
 * are named by their part alone. Of what was done to something else only that it was.
 */
export async function* listOwnHistory({ userId, accountId }: Viewer) {
  const own = [userId, accountId];
  const by = { actorIds: [userId], orTargetIds: own };
  const read = (before: string | null) => listAuditLines({ by }, { before, limit: PAGE });
  for await (const page of inPages(PAGE, read, ({ id }) => id)) {
    for (const line of page) {
      const { id, at, action, targetKind, targetId, before, after, reason, requestId } = line;
      const about = own.includes(targetId) ? { targetId, before, after, reason } : {};
      yield { id, at, by: partOf(line.actorKind, line.actorId === userId), action, targetKind, ...about, requestId };
    }
  }
}

function partOf(kind: "user" | "operator" | "system", isOwn: boolean): string {
  switch (kind) {
    case "user":
      return isOwn ? "you" : "somebody of the staff";
    case "operator":
      return "the operator";
    case "system":
      return "TrendPot";
  }
}
