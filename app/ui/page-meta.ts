import type { MetaDescriptor } from "@remix-run/node";

interface ShownPage {
  /** As its own heading has it; the site's name is added for the window's title. */
  title: string;
  description: string;
  /** The page's one address, without what only turns its leaves: other addresses of it count as this one. */
  address: string;
  kind?: "website" | "article";
  /** An absolute address, 1200 × 630. */
  picture: string;
}

/** What search engines, and sites that show a link as a card, read of a public page. */
export function pageMeta({ title, description, address, kind = "website", picture }: ShownPage): MetaDescriptor[] {
  return [
    { title: `${title} · TrendPot` },
    { name: "description", content: description },
    { tagName: "link", rel: "canonical", href: address },
    { property: "og:site_name", content: "TrendPot" },
    { property: "og:type", content: kind },
    { property: "og:title", content: title },
    { property: "og:description", content: description },
    { property: "og:url", content: address },
    { property: "og:image", content: picture },
    { property: "og:image:width", content: "1200" },
    { property: "og:image:height", content: "630" },
    { property: "og:image:alt", content: title },
    { name: "twitter:card", content: "summary_large_image" },
  ];
}

/** The start of a text in one line, at most `length` letters, cut between words where there are any. */
export function summaryOf(text: string, length = 160): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= length) return line;
  const end = line.lastIndexOf(" ", length - 1);
  return `${line.slice(0, end > length / 2 ? end : length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
