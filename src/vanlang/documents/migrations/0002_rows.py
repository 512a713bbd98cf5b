"""
Whose rows: an agency sees its register and its outcomes; an outcome in force may be read where it is delivered.

Numbers are never deleted: the application may add them and declare them void.
"""

from __future__ import annotations

from django.db import migrations

POLICIES = """
ALTER TABLE documents_registerentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_registerentry FORCE ROW LEVEL SECURITY;
CREATE POLICY register_rows ON documents_registerentry USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = current_setting('vanlang.agency', true)::int
);
ALTER TABLE documents_outcomedocument ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_outcomedocument FORCE ROW LEVEL SECURITY;
CREATE POLICY outcome_rows ON documents_outcomedocument USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = current_setting('vanlang.agency', true)::int
    OR (state = 'released' AND current_setting('vanlang.scope', true) IN ('citizen', 'officer'))
);
REVOKE DELETE, TRUNCATE ON documents_book, documents_registerentry FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(POLICIES, reverse_sql=migrations.RunSQL.noop)]
