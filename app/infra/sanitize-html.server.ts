/**
 * The one sanitiser for markup that TikTok built from a creator's text. It runs when an embed is stored; pages show
 * the stored result. Raise the version with every change of the configuration: stored results carry it.
 */
export const SANITIZER_VERSION = 3;

/**
 * What an older version than this one made is not shown until it is made anew. Raise it with the version when the one
 * before let something through that must not reach a page.
 */
export const OLDEST_SHOWN_SANITIZER_VERSION = 3;

const MAX_LENGTH = 20_000;
/** Real embeds have a few dozen. Nested tags that are not allowed cost time by the cube: 2,000 took minutes. */
const MAX_TAGS = 400;
const VIDEO_ID = /^[0-9]{6,25}$/;
/** The whole URL: https, TikTok's hosts, no user info, no quotes. */
const TIKTOK_URL = /^https:\/\/(?:www\.|m\.|vm\.|vt\.)?tiktok\.com\/[\w@.~%:/?#&=+,*!-]*$/;

/** The style that TikTok gives every quote. It would be dropped anyway; before that, jsdom would parse it as CSS, which is a fifth of the work. */
const TIKTOK_STYLE = /^(<blockquote class="tiktok-embed"[^<>]*) style="[^"<>]*"/;

/** Tags whose content is dropped with them: their text was never meant to be read. */
const DROP_WITH_CONTENT = [
  "script",
  "style",
  "iframe",
  "svg",
  "math",
  "template",
  "noscript",
  "object",
  "title",
].concat(["textarea", "xmp", "noembed", "noframes", "plaintext"]);

type Sanitize = (html: string) => string;
let loaded: Promise<Sanitize> | undefined;

/**
 * Keeps blockquote.tiktok-embed[cite][data-video-id], section, a[href to TikTok], p and text; nothing else.
 * Links get `rel="noopener noreferrer nofollow ugc"`. Longer than 20,000 characters or more than 400 tags: an empty result.
 */
export async function sanitizeEmbed(html: string): Promise<string> {
  if (html.length > MAX_LENGTH || html.split("<", MAX_TAGS + 2).length - 1 > MAX_TAGS) return "";
  loaded ??= load();
  return (await loaded)(html);
}

/** Imported on first use: jsdom takes over a second, and most processes never store an embed. */
async function load(): Promise<Sanitize> {
  const { default: purifier } = await import("isomorphic-dompurify");
  purifier.removeAllHooks();
  purifier.addHook("uponSanitizeElement", (node, { tagName }) => {
    const element = node as Element;
    if (element.nodeType !== 1) return;
    // The serialiser writes an element's own "is value" back even when the attribute is emptied.
    if (element.hasAttribute("is")) element.remove();
    else if (tagName === "blockquote" && !isEmbed(element)) element.remove();
  });
  purifier.addHook("uponSanitizeAttribute", (node, attribute) => {
    const tag = node.nodeName.toLowerCase();
    attribute.keepAttr = keepsAttribute(tag, attribute.attrName, attribute.attrValue);
    if (attribute.keepAttr && attribute.attrName === "class") attribute.attrValue = "tiktok-embed";
    if (attribute.keepAttr && (attribute.attrName === "cite" || attribute.attrName === "href")) {
      attribute.attrValue = withoutQuery(attribute.attrValue);
    }
  });
  purifier.addHook("afterSanitizeAttributes", (node) => {
    if (node.nodeName !== "A" || !node.hasAttribute("href")) return;
    node.setAttribute("rel", "noopener noreferrer nofollow ugc");
    node.setAttribute("target", "_blank");
  });
  // Set once: handed over with each call it would be read anew each time.
  purifier.setConfig({
    // body is the walk's root and never in the result; were it not allowed, all that is in it would be copied first.
    ALLOWED_TAGS: ["body", "blockquote", "section", "a", "p"],
    ALLOWED_ATTR: ["class", "cite", "data-video-id", "href"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    KEEP_CONTENT: true,
    FORBID_CONTENTS: DROP_WITH_CONTENT,
  });
  return (html) => purifier.sanitize(html.replace(TIKTOK_STYLE, "$1"));
}

function isEmbed(element: Element): boolean {
  const classes = (element.getAttribute("class") ?? "").split(/\s+/);
  return classes.includes("tiktok-embed") && VIDEO_ID.test(element.getAttribute("data-video-id") ?? "");
}

function keepsAttribute(tag: string, name: string, value: string): boolean {
  if (tag === "blockquote") {
    return (
      name === "class" ||
      (name === "data-video-id" && VIDEO_ID.test(value)) ||
      (name === "cite" && TIKTOK_URL.test(value))
    );
  }
  return tag === "a" && name === "href" && TIKTOK_URL.test(value);
}

/** TikTok's links carry our client key in their query. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}
