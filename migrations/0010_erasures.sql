CREATE TABLE "erasures" (
	"id" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp with time zone NOT NULL,
	"log" text NOT NULL
);
