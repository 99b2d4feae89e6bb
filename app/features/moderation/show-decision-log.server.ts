import { asc, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { challenges, decisions, tiktokAccounts } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { LogFilter, LoggedDecision } from "./decision-log";
import { listDecisionLog } from "./list-decision-log.server";

export interface ShownLog {
  decisions: LoggedDecision[];
  nextBefore: string | null;
  /** What can be chosen from: everybody who ever decided and still has an account. */
  moderators: { userId: string; name: string }[];
  challenges: { slug: string; title: string }[];
}

const PAGE = 50;
/** A longer list is no help in choosing. */
const MAX_CHALLENGES = 200;

/** A page of the log with what it can be filtered by. `before`: the decision that ended the page before. */
export async function showDecisionLog(
  filter: LogFilter,
  { before, viewer }: { before: string | null; viewer: Viewer },
): Promise<ShownLog> {
  const deciders = db.select({ id: decisions.actorId }).from(decisions).where(eq(decisions.actorKind, "moderator"));
  const [rows, moderators, known] = await Promise.all([
    listDecisionLog(filter, { before, limit: PAGE + 1, viewer }),
    db
      .select({ userId: tiktokAccounts.userId, name: tiktokAccounts.displayName })
      .from(tiktokAccounts)
      .where(inArray(tiktokAccounts.userId, deciders))
      .orderBy(asc(tiktokAccounts.displayName)),
    db
      .select({ slug: challenges.slug, title: challenges.title })
      .from(challenges)
      // A draft has no decisions, and its name is not a moderator's to know.
      .where(isNotNull(challenges.publishedAt))
      .orderBy(desc(challenges.closesAt))
      .limit(MAX_CHALLENGES),
  ]);
  const page = rows.slice(0, PAGE);
  const nextBefore = rows.length > PAGE ? (page.at(-1)?.id ?? null) : null;
  return { decisions: page, nextBefore, moderators, challenges: known };
}
