import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * The whole database. Closed sets are `text` + CHECK (an enum's new value cannot be used in the transaction
 * that adds it, and all pending migrations share one). Ids are uuid v7, so they sort by time; TikTok's ids are text.
 * Append-only and fold-of-decisions triggers live in the migrations beside this file.
 */

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 6 });
const counter = (name: string) => bigint(name, { mode: "number" });

/** In an index and wherever it is asked, so that the index serves. */
export const hasUnclearRule = (eligibility: AnyPgColumn) =>
  sql<boolean>`(${eligibility} @> '[{"outcome": "unknown"}]'::jsonb)`;

/** A pseudonymous actor. Everything that names a person is in tiktok_accounts and can be deleted without it. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    role: text("role").$type<"creator" | "moderator" | "admin">().notNull().default("creator"),
    createdAt: instant("created_at").notNull(),
    lastSignedInAt: instant("last_signed_in_at").notNull(),
  },
  (t) => [check("users_role", sql`${t.role} in ('creator', 'moderator', 'admin')`)],
);

/** A connected TikTok open_id: its profile as far as the granted scopes reach, and the health of the link. */
export const tiktokAccounts = pgTable(
  "tiktok_accounts",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .unique()
      .references(() => users.id),
    /** Opaque; may start with `-` or `_`; never trimmed or normalised. */
    openId: text("open_id").notNull().unique(),
    unionId: text("union_id"),
    displayName: text("display_name").notNull(),
    avatarUrl: text("avatar_url"),
    username: text("username"),
    bioDescription: text("bio_description"),
    profileUrl: text("profile_url"),
    isVerified: boolean("is_verified"),
    grantedScopes: text("granted_scopes").array().notNull(),
    linkHealth: text("link_health")
      .$type<"healthy" | "expired" | "scope_missing" | "revoked" | "disconnected">()
      .notNull(),
    revokedReason: integer("revoked_reason"),
    connectedAt: instant("connected_at").notNull(),
    linkChangedAt: instant("link_changed_at").notNull(),
  },
  (t) => [
    check("tiktok_accounts_open_id", sql`length(${t.openId}) between 1 and 200`),
    check(
      "tiktok_accounts_link_health",
      sql`${t.linkHealth} in ('healthy', 'expired', 'scope_missing', 'revoked', 'disconnected')`,
    ),
    check("tiktok_accounts_revoked_reason", sql`${t.revokedReason} is null or ${t.revokedReason} between 0 and 5`),
  ],
);

/** Sealed tokens. Written whole or not at all: an empty credential cannot be stored (product invariant 10). */
export const tiktokCredentials = pgTable(
  "tiktok_credentials",
  {
    accountId: uuid("account_id")
      .primaryKey()
      .references(() => tiktokAccounts.id, { onDelete: "cascade" }),
    accessTokenSealed: bytea("access_token_sealed").notNull(),
    refreshTokenSealed: bytea("refresh_token_sealed").notNull(),
    accessExpiresAt: instant("access_expires_at").notNull(),
    refreshExpiresAt: instant("refresh_expires_at").notNull(),
    /** Goes up with every stored pair; a refresh stores only over the version it started from. */
    version: integer("version").notNull().default(1),
    leaseBy: uuid("lease_by"),
    /** On the database's clock, like every lease. */
    leaseUntil: instant("lease_until"),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    index("tiktok_credentials_due").on(t.accessExpiresAt, t.accountId),
    check("tiktok_credentials_access", sql`octet_length(${t.accessTokenSealed}) > 60`),
    check("tiktok_credentials_refresh", sql`octet_length(${t.refreshTokenSealed}) > 60`),
    check("tiktok_credentials_lease", sql`(${t.leaseBy} is null) = (${t.leaseUntil} is null)`),
  ],
);

/**
 * A pair that has left its account, kept sealed until TikTok has ended the grant or `give_up_at` has come. It outlives
 * the account of a person who deletes their data.
 */
export const tiktokRevocations = pgTable(
  "tiktok_revocations",
  {
    accountId: uuid("account_id").primaryKey(),
    /** SHA-256. Tells whose grant it is when they come back under another account. */
    openIdHash: bytea("open_id_hash").notNull(),
    accessTokenSealed: bytea("access_token_sealed").notNull(),
    refreshTokenSealed: bytea("refresh_token_sealed").notNull(),
    accessExpiresAt: instant("access_expires_at").notNull(),
    refreshExpiresAt: instant("refresh_expires_at").notNull(),
    attempts: integer("attempts").notNull(),
    nextTryAt: instant("next_try_at").notNull(),
    giveUpAt: instant("give_up_at").notNull(),
  },
  (t) => [
    index("tiktok_revocations_due").on(t.nextTryAt),
    index("tiktok_revocations_person").on(t.openIdHash),
    check("tiktok_revocations_open_id_hash", sql`octet_length(${t.openIdHash}) = 32`),
  ],
);

/** An event that TikTok sent, signed. The hash tells a repeat; kept for a month. */
export const tiktokWebhooks = pgTable(
  "tiktok_webhooks",
  {
    id: uuid("id").primaryKey(),
    eventHash: bytea("event_hash").notNull().unique(),
    event: text("event").notNull(),
    openId: text("open_id"),
    /** TikTok's create_time; seconds. */
    sentAt: instant("sent_at").notNull(),
    /** JSON in a text, as it came. */
    content: text("content").notNull(),
    receivedAt: instant("received_at").notNull(),
    handledAt: instant("handled_at"),
    outcome: text("outcome").$type<
      "applied" | "newer_link" | "no_link" | "unknown_account" | "unknown_event" | "unreadable"
    >(),
  },
  (t) => [
    check("tiktok_webhooks_hash", sql`octet_length(${t.eventHash}) = 32`),
    check(
      "tiktok_webhooks_outcome",
      sql`${t.outcome} in ('applied', 'newer_link', 'no_link', 'unknown_account', 'unknown_event', 'unreadable')`,
    ),
    check("tiktok_webhooks_handled", sql`(${t.handledAt} is null) = (${t.outcome} is null)`),
    index("tiktok_webhooks_received").on(t.receivedAt),
  ],
);

