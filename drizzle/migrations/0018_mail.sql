CREATE TABLE "letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"digest_day" date,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (6) with time zone NOT NULL,
	"lease_until" timestamp (6) with time zone,
	"ended_at" timestamp (6) with time zone,
	"failure" text,
	"created_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "letters_one_digest" UNIQUE("address_id","digest_day"),
	CONSTRAINT "letters_kind" CHECK ("letters"."kind" in ('confirmation', 'notification', 'digest')),
	CONSTRAINT "letters_digest" CHECK (("letters"."kind" = 'digest') = ("letters"."digest_day" is not null)),
	CONSTRAINT "letters_state" CHECK ("letters"."state" in ('queued', 'sending', 'sent', 'failed')),
	CONSTRAINT "letters_lease" CHECK (("letters"."state" = 'sending') = ("letters"."lease_until" is not null)),
	CONSTRAINT "letters_ended" CHECK (("letters"."state" in ('sent', 'failed')) = ("letters"."ended_at" is not null)),
	CONSTRAINT "letters_failure" CHECK ("letters"."state" <> 'failed' or "letters"."failure" is not null)
);
--> statement-breakpoint
CREATE TABLE "mail_addresses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"address" text NOT NULL,
	"choice" text DEFAULT 'each' NOT NULL,
	"given_at" timestamp (6) with time zone NOT NULL,
	"confirm_until" timestamp (6) with time zone,
	"confirmed_at" timestamp (6) with time zone,
	"unreachable_at" timestamp (6) with time zone,
	CONSTRAINT "mail_addresses_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "mail_addresses_address" CHECK (length("mail_addresses"."address") <= 254 and "mail_addresses"."address" ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
	CONSTRAINT "mail_addresses_choice" CHECK ("mail_addresses"."choice" in ('each', 'daily', 'none')),
	CONSTRAINT "mail_addresses_state" CHECK (num_nonnulls("mail_addresses"."confirm_until", "mail_addresses"."confirmed_at", "mail_addresses"."unreachable_at") = 1)
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "letter_id" uuid;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_address_id_mail_addresses_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."mail_addresses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_addresses" ADD CONSTRAINT "mail_addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letters_due" ON "letters" USING btree ("due_at") WHERE "letters"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "letters_ended_at" ON "letters" USING btree ("ended_at") WHERE "letters"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "mail_addresses_unconfirmed" ON "mail_addresses" USING btree ("confirm_until") WHERE "mail_addresses"."confirm_until" is not null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_letter" ON "notifications" USING btree ("letter_id") WHERE "notifications"."letter_id" is not null;