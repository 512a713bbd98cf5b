"""The sealed data of a receipt stands in its row: it is small, and belongs to nothing else."""

from __future__ import annotations

from django.db import migrations, models

STANDS = """
CREATE OR REPLACE FUNCTION payments_receipt_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{cancelled_at,cancelled_by_id,cancel_reason}';
BEGIN
    IF OLD.cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a cancelled receipt stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.pdf_id IS NULL THEN
        may_change := may_change || '{pdf_id}'::text[];
    END IF;
    IF OLD.xml IS NULL THEN
        may_change := may_change || '{xml}'::text[];
    END IF;
    IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
        RAISE EXCEPTION 'a receipt stands as it was issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_reconciling")]
    operations = [
        migrations.RemoveField("feereceipt", "xml"),
        migrations.AddField("feereceipt", "xml", models.BinaryField(null=True)),
        migrations.RunSQL(STANDS, reverse_sql=migrations.RunSQL.noop),
    ]
