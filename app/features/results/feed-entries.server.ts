import { type Challenge, findChallenge } from "~/features/challenges/find-challenge.server";
import { newestEntries } from "~/features/submissions/gallery";
import { type GalleryEntry, listGallery } from "~/features/submissions/list-gallery.server";
import { env } from "~/infra/env.server";
import { xmlText } from "~/infra/xml-text";

const ENTRIES = 50;

/**
 * The newest entries of a published challenge that everybody may see at `at`, as JSON Feed 1.1 or RSS 2.0; null when there
 * is no such challenge. Says nothing of when it was asked for and has no cover (their addresses run out), so it reads the
 * same until the gallery changes.
 */
export async function feedEntries(slug: string, format: "json" | "rss", at: Date): Promise<string | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const { entries } = await listGallery(challenge, { at, view: newestEntries, limit: ENTRIES });
  return format === "json" ? jsonFeed(challenge, entries) : rss(challenge, entries);
}

const addressOf = ({ slug }: Challenge) => `${env.APP_ORIGIN}/challenges/${slug}`;
const addressOfEntry = ({ submissionId }: GalleryEntry) => `${env.APP_ORIGIN}/entries/${submissionId}`;

/** https://www.jsonfeed.org/version/1.1/ */
function jsonFeed(challenge: Challenge, entries: readonly GalleryEntry[]): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: challenge.title,
    description: challenge.brief,
    home_page_url: addressOf(challenge),
    feed_url: `${addressOf(challenge)}/feed.json`,
    authors: [{ name: challenge.organizer }],
    items: entries.map((entry) => ({
      id: addressOfEntry(entry),
      url: addressOfEntry(entry),
      external_url: entry.video.shareUrl,
      content_text: entry.video.caption || "No caption",
      date_published: entry.submittedAt,
      authors: [{ name: entry.creatorName }],
    })),
  });
}

/** https://www.rssboard.org/rss-specification; who wrote an item is no e-mail address here, so it is Dublin Core's. */
function rss(challenge: Challenge, entries: readonly GalleryEntry[]): string {
  const items = entries.map(
    (entry) => `<item>
<title>${xmlText(`${entry.creatorName} in ${challenge.title}`)}</title>
<link>${xmlText(addressOfEntry(entry))}</link>
<guid isPermaLink="true">${xmlText(addressOfEntry(entry))}</guid>
<pubDate>${new Date(entry.submittedAt).toUTCString()}</pubDate>
<dc:creator>${xmlText(entry.creatorName)}</dc:creator>
<description>${asMarkup(entry.video.caption || "No caption")}</description>
</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${xmlText(challenge.title)}</title>
<link>${xmlText(addressOf(challenge))}</link>
<description>${asMarkup(challenge.brief)}</description>
<atom:link href="${xmlText(`${addressOf(challenge)}/feed.xml`)}" rel="self" type="application/rss+xml"/>
${items.join("\n")}
</channel>
</rss>
`;
}

/** Readers take a description for HTML: what people wrote is escaped as that first, and then as XML. */
const asMarkup = (text: string) => xmlText(xmlText(text));
