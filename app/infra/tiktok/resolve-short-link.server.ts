import { env } from "~/infra/env.server";
import { oembedSchema } from "./answers";
import { exchange, readPolicy, underPolicy } from "./request.server";
import { TikTokError } from "./tiktok-error";

/**
 * The video id behind a short link, through TikTok's oEmbed at TIKTOK_WEB_BASE_URL (a pasted URL is never followed).
 * Null when TikTok knows no such video. Throws TikTokError when TikTok does not answer.
 */
export async function resolveShortLink(shortUrl: string): Promise<string | null> {
  const url = new URL("/oembed", env.TIKTOK_WEB_BASE_URL);
  url.searchParams.set("url", shortUrl);
  const answer = await underPolicy(readPolicy, async (signal) => {
    const reply = await exchange(url, { signal });
    if (reply.status >= 500) throw new TikTokError("unavailable", `http_${reply.status}`, { status: reply.status });
    if (reply.status === 429) throw new TikTokError("rate_limited", "http_429", { status: 429 });
    return reply;
  });
  if (answer.status !== 200) return null;
  const embed = oembedSchema.safeParse(answer.body);
  const id = embed.success ? (embed.data.embed_product_id ?? idInMarkup(embed.data.html)) : undefined;
  return id && /^[0-9]{6,25}$/.test(id) ? id : null;
}

function idInMarkup(html: string | undefined): string | undefined {
  return /data-video-id="([0-9]{6,25})"/.exec(html ?? "")?.[1];
}
