CREATE TABLE "data_keys" (
	"consent_id" text PRIMARY KEY NOT NULL,
	"sealed_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"destroyed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"export_id" text NOT NULL,
	"part_number" integer NOT NULL,
	"version" text NOT NULL,
	"number" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"crc32c" bigint NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segments_export_id_part_number_version_number_pk" PRIMARY KEY("export_id","part_number","version","number")
);
--> statement-breakpoint
ALTER TABLE "parts" ALTER COLUMN "bytes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "parts" ALTER COLUMN "sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "parts" ALTER COLUMN "stored_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "parts" ALTER COLUMN "stored_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "data_deletion_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "data_deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "bytes_total" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "bytes_stored" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "segments_total" integer;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "segments_stored" integer;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "bytes_per_second" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "progress_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "delivery_confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "data_deletion_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "data_deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "state" text DEFAULT 'downloading' NOT NULL;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "generation" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "etag" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "version" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "segment_bytes" integer;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "stated_crc32c" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "stated_md5" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_export_id_part_number_parts_export_id_number_fk" FOREIGN KEY ("export_id","part_number") REFERENCES "public"."parts"("export_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_being_deleted" ON "consents" USING btree ("data_deletion_at") WHERE "consents"."data_deletion_at" is not null and "consents"."data_deleted_at" is null;--> statement-breakpoint
CREATE INDEX "exports_with_data" ON "exports" USING btree ("ended_at") WHERE "exports"."data_deleted_at" is null;