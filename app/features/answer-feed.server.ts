import { createHash } from "node:crypto";

/**
 * What other sites read again and again, as a door's answer: with an ETag of the thing itself, and 304 for whoever has it.
 * `type` is a media type without its charset.
 */
export function answerFeed(request: Request, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  const etag = `W/"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { etag, "cache-control": "public, max-age=0, must-revalidate" };
  if (has(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const contentType = typeof body === "string" ? `${type}; charset=utf-8` : type;
  return new Response(body, { headers: { ...headers, "content-type": contentType } });
}

/** RFC 9110, 13.1.2: a list of tags, compared without their `W/`, which a cache on the way may have put on or taken off. */
function has(ifNoneMatch: string | null, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return (ifNoneMatch?.split(",") ?? []).some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}
