CREATE TABLE "connect_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"sealed_code_verifier" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "user_label" text;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "requires_confirmation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "confirm_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "confirmation_code_hashes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD COLUMN "wrong_confirmations" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "host_apps" ADD COLUMN "requires_confirmation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_attempts" ADD CONSTRAINT "connect_attempts_session_id_connect_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."connect_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connect_attempts_of_session" ON "connect_attempts" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "connect_sessions_to_confirm" ON "connect_sessions" USING btree ("confirm_by") WHERE "connect_sessions"."state" = 'awaiting_confirmation';