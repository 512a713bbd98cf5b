"""The paper of an outcome is seen with its dossier. A rating is seen by who gave it; officers see no row of any, only figures."""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE dossiers_papercopy ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_papercopy FORCE ROW LEVEL SECURITY;
CREATE POLICY papercopy_rows ON dossiers_papercopy USING (
    current_setting('vanlang.scope', true) = 'system'
    OR EXISTS (SELECT 1 FROM dossiers_dossier AS dossier WHERE dossier.id = dossiers_papercopy.dossier_id)
);
REVOKE DELETE, TRUNCATE ON dossiers_papercopy FROM vanlang_app;

ALTER TABLE dossiers_rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_rating FORCE ROW LEVEL SECURITY;
CREATE POLICY rating_rows ON dossiers_rating USING (
    current_setting('vanlang.scope', true) = 'system'
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
REVOKE DELETE, TRUNCATE ON dossiers_rating FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_afterwards")]
    operations = [migrations.RunSQL(ROWS, reverse_sql=migrations.RunSQL.noop)]
