"""
Differences are an agency's own: its officers see and close theirs, the house all. Runs and days are figures of the house.

What was settled is history: no difference and no run is ever deleted.
"""

from __future__ import annotations

from django.db import migrations

SYSTEM = "current_setting('vanlang.scope', true) = 'system'"
AGENCY = "agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
ROWS = """
ALTER TABLE sentinel_{name} ENABLE ROW LEVEL SECURITY;
ALTER TABLE sentinel_{name} FORCE ROW LEVEL SECURITY;
CREATE POLICY {name}_written ON sentinel_{name} USING ({system});
"""
OWN = f"""
CREATE POLICY syncdifference_rows ON sentinel_syncdifference FOR SELECT USING ({AGENCY});
CREATE POLICY syncdifference_decided ON sentinel_syncdifference FOR UPDATE USING ({AGENCY}) WITH CHECK ({AGENCY});
REVOKE DELETE, TRUNCATE ON sentinel_syncdifference, sentinel_syncrun FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("sentinel", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "".join(ROWS.format(name=name, system=SYSTEM) for name in ("syncdifference", "syncrun", "comparedday"))
            + OWN,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
