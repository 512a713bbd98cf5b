"""
Whose rows: each agency sees its own book. And the book stands: no line is deleted, and a line with a number can only
be cancelled, once, by a dated note.
"""

from __future__ import annotations

from django.db import migrations

ROWS = """
ALTER TABLE certification_certification{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE certification_certification{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY certification_{table}_rows ON certification_certification{table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
REVOKE DELETE, TRUNCATE ON certification_certification{table} FROM vanlang_app;
"""
STANDS = """
CREATE FUNCTION certification_entry_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a line of the certification book is cancelled, never deleted';
    END IF;
    IF OLD.cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a cancelled line of the certification book stands as it is';
    END IF;
    IF OLD.number IS NOT NULL AND (to_jsonb(NEW) - '{cancelled_at,cancelled_by_id,cancel_note}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{cancelled_at,cancelled_by_id,cancel_note}'::text[]) THEN
        RAISE EXCEPTION 'a line of the certification book stands as it was written';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certification_entry_stands BEFORE UPDATE OR DELETE ON certification_certificationentry
    FOR EACH ROW EXECUTE FUNCTION certification_entry_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(ROWS.format(table="request"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(ROWS.format(table="entry"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(STANDS, reverse_sql=migrations.RunSQL.noop),
    ]
