"""A draft and its papers are seen by who writes them; jobs see all; officers see none."""

from __future__ import annotations

from django.db import migrations

ONLY_THE_WRITER = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        migrations.RunSQL(ONLY_THE_WRITER.format(table=table), reverse_sql=migrations.RunSQL.noop)
        for table in ("intake_draft", "intake_draftpaper")
    ]
