#!/bin/sh
# Run once by the PostgreSQL image when its data folder is new: makes the two logins.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    -v database="$POSTGRES_DB" \
    -v owner=televisit_owner -v owner_password="$(cat /run/secrets/postgres_owner_password)" \
    -v app=televisit_app -v app_password="$(cat /run/secrets/postgres_app_password)" \
    -f /etc/televisit/roles.sql
