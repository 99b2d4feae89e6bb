CREATE TABLE "entry_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"words" text NOT NULL,
	"written_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "entry_notes_words" CHECK (length(trim("entry_notes"."words")) between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"held_by" uuid,
	"reason_code" text NOT NULL,
	"note" text,
	"held_at" timestamp (6) with time zone NOT NULL,
	"view_count" bigint,
	"like_count" bigint,
	"comment_count" bigint,
	"share_count" bigint,
	"metrics_at" timestamp (6) with time zone,
	"released_at" timestamp (6) with time zone,
	"released_by" uuid,
	"release_note" text,
	CONSTRAINT "holds_actor_kind" CHECK ("holds"."actor_kind" in ('moderator', 'system')),
	CONSTRAINT "holds_actor" CHECK (("holds"."actor_kind" = 'system') = ("holds"."held_by" is null)),
	CONSTRAINT "holds_reason" CHECK ("holds"."reason_code" in ('SUDDEN_JUMP', 'UNLIKELY_MIX', 'REPORTED', 'OTHER')),
	CONSTRAINT "holds_notes" CHECK (length("holds"."note") between 1 and 1000 and length("holds"."release_note") between 1 and 1000),
	CONSTRAINT "holds_released" CHECK ("holds"."released_at" >= "holds"."held_at" and ("holds"."released_at" is not null or num_nonnulls("holds"."released_by", "holds"."release_note") = 0))
);
--> statement-breakpoint
CREATE TABLE "message_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"verdict" text NOT NULL,
	"words" text NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "message_templates_name_unique" UNIQUE("name"),
	CONSTRAINT "message_templates_name" CHECK (length(trim("message_templates"."name")) between 1 and 60),
	CONSTRAINT "message_templates_verdict" CHECK ("message_templates"."verdict" in ('reject', 'request_change', 'reopen', 'disqualify', 'remove')),
	CONSTRAINT "message_templates_words" CHECK (length(trim("message_templates"."words")) between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "entry_notes" ADD CONSTRAINT "entry_notes_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_notes" ADD CONSTRAINT "entry_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_held_by_users_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_released_by_users_id_fk" FOREIGN KEY ("released_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_templates" ADD CONSTRAINT "message_templates_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entry_notes_submission" ON "entry_notes" USING btree ("submission_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "holds_one_open" ON "holds" USING btree ("submission_id") WHERE "holds"."released_at" is null;--> statement-breakpoint
CREATE INDEX "holds_submission" ON "holds" USING btree ("submission_id","id");--> statement-breakpoint
-- A hold stays as it was made and is released once. Its words and numbers go with the creator, and nothing else of it may.
CREATE FUNCTION keep_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE erasable text[] := '{note,release_note,view_count,like_count,comment_count,share_count,metrics_at}';
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL
    AND to_jsonb(NEW) - '{released_at,released_by,release_note}'::text[] = to_jsonb(OLD) - '{released_at,released_by,release_note}'::text[]
  THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - erasable = to_jsonb(OLD) - erasable
    AND num_nonnulls(NEW.note, NEW.release_note, NEW.view_count, NEW.like_count, NEW.comment_count, NEW.share_count, NEW.metrics_at) = 0
    AND NOT EXISTS (
      SELECT FROM submissions JOIN tiktok_accounts ON user_id = creator_id WHERE submissions.id = OLD.submission_id
    )
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a hold is kept as it was made' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER holds_are_kept BEFORE UPDATE OR DELETE ON holds FOR EACH ROW EXECUTE FUNCTION keep_hold();
--> statement-breakpoint
CREATE TRIGGER holds_no_truncate BEFORE TRUNCATE ON holds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER holds_tell_desks AFTER INSERT OR UPDATE ON holds FOR EACH ROW EXECUTE FUNCTION tell_desks();
--> statement-breakpoint
-- What was noted stays as it was written. It goes with the entry's creator.
CREATE FUNCTION keep_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (
    SELECT FROM submissions JOIN tiktok_accounts ON user_id = creator_id WHERE submissions.id = OLD.submission_id
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER entry_notes_are_kept BEFORE UPDATE OR DELETE ON entry_notes FOR EACH ROW EXECUTE FUNCTION keep_note();
--> statement-breakpoint
CREATE TRIGGER entry_notes_no_truncate BEFORE TRUNCATE ON entry_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER entry_notes_tell_desks AFTER INSERT ON entry_notes FOR EACH ROW EXECUTE FUNCTION tell_desks();
