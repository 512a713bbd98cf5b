"""
Boxes belong to the house: jobs write and read them, an agency sees that something of its own is under way.

What was settled is history: no row is ever deleted, so that uniqueness holds for ever.
"""

from __future__ import annotations

from django.db import migrations

SYSTEM = "current_setting('vanlang.scope', true) = 'system'"
AGENCY = "agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
ROWS = """
ALTER TABLE connectors_{name} ENABLE ROW LEVEL SECURITY;
ALTER TABLE connectors_{name} FORCE ROW LEVEL SECURITY;
CREATE POLICY {name}_written ON connectors_{name} USING ({system});
"""
OWN = f"""
CREATE POLICY outgoing_rows ON connectors_outgoing FOR SELECT USING ({AGENCY});
CREATE POLICY outgoing_told ON connectors_outgoing FOR INSERT WITH CHECK ({AGENCY});
CREATE POLICY outgoing_superseded ON connectors_outgoing FOR UPDATE USING ({AGENCY}) WITH CHECK ({AGENCY});
REVOKE DELETE, TRUNCATE ON connectors_outgoing, connectors_incoming FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("connectors", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "".join(ROWS.format(name=name, system=SYSTEM) for name in ("outgoing", "incoming")) + OWN,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
