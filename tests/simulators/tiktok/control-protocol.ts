import { z } from "zod";

/** What TikTokControl may order from the simulator: the one description both sides use. Answers: control-answers.ts. */

/** What a request was for. `consent` is the person's answer on the authorize page, `avatar` a drawn profile picture. */
export const endpoints = [
  "authorize",
  "consent",
  "token",
  "revoke",
  "user_info",
  "video_list",
  "video_lookup",
  "oembed",
  "player",
  "cover",
  "avatar",
  "page",
  "unknown",
] as const;
export type Endpoint = (typeof endpoints)[number];

/**
 * Not processed, answered instead: status (bare, no envelope), error (TikTok's own form, `code`), rate_limit, html,
 * empty, hang (never answered), reset. Processed, then spoilt: delay, slow (one byte a second), malformed (cut in the
 * middle), lost_answer (the connection is cut). The rest twist a page of the list that was otherwise fine.
 */
const faultKinds = [
  "status",
  "error",
  "rate_limit",
  "html",
  "empty",
  "hang",
  "reset",
  "delay",
  "slow",
  "malformed",
  "lost_answer",
  "cursor_repeat",
  "cursor_rise",
  "cursor_missing",
  "empty_page",
  "short_page",
  "repeat_items",
] as const;
export type FaultKind = (typeof faultKinds)[number];

const count = z.number().int().min(0);
const id = z.string().min(1).max(200);

const faultSchema = z.strictObject({
  id: id.optional(),
  endpoint: z.union([z.enum(endpoints), z.literal("*")]),
  kind: z.enum(faultKinds),
  /** Only requests of this account. */
  openId: id.optional(),
  /** How often it fires; without it, for ever. */
  times: count.optional(),
  /** This many requests pass first. */
  after: count.optional(),
  status: z.number().int().min(200).max(599).optional(),
  code: z.string().min(1).optional(),
  /** The Retry-After header, word for word. */
  retryAfter: z.string().optional(),
  /** Any kind may wait first. */
  delayMs: count.optional(),
});
export type FaultSpec = z.infer<typeof faultSchema>;
export interface FaultState extends FaultSpec {
  id: string;
  /** Requests it was asked about. */
  seen: number;
  fired: number;
}

const settingsSchema = z.strictObject({
  contract: z.enum(["mission", "public"]),
  /** draft: TikTok sends everybody back with unauthorized_client; sandbox: only `sandboxUsers` get through. */
  appState: z.enum(["live", "draft", "sandbox"]),
  sandboxUsers: z.array(id),
  /** A refresh brings a new refresh token and kills the old one; false: the same one comes back. Both were recorded. */
  rotateRefreshTokens: z.boolean(),
  accessTtlSeconds: z.number().int().min(1),
  refreshTtlSeconds: z.number().int().min(1),
  /** Per Display endpoint and client key in a sliding minute; 0 = off. */
  rateLimitPerMinute: count,
  latencyMs: count,
  oauthErrorStatus: z.union([z.literal(200), z.literal(400)]),
  coverTtlSeconds: z.number().int(),
  /** TikTok's clock minus this machine's. Moves every expiry, the rate window and the counts. */
  clockOffsetMs: z.number().int(),
});
export type Settings = z.infer<typeof settingsSchema>;

const fixedCountsSchema = z.partialRecord(
  z.enum(["view_count", "like_count", "comment_count", "share_count"]),
  z.number().nullable(),
);

const changeable = {
  caption: z.string().optional(),
  durationSeconds: z.number().optional(),
  cover: z.number().int().min(0).max(28).optional(),
  reach: z.number().optional(),
  isAigc: z.boolean().optional(),
  privacy: z.enum(["public", "private"]).optional(),
  deleted: z.boolean().optional(),
  counts: fixedCountsSchema.optional(),
  /** Answer fields sent with exactly this value. */
  verbatim: z.record(z.string(), z.unknown()).optional(),
  /** Answer fields left out. */
  omit: z.array(z.string()).optional(),
};

/** Posted `agoMs` before now (TikTok's clock), or at `createMs`; now without either. */
const videoSpecSchema = z.strictObject({
  ...changeable,
  agoMs: z.number().optional(),
  createMs: count.optional(),
});
export type VideoSpec = z.infer<typeof videoSpecSchema>;

const account = { openId: id };
const nothing = z.strictObject({});

/** One entry per call of the control API: `POST /__control/<name>` with this as its JSON body. */
export const commands = {
  state: nothing,
  /** `startMs`: where TikTok's clock stands then; all that it does follows from there, to the millisecond. */
  reset: z.strictObject({ startMs: count.optional() }),
  "world/keep": z.strictObject({ name: id }),
  "world/bring-back": z.strictObject({ name: id }),
  settings: settingsSchema.partial(),
  "accounts/add": z.strictObject({
    openId: id,
    displayName: z.string(),
    username: id.optional(),
    videos: z.union([count.max(100_000), z.array(videoSpecSchema)]).optional(),
  }),
  "accounts/change": z.strictObject({ ...account, displayName: z.string().optional(), username: id.optional() }),
  "videos/list": z.strictObject(account),
  "videos/add": z.strictObject({ ...account, video: videoSpecSchema }),
  "videos/change": z.strictObject({ ...account, id, change: z.strictObject(changeable) }),
  "tokens/grant": z.strictObject({ ...account, scopes: z.array(z.string()).min(1) }),
  "tokens/expire": z.strictObject(account),
  "tokens/kill-refresh": z.strictObject(account),
  /** Reasons: 0 unknown, 1 user, 2 account deleted, 3 age changed, 4 banned, 5 by the app itself (TikTok). */
  "tokens/remove": z.strictObject({
    ...account,
    reason: z.number().int().min(0).max(5).default(1),
    webhook: z.boolean().default(false),
  }),
  "tokens/counts": z.strictObject({ openId: id.optional() }),
  "faults/add": faultSchema,
  "faults/remove": z.strictObject({ id }),
  "faults/clear": nothing,
  "ledger/get": z.strictObject({
    endpoint: z.enum(endpoints).optional(),
    openId: id.optional(),
    sinceSeq: count.optional(),
  }),
  "ledger/clear": nothing,
  "letters/get": nothing,
  "webhooks/send": z.strictObject({
    event: z.string().min(1),
    openId: id.optional(),
    /** Sent as JSON in a string, as TikTok does. */
    content: z.unknown().optional(),
    createTime: z.number().int().optional(),
    /** Sent as it is in place of the built body; still signed. */
    rawBody: z.string().optional(),
    /** Seconds; when it was signed. */
    signedAt: z.number().int().optional(),
    /** The whole TikTok-Signature header in place of the right one; null = none. */
    signature: z.string().nullable().optional(),
    /** Signs with another secret than the app's. */
    secret: z.string().optional(),
    /** Sent this many times at once: TikTok delivers at least once. */
    times: z.number().int().min(1).max(100).default(1),
    /** Default: `/webhooks/tiktok` of the first registered redirect URI's origin. */
    url: z.url({ protocol: /^https?$/ }).optional(),
  }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]>;
export type CommandOrder<N extends CommandName> = z.output<(typeof commands)[N]>;
