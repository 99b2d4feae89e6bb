ALTER TABLE "rate_buckets" ADD COLUMN "refusals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rate_buckets" ADD COLUMN "paused_until" timestamp (6) with time zone;