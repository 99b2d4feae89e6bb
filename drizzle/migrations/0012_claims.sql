CREATE TABLE "claims" (
	"submission_id" uuid PRIMARY KEY NOT NULL,
	"moderator_id" uuid NOT NULL,
	"until" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_moderator_id_users_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_moderator" ON "claims" USING btree ("moderator_id");--> statement-breakpoint
CREATE INDEX "claims_until" ON "claims" USING btree ("until");--> statement-breakpoint
CREATE INDEX "decisions_bulk" ON "decisions" USING btree ("bulk_id") WHERE "decisions"."bulk_id" is not null;--> statement-breakpoint
-- Whoever has a desk open hears of every decision and every claim once it is committed. The words: the challenge, and
-- whose claim it was (a decision is news for everybody).
CREATE FUNCTION tell_desks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_now jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
  challenge uuid;
BEGIN
  SELECT challenge_id INTO challenge FROM submissions WHERE id = (row_now ->> 'submission_id')::uuid;
  PERFORM pg_notify('desk', concat_ws(' ', challenge, row_now ->> 'moderator_id'));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_tell_desks AFTER INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION tell_desks();
--> statement-breakpoint
CREATE TRIGGER claims_tell_desks AFTER INSERT OR UPDATE OR DELETE ON claims FOR EACH ROW EXECUTE FUNCTION tell_desks();
