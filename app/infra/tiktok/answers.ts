import { z } from "zod";

/** The shapes of TikTok's answers. Every field but a video's id may be missing; unknown ones are dropped. */

/** A count may be missing, negative after a correction, or beyond 2^31; anything senseless reads as unknown. */
const count = z
  .number()
  .int()
  .transform((n) => Math.max(0, n))
  .nullish()
  .catch(null)
  .transform((n) => n ?? null);
/** PostgreSQL's text holds no NUL, and one in a link or a name must not lose the whole page. */
const words = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text?.replaceAll("\u0000", "").toWellFormed() ?? null);
const whole = z
  .number()
  .int()
  .nonnegative()
  .max(2_147_483_647)
  .nullish()
  .catch(null)
  .transform((n) => n ?? null);

/** The last second of the year 9999: a later date has no form that the database reads. */
const LAST_SECOND = 253_402_300_799;

export const videoSchema = z.object({
  id: z.string().regex(/^[0-9]{6,25}$/),
  create_time: z
    .number()
    .int()
    .positive()
    .max(LAST_SECOND)
    .nullish()
    .catch(null)
    .transform((n) => n ?? null),
  title: words,
  video_description: words,
  duration: whole,
  width: whole,
  height: whole,
  cover_image_url: words,
  share_url: words,
  embed_html: words,
  view_count: count,
  like_count: count,
  comment_count: count,
  share_count: count,
  is_aigc: z
    .boolean()
    .nullish()
    .catch(null)
    .transform((flag) => flag ?? null),
});
export type TikTokVideo = z.infer<typeof videoSchema>;

/** A video we cannot even identify is dropped: one broken row must not lose the page. */
const videosSchema = z.array(z.unknown()).transform((rows) =>
  rows.flatMap((row) => {
    const video = videoSchema.safeParse(row);
    return video.success ? [video.data] : [];
  }),
);

export const videoListSchema = z.object({
  videos: videosSchema.default([]),
  /** TikTok: UTC milliseconds; gives posts before it. */
  cursor: z.number().int().nullish(),
  has_more: z.boolean(),
});

export const videoLookupSchema = z.object({ videos: videosSchema.default([]) });

export const userSchema = z.object({
  user: z.object({
    open_id: z.string().optional(),
    union_id: words,
    display_name: words,
    avatar_url: words,
    avatar_large_url: words,
    username: words,
    bio_description: words,
    profile_deep_link: words,
    is_verified: z
      .boolean()
      .nullish()
      .catch(null)
      .transform((flag) => flag ?? null),
  }),
});
export type TikTokUser = z.infer<typeof userSchema>["user"];

/** Display API: `error` is an object, present on success too. */
export const envelopeSchema = z.object({
  data: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string().optional(), log_id: z.string().optional() }),
});

/** Token endpoint, success: flat. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  open_id: z.string().min(1),
  refresh_token: z.string().min(1),
  refresh_expires_in: z.number().positive(),
  scope: z.string(),
});

/** Token endpoint, failure: flat, `error` a string, possibly with status 200. */
export const oauthErrorSchema = z.object({ error: z.string().min(1), log_id: z.string().optional() });

export const oembedSchema = z.object({ embed_product_id: z.string().optional(), html: z.string().optional() });
