"""Whose rows: an agency's own printers and templates. A version of a template is added and never changed."""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE printing_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE printing_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY printing_{table}_rows ON printing_{table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""


class Migration(migrations.Migration):
    dependencies = [("printing", "0001_initial")]
    operations = [
        *(
            migrations.RunSQL(ROWS.format(table=table), reverse_sql=migrations.RunSQL.noop)
            for table in ("printer", "printlayout")
        ),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON printing_printlayout FROM vanlang_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
