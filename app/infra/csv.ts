/** Where a spreadsheet would take a cell for a formula (OWASP, CSV Injection), wide letters and leading blanks included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * One record of RFC 4180, with its line end. Every cell is in quotes, so that no separator of any locale parts it, and
 * what a spreadsheet would run gets an apostrophe in front.
 */
export function csvLine(cells: readonly (string | null)[]): string {
  const quoted = cells.map((cell) => {
    const text = cell ?? "";
    return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  });
  return `${quoted.join(",")}\r\n`;
}
