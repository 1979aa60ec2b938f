#!/bin/sh
# Makes the roles in a new database, with the passwords of the environment.
set -eu
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "$POSTGRES_DB" -f /setup/roles.sql
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "$POSTGRES_DB" \
  -v owner="$RIGATINO_OWNER_PASSWORD" -v app="$RIGATINO_APP_PASSWORD" -v auditor="$RIGATINO_AUDITOR_PASSWORD" <<'SQL'
alter role rigatino_owner password :'owner';
alter role rigatino_app password :'app';
alter role rigatino_auditor password :'auditor';
SQL
