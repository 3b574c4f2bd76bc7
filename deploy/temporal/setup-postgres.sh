#!/bin/sh
# Creates Temporal's two databases and brings their schemas to the newest version. Safe to repeat, and to be run with
# each new server version before the server itself.
set -eu

: "${POSTGRES_SEEDS:?the database host}" "${POSTGRES_USER:?the database user}" "${SQL_PASSWORD:?its password}"
tool="${SQL_TOOL:-temporal-sql-tool}"

sql() {
  "$tool" --plugin postgres12 --endpoint "$POSTGRES_SEEDS" --port "${DB_PORT:-5432}" --user "$POSTGRES_USER" "$@"
}

# setup <database> <schema>
setup() {
  echo "Database $1 …"
  sql --database "$1" create
  # Version 0.0 makes the tables that record versions; where they are already there, it changes nothing.
  sql --database "$1" setup-schema --version 0.0
  sql --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

setup "${DBNAME:-temporal}" temporal
setup "${VISIBILITY_DBNAME:-temporal_visibility}" visibility
echo 'The databases are ready.'
