CREATE TABLE "desk_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"blur_covers" boolean NOT NULL,
	"mute_players" boolean NOT NULL,
	"keys" text NOT NULL,
	CONSTRAINT "desk_settings_keys" CHECK ("desk_settings"."keys" in ('single', 'alt', 'off'))
);
--> statement-breakpoint
ALTER TABLE "desk_settings" ADD CONSTRAINT "desk_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_decided" ON "decisions" USING btree ("decided_at");--> statement-breakpoint
CREATE INDEX "submissions_queue_by_rules" ON "submissions" USING btree ("challenge_id","state",("eligibility" @> '[{"outcome": "unknown"}]'::jsonb),"id");