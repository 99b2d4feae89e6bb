CREATE TABLE "results" (
	"challenge_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"places" integer NOT NULL,
	"winners" uuid[] NOT NULL,
	"reason" text,
	"published_by" uuid NOT NULL,
	"published_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "results_challenge_id_version_pk" PRIMARY KEY("challenge_id","version"),
	CONSTRAINT "results_places" CHECK ("results"."places" between 1 and 10),
	CONSTRAINT "results_reason" CHECK (("results"."version" = 1) = ("results"."reason" is null) and length(trim(coalesce("results"."reason", 'x'))) > 0),
	CONSTRAINT "results_version" CHECK ("results"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "standings" (
	"challenge_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"rank" integer NOT NULL,
	"score" bigint NOT NULL,
	"view_count" bigint,
	"like_count" bigint,
	"comment_count" bigint,
	"share_count" bigint,
	"entered_view_count" bigint,
	"entered_like_count" bigint,
	"entered_comment_count" bigint,
	"entered_share_count" bigint,
	"metrics_at" timestamp (6) with time zone,
	CONSTRAINT "standings_challenge_id_submission_id_pk" PRIMARY KEY("challenge_id","submission_id"),
	CONSTRAINT "standings_rank" CHECK ("standings"."rank" >= 1),
	CONSTRAINT "standings_score" CHECK ("standings"."score" >= 0)
);
--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD COLUMN "counting" text DEFAULT 'total' NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "entered_view_count" bigint;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "entered_like_count" bigint;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "entered_comment_count" bigint;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "entered_share_count" bigint;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_challenge_id_challenges_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."challenges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standings" ADD CONSTRAINT "standings_challenge_id_challenges_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."challenges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standings" ADD CONSTRAINT "standings_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "standings_board" ON "standings" USING btree ("challenge_id","rank","submission_id");--> statement-breakpoint
ALTER TABLE "challenge_rules" ADD CONSTRAINT "challenge_rules_counting" CHECK ("challenge_rules"."counting" in ('total', 'gain'));--> statement-breakpoint
-- What was frozen and what was published stays for good, to the letter.
CREATE TRIGGER standings_append_only BEFORE UPDATE OR DELETE ON standings FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER standings_no_truncate BEFORE TRUNCATE ON standings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER results_append_only BEFORE UPDATE OR DELETE ON results FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER results_no_truncate BEFORE TRUNCATE ON results FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Rules never change in place; a frozen score is made of them.
CREATE TRIGGER challenge_rules_append_only BEFORE UPDATE ON challenge_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A board is written before its challenge is marked as frozen, in the same transaction; after that nothing joins it.
CREATE FUNCTION standings_are_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM challenges WHERE id = NEW.challenge_id AND frozen_at IS NOT NULL)
    OR NOT EXISTS (SELECT FROM submissions WHERE id = NEW.submission_id AND challenge_id = NEW.challenge_id)
  THEN
    RAISE EXCEPTION 'the standings of this challenge are frozen, or the entry is not one of its own' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER standings_open BEFORE INSERT ON standings FOR EACH ROW EXECUTE FUNCTION standings_are_open();
--> statement-breakpoint
CREATE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a challenge stays frozen and final, and keeps its rules' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER challenges_stay_frozen BEFORE UPDATE ON challenges FOR EACH ROW
  WHEN (
    (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS DISTINCT FROM OLD.frozen_at OR NEW.rules_version <> OLD.rules_version))
    OR (OLD.finalised_at IS NOT NULL AND NEW.finalised_at IS DISTINCT FROM OLD.finalised_at)
  ) EXECUTE FUNCTION keep_frozen();
--> statement-breakpoint
-- Versions follow each other, and only entries of the frozen board win, each once.
CREATE FUNCTION winners_are_ranked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM standings WHERE challenge_id = NEW.challenge_id AND submission_id = ANY (NEW.winners)) <> cardinality(NEW.winners)
    OR NEW.version <> (SELECT count(*) + 1 FROM results WHERE challenge_id = NEW.challenge_id)
  THEN
    RAISE EXCEPTION 'a winner is not on the frozen board, or a version was left out' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER results_winners_ranked BEFORE INSERT ON results FOR EACH ROW EXECUTE FUNCTION winners_are_ranked();
