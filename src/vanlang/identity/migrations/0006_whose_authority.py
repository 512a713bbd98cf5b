"""
Who may know who acts for whom: officers and the house, the two whom it concerns, and whoever acts for the entity.

Entities themselves are public: their registers are.
"""

from __future__ import annotations

from django.db import migrations

POLICIES = """
ALTER TABLE identity_representation ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_representation FORCE ROW LEVEL SECURITY;
CREATE POLICY representation_rows ON identity_representation USING (
    current_setting('vanlang.scope', true) IN ('system', 'officer')
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR entity_id = NULLIF(current_setting('vanlang.entity', true), '')::uuid
);
ALTER TABLE identity_mandate ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_mandate FORCE ROW LEVEL SECURITY;
CREATE POLICY mandate_rows ON identity_mandate FOR SELECT USING (
    current_setting('vanlang.scope', true) IN ('system', 'officer')
    OR principal_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR principal_entity_id = NULLIF(current_setting('vanlang.entity', true), '')::uuid
    OR agent_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
CREATE POLICY mandate_written ON identity_mandate USING (
    current_setting('vanlang.scope', true) IN ('system', 'officer')
    OR principal_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR principal_entity_id = NULLIF(current_setting('vanlang.entity', true), '')::uuid
);
REVOKE DELETE, TRUNCATE ON identity_mandate, identity_representation FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_entities_and_mandates")]
    operations = [migrations.RunSQL(POLICIES, reverse_sql=migrations.RunSQL.noop)]
