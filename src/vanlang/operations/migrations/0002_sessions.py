"""A door through which the application role sees how old others' snapshots are, and nothing of what they ask."""

from __future__ import annotations

from django.db import migrations

SESSIONS = """
CREATE FUNCTION operations_sessions()
RETURNS TABLE (who text, state text, snapshot_seconds float, idle_seconds float)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(nullif(application_name, ''), backend_type), coalesce(state, ''),
           CASE WHEN backend_xmin IS NOT NULL OR backend_xid IS NOT NULL
                THEN extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start))::float END,
           CASE WHEN state LIKE 'idle in transaction%'
                THEN extract(epoch FROM clock_timestamp() - state_change)::float END
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type IN ('client backend', 'walsender', 'background worker', 'parallel worker')
      AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL OR state LIKE 'idle in transaction%')
$$;
REVOKE ALL ON FUNCTION operations_sessions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION operations_sessions() TO vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_upkeep")]
    operations = [migrations.RunSQL(SESSIONS, reverse_sql="DROP FUNCTION operations_sessions()")]
