ALTER TABLE "connect_sessions" ADD COLUMN "sealed_grant" text;--> statement-breakpoint
CREATE INDEX "connect_sessions_with_grant" ON "connect_sessions" USING btree ("id") WHERE "connect_sessions"."sealed_grant" is not null;
