CREATE TABLE "known_records" (
	"consent_id" text NOT NULL,
	"resource" text NOT NULL,
	"export_id" text NOT NULL,
	"place" text NOT NULL,
	"choice" text NOT NULL,
	"drift" text[] NOT NULL,
	CONSTRAINT "known_records_consent_id_resource_pk" PRIMARY KEY("consent_id","resource")
);
--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "keep" jsonb;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "keep" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_state" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_error_code" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_run" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_number" integer;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_count" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_by_kind" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "records_read" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "parts_dropped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "known_records" ADD CONSTRAINT "known_records_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_records" ADD CONSTRAINT "known_records_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE no action ON UPDATE no action;