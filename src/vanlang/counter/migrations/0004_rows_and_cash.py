"""
Rows of trays, post, cash and batches are their agency's; the cash book is only added to.

A closed drawer changes in nothing but who took it over, an entry in nothing at all, and an entry is written only into
an open drawer: the database says so, for the owner of the tables too. When a drawer is closed, what must be in it is
summed here and nowhere else.
"""

from __future__ import annotations

from django.db import migrations

ONE_AGENCY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int{more}
);
REVOKE DELETE, TRUNCATE ON {table} FROM vanlang_app;
"""
RECEIVER = "\n    OR to_agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
TABLES = {
    "tray": RECEIVER,
    "trayitem": RECEIVER,
    "postalitem": "",
    "postalpiece": "",
    "cashdrawer": "",
    "cashentry": "",
    "batch": "",
    "batchline": "",
}

CASH = """
CREATE FUNCTION counter_cash_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
    corrected counter_cashentry%ROWTYPE;
    last integer;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'the cash book is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT closed_at INTO closed FROM counter_cashdrawer WHERE id = NEW.drawer_id FOR UPDATE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'the drawer is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT COALESCE(max(number), 0) INTO last FROM counter_cashentry WHERE drawer_id = NEW.drawer_id;
    IF NEW.number <> last + 1 THEN
        RAISE EXCEPTION 'entries are numbered without gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.corrects_id IS NOT NULL THEN
        SELECT * INTO corrected FROM counter_cashentry WHERE id = NEW.corrects_id;
        IF corrected.kind <> 'taken' OR corrected.drawer_id <> NEW.drawer_id OR NEW.amount <> -corrected.amount THEN
            RAISE EXCEPTION 'a counter-entry takes back one entry in full' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_cash_entry BEFORE INSERT OR UPDATE OR DELETE ON counter_cashentry
    FOR EACH ROW EXECUTE FUNCTION counter_cash_entry();

CREATE FUNCTION counter_cash_drawer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    notes bigint;
    must_be bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a drawer is kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.closed_at IS NOT NULL AND (
        OLD.handed_at IS NOT NULL
        OR (OLD.agency_id, OLD.day, OLD.officer_id, OLD.opening, OLD.opened_at, OLD.closed_at, OLD.counted,
            OLD.counted_sum, OLD.expected_sum, OLD.explanation)
        IS DISTINCT FROM (NEW.agency_id, NEW.day, NEW.officer_id, NEW.opening, NEW.opened_at, NEW.closed_at, NEW.counted,
            NEW.counted_sum, NEW.expected_sum, NEW.explanation)
    ) THEN
        RAISE EXCEPTION 'a closed drawer cannot change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (OLD.opening, OLD.officer_id, OLD.day) IS DISTINCT FROM (NEW.opening, NEW.officer_id, NEW.day) THEN
        RAISE EXCEPTION 'an opened drawer keeps its opening' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL THEN
        SELECT NEW.opening + COALESCE(sum(amount), 0) INTO must_be FROM counter_cashentry WHERE drawer_id = NEW.id;
        SELECT COALESCE(sum(key::bigint * value::bigint), 0) INTO notes FROM jsonb_each_text(NEW.counted);
        IF NEW.expected_sum IS DISTINCT FROM must_be OR NEW.counted_sum IS DISTINCT FROM notes THEN
            RAISE EXCEPTION 'the sums of a closed drawer are those of its book and its notes'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_cash_drawer BEFORE UPDATE OR DELETE ON counter_cashdrawer
    FOR EACH ROW EXECUTE FUNCTION counter_cash_drawer();
REVOKE UPDATE ON counter_cashentry FROM vanlang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("counter", "0003_trays_post_cash_batches")]
    operations = [
        *(
            migrations.RunSQL(
                ONE_AGENCY.format(table=f"counter_{table}", more=more), reverse_sql=migrations.RunSQL.noop
            )
            for table, more in TABLES.items()
        ),
        migrations.RunSQL(CASH, reverse_sql=migrations.RunSQL.noop),
    ]
