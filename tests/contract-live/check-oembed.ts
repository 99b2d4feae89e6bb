import type { Env } from "~/infra/environment";
import { resolveShortLink } from "~/infra/tiktok/resolve-short-link.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { parseVideoReference } from "~/infra/tiktok/video-reference";
import type { AssumptionName } from "./assumptions";
import { madeUpId } from "./check-look-ups";
import type { Findings } from "./findings";
import { type ListedVideo, textOf } from "./listed-video";
import type { Wire } from "./wire";

interface Means {
  env: Env;
  wire: Wire;
  findings: Findings;
  shortLink: string | undefined;
  now: Date;
}

/** oEmbed, asked by the product's own hand. */
export async function checkOembed(videos: readonly ListedVideo[], means: Means): Promise<void> {
  const { env, wire, findings, shortLink, now } = means;
  const [video] = videos;
  const shareUrl = video && textOf(video, "share_url")?.replace(/[?#].*$/, "");
  if (!video || !shareUrl) findings.skip("oembed_video", "no video has an address");
  else {
    await resolving("oembed_video", shareUrl, findings, (id) => {
      findings.judge(
        "oembed_video",
        id === video.id,
        id === null ? "no id" : id === video.id ? "its id" : "another id",
      );
    });
  }
  if (shortLink === undefined)
    findings.skip("oembed_short_link", "none was given: --short-link https://vm.tiktok.com/…");
  else if (parseVideoReference(shortLink, env.TIKTOK_WEB_BASE_URL)?.kind !== "short_link") {
    findings.skip("oembed_short_link", "what was given is not a short link");
  } else {
    await resolving("oembed_short_link", shortLink, findings, (id) => {
      const whose = videos.some((known) => known.id === id) ? "one of the account's" : "some post's";
      findings.judge("oembed_short_link", id !== null, id === null ? "no id" : `${whose} id`);
    });
  }
  const nowhere = new URL(`/@tiktok/video/${madeUpId(now)}`, env.TIKTOK_WEB_BASE_URL).href;
  await resolving("oembed_removed", nowhere, findings, (id) => {
    const { status, body } = wire.last ?? { status: 0, body: null };
    const isSaid = typeof body === "object" && body !== null && "message" in body && "code" in body;
    const seen = `status ${status}, ${isSaid ? "message and code" : "another body"}`;
    findings.judge("oembed_removed", id === null && isSaid && (status === 400 || status === 404), seen);
  });
}

async function resolving(
  name: AssumptionName,
  address: string,
  findings: Findings,
  judge: (id: string | null) => void,
): Promise<void> {
  try {
    judge(await resolveShortLink(address));
  } catch (error) {
    if (!(error instanceof TikTokError)) throw error;
    findings.skip(name, `no answer (${error.code})`);
  }
}
