ALTER TABLE "sync_runs" ADD COLUMN "kind" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "requested_by" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "missing_since" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "checked_at" timestamp (6) with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
CREATE INDEX "videos_checked" ON "videos" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "videos_cover_expires" ON "videos" USING btree ("cover_expires_at") WHERE "videos"."availability" = 'public';--> statement-breakpoint
CREATE INDEX "videos_unconfirmed" ON "videos" USING btree ("missing_since") WHERE "videos"."availability" = 'unconfirmed';--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_kind" CHECK ("sync_runs"."kind" in ('full', 'incremental'));--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_requested_by" CHECK ("sync_runs"."requested_by" in ('person', 'schedule'));--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_missing" CHECK (("videos"."availability" = 'public') = ("videos"."missing_since" is null));