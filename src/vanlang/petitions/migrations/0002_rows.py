"""
Row-level security: a petition is seen by the agency that holds it and by its sender; what hangs on it, with it.

Petitions and their parts are written by the house alone: a command looks in its actor's scope, with that one's sight, and
writes as the system, because an act may end that sight (routing). Movements are only added to. Satisfaction is never
written in an officer's scope. What is published may be read by anybody until it is taken back.
"""

from __future__ import annotations

from django.db import migrations

LOCKED = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
REVOKE DELETE, TRUNCATE ON {table} FROM vanlang_app;
"""
HOUSE = """
CREATE POLICY {table}_house ON {table} USING (current_setting('vanlang.scope', true) = 'system');
"""
PETITION = """
CREATE POLICY petitions_petition_rows ON petitions_petition FOR SELECT USING (
    agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
CREATE POLICY petitions_petition_locked ON petitions_petition FOR UPDATE USING (
    agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
) WITH CHECK (false);  -- may be locked while it is looked at; changed by the house
"""
WITH_IT = """
CREATE POLICY {table}_rows ON {table} FOR SELECT USING (
    EXISTS (SELECT 1 FROM petitions_petition AS petition WHERE petition.id = {table}.petition_id)
);
"""
PUBLIC = """
CREATE POLICY petitions_petitionpublication_public ON petitions_petitionpublication FOR SELECT USING (
    withdrawn_at IS NULL
);
"""
PARTS = (
    "petitions_petitionmovement",
    "petitions_petitionsupplement",
    "petitions_petitionattachment",
    "petitions_petitionanswer",
    "petitions_petitionpublication",
    "petitions_petitionsatisfaction",
)
ONLY_ADDED_TO = ("petitions_petitionmovement", "petitions_petitionattachment")


def _sql(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(statement, reverse_sql=migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        *(
            _sql((LOCKED + HOUSE).format(table=table))
            for table in ("petitions_petition", "petitions_petitioncounter", *PARTS)
        ),
        _sql(PETITION),
        *(_sql(WITH_IT.format(table=table)) for table in PARTS),
        _sql(PUBLIC),
        *(_sql(f"REVOKE UPDATE ON {table} FROM vanlang_app;") for table in ONLY_ADDED_TO),
    ]
