import { desc, inArray, isNotNull } from "drizzle-orm";
import { challenges, tiktokAccounts } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import { daysUntil, type Figures, type FiguresFilter, noFigures, type ShownFigures } from "./figures";
import { type FiguresRow, listFigures } from "./list-figures.server";

/** A longer list is no help in choosing. */
const MAX_CHALLENGES = 200;

/** The figures of a period of whole days that ends at `at`, with names as they are now; busiest first. */
export async function showFigures({ challenge, days }: FiguresFilter, at: Date): Promise<ShownFigures> {
  const wanted = daysUntil(at, days);
  const from = new Date(wanted[0] ?? at);
  const [rows, choices] = await Promise.all([
    listFigures({ challenge, from, at }),
    db
      .select({ id: challenges.id, slug: challenges.slug, title: challenges.title })
      .from(challenges)
      .where(isNotNull(challenges.publishedAt))
      .orderBy(desc(challenges.closesAt))
      .limit(MAX_CHALLENGES),
  ]);
  const names = await readNames(rows.flatMap(({ moderatorId }) => moderatorId ?? []));
  const byId = new Map(choices.map((one) => [one.id, one]));
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const busiest = (a: Figures, b: Figures) => b.decided - a.decided || b.undone - a.undone;
  return {
    total: figuresOf(rows.find((row) => !row.challengeId && !row.moderatorId && !row.day)),
    challenges: rows
      .flatMap((row) => {
        const of = row.challengeId ? byId.get(row.challengeId) : undefined;
        return of ? { ...figuresOf(row), slug: of.slug, title: of.title } : [];
      })
      .sort(busiest),
    moderators: rows
      .flatMap((row) =>
        row.moderatorId
          ? {
              ...figuresOf(row),
              userId: row.moderatorId,
              name: names.get(row.moderatorId) ?? "A former moderator",
            }
          : [],
      )
      .sort(busiest),
    days: wanted.map((day) => ({
      day,
      decided: byDay.get(day)?.decided ?? 0,
      median: byDay.get(day)?.median ?? null,
    })),
    choices: choices.map(({ slug, title }) => ({ slug, title })),
  };
}

function figuresOf(row: FiguresRow | undefined): Figures {
  if (!row) return noFigures;
  const { challengeId: _challenge, moderatorId: _moderator, day: _day, ...figures } = row;
  return figures;
}

async function readNames(userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({ userId: tiktokAccounts.userId, name: tiktokAccounts.displayName })
    .from(tiktokAccounts)
    .where(inArray(tiktokAccounts.userId, userIds));
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}
