/** What XML 1.0 cannot hold, not even as a reference: control characters, halves of letters and the two non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Any text as XML 1.0 has it between tags and in attributes. */
export function xmlText(text: string): string {
  return text.replace(IMPOSSIBLE, "").replace(/[&<>"']/g, (mark) => REFERENCES[mark] ?? mark);
}
