"""The queue of an agency is that agency's; television and kiosk ask as the system, for one address."""

from __future__ import annotations

from django.db import migrations

ONE_AGENCY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""
TABLES = ("queueplace", "queueservice", "window", "ticketcounter", "ticket", "ticketdossier")


class Migration(migrations.Migration):
    dependencies = [("counter", "0001_initial")]
    operations = [
        *(
            migrations.RunSQL(
                ONE_AGENCY.format(table=f"counter_{table}"), reverse_sql=migrations.RunSQL.noop
            )
            for table in TABLES
        ),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON counter_ticket, counter_ticketdossier, counter_ticketcounter FROM vanlang_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
