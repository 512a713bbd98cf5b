"""A number in the register stands as it was given: it can be declared void, once, and nothing else can happen to it."""

from __future__ import annotations

from django.db import migrations

STANDS = """
CREATE FUNCTION documents_number_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a number is declared void, never deleted';
    END IF;
    IF OLD.voided_at IS NOT NULL OR (to_jsonb(NEW) - '{voided_at,void_reason}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{voided_at,void_reason}'::text[]) THEN
        RAISE EXCEPTION 'a number stands as it was given';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_number_stands BEFORE UPDATE OR DELETE ON documents_registerentry
    FOR EACH ROW EXECUTE FUNCTION documents_number_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_base_file")]
    operations = [migrations.RunSQL(STANDS, reverse_sql=migrations.RunSQL.noop)]
