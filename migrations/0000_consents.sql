CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "archive_jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"export_id" text NOT NULL,
	"adopted" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connect_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"user_id" text NOT NULL,
	"resources" text[] NOT NULL,
	"return_url" text,
	"state" text NOT NULL,
	"error_code" text,
	"link_hash" text NOT NULL,
	"browser_hash" text,
	"oauth_state_hash" text,
	"oauth_state_used_at" timestamp with time zone,
	"sealed_code_verifier" text,
	"consent_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "connect_sessions_link_hash_unique" UNIQUE("link_hash"),
	CONSTRAINT "connect_sessions_oauth_state_hash_unique" UNIQUE("oauth_state_hash")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"user_id" text NOT NULL,
	"state" text NOT NULL,
	"error_code" text,
	"access_type" text,
	"requested_resources" text[] NOT NULL,
	"granted_resources" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"workflow_started_at" timestamp with time zone,
	"reset_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"host_app_id" text NOT NULL,
	"type" text NOT NULL,
	"consent_id" text,
	"export_id" text,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"id" text PRIMARY KEY NOT NULL,
	"consent_id" text NOT NULL,
	"resource" text NOT NULL,
	"cycle" integer NOT NULL,
	"state" text NOT NULL,
	"verdict" text,
	"error_code" text,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"start_time" timestamp with time zone,
	"end_time" timestamp with time zone,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"initiated_at" timestamp with time zone,
	"access_type" text,
	"archive_job_id" text,
	"export_time" timestamp with time zone,
	"parts_total" integer,
	"files" integer,
	"bytes" bigint,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "host_apps" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "host_apps_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "parts" (
	"export_id" text NOT NULL,
	"number" integer NOT NULL,
	"object_hash" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "parts_export_id_number_pk" PRIMARY KEY("export_id","number")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"consent_id" text PRIMARY KEY NOT NULL,
	"sealed_access_token" text NOT NULL,
	"access_token_expires_at" timestamp with time zone NOT NULL,
	"sealed_refresh_token" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_jobs" ADD CONSTRAINT "archive_jobs_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_host_app_id_host_apps_id_fk" FOREIGN KEY ("host_app_id") REFERENCES "public"."host_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parts" ADD CONSTRAINT "parts_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "archive_jobs_by_export" ON "archive_jobs" USING btree ("export_id");--> statement-breakpoint
CREATE INDEX "consents_without_workflow" ON "consents" USING btree ("created_at") WHERE "consents"."workflow_started_at" is null;--> statement-breakpoint
CREATE INDEX "consents_by_user" ON "consents" USING btree ("host_app_id","user_id");--> statement-breakpoint
CREATE INDEX "events_by_host_app" ON "events" USING btree ("host_app_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "exports_by_cycle" ON "exports" USING btree ("consent_id","resource","cycle");--> statement-breakpoint
CREATE UNIQUE INDEX "parts_by_object" ON "parts" USING btree ("export_id","object_hash");