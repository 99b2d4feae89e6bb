/**
 * Reads what a person pastes: a bare id, any TikTok URL form that carries the id, or a short link that TikTok must
 * resolve. Never followed by us; `null` for anything else.
 */
export type VideoReference = { kind: "id"; id: string } | { kind: "short_link"; url: string };

const ID = /^[0-9]{6,25}$/;
const WITH_ID =
  /^(?:\/@[^/]+\/(?:video|photo)\/|\/v\/|\/embed\/(?:v2\/)?|\/player\/v1\/|\/share\/video\/)([0-9]{6,25})(?:\.html)?\/?$/;
const HOSTS_WITH_ID = new Set(["tiktok.com", "www.tiktok.com", "m.tiktok.com"]);
const SHORT_HOSTS = new Set(["vm.tiktok.com", "vt.tiktok.com"]);

/** `webOrigin`: TIKTOK_WEB_BASE_URL, whose own pages are accepted like www.tiktok.com's. */
export function parseVideoReference(pasted: string, webOrigin: string): VideoReference | null {
  const text = pasted.trim();
  if (text.length === 0 || text.length > 500) return null;
  if (ID.test(text)) return { kind: "id", id: text };
  const url = parseUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.password) return null;
  const isWeb = url.origin === webOrigin || (HOSTS_WITH_ID.has(url.hostname) && url.port === "");
  if (isWeb) {
    const id = WITH_ID.exec(url.pathname)?.[1];
    if (id) return { kind: "id", id };
  }
  const isShort =
    (SHORT_HOSTS.has(url.hostname) && url.port === "" && /^\/[A-Za-z0-9]{4,20}\/?$/.test(url.pathname)) ||
    (isWeb && /^\/t\/[A-Za-z0-9]{4,20}\/?$/.test(url.pathname));
  return isShort ? { kind: "short_link", url: `${url.origin}${url.pathname}` } : null;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
