ALTER TABLE "submissions" DROP CONSTRAINT "submissions_video_id_videos_id_fk";
--> statement-breakpoint
ALTER TABLE "tiktok_revocations" DROP CONSTRAINT "tiktok_revocations_account_id_tiktok_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "videos" DROP CONSTRAINT "videos_account_id_tiktok_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "submissions" ALTER COLUMN "video_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "tiktok_revocations" ADD COLUMN "open_id_hash" "bytea";--> statement-breakpoint
UPDATE "tiktok_revocations" SET "open_id_hash" = sha256(convert_to("open_id", 'UTF8')) FROM "tiktok_accounts" WHERE "tiktok_accounts"."id" = "account_id";--> statement-breakpoint
ALTER TABLE "tiktok_revocations" ALTER COLUMN "open_id_hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_seen" ON "sessions" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_expires" ON "sign_in_attempts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tiktok_revocations_person" ON "tiktok_revocations" USING btree ("open_id_hash");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_id_unique" UNIQUE("id");--> statement-breakpoint
ALTER TABLE "tiktok_revocations" ADD CONSTRAINT "tiktok_revocations_open_id_hash" CHECK (octet_length("tiktok_revocations"."open_id_hash") = 32);
--> statement-breakpoint
-- A decision stays for good. What was written to and about a person goes with that person, and nothing else of it may.
CREATE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - 'message' - 'note' = to_jsonb(OLD) - 'message' - 'note'
    AND NEW.note IS NULL
    AND NEW.message IS NOT DISTINCT FROM (CASE WHEN OLD.message IS NOT NULL THEN 'Erased with the data of its creator.' END)
    AND NOT EXISTS (
      SELECT FROM submissions JOIN tiktok_accounts ON user_id = creator_id WHERE submissions.id = OLD.submission_id
    )
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER decisions_append_only ON decisions;
--> statement-breakpoint
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION keep_decision();
--> statement-breakpoint
-- As the owner, so that whoever runs the product needs no right to change a decision.
CREATE FUNCTION erase_words(person uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE decisions SET note = NULL, message = CASE WHEN message IS NOT NULL THEN 'Erased with the data of its creator.' END
  WHERE submission_id IN (SELECT id FROM submissions WHERE creator_id = person) AND (message IS NOT NULL OR note IS NOT NULL)
$$;
