import type { FaultKind } from "./control-protocol";
import type { SimVideo } from "./sim-video";
import type { VideoLibrary } from "./video-library";

/** Ways in which a page of the list can be wrong, or right but hard to read. */
export interface ListPage {
  videos: SimVideo[];
  cursor?: number;
  hasMore: boolean;
}

interface Asked {
  /** The request's cursor, null on the first page. */
  before: number | null;
  max: number;
  library: VideoLibrary;
}

export function twistPage(kind: FaultKind, page: ListPage, asked: Asked): ListPage {
  switch (kind) {
    case "cursor_repeat":
      return { ...page, cursor: asked.before ?? page.cursor, hasMore: true };
    case "cursor_rise":
      return { ...page, cursor: (asked.before ?? page.cursor ?? 0) + 60_000, hasMore: true };
    case "cursor_missing":
      return { videos: page.videos, hasMore: true };
    case "empty_page":
      return { videos: [], cursor: cursorBeforeNothing(page, asked), hasMore: true };
    case "short_page": {
      const videos = page.videos.slice(0, Math.ceil(page.videos.length / 2));
      return { videos, cursor: videos.at(-1)?.createMs ?? page.cursor, hasMore: true };
    }
    case "repeat_items":
      return repeatedItems(page, asked);
    default:
      return page;
  }
}

/** TikTok allows a page without posts while has_more is true: its cursor falls, and skips nothing. */
function cursorBeforeNothing(page: ListPage, { before }: Asked): number | undefined {
  const newest = page.videos[0]?.createMs;
  if (newest === undefined) return page.cursor;
  const upper = before ?? newest + 3_600_000;
  return Math.max(newest + 1, Math.floor((upper + newest + 1) / 2));
}

/** The page begins with posts that were already given (on the first page: it gives its own twice). Nothing is lost. */
function repeatedItems(page: ListPage, { before, max, library }: Asked): ListPage {
  const room = Math.min(3, max - 1);
  const old = before === null ? page.videos.slice(0, room) : library.publicEndingAt(before, room);
  const videos = [...old, ...page.videos].slice(0, max);
  const cursor = videos.at(-1)?.createMs ?? page.cursor;
  const hasMore = library.publicBefore(cursor ?? null, 1).videos.length > 0;
  return { videos, cursor, hasMore };
}
