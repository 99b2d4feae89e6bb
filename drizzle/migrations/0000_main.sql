CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"request_id" text,
	CONSTRAINT "audit_log_actor_kind" CHECK ("audit_log"."actor_kind" in ('user', 'operator', 'system'))
);
--> statement-breakpoint
CREATE TABLE "challenge_rules" (
	"challenge_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"required_hashtags" text[] NOT NULL,
	"min_duration_seconds" integer,
	"max_duration_seconds" integer,
	"entries_per_creator" integer NOT NULL,
	"ai_policy" text NOT NULL,
	"posted_from" timestamp (6) with time zone NOT NULL,
	"posted_until" timestamp (6) with time zone NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "challenge_rules_challenge_id_version_pk" PRIMARY KEY("challenge_id","version"),
	CONSTRAINT "challenge_rules_ai_policy" CHECK ("challenge_rules"."ai_policy" in ('allowed', 'must_be_labelled', 'not_allowed')),
	CONSTRAINT "challenge_rules_entries" CHECK ("challenge_rules"."entries_per_creator" between 1 and 100),
	CONSTRAINT "challenge_rules_window" CHECK ("challenge_rules"."posted_until" > "challenge_rules"."posted_from"),
	CONSTRAINT "challenge_rules_duration" CHECK (coalesce("challenge_rules"."min_duration_seconds", 0) >= 0 and coalesce("challenge_rules"."max_duration_seconds", 2147483647) >= coalesce("challenge_rules"."min_duration_seconds", 0))
);
--> statement-breakpoint
CREATE TABLE "challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"brief" text NOT NULL,
	"organizer" text NOT NULL,
	"prize" text,
	"time_zone" text NOT NULL,
	"opens_at" timestamp (6) with time zone NOT NULL,
	"closes_at" timestamp (6) with time zone NOT NULL,
	"published_at" timestamp (6) with time zone,
	"paused_at" timestamp (6) with time zone,
	"frozen_at" timestamp (6) with time zone,
	"finalised_at" timestamp (6) with time zone,
	"cancelled_at" timestamp (6) with time zone,
	"archived_at" timestamp (6) with time zone,
	"rules_version" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "challenges_slug_unique" UNIQUE("slug"),
	CONSTRAINT "challenges_slug" CHECK ("challenges"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("challenges"."slug") <= 80),
	CONSTRAINT "challenges_dates" CHECK ("challenges"."closes_at" > "challenges"."opens_at"),
	CONSTRAINT "challenges_final_after_freeze" CHECK ("challenges"."finalised_at" is null or "challenges"."frozen_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"from_state" text,
	"to_state" text NOT NULL,
	"reason_code" text,
	"rules_version" integer NOT NULL,
	"message" text,
	"note" text,
	"seen_version" integer NOT NULL,
	"bulk_id" uuid,
	"undo_of" uuid,
	"decided_at" timestamp (6) with time zone NOT NULL,
	"effective_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "decisions_sequence" UNIQUE("submission_id","sequence"),
	CONSTRAINT "decisions_undone_once" UNIQUE("undo_of"),
	CONSTRAINT "decisions_to_state" CHECK ("decisions"."to_state" in ('pending', 'approved', 'rejected', 'changes_requested', 'flagged', 'disqualified', 'removed', 'withdrawn')),
	CONSTRAINT "decisions_from_state" CHECK ("decisions"."from_state" is null or "decisions"."from_state" in ('pending', 'approved', 'rejected', 'changes_requested', 'flagged', 'disqualified', 'removed', 'withdrawn')),
	CONSTRAINT "decisions_first" CHECK (("decisions"."sequence" = 1) = ("decisions"."from_state" is null)),
	CONSTRAINT "decisions_seen" CHECK ("decisions"."seen_version" = "decisions"."sequence" - 1),
	CONSTRAINT "decisions_actor_kind" CHECK ("decisions"."actor_kind" in ('creator', 'moderator', 'system')),
	CONSTRAINT "decisions_actor" CHECK (("decisions"."actor_kind" = 'system') = ("decisions"."actor_id" is null)),
	CONSTRAINT "decisions_reason" CHECK ("decisions"."undo_of" is not null or "decisions"."to_state" not in ('rejected', 'disqualified') or ("decisions"."reason_code" is not null and length(trim(coalesce("decisions"."message", ''))) > 0)),
	CONSTRAINT "decisions_effective" CHECK ("decisions"."effective_at" >= "decisions"."decided_at")
);
--> statement-breakpoint
CREATE TABLE "rate_buckets" (
	"key" text PRIMARY KEY NOT NULL,
	"next_free_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_acceptances" (
	"challenge_id" uuid NOT NULL,
	"rules_version" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"accepted_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "rule_acceptances_challenge_id_rules_version_user_id_pk" PRIMARY KEY("challenge_id","rules_version","user_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"last_seen_at" timestamp (6) with time zone NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "sessions_id_hash" CHECK (octet_length("sessions"."id_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"state_hash" "bytea" PRIMARY KEY NOT NULL,
	"browser_hash" "bytea" NOT NULL,
	"code_verifier" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenge_id" uuid NOT NULL,
	"video_id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"rules_version" integer NOT NULL,
	"eligibility" jsonb NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"effective_at" timestamp (6) with time zone NOT NULL,
	"effective_state_before" text NOT NULL,
	"appeal_open" boolean DEFAULT false NOT NULL,
	"submitted_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "submissions_attempt_id_unique" UNIQUE("attempt_id"),
	CONSTRAINT "submissions_state" CHECK ("submissions"."state" in ('pending', 'approved', 'rejected', 'changes_requested', 'flagged', 'disqualified', 'removed', 'withdrawn')),
	CONSTRAINT "submissions_effective_state_before" CHECK ("submissions"."effective_state_before" in ('pending', 'approved', 'rejected', 'changes_requested', 'flagged', 'disqualified', 'removed', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"cursor" bigint,
	"pages" integer DEFAULT 0 NOT NULL,
	"videos_stored" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"retry_at" timestamp (6) with time zone,
	"requested_at" timestamp (6) with time zone NOT NULL,
	"started_at" timestamp (6) with time zone,
	"ended_at" timestamp (6) with time zone,
	CONSTRAINT "sync_runs_state" CHECK ("sync_runs"."state" in ('queued', 'running', 'rate_limited', 'succeeded', 'partial', 'failed', 'cancelled')),
	CONSTRAINT "sync_runs_ended" CHECK (("sync_runs"."state" in ('queued', 'running', 'rate_limited')) = ("sync_runs"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "tiktok_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"open_id" text NOT NULL,
	"union_id" text,
	"display_name" text NOT NULL,
	"avatar_url" text,
	"username" text,
	"bio_description" text,
	"profile_url" text,
	"is_verified" boolean,
	"granted_scopes" text[] NOT NULL,
	"link_health" text NOT NULL,
	"revoked_reason" integer,
	"connected_at" timestamp (6) with time zone NOT NULL,
	"link_changed_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "tiktok_accounts_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "tiktok_accounts_open_id_unique" UNIQUE("open_id"),
	CONSTRAINT "tiktok_accounts_open_id" CHECK (length("tiktok_accounts"."open_id") between 1 and 200),
	CONSTRAINT "tiktok_accounts_link_health" CHECK ("tiktok_accounts"."link_health" in ('healthy', 'expired', 'scope_missing', 'revoked', 'disconnected')),
	CONSTRAINT "tiktok_accounts_revoked_reason" CHECK ("tiktok_accounts"."revoked_reason" is null or "tiktok_accounts"."revoked_reason" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "tiktok_credentials" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"access_token_sealed" "bytea" NOT NULL,
	"refresh_token_sealed" "bytea" NOT NULL,
	"access_expires_at" timestamp (6) with time zone NOT NULL,
	"refresh_expires_at" timestamp (6) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"lease_by" uuid,
	"lease_until" timestamp (6) with time zone,
	"updated_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "tiktok_credentials_access" CHECK (octet_length("tiktok_credentials"."access_token_sealed") > 60),
	CONSTRAINT "tiktok_credentials_refresh" CHECK (octet_length("tiktok_credentials"."refresh_token_sealed") > 60),
	CONSTRAINT "tiktok_credentials_lease" CHECK (("tiktok_credentials"."lease_by" is null) = ("tiktok_credentials"."lease_until" is null))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role" text DEFAULT 'creator' NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"last_signed_in_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "users_role" CHECK ("users"."role" in ('creator', 'moderator', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "video_metric_snapshots" (
	"video_id" uuid NOT NULL,
	"taken_at" timestamp (6) with time zone NOT NULL,
	"view_count" bigint,
	"like_count" bigint,
	"comment_count" bigint,
	"share_count" bigint,
	CONSTRAINT "video_metric_snapshots_video_id_taken_at_pk" PRIMARY KEY("video_id","taken_at")
);
--> statement-breakpoint
CREATE TABLE "videos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"tiktok_video_id" text NOT NULL,
	"posted_at" timestamp (6) with time zone,
	"caption" text DEFAULT '' NOT NULL,
	"duration_seconds" integer,
	"width" integer,
	"height" integer,
	"share_url" text,
	"cover_url" text,
	"cover_expires_at" timestamp (6) with time zone,
	"embed_html_raw" text,
	"embed_html" text,
	"embed_sanitizer_version" integer,
	"view_count" bigint,
	"like_count" bigint,
	"comment_count" bigint,
	"share_count" bigint,
	"metrics_at" timestamp (6) with time zone,
	"is_aigc" boolean,
	"availability" text DEFAULT 'public' NOT NULL,
	"listed_in_run" uuid,
	"first_seen_at" timestamp (6) with time zone NOT NULL,
	"read_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "videos_tiktok_video_id_unique" UNIQUE("tiktok_video_id"),
	CONSTRAINT "videos_tiktok_video_id" CHECK ("videos"."tiktok_video_id" ~ '^[0-9]{6,25}$'),
	CONSTRAINT "videos_availability" CHECK ("videos"."availability" in ('public', 'unconfirmed', 'unavailable')),
	CONSTRAINT "videos_duration" CHECK ("videos"."duration_seconds" is null or "videos"."duration_seconds" >= 0),
	CONSTRAINT "videos_embed_sanitized" CHECK (("videos"."embed_html" is null) = ("videos"."embed_sanitizer_version" is null))
);
--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD CONSTRAINT "challenge_rules_challenge_id_challenges_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."challenges"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_undo_of_decisions_id_fk" FOREIGN KEY ("undo_of") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_acceptances" ADD CONSTRAINT "rule_acceptances_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_acceptances" ADD CONSTRAINT "rule_acceptances_rules" FOREIGN KEY ("challenge_id","rules_version") REFERENCES "public"."challenge_rules"("challenge_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_challenge_id_challenges_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."challenges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_rules" FOREIGN KEY ("challenge_id","rules_version") REFERENCES "public"."challenge_rules"("challenge_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tiktok_accounts" ADD CONSTRAINT "tiktok_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tiktok_credentials" ADD CONSTRAINT "tiktok_credentials_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_metric_snapshots" ADD CONSTRAINT "video_metric_snapshots_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("target_kind","target_id","id");--> statement-breakpoint
CREATE INDEX "challenges_closing" ON "challenges" USING btree ("closes_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_browser" ON "sign_in_attempts" USING btree ("browser_hash","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_live" ON "submissions" USING btree ("challenge_id","video_id") WHERE "submissions"."state" not in ('withdrawn', 'removed') and ("submissions"."state" <> 'rejected' or "submissions"."appeal_open");--> statement-breakpoint
CREATE INDEX "submissions_gallery" ON "submissions" USING btree ("challenge_id","id" DESC NULLS FIRST) WHERE "submissions"."state" = 'approved' or "submissions"."effective_state_before" = 'approved';--> statement-breakpoint
CREATE INDEX "submissions_queue" ON "submissions" USING btree ("challenge_id","state","id");--> statement-breakpoint
CREATE INDEX "submissions_creator" ON "submissions" USING btree ("creator_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "submissions_video" ON "submissions" USING btree ("video_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_active" ON "sync_runs" USING btree ("account_id") WHERE "sync_runs"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sync_runs_latest" ON "sync_runs" USING btree ("account_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "videos_account_newest" ON "videos" USING btree ("account_id","tiktok_video_id" DESC NULLS FIRST);