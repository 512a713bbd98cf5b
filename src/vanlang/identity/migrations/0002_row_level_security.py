"""
A citizen's connection sees that citizen; an officer's sees persons (each look is logged above); nobody sees none.

Sign-in happens before anyone is anybody: it asks as the system, for exactly one account.
"""

from __future__ import annotations

from django.db import migrations

POLICIES = """
ALTER TABLE identity_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_person FORCE ROW LEVEL SECURITY;
CREATE POLICY person_rows ON identity_person USING (
    current_setting('vanlang.scope', true) IN ('system', 'officer')
    OR id = current_setting('vanlang.person', true)::uuid
);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [migrations.RunSQL(POLICIES, reverse_sql=migrations.RunSQL.noop)]
