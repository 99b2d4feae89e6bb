CREATE TABLE "decision_effects" (
	"decision_id" uuid PRIMARY KEY NOT NULL,
	"effective_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"decision_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"read_at" timestamp (6) with time zone,
	CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('approved', 'rejected', 'changes_requested', 'disqualified', 'removed', 'reopened'))
);
--> statement-breakpoint
ALTER TABLE "decision_effects" ADD CONSTRAINT "decision_effects_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_effects_due" ON "decision_effects" USING btree ("effective_at");--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("user_id","decision_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("user_id") WHERE "notifications"."read_at" is null;
--> statement-breakpoint
-- The outbox is filled by the decision itself, whoever makes it, so no effect can be forgotten; and emptied by its undo,
-- so none of it can leave; what has left cannot be undone. A creator's own act has no effect that they need to hear of.
CREATE FUNCTION queue_effect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.undo_of IS NOT NULL THEN
    DELETE FROM decision_effects WHERE decision_id = NEW.undo_of;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the effect of a decision has left, it cannot be undone' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSIF NEW.actor_kind <> 'creator' THEN
    INSERT INTO decision_effects (decision_id, effective_at) VALUES (NEW.id, NEW.effective_at);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_take_effect AFTER INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION queue_effect();
--> statement-breakpoint
-- Those whose window is open at this moment. What took effect before was read on the pages, and is not told again.
INSERT INTO decision_effects (decision_id, effective_at)
SELECT id, effective_at FROM decisions AS made
WHERE effective_at > now() AND undo_of IS NULL AND actor_kind <> 'creator'
  AND NOT EXISTS (SELECT FROM decisions WHERE undo_of = made.id);
