CREATE TABLE "call_pacing" (
	"client_id" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "renews_consent_id" text;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "batched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "superseded_resources" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "reminded_for_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "reminded_days_before" integer;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "reset_answer" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "resources" text[];--> statement-breakpoint
UPDATE "exports" SET "resources" = ARRAY["resource"];--> statement-breakpoint
ALTER TABLE "exports" ALTER COLUMN "resources" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "locked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "adopted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "delayed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_renews_consent_id_consents_id_fk" FOREIGN KEY ("renews_consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_open" ON "exports" USING btree ("requested_at") WHERE "exports"."ended_at" is null;