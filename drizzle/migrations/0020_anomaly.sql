ALTER TABLE "holds" DROP CONSTRAINT "holds_reason";--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "anomaly" jsonb;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "doubted_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "review_rule_id" uuid;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "review_rule_version" integer;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "bulk_id" uuid;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_review_rule" FOREIGN KEY ("review_rule_id","review_rule_version") REFERENCES "public"."review_rule_versions"("rule_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_bulk" ON "holds" USING btree ("bulk_id") WHERE "holds"."bulk_id" is not null;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_reading_once" UNIQUE("submission_id","doubted_at");--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_rule_once" UNIQUE("submission_id","review_rule_id");--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_by_rule" CHECK (num_nonnulls("holds"."review_rule_id", "holds"."review_rule_version") = case "holds"."reason_code" when 'RULE' then 2 else 0 end and ("holds"."review_rule_id" is null or "holds"."actor_kind" = 'system'));--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_anomaly" CHECK ("holds"."anomaly" is null or ("holds"."doubted_at" is not null and "holds"."actor_kind" = 'system'));--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_reason" CHECK ("holds"."reason_code" in ('SUDDEN_JUMP', 'UNLIKELY_MIX', 'REPORTED', 'RULE', 'OTHER'));--> statement-breakpoint
-- A hold stays as it was made and is released once. Its words and numbers go with the creator, and nothing else of it may.
-- One that a rule asked for may be taken back while it never counted: until the entry is approved nobody was held by it.
CREATE OR REPLACE FUNCTION keep_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE erasable text[] := '{note,release_note,anomaly,doubted_at,view_count,like_count,comment_count,share_count,metrics_at}';
BEGIN
  IF TG_OP = 'DELETE' AND OLD.review_rule_id IS NOT NULL AND OLD.released_at IS NULL AND EXISTS (
    SELECT FROM submissions WHERE id = OLD.submission_id AND state IN ('pending', 'flagged', 'changes_requested')
  ) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL
    AND to_jsonb(NEW) - '{released_at,released_by,release_note}'::text[] = to_jsonb(OLD) - '{released_at,released_by,release_note}'::text[]
  THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - erasable = to_jsonb(OLD) - erasable
    AND num_nonnulls(NEW.note, NEW.release_note, NEW.anomaly, NEW.doubted_at, NEW.view_count, NEW.like_count, NEW.comment_count, NEW.share_count, NEW.metrics_at) = 0
    AND NOT EXISTS (
      SELECT FROM submissions JOIN tiktok_accounts ON user_id = creator_id WHERE submissions.id = OLD.submission_id
    )
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a hold is kept as it was made' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER holds_tell_desks ON holds;
--> statement-breakpoint
CREATE TRIGGER holds_tell_desks AFTER INSERT OR UPDATE OR DELETE ON holds FOR EACH ROW EXECUTE FUNCTION tell_desks();