/** The stored copy of one public TikTok video. Every field but the id may be missing upstream. */
export const videos = pgTable(
  "videos",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => tiktokAccounts.id, { onDelete: "cascade" }),
    /** TikTok's id: 19 digits, above 2^53, text everywhere. */
    tiktokVideoId: text("tiktok_video_id").notNull().unique(),
    postedAt: instant("posted_at"),
    caption: text("caption").notNull().default(""),
    durationSeconds: integer("duration_seconds"),
    width: integer("width"),
    height: integer("height"),
    shareUrl: text("share_url"),
    coverUrl: text("cover_url"),
    /** From the cover's x-expires, or 6 h after it was read. */
    coverExpiresAt: instant("cover_expires_at"),
    embedHtmlRaw: text("embed_html_raw"),
    /** Sanitised when stored; the only markup that reaches a page. */
    embedHtml: text("embed_html"),
    embedSanitizerVersion: integer("embed_sanitizer_version"),
    viewCount: counter("view_count"),
    likeCount: counter("like_count"),
    commentCount: counter("comment_count"),
    shareCount: counter("share_count"),
    metricsAt: instant("metrics_at"),
    isAigc: boolean("is_aigc"),
    availability: text("availability").$type<"public" | "unconfirmed" | "unavailable">().notNull().default("public"),
    /** Since when look-ups do not return it: once is `unconfirmed`, twice some time apart `unavailable`. */
    missingSince: instant("missing_since"),
    /** The walk over the creator's list that saw it last; null for one that was only looked up. */
    listedInRun: uuid("listed_in_run"),
    firstSeenAt: instant("first_seen_at").notNull(),
    /** When TikTok last gave it. */
    readAt: instant("read_at").notNull(),
    /** When TikTok last answered a question about it, whether it gave it or not. */
    checkedAt: instant("checked_at").notNull().default(sql`'epoch'`),
  },
  (t) => [
    check("videos_tiktok_video_id", sql`${t.tiktokVideoId} ~ '^[0-9]{6,25}$'`),
    check("videos_availability", sql`${t.availability} in ('public', 'unconfirmed', 'unavailable')`),
    check("videos_missing", sql`(${t.availability} = 'public') = (${t.missingSince} is null)`),
    check("videos_duration", sql`${t.durationSeconds} is null or ${t.durationSeconds} >= 0`),
    check("videos_embed_sanitized", sql`(${t.embedHtml} is null) = (${t.embedSanitizerVersion} is null)`),
    // A creator's list, newest first; TikTok's ids grow with time and have one length in practice, so they are the cursor.
    index("videos_account_newest").on(t.accountId, t.tiktokVideoId.desc().nullsFirst()),
    // What is to be refreshed, asked every minute.
    index("videos_checked").on(t.checkedAt),
    // What an older sanitiser made, to be made anew.
    index("videos_embed_version").on(t.embedSanitizerVersion),
    index("videos_cover_expires").on(t.coverExpiresAt).where(sql`${t.availability} = 'public'`),
    index("videos_unconfirmed").on(t.missingSince).where(sql`${t.availability} = 'unconfirmed'`),
    index("videos_unavailable").on(t.missingSince).where(sql`${t.availability} = 'unavailable'`),
  ],
);

/** What TikTok said of a video's numbers, and when. */
export const videoMetricSnapshots = pgTable(
  "video_metric_snapshots",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    takenAt: instant("taken_at").notNull(),
    viewCount: counter("view_count"),
    likeCount: counter("like_count"),
    commentCount: counter("comment_count"),
    shareCount: counter("share_count"),
  },
  (t) => [primaryKey({ columns: [t.videoId, t.takenAt] })],
);

/** One walk over a creator's video list. `cursor` is TikTok's: UTC milliseconds, null before the first page. */
export const syncRuns = pgTable(
  "sync_runs",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => tiktokAccounts.id, { onDelete: "cascade" }),
    state: text("state")
      .$type<"queued" | "running" | "rate_limited" | "succeeded" | "partial" | "failed" | "cancelled">()
      .notNull(),
    /** `full` walks to the end of the list; `incremental` stops where an earlier complete walk began. */
    kind: text("kind").$type<"full" | "incremental">().notNull().default("full"),
    requestedBy: text("requested_by").$type<"person" | "schedule">().notNull().default("person"),
    cursor: counter("cursor"),
    pages: integer("pages").notNull().default(0),
    videosStored: integer("videos_stored").notNull().default(0),
    failure: text("failure"),
    retryAt: instant("retry_at"),
    requestedAt: instant("requested_at").notNull(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    check(
      "sync_runs_state",
      sql`${t.state} in ('queued', 'running', 'rate_limited', 'succeeded', 'partial', 'failed', 'cancelled')`,
    ),
    check("sync_runs_kind", sql`${t.kind} in ('full', 'incremental')`),
    check("sync_runs_requested_by", sql`${t.requestedBy} in ('person', 'schedule')`),
    check("sync_runs_ended", sql`(${t.state} in ('queued', 'running', 'rate_limited')) = (${t.endedAt} is null)`),
    uniqueIndex("sync_runs_one_active").on(t.accountId).where(sql`${t.endedAt} is null`),
    index("sync_runs_latest").on(t.accountId, t.id.desc().nullsFirst()),
  ],
);

