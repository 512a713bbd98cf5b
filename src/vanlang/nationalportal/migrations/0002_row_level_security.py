"""
The exchange belongs to the house. A dossier of another system is its agency's to see, and its applicant's; a claim is its
agency's. No row is deleted: what was filed, told and claimed is history.
"""

from __future__ import annotations

from django.db import migrations

SYSTEM = "current_setting('vanlang.scope', true) = 'system'"
AGENCY = "agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
PERSON = "person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid"
ROWS = """
ALTER TABLE nationalportal_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE nationalportal_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON nationalportal_{table} USING ({whose});
REVOKE DELETE, TRUNCATE ON nationalportal_{table} FROM vanlang_app;
"""
WHOSE = {
    "portalfiling": SYSTEM,
    "told": SYSTEM,
    "push": SYSTEM,
    "foreigndossier": f"{SYSTEM} OR {AGENCY} OR {PERSON}",
    "claim": f"{SYSTEM} OR {AGENCY}",
}


class Migration(migrations.Migration):
    dependencies = [("nationalportal", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(ROWS.format(table=table, whose=whose), reverse_sql=migrations.RunSQL.noop)
        for table, whose in WHOSE.items()
    ]
