ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
DROP INDEX "notifications_person";--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "told_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "submission_id" uuid;--> statement-breakpoint
-- Until now each was about a decision, and went by its name.
UPDATE "notifications" SET "id" = "decision_id", "submission_id" = (SELECT "submission_id" FROM "decisions" WHERE "decisions"."id" = "decision_id");--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_pkey";--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_pkey" PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "submission_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "decision_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "missing_since" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "due_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_untold" ON "appeals" USING btree ("effective_at") WHERE "appeals"."outcome" = 'dismissed' and "appeals"."told_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_appeal_once" ON "notifications" USING btree ("submission_id") WHERE "notifications"."kind" = 'appeal_dismissed';--> statement-breakpoint
CREATE INDEX "notifications_listed" ON "notifications" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_due" ON "notifications" USING btree ("due_at") WHERE "notifications"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "submissions_changing" ON "submissions" USING btree ("id") WHERE "submissions"."state" = 'changes_requested';--> statement-breakpoint
CREATE INDEX "videos_unavailable" ON "videos" USING btree ("missing_since") WHERE "videos"."availability" = 'unavailable';--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_decision" UNIQUE("decision_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_absence_once" UNIQUE("submission_id","missing_since");--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_told" CHECK ("appeals"."told_at" is null or coalesce("appeals"."outcome" = 'dismissed', false));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_absence" CHECK (num_nonnulls("notifications"."missing_since", "notifications"."due_at") = case "notifications"."kind" when 'video_unavailable' then 2 else 0 end
        and "notifications"."due_at" > "notifications"."created_at");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (("notifications"."decision_id" is not null and "notifications"."kind" in ('approved', 'rejected', 'changes_requested', 'disqualified', 'removed', 'reopened'))
        or ("notifications"."decision_id" is null and "notifications"."kind" in ('appeal_dismissed', 'video_unavailable')));
--> statement-breakpoint
-- A process of the version before this one still names the decision alone.
CREATE FUNCTION complete_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.id := coalesce(NEW.id, NEW.decision_id);
  NEW.submission_id := coalesce(NEW.submission_id, (SELECT submission_id FROM decisions WHERE id = NEW.decision_id));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER notifications_complete BEFORE INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION complete_notification();
--> statement-breakpoint
-- What was dismissed before was read on the pages, and is not told again.
SET CONSTRAINTS "appeals_are_open" IMMEDIATE;
--> statement-breakpoint
UPDATE "appeals" SET "told_at" = "effective_at" WHERE "outcome" = 'dismissed' AND "effective_at" <= now();
--> statement-breakpoint
SET CONSTRAINTS "appeals_are_open" DEFERRED;
