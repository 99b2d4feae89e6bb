/** Whether two captions read almost the same: the same words in all but a few places, whatever their case and signs. */

/** Fewer say nothing: "my home" is written by many. */
const FEWEST_WORDS = 4;
const NEARLY_ALL = 0.8;

/** The words of a caption, each once. A hashtag or a mention is what everybody in a challenge writes, so it is none. */
export function captionWords(caption: string): ReadonlySet<string> {
  const plain = caption
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[#@][^\s#@]+/gu, " ");
  return new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? []);
}

export function readAlmostTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size < FEWEST_WORDS || b.size < FEWEST_WORDS) return false;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(a.size, b.size) >= NEARLY_ALL;
}
