"""
Row-level security: what people say about a dossier is seen by officers who see the dossier, the rest by the agency it is kept for.

A citizen sees a dossier too, and none of its notes: the policies ask for the scope of an officer.
"""

from __future__ import annotations

from django.db import migrations

OF_AN_AGENCY = (
    "teamwork_savedview",
    "teamwork_follow",
    "teamwork_transfer",
    "teamwork_batch",
    "teamwork_digestchoice",
    "teamwork_digest",
)
LOCKED = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
"""
OWN_AGENCY = """
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""
WITH_ITS_HEAD = """
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR EXISTS (SELECT 1 FROM {head} AS head WHERE head.id = {table}.{column})
);
"""
SEEN = """
    current_setting('vanlang.scope', true) = 'system'
    OR current_setting('vanlang.scope', true) = 'officer'
       AND EXISTS (SELECT 1 FROM dossiers_dossier AS dossier WHERE dossier.id = {table}.dossier_id)
"""
NOTES = """
CREATE POLICY teamwork_note_seen ON teamwork_note FOR SELECT USING ({seen});
CREATE POLICY teamwork_note_written ON teamwork_note FOR INSERT WITH CHECK (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int AND ({seen})
);
CREATE POLICY teamwork_note_changed ON teamwork_note FOR UPDATE USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
REVOKE DELETE, TRUNCATE ON teamwork_note FROM vanlang_app;
"""
MENTIONS = """
CREATE POLICY teamwork_mention_rows ON teamwork_mention USING (
    agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int OR {seen}
);
REVOKE DELETE, TRUNCATE ON teamwork_mention FROM vanlang_app;
"""
KEPT = """
REVOKE DELETE, TRUNCATE ON
    teamwork_transfer, teamwork_transferline, teamwork_batch, teamwork_batchline, teamwork_digest
FROM vanlang_app;
"""


def _sql(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(statement, reverse_sql=migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("teamwork", "0001_initial"),
        ("dossiers", "0002_seats_and_row_level_security"),
        ("kernel", "0001_extensions_and_role"),
    ]
    operations = [
        *(_sql((LOCKED + OWN_AGENCY).format(table=table)) for table in OF_AN_AGENCY),
        *(
            _sql((LOCKED + WITH_ITS_HEAD).format(table=table, head=head, column=column))
            for table, head, column in (
                ("teamwork_transferline", "teamwork_transfer", "transfer_id"),
                ("teamwork_batchline", "teamwork_batch", "batch_id"),
            )
        ),
        _sql((LOCKED + NOTES).format(table="teamwork_note", seen=SEEN.format(table="teamwork_note"))),
        _sql((LOCKED + MENTIONS).format(table="teamwork_mention", seen=SEEN.format(table="teamwork_mention"))),
        _sql(KEPT),
    ]
