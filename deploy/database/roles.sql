-- The two roles of Portage's database: portage_owner, which migrates, and portage_app, which servers and workers use.
--
-- psql runs this once, as a superuser and in Portage's empty database, with the passwords in two environment variables.
-- Every later right of portage_app on tables is granted by "portage migrate".

\set owner_password ''
\set app_password ''
\getenv owner_password PORTAGE_DB_OWNER_PASSWORD
\getenv app_password PORTAGE_DB_PASSWORD

SELECT :'owner_password' = '' OR :'app_password' = '' AS password_missing \gset
\if :password_missing
DO $$ BEGIN RAISE 'Set PORTAGE_DB_OWNER_PASSWORD and PORTAGE_DB_PASSWORD to the passwords of the two roles.'; END $$;
\endif

CREATE ROLE portage_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE portage_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';

ALTER DATABASE :"DBNAME" OWNER TO portage_owner;
ALTER SCHEMA public OWNER TO portage_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO portage_app;

-- To overwrite what the write-ahead log keeps of deleted keys and tokens.
GRANT pg_checkpoint TO portage_app;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO portage_app;
GRANT EXECUTE ON FUNCTION pg_ls_waldir() TO portage_app;
