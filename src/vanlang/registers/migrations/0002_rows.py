"""
Who sees an entry: its agency, its holder, who keeps its paper. What was written stays written.

Schemas are never changed. Of an entry only its ending may be written, once; of an edition only its end; changes and
consents are only added to. The private half of a verification key is seen by the system alone.
"""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE registers_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE registers_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_rows ON registers_entry FOR SELECT USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR holder_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR keeper_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);
CREATE POLICY entry_written ON registers_entry FOR INSERT WITH CHECK (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
CREATE POLICY entry_ended ON registers_entry FOR UPDATE USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);

ALTER TABLE registers_entryuse ENABLE ROW LEVEL SECURITY;
ALTER TABLE registers_entryuse FORCE ROW LEVEL SECURITY;
CREATE POLICY use_rows ON registers_entryuse USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
);

ALTER TABLE registers_verificationkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE registers_verificationkey FORCE ROW LEVEL SECURITY;
CREATE POLICY key_rows ON registers_verificationkey USING (current_setting('vanlang.scope', true) = 'system');
"""

OF_AN_ENTRY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR EXISTS (SELECT 1 FROM registers_entry AS entry WHERE entry.id = {table}.entry_id)
);
"""

WRITTEN_STAYS = """
CREATE FUNCTION registers_written_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := TG_ARGV[0]::text[];
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) - allowed) = (to_jsonb(NEW) - allowed)
       AND (cardinality(allowed) > 0) AND (to_jsonb(OLD) ->> allowed[1]) IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was written into % stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER registers_schema_stays BEFORE UPDATE OR DELETE ON registers_registerschema
    FOR EACH ROW EXECUTE FUNCTION registers_written_stays('{}');
CREATE TRIGGER registers_entry_stays BEFORE UPDATE OR DELETE ON registers_entry
    FOR EACH ROW EXECUTE FUNCTION registers_written_stays('{ended_on,ended_as,ended_reason}');
CREATE TRIGGER registers_edition_stays BEFORE UPDATE OR DELETE ON registers_entryedition
    FOR EACH ROW EXECUTE FUNCTION registers_written_stays('{superseded_at}');
CREATE TRIGGER registers_change_stays BEFORE UPDATE OR DELETE ON registers_entrychange
    FOR EACH ROW EXECUTE FUNCTION registers_written_stays('{}');
CREATE TRIGGER registers_use_stays BEFORE UPDATE OR DELETE ON registers_entryuse
    FOR EACH ROW EXECUTE FUNCTION registers_written_stays('{}');

REVOKE DELETE, TRUNCATE ON registers_entry, registers_entryedition, registers_entrychange, registers_entryuse,
    registers_registerschema FROM vanlang_app;

CREATE INDEX registers_entry_search ON registers_entry USING gin (search_key gin_trgm_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(ROWS, reverse_sql=migrations.RunSQL.noop),
        *(
            migrations.RunSQL(OF_AN_ENTRY.format(table=table), reverse_sql=migrations.RunSQL.noop)
            for table in ("registers_entryedition", "registers_entrychange")
        ),
        migrations.RunSQL(WRITTEN_STAYS, reverse_sql=migrations.RunSQL.noop),
    ]
