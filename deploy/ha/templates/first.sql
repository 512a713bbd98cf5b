-- As docs/manual-vi/cai-dat.md does it on one machine. Nothing of the password is logged.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
CREATE ROLE vanlang LOGIN CREATEROLE REPLICATION PASSWORD '${DATABASE_PASSWORD}';
-- Functions of the schema enter a scope by themselves; who is no superuser must be allowed to say so
GRANT SET ON PARAMETER "vanlang.scope" TO vanlang;
CREATE DATABASE vanlang OWNER vanlang ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
\connect vanlang
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION btree_gin;
