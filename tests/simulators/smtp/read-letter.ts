/** A letter as it came over the line, taken apart strictly: what a mail program could not read throws. */
export interface ReadLetter {
  /** Names in lower case, values unfolded and decoded. */
  headers: Readonly<Record<string, string>>;
  text: string;
  html: string;
}

export function readLetter(raw: string): ReadLetter {
  const { headers, body } = split(raw);
  const boundary = /^multipart\/alternative;\s*boundary="([^"]+)"$/.exec(headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) throw new Error(`no plain text beside HTML: ${headers["content-type"]}`);
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, "")));
  const [text, html] = ["text/plain", "text/html"].map((type) => {
    const part = parts.find((one) => one.headers["content-type"]?.startsWith(type));
    if (!part) throw new Error(`the letter has no ${type}`);
    return decode(part.body, part.headers["content-transfer-encoding"] ?? "7bit");
  });
  return { headers, text: text ?? "", html: html ?? "" };
}

function split(raw: string): { headers: Record<string, string>; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  if (end < 0) throw new Error("headers without an end");
  const headers: Record<string, string> = {};
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")) {
    const [, name, value] = /^([!-9;-~]+): (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no header: ${line}`);
    const known = name.toLowerCase();
    if (known in headers) throw new Error(`${known} stands there twice`);
    headers[known] = decodeWords(value);
  }
  return { headers, body: raw.slice(end + 4) };
}

/** RFC 2047: `=?UTF-8?Q?…?=`; what parts two of them is no part of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, how: string, words: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(words, "base64").toString("utf8")
        : decode(words.replaceAll("_", " "), "quoted-printable"),
    );
}

function decode(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case "7bit":
      return body.replaceAll("\r\n", "\n");
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    case "quoted-printable": {
      const bytes = body
        .replace(/=\r\n/g, "")
        .replaceAll("\r\n", "\n")
        .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(bytes, "latin1").toString("utf8");
    }
    default:
      throw new Error(`encoded as ${encoding}`);
  }
}
