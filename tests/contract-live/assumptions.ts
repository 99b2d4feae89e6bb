/**
 * What we take TikTok to do on somebody's word: reported, nobody's evidence, or sources that differ. One row of the
 * report each, in this order.
 */
interface Assumption {
  says: string;
  /** On whose word: official pages, recorded bodies, reports of users, nobody; "conflicting" where they differ. */
  source: string;
  expected: string;
}

export const assumptions = {
  scopes_accepted: {
    says: "The app has every scope that TIKTOK_DISPLAY_SCOPES names",
    source: "conflicting",
    expected: "no invalid_scope on the way back",
  },
  callback_form: {
    says: "TikTok comes back with `code`, `scopes` (commas) and `state`",
    source: "documented, recorded",
    expected: "these three, and nothing that we do not know",
  },
  pkce: {
    says: "PKCE in lower-case hex, called S256, is accepted on web too",
    source: "documented for desktop, reported",
    expected: "a code asked for with it is exchanged",
  },
  pkce_base64url: {
    says: "A base64url challenge is refused at the token endpoint",
    source: "reported",
    expected: "invalid_request",
  },
  scopes_granted: {
    says: "People may grant a part of what is asked",
    source: "reported",
    expected: "what is granted is among what was asked, with user.info.basic",
  },
  scope_separator: {
    says: "`scope` of a token answer is a comma list in any order, the same as the callback's",
    source: "recorded",
    expected: "commas alone, the same scopes",
  },
  lifetimes: {
    says: "A token pair lives for 24 h and 365 days, or for 2 h and 180 days",
    source: "conflicting",
    expected: "one of the two (the product trusts the answer's numbers)",
  },
  open_id: {
    says: "`open_id` is one opaque text everywhere",
    source: "recorded",
    expected: "the same from tokens, user info and refresh, untrimmed",
  },
  oauth_error_form: {
    says: "OAuth errors are flat, with a string `error`, possibly with status 200",
    source: "documented, reported",
    expected: "a string `error` beside a `log_id`",
  },
  refresh_rotation: {
    says: "A refresh brings a whole pair; its refresh token may be a new one",
    source: "conflicting",
    expected: "a pair, rotated or not",
  },
  refresh_old_dead: {
    says: "After a rotation the old refresh token is dead",
    source: "documented",
    expected: "invalid_grant",
  },
  success_envelope: {
    says: "A Display answer holds `data` and an `error` object with code `ok`",
    source: "documented, recorded",
    expected: "both, and every field that the granted scopes open",
  },
  missing_scope: {
    says: "One field without its scope fails the whole Display call",
    source: "reported",
    expected: "scope_permission_missed or scope_not_authorized, no data",
  },
  error_envelope: {
    says: "Display errors stand in the `error` object; a dead token is access_token_invalid with 401",
    source: "conflicting",
    expected: "401, nested, access_token_invalid",
  },
  rate_limit: {
    says: "429 may come early (36 pages at once), with or without Retry-After",
    source: "reported",
    expected: "not provoked",
  },
  page_size: {
    says: "A page holds at most `max_count` (20) videos, maybe fewer",
    source: "documented",
    expected: "never more than were asked for",
  },
  cursor_ms: { says: "`cursor` is in milliseconds", source: "documented, recorded", expected: "13 digits" },
  cursor_falls: {
    says: "`cursor` falls strictly from page to page",
    source: "documented",
    expected: "each one below the one before",
  },
  has_more: {
    says: "`has_more` is on every page, and only `false` ends the list",
    source: "documented, recorded",
    expected: "a boolean each time",
  },
  pages_once: { says: "No page repeats a video", source: "documented", expected: "every id once" },
  newest_first: { says: "Newest first", source: "documented", expected: "create_time never rises" },
  create_time: { says: "`create_time` is in seconds", source: "documented", expected: "10 digits, not in the future" },
  id_time: {
    says: "`id >> 32` is roughly the second of the post",
    source: "worked out from recorded ids",
    expected: "within 10 minutes of create_time",
  },
  known_fields: {
    says: "A video has the fields and types of the contract",
    source: "documented, recorded",
    expected: "no unknown field, no other type",
  },
  text_lengths: {
    says: "`title` and `video_description` may pass the documented 150 characters",
    source: "conflicting",
    expected: "at most 4,000, which the product keeps",
  },
  photo_posts: { says: "Photo posts are listed, with duration 0", source: "recorded", expected: "one is listed" },
  cover_expires: {
    says: "A cover's link names its end as `x-expires`, in seconds",
    source: "recorded",
    expected: "on every link, in the future",
  },
  cover_host: {
    says: "Covers come from tiktokcdn.com, tiktokcdn-us.com or tiktokcdn-eu.com",
    source: "recorded",
    expected: "no other host (pages may load no other)",
  },
  embed_html: {
    says: "`embed_html` is the blockquote that the sanitiser knows",
    source: "documented, recorded",
    expected: "blockquote, id and every link survive; no script does",
  },
  is_aigc: { says: "`is_aigc` may be asked for", source: "documented on the newest page only", expected: "a boolean" },
  lookup_path: {
    says: "The path of TIKTOK_VIDEO_LOOKUP_PATH exists, under the scope we ask it with",
    source: "conflicting",
    expected: "an answer, no 404",
  },
  other_lookup_path: {
    says: "The other look-up path may be unknown; nothing asks it",
    source: "conflicting",
    expected: "404 or an answer",
  },
  absent_ids: {
    says: "Unknown and foreign ids are simply absent from a look-up",
    source: "nobody's evidence",
    expected: "the account's own ids alone, and no error",
  },
  private_ids: {
    says: "Private and deleted ids are absent from a look-up too",
    source: "nobody's evidence",
    expected: "absent",
  },
  lookup_order: {
    says: "A look-up answers in an order of its own",
    source: "nobody's evidence",
    expected: "any order (the product matches by id)",
  },
  oembed_video: {
    says: "oEmbed of a post's address names its id",
    source: "documented",
    expected: "the post's id, in a field or in the markup",
  },
  oembed_short_link: { says: "oEmbed resolves short links", source: "recorded", expected: "the id of a post" },
  oembed_removed: {
    says: "oEmbed of a post that is not there is 400 or 404 with `message` and `code`",
    source: "recorded",
    expected: "that, and nobody's id",
  },
  webhooks: {
    says: "Webhooks are signed over `t.body`, repeated for 72 h, without an event id",
    source: "documented",
    expected: "a signed event",
  },
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionName = keyof typeof assumptions;
