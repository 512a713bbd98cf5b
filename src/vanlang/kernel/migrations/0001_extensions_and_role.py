"""The ground: extensions, folding of Vietnamese text, and the role that owns nothing."""

from __future__ import annotations

from django.db import migrations

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
"""

ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vanlang_app') THEN
        CREATE ROLE vanlang_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- another database of the same server made it meanwhile
END $$;

DO $$
DECLARE
    may_become boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- Whoever makes a role administers it from then on, but may not become it: membership alone says too much
        may_become := pg_has_role(current_user, 'vanlang_app', 'SET');
    ELSE
        may_become := pg_has_role(current_user, 'vanlang_app', 'MEMBER');
    END IF;
    IF NOT may_become THEN
        EXECUTE format('GRANT vanlang_app TO %I', current_user);
    END IF;
END $$;
"""

RIGHTS = """
GRANT USAGE ON SCHEMA public TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO vanlang_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO vanlang_app;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO vanlang_app;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(EXTENSIONS + ROLE + RIGHTS, reverse_sql=migrations.RunSQL.noop)]
