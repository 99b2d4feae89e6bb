ALTER TABLE "challenge_rules" ADD COLUMN "points_views" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD COLUMN "points_likes" integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD COLUMN "points_comments" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD COLUMN "points_shares" integer DEFAULT 25 NOT NULL;--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD CONSTRAINT "challenge_rules_points" CHECK (least("challenge_rules"."points_views", "challenge_rules"."points_likes", "challenge_rules"."points_comments", "challenge_rules"."points_shares") >= 0
        and greatest("challenge_rules"."points_views", "challenge_rules"."points_likes", "challenge_rules"."points_comments", "challenge_rules"."points_shares") between 1 and 1000);