/**
 * Text from outside, fit to store and show: well-formed (no lone surrogates), without NUL and other control
 * characters but line breaks, and without the marks that turn the direction of what follows (a caption could
 * otherwise reorder the page's own words). Right-to-left letters themselves stay.
 */
export function plainText(text: string, maxLength: number): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      // A tab parts words: without a space in its place a hashtag would run into what follows.
      .replace(/[\t\v\f]/g, " ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
      .slice(0, maxLength)
      // The first half of a letter whose second half was cut off.
      .replace(/[\ud800-\udbff]$/, "")
      .trimEnd()
  );
}