/** Dates and acts; the phase is computed from them and the clock, never stored. */
export const challenges = pgTable(
  "challenges",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    title: text("title").notNull(),
    brief: text("brief").notNull(),
    organizer: text("organizer").notNull(),
    prize: text("prize"),
    timeZone: text("time_zone").notNull(),
    opensAt: instant("opens_at").notNull(),
    closesAt: instant("closes_at").notNull(),
    publishedAt: instant("published_at"),
    pausedAt: instant("paused_at"),
    frozenAt: instant("frozen_at"),
    finalisedAt: instant("finalised_at"),
    cancelledAt: instant("cancelled_at"),
    archivedAt: instant("archived_at"),
    /** Origins of the sites that may show its gallery in a frame. */
    embedOrigins: text("embed_origins").array().notNull().default(sql`'{}'`),
    /** Within how many hours an entry is to be decided; null: no deadline. */
    reviewTargetHours: integer("review_target_hours"),
    /** Whether an entry that passes every rule is approved when that time is over. */
    approveAtTarget: boolean("approve_at_target").notNull().default(false),
    rulesVersion: integer("rules_version").notNull(),
    /** One more with each edit: an edit is made on the version that its maker saw. */
    version: integer("version").notNull().default(1),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("challenges_slug", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${t.slug}) <= 80`),
    check("challenges_dates", sql`${t.closesAt} > ${t.opensAt}`),
    // They go into a header as they stand.
    check(
      "challenges_embed_origins",
      sql`cardinality(${t.embedOrigins}) <= 20 and array_to_string(${t.embedOrigins}, ' ', '') ~ '^(https://[a-z0-9.:-]+( |$))*$'`,
    ),
    check("challenges_review_target", sql`${t.reviewTargetHours} between 1 and 720`),
    check("challenges_approve_at_target", sql`not ${t.approveAtTarget} or ${t.reviewTargetHours} is not null`),
    check("challenges_final_after_freeze", sql`${t.finalisedAt} is null or ${t.frozenAt} is not null`),
    index("challenges_closing").on(t.closesAt.desc().nullsFirst()),
  ],
);

/** Rules never change in place: an edit is a new version, and a creator accepts a version. */
export const challengeRules = pgTable(
  "challenge_rules",
  {
    challengeId: uuid("challenge_id")
      .notNull()
      .references((): AnyPgColumn => challenges.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    requiredHashtags: text("required_hashtags").array().notNull(),
    minDurationSeconds: integer("min_duration_seconds"),
    maxDurationSeconds: integer("max_duration_seconds"),
    entriesPerCreator: integer("entries_per_creator").notNull(),
    aiPolicy: text("ai_policy").$type<"allowed" | "must_be_labelled" | "not_allowed">().notNull(),
    postedFrom: instant("posted_from").notNull(),
    postedUntil: instant("posted_until").notNull(),
    /** What points are given for: all that was counted, or what came since the entry was made. */
    counting: text("counting").$type<"total" | "gain">().notNull().default("total"),
    /** Points for a thousand of each. */
    pointsViews: integer("points_views").notNull().default(1),
    pointsLikes: integer("points_likes").notNull().default(5),
    pointsComments: integer("points_comments").notNull().default(20),
    pointsShares: integer("points_shares").notNull().default(25),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.challengeId, t.version] }),
    check("challenge_rules_ai_policy", sql`${t.aiPolicy} in ('allowed', 'must_be_labelled', 'not_allowed')`),
    check("challenge_rules_counting", sql`${t.counting} in ('total', 'gain')`),
    check("challenge_rules_entries", sql`${t.entriesPerCreator} between 1 and 100`),
    check(
      "challenge_rules_points",
      sql`least(${t.pointsViews}, ${t.pointsLikes}, ${t.pointsComments}, ${t.pointsShares}) >= 0
        and greatest(${t.pointsViews}, ${t.pointsLikes}, ${t.pointsComments}, ${t.pointsShares}) between 1 and 1000`,
    ),
    check("challenge_rules_window", sql`${t.postedUntil} > ${t.postedFrom}`),
    check(
      "challenge_rules_duration",
      sql`coalesce(${t.minDurationSeconds}, 0) >= 0 and coalesce(${t.maxDurationSeconds}, 2147483647) >= coalesce(${t.minDurationSeconds}, 0)`,
    ),
  ],
);

/** One video in one challenge by one creator. `state` is the fold of its decisions (checked by a deferred trigger). */
export const submissions = pgTable(
  "submissions",
  {
    id: uuid("id").primaryKey(),
    challengeId: uuid("challenge_id")
      .notNull()
      .references(() => challenges.id),
    /** Null once its creator has deleted their data: a removed entry, shown nowhere with a name or a cover. */
    videoId: uuid("video_id").references(() => videos.id, { onDelete: "set null" }),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => users.id),
    /** Names one press of the button: the same attempt arriving twice is one submission. */
    attemptId: uuid("attempt_id").notNull().unique(),
    rulesVersion: integer("rules_version").notNull(),
    /** Per rule: pass, fail or unknown, with the value that was seen. Parsed by zod on the way out. */
    eligibility: jsonb("eligibility").notNull(),
    state: text("state").$type<DecisionState>().notNull(),
    /** Number of decisions; a decision is made on the version that its maker saw. */
    version: integer("version").notNull(),
    /** When `state` counts outside the desk; until then `effectiveStateBefore` does. */
    effectiveAt: instant("effective_at").notNull(),
    effectiveStateBefore: text("effective_state_before").$type<DecisionState>().notNull(),
    appealOpen: boolean("appeal_open").notNull().default(false),
    submittedAt: instant("submitted_at").notNull(),
    /** When it was last handed in anew; null when it never was. It waits since then. */
    resubmittedAt: instant("resubmitted_at"),
    /** The video's numbers as they were known when it was entered: what a gain is counted from. */
    enteredViewCount: counter("entered_view_count"),
    enteredLikeCount: counter("entered_like_count"),
    enteredCommentCount: counter("entered_comment_count"),
    enteredShareCount: counter("entered_share_count"),
  },
  (t) => [
    check("submissions_state", decisionStateIn(t.state)),
    check("submissions_effective_state_before", decisionStateIn(t.effectiveStateBefore)),
    foreignKey({
      name: "submissions_rules",
      columns: [t.challengeId, t.rulesVersion],
      foreignColumns: [challengeRules.challengeId, challengeRules.version],
    }),
    // Product invariant 1: live = every state but withdrawn, removed, and rejected with no appeal open.
    uniqueIndex("submissions_one_live")
      .on(t.challengeId, t.videoId)
      .where(sql`${t.state} not in ('withdrawn', 'removed') and (${t.state} <> 'rejected' or ${t.appealOpen})`),
    index("submissions_gallery")
      .on(t.challengeId, t.id.desc().nullsFirst())
      .where(sql`${t.state} = 'approved' or ${t.effectiveStateBefore} = 'approved'`),
    index("submissions_queue").on(t.challengeId, t.state, t.id),
    // The same queue by whether a rule of the entry could not be told.
    index("submissions_queue_by_rules").on(t.challengeId, t.state, hasUnclearRule(t.eligibility), t.id),
    index("submissions_creator").on(t.creatorId, t.id.desc().nullsFirst()),
    index("submissions_video").on(t.videoId),
    // Those whose time to make a change may be over, asked every minute.
    index("submissions_changing").on(t.id).where(sql`${t.state} = 'changes_requested'`),
  ],
);

/**
 * Append-only. Every change of a submission's state, by a creator, a moderator or the system. Its words alone are erased,
 * by `erase_words`, once the submission's creator has deleted their data.
 */
export const decisions = pgTable(
  "decisions",
  {
    id: uuid("id").primaryKey(),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id),
    /** 1, 2, 3 … per submission, equal to the submission's version after it. */
    sequence: integer("sequence").notNull(),
    actorKind: text("actor_kind").$type<"creator" | "moderator" | "system">().notNull(),
    actorId: uuid("actor_id").references(() => users.id),
    fromState: text("from_state").$type<DecisionState>(),
    toState: text("to_state").$type<DecisionState>().notNull(),
    reasonCode: text("reason_code"),
    rulesVersion: integer("rules_version").notNull(),
    message: text("message"),
    note: text("note"),
    seenVersion: integer("seen_version").notNull(),
    bulkId: uuid("bulk_id"),
    /** The rule that made the system do this, and its version. */
    reviewRuleId: uuid("review_rule_id"),
    reviewRuleVersion: integer("review_rule_version"),
    undoOf: uuid("undo_of").references((): AnyPgColumn => decisions.id),
    decidedAt: instant("decided_at").notNull(),
    effectiveAt: instant("effective_at").notNull(),
  },
  (t) => [
    unique("decisions_sequence").on(t.submissionId, t.sequence),
    unique("decisions_undone_once").on(t.undoOf),
    index("decisions_bulk").on(t.bulkId).where(sql`${t.bulkId} is not null`),
    // What was decided lately.
    index("decisions_decided").on(t.decidedAt),
    check("decisions_to_state", decisionStateIn(t.toState)),
    check("decisions_from_state", sql`${t.fromState} is null or ${decisionStateIn(t.fromState)}`),
    check("decisions_first", sql`(${t.sequence} = 1) = (${t.fromState} is null)`),
    check("decisions_seen", sql`${t.seenVersion} = ${t.sequence} - 1`),
    check("decisions_actor_kind", sql`${t.actorKind} in ('creator', 'moderator', 'system')`),
    check("decisions_actor", sql`(${t.actorKind} = 'system') = (${t.actorId} is null)`),
    // Product invariant 3: whoever is refused is told why.
    check(
      "decisions_reason",
      sql`${t.undoOf} is not null or ${t.toState} not in ('rejected', 'disqualified') or (${t.reasonCode} is not null and length(trim(coalesce(${t.message}, ''))) > 0)`,
    ),
    foreignKey({
      name: "decisions_review_rule",
      columns: [t.reviewRuleId, t.reviewRuleVersion],
      foreignColumns: [reviewRuleVersions.ruleId, reviewRuleVersions.version],
    }),
    check(
      "decisions_by_rule",
      sql`num_nonnulls(${t.reviewRuleId}, ${t.reviewRuleVersion}) in (0, 2) and (${t.reviewRuleId} is null or ${t.actorKind} = 'system')`,
    ),
    check("decisions_effective", sql`${t.effectiveAt} >= ${t.decidedAt}`),
    // The figures of a period.
    index("decisions_figures").on(t.decidedAt).where(sql`${t.actorKind} = 'moderator'`),
    // The log of one moderator.
    index("decisions_moderator").on(t.actorId, t.id.desc().nullsFirst()).where(sql`${t.actorKind} = 'moderator'`),
  ],
);

/**
 * A rule that helps moderators, and how it stands. What it says has versions, and whatever it does names one of them. It is
 * tried on the entries that there are before it is enabled, each version anew.
 */
export const reviewRules = pgTable(
  "review_rules",
  {
    id: uuid("id").primaryKey(),
    challengeId: uuid("challenge_id")
      .notNull()
      .references(() => challenges.id),
    version: integer("version").notNull(),
    /** Of this version. */
    triedAt: instant("tried_at"),
    /** What this version would have done. Parsed by zod on the way out. */
    trial: jsonb("trial"),
    enabledAt: instant("enabled_at"),
    /** Put away: never enabled again. */
    retiredAt: instant("retired_at"),
  },
  (t) => [
    check("review_rules_tried", sql`(${t.triedAt} is null) = (${t.trial} is null)`),
    check("review_rules_tried_first", sql`${t.enabledAt} is null or ${t.triedAt} is not null`),
    check("review_rules_retired", sql`${t.retiredAt} is null or ${t.enabledAt} is null`),
    index("review_rules_challenge").on(t.challengeId, t.id).where(sql`${t.retiredAt} is null`),
  ],
);

/** Append-only: what each version of a rule says. Parsed by zod on the way out. */
export const reviewRuleVersions = pgTable(
  "review_rule_versions",
  {
    ruleId: uuid("rule_id")
      .notNull()
      .references(() => reviewRules.id),
    version: integer("version").notNull(),
    definition: jsonb("definition").notNull(),
    madeBy: uuid("made_by")
      .notNull()
      .references(() => users.id),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.version] })],
);

/** What a rule says to the moderator of an entry: reject it, for this reason. Shown while that version is enabled. */
export const reviewSuggestions = pgTable(
  "review_suggestions",
  {
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id, { onDelete: "cascade" }),
    ruleId: uuid("rule_id").notNull(),
    ruleVersion: integer("rule_version").notNull(),
    reasonCode: text("reason_code").notNull(),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.submissionId, t.ruleId] }),
    foreignKey({
      name: "review_suggestions_rule",
      columns: [t.ruleId, t.ruleVersion],
      foreignColumns: [reviewRuleVersions.ruleId, reviewRuleVersions.version],
    }),
  ],
);

/**
 * A creator's one request for a second look at a rejected or disqualified entry. What is asked never changes, and whoever
 * made that decision does not answer it (both by trigger). Erased with its creator: the words, or all of an open one.
 */
export const appeals = pgTable(
  "appeals",
  {
    id: uuid("id").primaryKey(),
    submissionId: uuid("submission_id")
      .notNull()
      .unique()
      .references(() => submissions.id),
    /** The decision appealed against: its place in the submission's history. */
    decisionSequence: integer("decision_sequence").notNull(),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => users.id),
    statement: text("statement").notNull(),
    openedAt: instant("opened_at").notNull(),
    /** Null while it is open. */
    outcome: text("outcome").$type<"upheld" | "dismissed">(),
    decidedBy: uuid("decided_by").references(() => users.id),
    /** What the creator reads. */
    answer: text("answer"),
    decidedAt: instant("decided_at"),
    /** When the outcome counts outside the desk. */
    effectiveAt: instant("effective_at"),
    /** The decision that an upheld appeal led to. */
    upheldSequence: integer("upheld_sequence"),
    /** When its creator was told that it was dismissed; an upheld one is told of as the decision it led to. */
    toldAt: instant("told_at"),
  },
  (t) => [
    foreignKey({
      name: "appeals_decision",
      columns: [t.submissionId, t.decisionSequence],
      foreignColumns: [decisions.submissionId, decisions.sequence],
    }),
    foreignKey({
      name: "appeals_upheld",
      columns: [t.submissionId, t.upheldSequence],
      foreignColumns: [decisions.submissionId, decisions.sequence],
    }),
    check("appeals_statement", sql`length(trim(${t.statement})) between 1 and 1000`),
    check("appeals_outcome", sql`${t.outcome} in ('upheld', 'dismissed')`),
    check(
      "appeals_decided",
      sql`num_nonnulls(${t.outcome}, ${t.decidedBy}, ${t.decidedAt}, ${t.effectiveAt}) in (0, 4)
        and (${t.outcome} is not null or ${t.answer} is null) and ${t.effectiveAt} >= ${t.decidedAt}`,
    ),
    check("appeals_dismissed", sql`${t.outcome} <> 'dismissed' or length(trim(coalesce(${t.answer}, ''))) > 0`),
    check("appeals_upheld_by", sql`coalesce(${t.outcome} = 'upheld', false) = (${t.upheldSequence} is not null)`),
    // Product invariant 6.
    check("appeals_not_by_creator", sql`${t.decidedBy} <> ${t.creatorId}`),
    check("appeals_told", sql`${t.toldAt} is null or coalesce(${t.outcome} = 'dismissed', false)`),
    index("appeals_open").on(t.id).where(sql`${t.outcome} is null`),
    index("appeals_untold").on(t.effectiveAt).where(sql`${t.outcome} = 'dismissed' and ${t.toldAt} is null`),
    index("appeals_creator").on(t.creatorId),
  ],
);

/**
 * Append-only, and closed once its challenge is frozen: rank, score and inputs of every ranked entry, as they were then.
 * Points per thousand are those of the challenge's rules, whose version a frozen challenge keeps. Names no person.
 */
export const standings = pgTable(
  "standings",
  {
    challengeId: uuid("challenge_id")
      .notNull()
      .references(() => challenges.id),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id),
    rank: integer("rank").notNull(),
    /** Thousandths of a point. */
    score: counter("score").notNull(),
    viewCount: counter("view_count"),
    likeCount: counter("like_count"),
    commentCount: counter("comment_count"),
    shareCount: counter("share_count"),
    enteredViewCount: counter("entered_view_count"),
    enteredLikeCount: counter("entered_like_count"),
    enteredCommentCount: counter("entered_comment_count"),
    enteredShareCount: counter("entered_share_count"),
    /** When TikTok gave the counts. */
    metricsAt: instant("metrics_at"),
  },
  (t) => [
    primaryKey({ columns: [t.challengeId, t.submissionId] }),
    check("standings_rank", sql`${t.rank} >= 1`),
    check("standings_score", sql`${t.score} >= 0`),
    index("standings_board").on(t.challengeId, t.rank, t.submissionId),
  ],
);

/** Append-only: who won. Version 1 is made when results are published; another one replaces a winner, and says why. */
export const results = pgTable(
  "results",
  {
    challengeId: uuid("challenge_id")
      .notNull()
      .references(() => challenges.id),
    version: integer("version").notNull(),
    /** How many places win. */
    places: integer("places").notNull(),
    /** Submissions of the frozen board (a trigger checks that). */
    winners: uuid("winners").array().notNull(),
    /** For everybody to read. */
    reason: text("reason"),
    publishedBy: uuid("published_by")
      .notNull()
      .references(() => users.id),
    publishedAt: instant("published_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.challengeId, t.version] }),
    check("results_places", sql`${t.places} between 1 and 10`),
    check(
      "results_reason",
      sql`(${t.version} = 1) = (${t.reason} is null) and length(trim(coalesce(${t.reason}, 'x'))) > 0`,
    ),
    check("results_version", sql`${t.version} >= 1`),
  ],
);

/** What a visitor says against an entry that everybody sees. Of the visitor there is only a hash, and for a day. */
export const reports = pgTable(
  "reports",
  {
    id: uuid("id").primaryKey(),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id, { onDelete: "cascade" }),
    reasonCode: text("reason_code").notNull(),
    words: text("words"),
    /** Keyed with the day in it: tells the same visitor reporting twice, and nothing across days. */
    reporterHash: bytea("reporter_hash"),
    reportedAt: instant("reported_at").notNull(),
    dismissedAt: instant("dismissed_at"),
    dismissedBy: uuid("dismissed_by").references(() => users.id),
  },
  (t) => [
    unique("reports_once").on(t.submissionId, t.reporterHash),
    check("reports_reporter_hash", sql`octet_length(${t.reporterHash}) = 32`),
    check("reports_words", sql`length(${t.words}) between 1 and 500`),
    check("reports_other", sql`${t.reasonCode} <> 'OTHER' or ${t.words} is not null`),
    check("reports_dismissed", sql`(${t.dismissedAt} is null) = (${t.dismissedBy} is null)`),
    index("reports_open").on(t.submissionId).where(sql`${t.dismissedAt} is null`),
    index("reports_dismissed_at").on(t.dismissedAt).where(sql`${t.dismissedAt} is not null`),
    index("reports_reporters").on(t.reportedAt).where(sql`${t.reporterHash} is not null`),
  ],
);

/**
 * The outbox: decisions whose effect has still to leave the desk. A trigger writes each with its decision and takes it out
 * with its undo; whoever deletes it later carries the effect out in the same transaction.
 */
export const decisionEffects = pgTable(
  "decision_effects",
  {
    decisionId: uuid("decision_id")
      .primaryKey()
      .references(() => decisions.id),
    effectiveAt: instant("effective_at").notNull(),
  },
  (t) => [index("decision_effects_due").on(t.effectiveAt)],
);

/**
 * What a creator was told, each thing once: a decision that took effect, an appeal that was dismissed, or an approved entry
 * whose video is not public any more. Names and words are read where they are kept.
 */
export const notifications = pgTable(
  "notifications",
  {
    /** Of a decision: the decision's own. They are listed by it. */
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id),
    kind: text("kind")
      .$type<
        | "approved"
        | "rejected"
        | "changes_requested"
        | "disqualified"
        | "removed"
        | "reopened"
        | "appeal_dismissed"
        | "video_unavailable"
      >()
      .notNull(),
    decisionId: uuid("decision_id").references(() => decisions.id),
    /** Of a video that is not public: the absence it is about, and until when it has to be public again. */
    missingSince: instant("missing_since"),
    dueAt: instant("due_at"),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
    /** The one letter that it is in, if any. */
    letterId: uuid("letter_id").references(() => letters.id, { onDelete: "set null" }),
  },
  (t) => [
    check(
      "notifications_kind",
      sql`(${t.decisionId} is not null and ${t.kind} in ('approved', 'rejected', 'changes_requested', 'disqualified', 'removed', 'reopened'))
        or (${t.decisionId} is null and ${t.kind} in ('appeal_dismissed', 'video_unavailable'))`,
    ),
    check(
      "notifications_absence",
      sql`num_nonnulls(${t.missingSince}, ${t.dueAt}) = case ${t.kind} when 'video_unavailable' then 2 else 0 end
        and ${t.dueAt} > ${t.createdAt}`,
    ),
    unique("notifications_decision").on(t.decisionId),
    unique("notifications_absence_once").on(t.submissionId, t.missingSince),
    uniqueIndex("notifications_appeal_once").on(t.submissionId).where(sql`${t.kind} = 'appeal_dismissed'`),
    index("notifications_listed").on(t.userId, t.id.desc().nullsFirst()),
    index("notifications_unread").on(t.userId).where(sql`${t.readAt} is null`),
    // Which absences are over their time.
    index("notifications_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index("notifications_letter").on(t.letterId).where(sql`${t.letterId} is not null`),
  ],
);

/**
 * Where a person wants letters to go. It waits for its confirmation, is confirmed, or turned out to be out of reach: one
 * of the three. Another address is another row.
 */
export const mailAddresses = pgTable(
  "mail_addresses",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .unique()
      .references(() => users.id),
    address: text("address").notNull(),
    choice: text("choice").$type<"each" | "daily" | "none">().notNull().default("each"),
    givenAt: instant("given_at").notNull(),
    /** How long the link of the last confirmation letter is good. */
    confirmUntil: instant("confirm_until"),
    confirmedAt: instant("confirmed_at"),
    unreachableAt: instant("unreachable_at"),
  },
  (t) => [
    check(
      "mail_addresses_address",
      sql`length(${t.address}) <= 254 and ${t.address} ~ '^[^[:space:]@]+@[^[:space:]@]+$'`,
    ),
    check("mail_addresses_choice", sql`${t.choice} in ('each', 'daily', 'none')`),
    check("mail_addresses_state", sql`num_nonnulls(${t.confirmUntil}, ${t.confirmedAt}, ${t.unreachableAt}) = 1`),
    index("mail_addresses_unconfirmed").on(t.confirmUntil).where(sql`${t.confirmUntil} is not null`),
  ],
);

/** A letter to be sent once. What it says is written when it is handed over, from what is kept elsewhere. */
export const letters = pgTable(
  "letters",
  {
    /** Makes its Message-ID: handed over twice, it can be known again. */
    id: uuid("id").primaryKey(),
    addressId: uuid("address_id")
      .notNull()
      .references(() => mailAddresses.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"confirmation" | "notification" | "digest">().notNull(),
    /** UTC. One letter holds what a person is told up to this day's hour. */
    digestDay: date("digest_day", { mode: "string" }),
    state: text("state").$type<"queued" | "sending" | "sent" | "failed">().notNull().default("queued"),
    /** How often somebody took it to hand it over. */
    attempts: integer("attempts").notNull().default(0),
    dueAt: instant("due_at").notNull(),
    /** On the database's clock, like every lease. */
    leaseUntil: instant("lease_until"),
    endedAt: instant("ended_at"),
    /** A code; never the server's words, which name the address. */
    failure: text("failure"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("letters_one_digest").on(t.addressId, t.digestDay),
    check("letters_kind", sql`${t.kind} in ('confirmation', 'notification', 'digest')`),
    check("letters_digest", sql`(${t.kind} = 'digest') = (${t.digestDay} is not null)`),
    check("letters_state", sql`${t.state} in ('queued', 'sending', 'sent', 'failed')`),
    check("letters_lease", sql`(${t.state} = 'sending') = (${t.leaseUntil} is not null)`),
    check("letters_ended", sql`(${t.state} in ('sent', 'failed')) = (${t.endedAt} is not null)`),
    check("letters_failure", sql`${t.state} <> 'failed' or ${t.failure} is not null`),
    index("letters_due").on(t.dueAt).where(sql`${t.state} in ('queued', 'sending')`),
    index("letters_ended_at").on(t.endedAt).where(sql`${t.endedAt} is not null`),
  ],
);

/**
 * Who is looking at an entry of the desk, so that two moderators don't collide. A lease, not a state: on the database's
 * clock, and worth nothing once it is over.
 */
export const claims = pgTable(
  "claims",
  {
    submissionId: uuid("submission_id")
      .primaryKey()
      .references(() => submissions.id, { onDelete: "cascade" }),
    moderatorId: uuid("moderator_id")
      .notNull()
      .references(() => users.id),
    until: instant("until").notNull(),
  },
  (t) => [index("claims_moderator").on(t.moderatorId), index("claims_until").on(t.until)],
);

/**
 * The ranking of an entry is suspended while its numbers are checked: until it is released it counts with those that it
 * had. Append-only, but that a hold is released once, and that a rule's may go before the entry is ever approved (all by
 * trigger). Its words and numbers go with its creator.
 */
export const holds = pgTable(
  "holds",
  {
    id: uuid("id").primaryKey(),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id),
    actorKind: text("actor_kind").$type<"moderator" | "system">().notNull(),
    heldBy: uuid("held_by").references(() => users.id),
    reasonCode: text("reason_code").$type<"SUDDEN_JUMP" | "UNLIKELY_MIX" | "REPORTED" | "RULE" | "OTHER">().notNull(),
    /** Internal: what was seen. */
    note: text("note"),
    /** What the system found in the numbers (anomaly.ts), and the reading that showed it. */
    anomaly: jsonb("anomaly"),
    doubtedAt: instant("doubted_at"),
    /** The rule that asked for it, and its version; with which press, when it was applied to what waited. */
    reviewRuleId: uuid("review_rule_id"),
    reviewRuleVersion: integer("review_rule_version"),
    bulkId: uuid("bulk_id"),
    /** One that a rule asked for counts once the entry is approved. */
    heldAt: instant("held_at").notNull(),
    /** The last numbers that nobody doubts. */
    viewCount: counter("view_count"),
    likeCount: counter("like_count"),
    commentCount: counter("comment_count"),
    shareCount: counter("share_count"),
    metricsAt: instant("metrics_at"),
    /** Null while it is held. */
    releasedAt: instant("released_at"),
    releasedBy: uuid("released_by").references(() => users.id),
    /** Internal: what came of the check. */
    releaseNote: text("release_note"),
  },
  (t) => [
    check("holds_actor_kind", sql`${t.actorKind} in ('moderator', 'system')`),
    check("holds_actor", sql`(${t.actorKind} = 'system') = (${t.heldBy} is null)`),
    check("holds_reason", sql`${t.reasonCode} in ('SUDDEN_JUMP', 'UNLIKELY_MIX', 'REPORTED', 'RULE', 'OTHER')`),
    check("holds_notes", sql`length(${t.note}) between 1 and 1000 and length(${t.releaseNote}) between 1 and 1000`),
    check(
      "holds_released",
      sql`${t.releasedAt} >= ${t.heldAt} and (${t.releasedAt} is not null or num_nonnulls(${t.releasedBy}, ${t.releaseNote}) = 0)`,
    ),
    foreignKey({
      name: "holds_review_rule",
      columns: [t.reviewRuleId, t.reviewRuleVersion],
      foreignColumns: [reviewRuleVersions.ruleId, reviewRuleVersions.version],
    }),
    check(
      "holds_by_rule",
      sql`num_nonnulls(${t.reviewRuleId}, ${t.reviewRuleVersion}) = case ${t.reasonCode} when 'RULE' then 2 else 0 end and (${t.reviewRuleId} is null or ${t.actorKind} = 'system')`,
    ),
    check("holds_anomaly", sql`${t.anomaly} is null or (${t.doubtedAt} is not null and ${t.actorKind} = 'system')`),
    uniqueIndex("holds_one_open").on(t.submissionId).where(sql`${t.releasedAt} is null`),
    // The same reading holds an entry once, and so does a rule: what a person has cleared stays cleared.
    unique("holds_reading_once").on(t.submissionId, t.doubtedAt),
    unique("holds_rule_once").on(t.submissionId, t.reviewRuleId),
    index("holds_bulk").on(t.bulkId).where(sql`${t.bulkId} is not null`),
    index("holds_submission").on(t.submissionId, t.id),
  ],
);

/** Append-only: what moderators tell each other about an entry. Goes with its creator's data, and only then (by trigger). */
export const entryNotes = pgTable(
  "entry_notes",
  {
    id: uuid("id").primaryKey(),
    submissionId: uuid("submission_id")
      .notNull()
      .references(() => submissions.id),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    words: text("words").notNull(),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [
    check("entry_notes_words", sql`length(trim(${t.words})) between 1 and 1000`),
    index("entry_notes_submission").on(t.submissionId, t.id),
  ],
);

/** Words that moderators write again and again, with places that are filled in for each entry. */
export const messageTemplates = pgTable(
  "message_templates",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull().unique(),
    verdict: text("verdict").$type<"reject" | "request_change" | "reopen" | "disqualify" | "remove">().notNull(),
    words: text("words").notNull(),
    changedBy: uuid("changed_by")
      .notNull()
      .references(() => users.id),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    check("message_templates_name", sql`length(trim(${t.name})) between 1 and 60`),
    check(
      "message_templates_verdict",
      sql`${t.verdict} in ('reject', 'request_change', 'reopen', 'disqualify', 'remove')`,
    ),
    check("message_templates_words", sql`length(trim(${t.words})) between 1 and 1000`),
  ],
);

/** How a moderator wants their desk. Without a row: nothing blurred, nothing muted, single keys. */
export const deskSettings = pgTable(
  "desk_settings",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id),
    blurCovers: boolean("blur_covers").notNull(),
    mutePlayers: boolean("mute_players").notNull(),
    /** Single keys, the same with Alt held, or none. */
    keys: text("keys").$type<"single" | "alt" | "off">().notNull(),
  },
  (t) => [check("desk_settings_keys", sql`${t.keys} in ('single', 'alt', 'off')`)],
);

/** Which version of a challenge's rules a creator accepted. */
export const ruleAcceptances = pgTable(
  "rule_acceptances",
  {
    challengeId: uuid("challenge_id").notNull(),
    rulesVersion: integer("rules_version").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    acceptedAt: instant("accepted_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.challengeId, t.rulesVersion, t.userId] }),
    foreignKey({
      name: "rule_acceptances_rules",
      columns: [t.challengeId, t.rulesVersion],
      foreignColumns: [challengeRules.challengeId, challengeRules.version],
    }),
  ],
);

/** Server-side sessions; only a keyed hash of the 256-bit id is here. */
export const sessions = pgTable(
  "sessions",
  {
    idHash: bytea("id_hash").primaryKey(),
    /** Names a session to its owner; opens nothing. */
    id: uuid("id").notNull().unique().default(sql`gen_random_uuid()`),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Browser and system in words; the user agent itself is not kept. Null when there was none. */
    device: text("device"),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    index("sessions_user").on(t.userId),
    index("sessions_seen").on(t.lastSeenAt),
    check("sessions_id_hash", sql`octet_length(${t.idHash}) = 32`),
  ],
);

/** A sign-in under way: one use, ten minutes, bound to the browser that started it. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    stateHash: bytea("state_hash").primaryKey(),
    browserHash: bytea("browser_hash").notNull(),
    codeVerifier: text("code_verifier").notNull(),
    returnTo: text("return_to").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    index("sign_in_attempts_browser").on(t.browserHash, t.expiresAt),
    index("sign_in_attempts_expires").on(t.expiresAt),
  ],
);

/** A way in for staff while TikTok is down: one use, a few minutes, and one link a person; only its keyed hash is here. */
export const signInLinks = pgTable(
  "sign_in_links",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: bytea("token_hash").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [check("sign_in_links_token_hash", sql`octet_length(${t.tokenHash}) = 32`)],
);

/** Append-only but for lines past their age, which leave a trace: who did what to what, and under which request. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid("id").primaryKey(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").$type<"user" | "operator" | "system">().notNull(),
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    targetKind: text("target_kind").notNull(),
    targetId: text("target_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    reason: text("reason"),
    requestId: text("request_id"),
  },
  (t) => [
    check("audit_log_actor_kind", sql`${t.actorKind} in ('user', 'operator', 'system')`),
    // Read newest first, by one of these; the id parts what happened in the same moment.
    index("audit_log_newest").on(t.at, t.id),
    index("audit_log_actor").on(t.actorId, t.at, t.id),
    index("audit_log_action").on(t.action, t.at, t.id),
    index("audit_log_target").on(t.targetId, t.at, t.id),
    index("audit_log_request").on(t.requestId),
  ],
);

/**
 * Outbound limits shared by all processes (GCRA): the theoretical arrival time of the next call per endpoint, and how
 * often in a row TikTok has refused one there.
 */
export const rateBuckets = pgTable("rate_buckets", {
  key: text("key").primaryKey(),
  nextFreeAt: instant("next_free_at").notNull(),
  refusals: integer("refusals").notNull().default(0),
  /** Until then all processes keep still after a refusal. */
  pausedUntil: instant("paused_until"),
  /** The minute of the latest call, on the database's clock, and how many were taken in it: told, never decided by. */
  minute: instant("minute"),
  calls: integer("calls").notNull().default(0),
});

/** What a process that serves nothing has counted, for whoever scrapes a web process. Rows are dropped after an hour. */
export const processMetrics = pgTable("process_metrics", {
  id: uuid("id").primaryKey(),
  at: instant("at").notNull(),
  metrics: jsonb("metrics").notNull(),
});

type DecisionState =
  | "pending"
  | "approved"
  | "rejected"
  | "changes_requested"
  | "flagged"
  | "disqualified"
  | "removed"
  | "withdrawn";

function decisionStateIn(column: AnyPgColumn) {
  return sql`${column} in ('pending', 'approved', 'rejected', 'changes_requested', 'flagged', 'disqualified', 'removed', 'withdrawn')`;
}
