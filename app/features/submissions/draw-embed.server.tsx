import { renderToStaticMarkup } from "react-dom/server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { env } from "~/infra/env.server";
import theme from "~/ui/theme.css?url";
import { EmbeddedGallery } from "./embedded-gallery";
import { newestEntries } from "./gallery";
import { countEntries, listGallery } from "./list-gallery.server";

const ENTRIES = 12;

/**
 * A published challenge's gallery at `at` for frames on other sites, and the origins of those that may show it; null when
 * there is no such challenge. It knows nothing of who looks at it.
 */
export async function drawEmbed(slug: string, at: Date): Promise<{ html: string; origins: readonly string[] } | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const [counts, { entries }] = await Promise.all([
    countEntries([challenge.id], at),
    listGallery(challenge, { at, view: newestEntries, limit: ENTRIES }),
  ]);
  const document = (
    <EmbeddedGallery
      challenge={{ slug: challenge.slug, title: challenge.title }}
      entries={entries}
      approved={counts.get(challenge.id)?.approved ?? 0}
      origin={env.APP_ORIGIN}
      stylesheet={theme}
    />
  );
  return { html: `<!doctype html>${renderToStaticMarkup(document)}`, origins: challenge.embedOrigins };
}
