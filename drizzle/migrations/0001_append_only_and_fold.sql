-- Decisions and the audit log are history: nothing in them is changed or removed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A decision continues the one before it: its from_state is the state that the last one left.
CREATE FUNCTION decision_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_state text;
BEGIN
  IF NEW.sequence > 1 THEN
    SELECT to_state INTO last_state FROM decisions WHERE submission_id = NEW.submission_id AND sequence = NEW.sequence - 1;
    IF last_state IS DISTINCT FROM NEW.from_state THEN
      RAISE EXCEPTION 'decision % of a submission does not continue the one before it', NEW.sequence USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_continue BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decision_continues();
--> statement-breakpoint
-- A submission's state is the fold of its decisions: checked for both tables when the transaction commits.
CREATE FUNCTION submission_is_its_fold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted uuid; stored record; last record;
BEGIN
  wanted := CASE TG_TABLE_NAME WHEN 'submissions' THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'submission_id')::uuid END;
  SELECT state, version, effective_at INTO stored FROM submissions WHERE id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT to_state, sequence, effective_at INTO last FROM decisions WHERE submission_id = wanted ORDER BY sequence DESC LIMIT 1;
  IF last IS NULL OR stored.state <> last.to_state OR stored.version <> last.sequence OR stored.effective_at <> last.effective_at THEN
    RAISE EXCEPTION 'submission % is not the fold of its decisions', wanted USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER submissions_are_folds AFTER INSERT OR UPDATE OF state, version, effective_at ON submissions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submission_is_its_fold();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER decisions_are_folded AFTER INSERT ON decisions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submission_is_its_fold();
