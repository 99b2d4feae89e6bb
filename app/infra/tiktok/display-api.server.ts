import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { env } from "~/infra/env.server";
import { log } from "~/infra/log.server";
import { awaitSpareCall, endRefusals, holdBack, type Limit, reserveCall, waitFor } from "~/infra/outbound-limit.server";
import {
  envelopeSchema,
  type TikTokUser,
  type TikTokVideo,
  userSchema,
  videoListSchema,
  videoLookupSchema,
} from "./answers";
import { type Answer, exchange, limitOf, readPolicy, underPolicy } from "./request.server";
import { retryAfterMs } from "./retry-after";
import { userFieldsFor } from "./scopes";
import { TikTokError } from "./tiktok-error";

/**
 * TikTok's Display API. Every function takes an access token in clear, which lives only inside the call.
 * `patience`: somebody waits for a `person` call (a few seconds at the limiter at most), nobody for a `background` one.
 */
export type Patience = "person" | "background";

/** A longer wait of background work is spent in the queue, not in a worker. */
const MAX_LIMITER_WAIT_MS: Record<Patience, number> = { person: 3_000, background: 5_000 };

const videoFields = [
  "id",
  "create_time",
  "title",
  "video_description",
  "duration",
  "width",
  "height",
  "cover_image_url",
  "share_url",
  "embed_html",
  "view_count",
  "like_count",
  "comment_count",
  "share_count",
  ...(env.TIKTOK_AIGC_FIELD ? ["is_aigc"] : []),
];

export interface VideoPage {
  videos: TikTokVideo[];
  /** UTC milliseconds: posts before it come next. Null when TikTok gave none. */
  cursor: number | null;
  hasMore: boolean;
}

/** One page of the account's own public posts, newest first. `cursor` null = the first page. */
export async function listVideoPage(
  accessToken: string,
  options: { cursor: number | null; patience: Patience; onSent?: () => void },
): Promise<VideoPage> {
  const data = await call("/v2/video/list/", videoListSchema, {
    accessToken,
    fields: videoFields,
    body: {
      max_count: env.TIKTOK_INGESTION_PAGE_SIZE,
      ...(options.cursor === null ? {} : { cursor: options.cursor }),
    },
    patience: options.patience,
    onSent: options.onSent,
  });
  return { videos: data.videos, cursor: data.cursor ?? null, hasMore: data.has_more };
}

/** At most 20 ids a call (TikTok). Unknown, foreign, private and deleted ids are simply absent from the answer. */
export async function lookUpVideoIds(
  accessToken: string,
  ids: readonly string[],
  patience: Patience,
): Promise<TikTokVideo[]> {
  const data = await call(env.TIKTOK_VIDEO_LOOKUP_PATH, videoLookupSchema, {
    accessToken,
    fields: videoFields,
    body: { filters: { video_ids: ids } },
    patience,
  });
  return data.videos;
}

/** Ms until look-ups may go out again: after a 429 no process asks for a while. */
export function lookUpPauseMs(): Promise<number> {
  return waitFor(limitOf(env.TIKTOK_VIDEO_LOOKUP_PATH));
}

/** The account's profile, as far as its granted scopes reach. */
export async function readUserInfo(accessToken: string, granted: readonly string[]): Promise<TikTokUser> {
  const data = await call("/v2/user/info/", userSchema, {
    accessToken,
    fields: userFieldsFor(granted),
    patience: "person",
  });
  return data.user;
}

interface Call {
  accessToken: string;
  fields: readonly string[];
  body?: object;
  patience: Patience;
  /** Told when there is nothing left to do but wait for the answer. */
  onSent?: () => void;
}

async function call<T extends z.ZodType>(path: string, schema: T, options: Call): Promise<z.infer<T>> {
  const limit = limitOf(path);
  const url = new URL(path, env.TIKTOK_DISPLAY_API_BASE_URL);
  url.searchParams.set("fields", options.fields.join(","));
  // The first turn is waited for outside: it is no part of the time that TikTok has to answer in.
  await awaitTurn(limit, options.patience);
  let tries = 0;
  return underPolicy(readPolicy, async (signal) => {
    tries += 1;
    if (tries > 1) await awaitTurn(limit, options.patience);
    const answering = exchange(url, {
      method: options.body ? "POST" : "GET",
      headers: {
        authorization: `Bearer ${options.accessToken}`,
        ...(options.body ? { "content-type": "application/json" } : {}),
      },
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
      signal,
    });
    options.onSent?.();
    return readAnswer(await answering, path, schema, limit);
  });
}

async function awaitTurn(limit: Limit, patience: Patience): Promise<void> {
  const maxWaitMs = MAX_LIMITER_WAIT_MS[patience];
  if (patience === "background") {
    if (await awaitSpareCall(limit, maxWaitMs)) return;
  } else {
    const waitMs = await reserveCall(limit, maxWaitMs);
    if (waitMs !== null) return void (await delay(waitMs));
  }
  throw new TikTokError("rate_limited", "own_limit", { retryAfterMs: 5_000 + Math.random() * 5_000 });
}

async function readAnswer<T extends z.ZodType>(
  answer: Answer,
  path: string,
  schema: T,
  limit: Limit,
): Promise<z.infer<T>> {
  const envelope = envelopeSchema.safeParse(answer.body);
  const code = envelope.success ? envelope.data.error.code : `http_${answer.status}`;
  const logId = envelope.success ? envelope.data.error.log_id : undefined;
  const details = { logId, status: answer.status };
  if (answer.status >= 200 && answer.status < 300 && code === "ok") {
    const data = schema.safeParse(envelope.success ? envelope.data.data : undefined);
    if (data.success) {
      await endRefusals(limit);
      return data.data;
    }
    throw new TikTokError("unavailable", "malformed", details);
  }
  if (answer.status === 429 || code === "rate_limit_exceeded") {
    // A date is TikTok's, so it is read by TikTok's clock.
    const answeredAt = Date.parse(answer.headers.get("date") ?? "") || Date.now();
    const pauseMs = await holdBack(limit, retryAfterMs(answer.headers.get("retry-after"), answeredAt));
    throw new TikTokError("rate_limited", code, { ...details, retryAfterMs: pauseMs });
  }
  const error = refusal(answer.status, code, details);
  log.warn({ path, code, status: answer.status, logId }, "TikTok refused a call");
  throw error;
}

function refusal(status: number, code: string, details: { logId?: string; status: number }): TikTokError {
  switch (code) {
    case "access_token_invalid":
      return new TikTokError("token_invalid", code, details);
    case "scope_not_authorized":
    case "scope_permission_missed":
      return new TikTokError("scope_missing", code, details);
    default:
      // A path that TikTok does not know is our configuration (TIKTOK_VIDEO_LOOKUP_PATH), never a missing video.
      if (status === 404 || status === 405) return new TikTokError("misconfigured", code, details);
      if (status === 401) return new TikTokError("token_invalid", code, details);
      if (status >= 500 || status === 408 || status < 400) return new TikTokError("unavailable", code, details);
      return new TikTokError("refused", code, details);
  }
}
