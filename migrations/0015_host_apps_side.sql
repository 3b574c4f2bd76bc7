CREATE TABLE "idempotency_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"fingerprint" text NOT NULL,
	"run" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"sealed_answer" text,
	"about" text
);
--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "erasure_id" text;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "account_hint_hash" text;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "replaces_consent_id" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "superseded_by" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "account_hint_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "replaces_consent_id" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "grant_kept_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "host_apps" ADD COLUMN "pruned_event_position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_start" ON "idempotency_keys" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_subject" ON "idempotency_keys" USING btree ("about") WHERE "idempotency_keys"."about" is not null;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_replaces_consent_id_consents_id_fk" FOREIGN KEY ("replaces_consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connect_sessions_by_host_app" ON "connect_sessions" USING btree ("host_app_id","id");--> statement-breakpoint
CREATE INDEX "connect_sessions_by_erasure" ON "connect_sessions" USING btree ("erasure_id") WHERE "connect_sessions"."erasure_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_by_host_app" ON "consents" USING btree ("host_app_id","id");--> statement-breakpoint
CREATE INDEX "consents_with_kept_grant" ON "consents" USING btree ("grant_kept_until") WHERE "consents"."grant_kept_until" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_event" ON "webhook_deliveries" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ended" ON "webhook_deliveries" USING btree ("ended_at") WHERE "webhook_deliveries"."ended_at" is not null;