"""Whose templates: an agency's own. A version is added and never changed."""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE documents_wordtemplate ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_wordtemplate FORCE ROW LEVEL SECURITY;
CREATE POLICY word_template_rows ON documents_wordtemplate USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
REVOKE UPDATE, DELETE, TRUNCATE ON documents_wordtemplate FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_word_template")]
    operations = [migrations.RunSQL(ROWS, reverse_sql=migrations.RunSQL.noop)]
