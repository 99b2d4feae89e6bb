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
ALTER TABLE "tiktok_revocations" ADD CONSTRAINT "tiktok_revocations_account_id_tiktok_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."tiktok_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tiktok_revocations_due" ON "tiktok_revocations" USING btree ("next_try_at");--> statement-breakpoint
CREATE INDEX "tiktok_credentials_due" ON "tiktok_credentials" USING btree ("access_expires_at","account_id");