ALTER TABLE "rate_buckets" ADD COLUMN "minute" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "rate_buckets" ADD COLUMN "calls" integer DEFAULT 0 NOT NULL;