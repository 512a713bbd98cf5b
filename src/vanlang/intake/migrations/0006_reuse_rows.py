"""What a draft uses of the registers is seen by who writes the draft."""

from __future__ import annotations

from django.db import migrations

ONLY_THE_WRITER = """
ALTER TABLE intake_draftreuse ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake_draftreuse FORCE ROW LEVEL SECURITY;
CREATE POLICY intake_draftreuse_rows ON intake_draftreuse USING (
    current_setting('vanlang.scope', true) = 'system'
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_reuse")]
    operations = [migrations.RunSQL(ONLY_THE_WRITER, reverse_sql=migrations.RunSQL.noop)]
