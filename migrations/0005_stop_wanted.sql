DROP INDEX "consents_being_deleted";--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "stop_wanted" text;--> statement-breakpoint
CREATE INDEX "consents_being_deleted" ON "consents" USING btree ("data_deletion_at") WHERE ("consents"."data_deletion_at" is not null or "consents"."stop_wanted" = 'deleted') and "consents"."data_deleted_at" is null;