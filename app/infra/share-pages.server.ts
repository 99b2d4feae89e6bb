import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { now } from "~/infra/clock.server";

/** How long a page that was drawn for one visitor is given to others too. */
const SHARED_MS = 500;
/** Each at its own address. What comes on top of them is drawn for each visitor. */
const MAX_PAGES = 500;

export type Encoding = "br" | "gzip" | "identity";

/** A page that all visitors get alike. */
export interface SharedPage {
  /** The id of the route that drew it. */
  route: string;
  headers: [name: string, value: string][];
  /** The page's bytes as they go over the wire, encoded for the first who takes them so. */
  body(encoding: Encoding): Promise<Buffer>;
}

interface Drawn {
  /** By the clock that never jumps, in ms. */
  since: number;
  /** By product time, in ms. */
  at: number;
  page: Promise<SharedPage | Response>;
}

/** One drawing of a page for a visitor: by which route, and with which nonce. */
export interface Drawing {
  route: string;
  nonce: string;
  draw: () => Promise<Response>;
}

/**
 * Pages that look alike to all visitors, each drawn once for everybody who asks within half a second, also for those who
 * ask at the same time. Whatever is no such page (not 200, no HTML, a cookie or a nonce in it) goes to nobody but who
 * asked. Fresh is a page by both clocks: what product time brings is seen at once, and standing product time keeps
 * nothing.
 */
export function sharePages() {
  const kept = new Map<string, Drawn>();
  const isFresh = ({ since, at }: Drawn) =>
    performance.now() - since < SHARED_MS && Math.abs(now().getTime() - at) < SHARED_MS;
  return {
    /** The page under `key` that was drawn for somebody just now; null when there is none to share. */
    async find(key: string): Promise<SharedPage | null> {
      const known = kept.get(key);
      if (!known || !isFresh(known)) return null;
      const page = await known.page;
      return page instanceof Response ? null : page;
    },

    /** Draws the page under `key` for whoever asks, and for others after them. */
    draw(key: string, drawing: Drawing): Promise<SharedPage | Response> {
      for (const [old, drawn] of kept) if (old === key || !isFresh(drawn)) kept.delete(old);
      const page = toShared(drawing);
      if (kept.size < MAX_PAGES) kept.set(key, { since: performance.now(), at: now().getTime(), page });
      return page;
    },
  };
}

async function toShared({ route, nonce, draw }: Drawing): Promise<SharedPage | Response> {
  const response = await draw();
  const { status, headers } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html") === true;
  if (status !== 200 || !isPage || headers.has("set-cookie")) return response;
  const html = await response.text();
  if (html.includes(nonce)) return new Response(html, { status, headers });
  return { route, headers: [...headers], body: encodedOnce(Buffer.from(html)) };
}

function encodedOnce(bytes: Buffer): SharedPage["body"] {
  const made: Partial<Record<Encoding, Promise<Buffer>>> = {};
  return (encoding) => {
    made[encoding] ??= encode[encoding](bytes);
    return made[encoding];
  };
}

/** Brotli's default window (4 MB) costs 4 ms of CPU to set up for each answer; 64 KB loses nothing on a page. */
export const brotliParams = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 16 };
const brotli = promisify(brotliCompress);
const encode: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => brotli(bytes, { params: brotliParams }),
  gzip: promisify<Buffer, Buffer>(gzip),
  identity: (bytes) => Promise.resolve(bytes),
};
