import { env } from "~/infra/env.server";
import { readUse } from "~/infra/outbound-limit.server";
import { limitOf } from "./request.server";

/** Each endpoint that the limiter paces. */
const paths = ["/v2/video/list/", env.TIKTOK_VIDEO_LOOKUP_PATH, "/v2/user/info/", "/v2/oauth/token/"];

export interface EndpointUse {
  path: string;
  /** In the minute that runs, by all processes together. */
  used: number;
  /** What may start within one minute at most. */
  limit: number;
  /** Ms from now in which nobody asks it, after a refusal; 0: it may be asked. */
  pausedMs: number;
}

export async function readQuotas(): Promise<EndpointUse[]> {
  const limits = paths.map((path) => ({ path, ...limitOf(path) }));
  const use = await readUse(limits.map(({ key }) => key));
  return limits.map(({ path, key, perMinute, burst }) => {
    const { used = 0, pausedMs = 0 } = use.get(key) ?? {};
    return { path, used, limit: perMinute + burst, pausedMs };
  });
}
