CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"reason_code" text NOT NULL,
	"words" text,
	"reporter_hash" "bytea",
	"reported_at" timestamp (6) with time zone NOT NULL,
	"dismissed_at" timestamp (6) with time zone,
	"dismissed_by" uuid,
	CONSTRAINT "reports_once" UNIQUE("submission_id","reporter_hash"),
	CONSTRAINT "reports_reporter_hash" CHECK (octet_length("reports"."reporter_hash") = 32),
	CONSTRAINT "reports_words" CHECK (length("reports"."words") between 1 and 500),
	CONSTRAINT "reports_other" CHECK ("reports"."reason_code" <> 'OTHER' or "reports"."words" is not null),
	CONSTRAINT "reports_dismissed" CHECK (("reports"."dismissed_at" is null) = ("reports"."dismissed_by" is null))
);
--> statement-breakpoint
ALTER TABLE "challenges" ADD COLUMN "embed_origins" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_dismissed_by_users_id_fk" FOREIGN KEY ("dismissed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reports_open" ON "reports" USING btree ("submission_id") WHERE "reports"."dismissed_at" is null;--> statement-breakpoint
CREATE INDEX "reports_dismissed_at" ON "reports" USING btree ("dismissed_at") WHERE "reports"."dismissed_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_reporters" ON "reports" USING btree ("reported_at") WHERE "reports"."reporter_hash" is not null;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_embed_origins" CHECK (cardinality("challenges"."embed_origins") <= 20 and array_to_string("challenges"."embed_origins", ' ', '') ~ '^(https://[a-z0-9.:-]+( |$))*$');