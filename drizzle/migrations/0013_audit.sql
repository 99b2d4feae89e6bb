DROP INDEX "audit_log_target";--> statement-breakpoint
CREATE INDEX "audit_log_newest" ON "audit_log" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_request" ON "audit_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "videos_embed_version" ON "videos" USING btree ("embed_sanitizer_version");--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("target_id","at","id");
--> statement-breakpoint
-- A line of the audit log stays for 400 days, whoever asks; the Privacy page promises the same (retention.auditDays).
CREATE FUNCTION keep_audit_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < clock_timestamp() - interval '400 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER audit_log_append_only ON audit_log;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_line();
--> statement-breakpoint
-- And no line goes without a trace of how many went.
CREATE FUNCTION trace_audit_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (id, at, actor_kind, action, target_kind, target_id, after)
  SELECT gen_random_uuid(), clock_timestamp(), 'system', 'audit.removed', 'audit_log', 'audit_log',
    jsonb_build_object('lines', count(*), 'from', min(at), 'to', max(at))
  FROM gone HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_removal_traced AFTER DELETE ON audit_log REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION trace_audit_removal();
--> statement-breakpoint
-- As the owner, so that whoever runs the product needs no right to delete. Oldest first; returns how many went.
CREATE FUNCTION remove_old_audit(older_than timestamptz, most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM audit_log WHERE id IN (
      SELECT id FROM audit_log WHERE at < least(older_than, clock_timestamp() - interval '400 days') ORDER BY at LIMIT most
    ) RETURNING 1
  ) SELECT count(*)::integer FROM gone
$$;
