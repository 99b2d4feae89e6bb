import { type Display, type DisplayAnswer, said } from "./display";
import { type ListedVideo, videoFieldKinds, videosOf } from "./listed-video";

const FULL_PAGE = 20;
const MORE_PAGES = 4;

export interface ReadPage {
  asked: number;
  videos: ListedVideo[];
  cursor: unknown;
  hasMore: unknown;
}

export interface ReadPages {
  /** One full page with every field. */
  first: ReadPage;
  /** Pages that follow one another; small ones when the account has few videos. */
  chain: ReadPage[];
  /** Why the chain ended early, if it did. */
  broken: string | null;
  answer: DisplayAnswer;
}

/** Reads a few pages of the account's list: as many as show how pages follow one another, five at most after the first. */
export async function readPages(display: Display): Promise<ReadPages> {
  const answer = await display.list({ max_count: FULL_PAGE }, Object.keys(videoFieldKinds));
  const first = pageOf(FULL_PAGE, answer);
  const isLong = first.hasMore === true;
  const size = isLong ? FULL_PAGE : Math.max(1, Math.ceil(first.videos.length / 3));
  const chain = isLong ? [first] : [];
  if (!answer.isOk || (!isLong && first.videos.length < 2)) return { first, chain, broken: null, answer };
  for (let i = 0; i < MORE_PAGES; i += 1) {
    const before = chain.at(-1)?.cursor;
    const cursor = typeof before === "number" ? { cursor: before } : {};
    const next = await display.list({ max_count: size, ...cursor }, ["id", "create_time"]);
    if (!next.isOk) return { first, chain, broken: said(next), answer };
    const page = pageOf(size, next);
    chain.push(page);
    if (page.hasMore !== true) break;
    if (typeof page.cursor !== "number") return { first, chain, broken: "a page without a cursor", answer };
    if (typeof before === "number" && page.cursor >= before) {
      return { first, chain, broken: "the cursor did not fall", answer };
    }
  }
  return { first, chain, broken: null, answer };
}

function pageOf(asked: number, { data }: DisplayAnswer): ReadPage {
  return { asked, videos: videosOf(data), cursor: data.cursor, hasMore: data.has_more };
}
