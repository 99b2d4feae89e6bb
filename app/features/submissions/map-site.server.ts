import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { challenges, submissions, videos } from "#drizzle/schema";
import { listChallenges } from "~/features/challenges/list-challenges.server";
import { db } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { xmlText } from "~/infra/xml-text";
import { approvedAt } from "./list-gallery.server";

/** Far below the 50,000 addresses that a sitemap may have; who is older is found through the galleries. */
const ENTRIES = 5_000;

/**
 * The public pages at `at` as https://www.sitemaps.org/protocol.html has them: what the home page lists, each challenge
 * with its board, and the newest entries that everybody may see.
 */
export async function mapSite(at: Date): Promise<string> {
  const [listed, entries] = await Promise.all([
    listChallenges(at),
    db
      .select({ id: submissions.id })
      .from(submissions)
      .innerJoin(challenges, eq(challenges.id, submissions.challengeId))
      .innerJoin(videos, eq(videos.id, submissions.videoId))
      .where(
        and(
          approvedAt(at),
          isNotNull(challenges.publishedAt),
          isNull(challenges.archivedAt),
          isNull(challenges.cancelledAt),
        ),
      )
      .orderBy(desc(submissions.id))
      .limit(ENTRIES),
  ]);
  const paths = [
    "/",
    ...listed.flatMap(({ slug }) => [`/challenges/${slug}`, `/challenges/${slug}/leaderboard`]),
    ...entries.map(({ id }) => `/entries/${id}`),
  ];
  const urls = paths.map((path) => `<url><loc>${xmlText(env.APP_ORIGIN + path)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("\n")}
</urlset>
`;
}
