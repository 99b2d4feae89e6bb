import { now } from "~/infra/clock.server";

/** How long a page that was drawn for one visitor is given to others too. */
const SHARED_MS = 500;
/** Each at its own address. What comes on top of them is drawn for each visitor. */
const MAX_PAGES = 500;

/** A page as one visitor gets it. */
export interface VisitorPage {
  headers: Headers;
  html: string;
}

/** What all visitors get alike: between the parts stands each visitor's own nonce. */
interface SharedPage {
  headers: Headers;
  parts: string[];
}

interface Drawn {
  /** By the clock that never jumps, in ms. */
  since: number;
  /** By product time, in ms. */
  at: number;
  page: Promise<SharedPage | null>;
}

/** Gives a visitor the page under `key`, with their nonce in it; `draw` makes it when nobody has just now. */
export type SharePage = (key: string, nonce: string, draw: () => Promise<Response>) => Promise<VisitorPage | Response>;

/**
 * Draws a page that looks alike to all visitors once for everybody who asks within half a second, also for those who
 * ask at the same time. Whatever is no such page (not 200, no HTML, a cookie in it) goes to nobody but who asked.
 * Fresh is a page by both clocks: what product time brings is seen at once, and standing product time keeps nothing.
 */
export function sharePages(): SharePage {
  const kept = new Map<string, Drawn>();
  const isFresh = ({ since, at }: Drawn) =>
    performance.now() - since < SHARED_MS && Math.abs(now().getTime() - at) < SHARED_MS;
  return async (key, nonce, draw) => {
    const known = kept.get(key);
    if (known && isFresh(known)) {
      const page = await known.page;
      return page ? toVisitor(page, nonce) : draw();
    }
    for (const [old, drawn] of kept) if (old === key || !isFresh(drawn)) kept.delete(old);
    const answer = draw();
    const page = answer.then((response) => toShared(response, nonce));
    if (kept.size < MAX_PAGES) kept.set(key, { since: performance.now(), at: now().getTime(), page });
    const shared = await page;
    return shared ? toVisitor(shared, nonce) : answer;
  };
}

async function toShared(response: Response, nonce: string): Promise<SharedPage | null> {
  const { status, headers } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html") === true;
  if (status !== 200 || !isPage || headers.has("set-cookie")) return null;
  return { headers, parts: (await response.text()).split(nonce) };
}

const toVisitor = ({ headers, parts }: SharedPage, nonce: string): VisitorPage => ({
  headers,
  html: parts.join(nonce),
});
