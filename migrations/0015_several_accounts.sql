ALTER TABLE "connect_sessions" ADD COLUMN "account_hint_hash" text;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "replaces_consent_id" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "superseded_by" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "account_hint_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "replaces_consent_id" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "grant_kept_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_replaces_consent_id_consents_id_fk" FOREIGN KEY ("replaces_consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_with_kept_grant" ON "consents" USING btree ("grant_kept_until") WHERE "consents"."grant_kept_until" is not null;