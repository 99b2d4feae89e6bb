CREATE TABLE "process_metrics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"metrics" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tiktok_revocations" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"access_token_sealed" "bytea" NOT NULL,
	"refresh_token_sealed" "bytea" NOT NULL,
	"access_expires_at" timestamp (6) with time zone NOT NULL,
	"refresh_expires_at" timestamp (6) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"next_try_at" timestamp (6) with time zone NOT NULL,
	"give_up_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tiktok_webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_hash" "bytea" NOT NULL,
	"event" text NOT NULL,
	"open_id" text,
	"sent_at" timestamp (6) with time zone NOT NULL,
	"content" text NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	"handled_at" timestamp (6) with time zone,
	"outcome" text,
	CONSTRAINT "tiktok_webhooks_event_hash_unique" UNIQUE("event_hash"),
	CONSTRAINT "tiktok_webhooks_hash" CHECK (octet_length("tiktok_webhooks"."event_hash") = 32),
	CONSTRAINT "tiktok_webhooks_outcome" CHECK ("tiktok_webhooks"."outcome" in ('applied', 'newer_link', 'no_link', 'unknown_account', 'unknown_event', 'unreadable')),
	CONSTRAINT "tiktok_webhooks_handled" CHECK (("tiktok_webhooks"."handled_at" is null) = ("tiktok_webhooks"."outcome" is null))
);
--> statement-breakpoint
ALTER TABLE "tiktok_revocations" ADD CONSTRAINT "tiktok_revocations_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tiktok_revocations_due" ON "tiktok_revocations" USING btree ("next_try_at");--> statement-breakpoint
CREATE INDEX "tiktok_webhooks_received" ON "tiktok_webhooks" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "tiktok_credentials_due" ON "tiktok_credentials" USING btree ("access_expires_at","account_id");