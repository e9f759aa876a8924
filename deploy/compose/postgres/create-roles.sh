#!/bin/sh
# Run once by PostgreSQL's image, when the database is new. The passwords stay out of the arguments, which every process could read.
set -eu
psql --username postgres --dbname piaoyan --no-psqlrc --quiet --file - <<'SQL'
\set owner_password `cat /run/secrets/owner-password`
\set api_password `cat /run/secrets/api-password`
\set worker_password `cat /run/secrets/worker-password`
\i /opt/piaoyan/roles.sql
SQL
