import { and, desc, isNotNull, isNull } from "drizzle-orm";
import { challenges } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { type Phase, phaseOf } from "./challenge";

export interface ListedChallenge {
  id: string;
  slug: string;
  title: string;
  brief: string;
  organizer: string;
  prize: string | null;
  timeZone: string;
  /** ISO times. */
  opensAt: string;
  closesAt: string;
  phase: Phase;
  /** Of the sites that may show its gallery in a frame. */
  embedOrigins: string[];
}

/** The home page and the desk show no more than this many. */
const LIMIT = 100;
const order: readonly Phase[] = [
  "open",
  "paused",
  "reviewing",
  "scheduled",
  "frozen",
  "final",
  "draft",
  "cancelled",
  "archived",
];

/** Challenges by phase (open first), then by closing date. `all`: drafts, cancelled and archived ones too (admins). */
export async function listChallenges(at: Date, options: { all: boolean } = { all: false }): Promise<ListedChallenge[]> {
  const shown = and(isNotNull(challenges.publishedAt), isNull(challenges.archivedAt), isNull(challenges.cancelledAt));
  const rows = await db
    .select()
    .from(challenges)
    .where(options.all ? undefined : shown)
    .orderBy(desc(challenges.closesAt))
    .limit(LIMIT);
  return rows
    .map((row) => ({
      id: row.id,
      slug: row.slug,
      title: row.title,
      brief: row.brief,
      organizer: row.organizer,
      prize: row.prize,
      timeZone: row.timeZone,
      opensAt: row.opensAt.toISOString(),
      closesAt: row.closesAt.toISOString(),
      phase: phaseOf(row, at),
      embedOrigins: row.embedOrigins,
    }))
    .sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase) || a.closesAt.localeCompare(b.closesAt));
}
