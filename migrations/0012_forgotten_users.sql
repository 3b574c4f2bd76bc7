DROP INDEX "consents_being_deleted";--> statement-breakpoint
ALTER TABLE "connect_sessions" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "browser_hashes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "user_deletion_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "user_forgotten_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "connect_sessions_by_user" ON "connect_sessions" USING btree ("host_app_id","user_id");--> statement-breakpoint
CREATE INDEX "connect_sessions_by_browser" ON "connect_sessions" USING btree ("browser_hash");--> statement-breakpoint
CREATE INDEX "connect_sessions_by_browsers" ON "connect_sessions" USING gin ("browser_hashes");--> statement-breakpoint
CREATE INDEX "consents_being_deleted" ON "consents" USING btree ("data_deletion_at") WHERE ("consents"."data_deletion_at" is not null or "consents"."stop_wanted" = 'deleted') and "consents"."user_forgotten_at" is null;