"""Whose rows: an agency sees what its own officers are scanning; the queries narrow it to the officer."""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE scanning_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE scanning_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY scanning_{table}_rows ON scanning_{table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""


class Migration(migrations.Migration):
    dependencies = [("scanning", "0001_initial")]
    operations = [
        migrations.RunSQL(ROWS.format(table=table), reverse_sql=migrations.RunSQL.noop)
        for table in ("scanbatch", "scanpage")
    ]
