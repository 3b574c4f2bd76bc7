CREATE TABLE "google_clients" (
	"client_id" text PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connect_attempts" ADD COLUMN "google_client_id" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "google_client_id" text;--> statement-breakpoint
ALTER TABLE "host_apps" ADD COLUMN "google_client_id" text;--> statement-breakpoint
ALTER TABLE "host_apps" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_attempts" ADD CONSTRAINT "connect_attempts_google_client_id_google_clients_client_id_fk" FOREIGN KEY ("google_client_id") REFERENCES "public"."google_clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_google_client_id_google_clients_client_id_fk" FOREIGN KEY ("google_client_id") REFERENCES "public"."google_clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_apps" ADD CONSTRAINT "host_apps_google_client_id_google_clients_client_id_fk" FOREIGN KEY ("google_client_id") REFERENCES "public"."google_clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connect_sessions_by_creation" ON "connect_sessions" USING btree ("host_app_id","created_at");