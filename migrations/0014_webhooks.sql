CREATE TABLE "webhook_deliveries" (
	"endpoint_id" text NOT NULL,
	"event_id" text NOT NULL,
	"stream" text NOT NULL,
	"position" bigint NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"attempts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"woken_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "webhook_deliveries_endpoint_id_event_id_pk" PRIMARY KEY("endpoint_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"url" text NOT NULL,
	"event_types" text[],
	"state" text DEFAULT 'enabled' NOT NULL,
	"disabled_reason" text,
	"failing_since" timestamp with time zone,
	"sealed_secrets" text NOT NULL,
	"sealed_former_secrets" text,
	"former_secrets_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "position" bigint;--> statement-breakpoint
ALTER TABLE "host_apps" ADD COLUMN "last_event_position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_pending" ON "webhook_deliveries" USING btree ("endpoint_id","stream","position") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("endpoint_id","position") WHERE "webhook_deliveries"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "webhook_endpoints_by_host_app" ON "webhook_endpoints" USING btree ("host_app_id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_by_position" ON "events" USING btree ("host_app_id","position");
--> statement-breakpoint
-- What was told before gets its types and its places, in the order of the ids.
UPDATE "events" SET "type" = CASE
  WHEN "type" = 'consent.declined' THEN 'connect_session.declined'
  WHEN "data" ->> 'reason' = 'UNCONFIRMED' THEN 'connect_session.unconfirmed'
  ELSE 'connect_session.failed' END
WHERE "type" IN ('consent.declined', 'consent.not_connected');--> statement-breakpoint
UPDATE "events" SET "position" = "placed"."position" FROM (
  SELECT "id", row_number() OVER (PARTITION BY "host_app_id" ORDER BY "id") AS "position" FROM "events"
) "placed" WHERE "placed"."id" = "events"."id";--> statement-breakpoint
UPDATE "host_apps" SET "last_event_position" = (SELECT count(*) FROM "events" WHERE "host_app_id" = "host_apps"."id");
