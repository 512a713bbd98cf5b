"""A chain belongs to the agency that took it in and to its applicant; definitions are everybody's and never change."""

from __future__ import annotations

from django.db import migrations

CHAINS = """
ALTER TABLE chains_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE chains_chain FORCE ROW LEVEL SECURITY;
CREATE POLICY chain_rows ON chains_chain USING (
    current_setting('vanlang.scope', true) = 'system'
    OR intake_agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
REVOKE DELETE, TRUNCATE ON chains_chain FROM vanlang_app;
"""

PARTS = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR intake_agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR EXISTS (SELECT 1 FROM chains_chain AS chain WHERE chain.id = {table}.chain_id)
);
REVOKE DELETE, TRUNCATE ON {table} FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("chains", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(CHAINS, reverse_sql=migrations.RunSQL.noop),
        *(
            migrations.RunSQL(PARTS.format(table=table), reverse_sql=migrations.RunSQL.noop)
            for table in ("chains_leg", "chains_chainpaper")
        ),
    ]
