CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"decision_sequence" integer NOT NULL,
	"creator_id" uuid NOT NULL,
	"statement" text NOT NULL,
	"opened_at" timestamp (6) with time zone NOT NULL,
	"outcome" text,
	"decided_by" uuid,
	"answer" text,
	"decided_at" timestamp (6) with time zone,
	"effective_at" timestamp (6) with time zone,
	"upheld_sequence" integer,
	CONSTRAINT "appeals_submission_id_unique" UNIQUE("submission_id"),
	CONSTRAINT "appeals_statement" CHECK (length(trim("appeals"."statement")) between 1 and 1000),
	CONSTRAINT "appeals_outcome" CHECK ("appeals"."outcome" in ('upheld', 'dismissed')),
	CONSTRAINT "appeals_decided" CHECK (num_nonnulls("appeals"."outcome", "appeals"."decided_by", "appeals"."decided_at", "appeals"."effective_at") in (0, 4)
        and ("appeals"."outcome" is not null or "appeals"."answer" is null) and "appeals"."effective_at" >= "appeals"."decided_at"),
	CONSTRAINT "appeals_dismissed" CHECK ("appeals"."outcome" <> 'dismissed' or length(trim(coalesce("appeals"."answer", ''))) > 0),
	CONSTRAINT "appeals_upheld_by" CHECK (coalesce("appeals"."outcome" = 'upheld', false) = ("appeals"."upheld_sequence" is not null)),
	CONSTRAINT "appeals_not_by_creator" CHECK ("appeals"."decided_by" <> "appeals"."creator_id")
);
--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision" FOREIGN KEY ("submission_id","decision_sequence") REFERENCES "public"."decisions"("submission_id","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_upheld" FOREIGN KEY ("submission_id","upheld_sequence") REFERENCES "public"."decisions"("submission_id","sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_open" ON "appeals" USING btree ("id") WHERE "appeals"."outcome" is null;--> statement-breakpoint
CREATE INDEX "appeals_creator" ON "appeals" USING btree ("creator_id");--> statement-breakpoint
CREATE INDEX "decisions_moderator" ON "decisions" USING btree ("actor_id","id" DESC NULLS FIRST) WHERE "decisions"."actor_kind" = 'moderator';
--> statement-breakpoint
-- Product invariant 6, and that an appeal is its creator's own, about a decision that had taken effect.
CREATE FUNCTION appeal_is_fair() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE appealed record; entry record;
BEGIN
  SELECT actor_id, to_state, undo_of, effective_at INTO appealed FROM decisions
    WHERE submission_id = NEW.submission_id AND sequence = NEW.decision_sequence;
  SELECT creator_id INTO entry FROM submissions WHERE id = NEW.submission_id;
  IF NEW.decided_by = appealed.actor_id THEN
    RAISE EXCEPTION 'an appeal is not decided by whoever made the decision' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.creator_id <> entry.creator_id THEN
    RAISE EXCEPTION 'an appeal belongs to the creator of the entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF appealed.to_state NOT IN ('rejected', 'disqualified') OR appealed.undo_of IS NOT NULL OR appealed.effective_at > NEW.opened_at THEN
    RAISE EXCEPTION 'that decision cannot be appealed against' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER appeals_are_fair BEFORE INSERT OR UPDATE ON appeals FOR EACH ROW EXECUTE FUNCTION appeal_is_fair();
--> statement-breakpoint
-- What was asked stays as it was. The words go with the creator, and an appeal that is still open goes whole.
CREATE FUNCTION keep_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gone boolean;
BEGIN
  gone := NOT EXISTS (SELECT FROM tiktok_accounts WHERE user_id = OLD.creator_id);
  IF TG_OP = 'DELETE' AND gone AND OLD.outcome IS NULL THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE'
    AND ROW (NEW.id, NEW.submission_id, NEW.decision_sequence, NEW.creator_id, NEW.opened_at)
      = ROW (OLD.id, OLD.submission_id, OLD.decision_sequence, OLD.creator_id, OLD.opened_at)
    AND (NEW.statement = OLD.statement OR gone)
    AND (NEW.outcome IS NOT DISTINCT FROM OLD.outcome OR NEW.outcome IS NULL OR OLD.outcome IS NULL)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an appeal is kept as it was made' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER appeals_are_kept BEFORE UPDATE OR DELETE ON appeals FOR EACH ROW EXECUTE FUNCTION keep_appeal();
--> statement-breakpoint
CREATE TRIGGER appeals_no_truncate BEFORE TRUNCATE ON appeals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- submissions.appeal_open says whether there is an open appeal: checked for both tables when the transaction commits.
CREATE FUNCTION appeal_open_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted uuid;
BEGIN
  wanted := CASE WHEN TG_TABLE_NAME = 'submissions' THEN to_jsonb(NEW) ->> 'id'
    WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ->> 'submission_id' ELSE to_jsonb(NEW) ->> 'submission_id' END::uuid;
  IF EXISTS (
    SELECT FROM submissions WHERE id = wanted
      AND appeal_open <> EXISTS (SELECT FROM appeals WHERE submission_id = wanted AND outcome IS NULL)
  ) THEN
    RAISE EXCEPTION 'appeal_open of submission % is not what its appeal says', wanted USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER submissions_appeal_open AFTER INSERT OR UPDATE OF appeal_open ON submissions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appeal_open_is_true();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER appeals_are_open AFTER INSERT OR UPDATE OR DELETE ON appeals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appeal_open_is_true();
