"""
An entry holds its day and its month until its transaction ends, together with other entries; whoever closes one holds it
alone. Money that was begun before midnight is therefore in the comparison, or comes too late and is refused: never both unseen.
The keys are those of `rules/reconciliation.py: day_key, month_key`.
"""

from __future__ import annotations

from django.db import migrations

HELD = """
CREATE OR REPLACE FUNCTION payments_period_is_open() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
DECLARE
    day date := (NEW.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    of_way text := CASE
        WHEN NEW.occasion IN ('paid_by_platform', 'stray_by_platform', 'refunded_by_platform') THEN 'platform'
        WHEN NEW.occasion IN ('paid_by_bank', 'stray_by_bank', 'refunded_by_bank') THEN 'bank_qr'
        WHEN NEW.occasion IN ('paid_in_cash', 'refunded_in_cash', 'drawer_over', 'drawer_short') THEN 'cash'
        ELSE '' END;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        hashtext('payments.day'), hashtext(NEW.agency_id || ':' || to_char(day, 'YYYY-MM-DD')));
    PERFORM pg_advisory_xact_lock_shared(
        hashtext('payments.month'), hashtext(NEW.agency_id || ':' || to_char(day, 'YYYY-MM')));
    IF EXISTS (SELECT 1 FROM payments_dayclose WHERE agency_id = NEW.agency_id AND way = of_way AND "on" = day)
        OR EXISTS (SELECT 1 FROM payments_monthclose
                   WHERE agency_id = NEW.agency_id AND month = date_trunc('month', day)::date) THEN
        RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_carried_differences")]
    operations = [migrations.RunSQL(HELD, reverse_sql=migrations.RunSQL.noop)]
