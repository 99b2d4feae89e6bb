CREATE TABLE "review_rule_versions" (
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "review_rule_versions_rule_id_version_pk" PRIMARY KEY("rule_id","version")
);
--> statement-breakpoint
CREATE TABLE "review_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenge_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"tried_at" timestamp (6) with time zone,
	"trial" jsonb,
	"enabled_at" timestamp (6) with time zone,
	"retired_at" timestamp (6) with time zone,
	CONSTRAINT "review_rules_tried" CHECK (("review_rules"."tried_at" is null) = ("review_rules"."trial" is null)),
	CONSTRAINT "review_rules_tried_first" CHECK ("review_rules"."enabled_at" is null or "review_rules"."tried_at" is not null),
	CONSTRAINT "review_rules_retired" CHECK ("review_rules"."retired_at" is null or "review_rules"."enabled_at" is null)
);
--> statement-breakpoint
CREATE TABLE "review_suggestions" (
	"submission_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_version" integer NOT NULL,
	"reason_code" text NOT NULL,
	"made_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "review_suggestions_submission_id_rule_id_pk" PRIMARY KEY("submission_id","rule_id")
);
--> statement-breakpoint
ALTER TABLE "challenges" ADD COLUMN "review_target_hours" integer;--> statement-breakpoint
ALTER TABLE "challenges" ADD COLUMN "approve_at_target" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "review_rule_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "review_rule_version" integer;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "resubmitted_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "review_rule_versions" ADD CONSTRAINT "review_rule_versions_rule_id_review_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."review_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_rule_versions" ADD CONSTRAINT "review_rule_versions_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_rules" ADD CONSTRAINT "review_rules_challenge_id_challenges_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."challenges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_suggestions" ADD CONSTRAINT "review_suggestions_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_suggestions" ADD CONSTRAINT "review_suggestions_rule" FOREIGN KEY ("rule_id","rule_version") REFERENCES "public"."review_rule_versions"("rule_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "review_rules_challenge" ON "review_rules" USING btree ("challenge_id","id") WHERE "review_rules"."retired_at" is null;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_review_rule" FOREIGN KEY ("review_rule_id","review_rule_version") REFERENCES "public"."review_rule_versions"("rule_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_figures" ON "decisions" USING btree ("decided_at") WHERE "decisions"."actor_kind" = 'moderator';--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_review_target" CHECK ("challenges"."review_target_hours" between 1 and 720);--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_approve_at_target" CHECK (not "challenges"."approve_at_target" or "challenges"."review_target_hours" is not null);--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_by_rule" CHECK (num_nonnulls("decisions"."review_rule_id", "decisions"."review_rule_version") in (0, 2) and ("decisions"."review_rule_id" is null or "decisions"."actor_kind" = 'system'));--> statement-breakpoint
-- What a rule said when it did something stays readable.
CREATE TRIGGER review_rule_versions_append_only BEFORE UPDATE OR DELETE ON review_rule_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER review_rule_versions_no_truncate BEFORE TRUNCATE ON review_rule_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
UPDATE submissions SET resubmitted_at = again.at FROM (
  SELECT submission_id, max(decided_at) AS at FROM decisions
  WHERE actor_kind = 'creator' AND to_state = 'pending' AND sequence > 1 GROUP BY submission_id
) AS again WHERE again.submission_id = submissions.id;
