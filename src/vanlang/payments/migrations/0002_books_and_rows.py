"""
The books are only added to and balance; a receipt stands; rows are seen by whose they are.

What is owed and what was paid is seen with its dossier: by its citizens and by the agencies that sit at it. Payers begin
attempts to pay; demands, entries and receipts are written by the agency that takes the money, or by the house. The
books themselves are the agency's alone.
"""

from __future__ import annotations

from django.db import migrations

BOOKS = """
CREATE FUNCTION payments_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER payments_entry_stands BEFORE UPDATE OR DELETE ON payments_entry
    FOR EACH ROW EXECUTE FUNCTION payments_only_added_to();
CREATE TRIGGER payments_leg_stands BEFORE UPDATE OR DELETE ON payments_entryleg
    FOR EACH ROW EXECUTE FUNCTION payments_only_added_to();

CREATE FUNCTION payments_entry_balances() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
DECLARE
    checked bigint;
    lines integer;
    total bigint;
    strangers integer;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'payments_entry' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'entry_id')::bigint END;
    SELECT count(*), COALESCE(sum(leg.vnd), 0), count(*) FILTER (WHERE leg.agency_id <> entry.agency_id)
        INTO lines, total, strangers
        FROM payments_entry AS entry LEFT JOIN payments_entryleg AS leg ON leg.entry_id = entry.id
        WHERE entry.id = checked;
    IF lines < 2 OR total <> 0 OR strangers > 0 THEN
        RAISE EXCEPTION 'entry % does not balance', checked USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_entry_balances AFTER INSERT ON payments_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_entry_balances();
CREATE CONSTRAINT TRIGGER payments_leg_balances AFTER INSERT ON payments_entryleg
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_entry_balances();
"""

RECEIPTS = """
CREATE FUNCTION payments_receipt_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{cancelled_at,cancelled_by_id,cancel_reason}';
BEGIN
    IF OLD.cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a cancelled receipt stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.pdf_id IS NULL THEN
        may_change := may_change || '{pdf_id}'::text[];
    END IF;
    IF OLD.xml_id IS NULL THEN
        may_change := may_change || '{xml_id}'::text[];
    END IF;
    IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
        RAISE EXCEPTION 'a receipt stands as it was issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_receipt_stands BEFORE UPDATE ON payments_feereceipt
    FOR EACH ROW EXECUTE FUNCTION payments_receipt_stands();
"""

HOUSE = "current_setting('vanlang.scope', true) = 'system'"
OWN = f"{HOUSE} OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
PARENTS = {
    "demand": "SELECT 1 FROM dossiers_dossier AS dossier WHERE dossier.id = payments_demand.dossier_id",
    "feequestion": "SELECT 1 FROM dossiers_dossier AS dossier WHERE dossier.id = payments_feequestion.dossier_id",
    "payment": "SELECT 1 FROM payments_demand AS demand WHERE demand.id = payments_payment.demand_id",
    "stray": "SELECT 1 FROM payments_payment AS payment WHERE payment.id = payments_stray.payment_id",
    "refund": "SELECT 1 FROM payments_payment AS payment WHERE payment.id = payments_refund.payment_id",
    "feereceipt": "SELECT 1 FROM payments_payment AS payment WHERE payment.id = payments_feereceipt.payment_id",
}
ROWS = """
ALTER TABLE payments_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_seen ON payments_{table} FOR SELECT USING ({seen});
CREATE POLICY {table}_added ON payments_{table} FOR INSERT WITH CHECK ({written});
CREATE POLICY {table}_changed ON payments_{table} FOR UPDATE USING ({written}) WITH CHECK ({written});
REVOKE DELETE, TRUNCATE ON payments_{table} FROM vanlang_app;
"""
IN_DEMAND = "SELECT 1 FROM payments_demand AS demand WHERE demand.id = payments_demandline.demand_id"


def _rows() -> str:
    parts = [ROWS.format(table=table, seen=OWN, written=OWN) for table in ("entry", "entryleg")]
    for table, parent in PARENTS.items():
        seen = f"{OWN} OR EXISTS ({parent})"
        parts.append(ROWS.format(table=table, seen=seen, written=seen if table == "payment" else OWN))
    line = f"{HOUSE} OR EXISTS ({IN_DEMAND})"
    own_line = (
        f"{HOUSE} OR EXISTS ({IN_DEMAND} AND demand.agency_id = "
        "NULLIF(current_setting('vanlang.agency', true), '')::int)"
    )
    parts.append(ROWS.format(table="demandline", seen=line, written=own_line))
    parts.append("REVOKE UPDATE ON payments_entry, payments_entryleg FROM vanlang_app;")
    return "".join(parts)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop) for sql in (BOOKS, RECEIPTS, _rows())
    ]
