"""
An agency's officers see its credentials and its signature records; the system sees all; a citizen sees none.

Anybody may ask what a file is worth: that look-up runs as the system, for exactly one file. The roots of trust are public.
"""

from __future__ import annotations

from django.db import migrations

POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {name} ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR (current_setting('vanlang.scope', true) = 'officer'
        AND agency_id = current_setting('vanlang.agency', true)::int)
);
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [
        migrations.RunSQL(
            POLICY.format(table="signing_credential", name="credential_rows"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            POLICY.format(table="signing_signaturerecord", name="signature_record_rows"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
