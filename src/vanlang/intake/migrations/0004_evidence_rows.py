"""The paper of a mandate is seen by who may see the mandate; nobody takes it away."""

from __future__ import annotations

from django.db import migrations

EVIDENCE = """
ALTER TABLE intake_mandateevidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake_mandateevidence FORCE ROW LEVEL SECURITY;
CREATE POLICY intake_mandateevidence_rows ON intake_mandateevidence USING (
    current_setting('vanlang.scope', true) IN ('system', 'officer')
    OR EXISTS (SELECT 1 FROM identity_mandate AS mandate WHERE mandate.id = intake_mandateevidence.mandate_id)
);
REVOKE UPDATE, DELETE, TRUNCATE ON intake_mandateevidence FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_mandates"), ("identity", "0006_whose_authority")]
    operations = [migrations.RunSQL(EVIDENCE, reverse_sql=migrations.RunSQL.noop)]
