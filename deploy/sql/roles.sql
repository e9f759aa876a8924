-- Roles and rights of Piaoyan, run once by a database administrator, connected to the database made for it:
--   createdb piaoyan
--   psql -d piaoyan -v owner_password=... -v api_password=... -v worker_password=... -f roles.sql
-- piaoyan_owner owns the tables and migrates them; piaoyan_api and piaoyan_worker are what the processes log in as, and own nothing.
-- May be run again, to renew the passwords.
\set ON_ERROR_STOP on
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'piaoyan_owner') THEN CREATE ROLE piaoyan_owner; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'piaoyan_api') THEN CREATE ROLE piaoyan_api; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'piaoyan_worker') THEN CREATE ROLE piaoyan_worker; END IF; END $$;
ALTER ROLE piaoyan_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE piaoyan_api LOGIN PASSWORD :'api_password';
ALTER ROLE piaoyan_worker LOGIN PASSWORD :'worker_password';
DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$;
DO $$ BEGIN EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO piaoyan_owner', current_database()); END $$;
DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO piaoyan_api, piaoyan_worker', current_database()); END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO piaoyan_owner;
GRANT USAGE ON SCHEMA public TO piaoyan_api, piaoyan_worker;
