"""Statements, differences, days and months that are closed: the database refuses what comes into them later."""

import django.db.models.deletion
import vanlang.kernel.ids
import vanlang.payments.types
from django.db import migrations, models


PERIODS = """
CREATE FUNCTION payments_period_is_open() RETURNS trigger LANGUAGE plpgsql
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
    IF EXISTS (SELECT 1 FROM payments_dayclose WHERE agency_id = NEW.agency_id AND way = of_way AND "on" = day)
        OR EXISTS (SELECT 1 FROM payments_monthclose
                   WHERE agency_id = NEW.agency_id AND month = date_trunc('month', day)::date) THEN
        RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_entry_in_open_period BEFORE INSERT ON payments_entry
    FOR EACH ROW EXECUTE FUNCTION payments_period_is_open();

CREATE FUNCTION payments_day_may_close() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
BEGIN
    IF NEW."on" >= (NEW.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        RAISE EXCEPTION 'the day is not over' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM payments_moneydifference AS left_over
               WHERE left_over.agency_id = NEW.agency_id AND left_over.way = NEW.way AND left_over."on" = NEW."on"
                 AND left_over.state IN ('open', 'waiting')) THEN
        RAISE EXCEPTION 'the day has differences that nobody explained' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_dayclose_explained BEFORE INSERT ON payments_dayclose
    FOR EACH ROW EXECUTE FUNCTION payments_day_may_close();

CREATE FUNCTION payments_month_may_close() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payments_entry AS entry
        WHERE entry.agency_id = NEW.agency_id
          AND entry.at >= (NEW.month::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
          AND entry.at < ((NEW.month + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh')
          AND entry.occasion IN (
            'paid_by_platform', 'stray_by_platform', 'refunded_by_platform', 'paid_by_bank', 'stray_by_bank',
            'refunded_by_bank', 'paid_in_cash', 'refunded_in_cash', 'drawer_over', 'drawer_short')
          AND NOT EXISTS (
            SELECT 1 FROM payments_dayclose AS closed
            WHERE closed.agency_id = entry.agency_id
              AND closed."on" = (entry.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
              AND closed.way = CASE
                WHEN entry.occasion LIKE '%\\_by\\_platform' THEN 'platform'
                WHEN entry.occasion LIKE '%\\_by\\_bank' THEN 'bank_qr' ELSE 'cash' END)) THEN
        RAISE EXCEPTION 'the month has days that are not closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_monthclose_of_closed_days BEFORE INSERT ON payments_monthclose
    FOR EACH ROW EXECUTE FUNCTION payments_month_may_close();

CREATE TRIGGER payments_dayclose_stands BEFORE UPDATE OR DELETE ON payments_dayclose
    FOR EACH ROW EXECUTE FUNCTION payments_only_added_to();
CREATE TRIGGER payments_monthclose_stands BEFORE UPDATE OR DELETE ON payments_monthclose
    FOR EACH ROW EXECUTE FUNCTION payments_only_added_to();
CREATE TRIGGER payments_statementrow_stands BEFORE UPDATE OR DELETE ON payments_statementrow
    FOR EACH ROW EXECUTE FUNCTION payments_only_added_to();
"""
OWN = "current_setting('vanlang.scope', true) = 'system' OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"
ROWS = """
ALTER TABLE payments_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_own ON payments_{table} USING ({own});
REVOKE DELETE, TRUNCATE ON payments_{table} FROM vanlang_app;
"""
TABLES = ("statementimport", "statementrow", "moneydifference", "dayclose", "monthclose")


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0008_accountant'),
        ('organizations', '0001_initial'),
        ('payments', '0003_wire'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementImport',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('platform', 'platform'), ('bank_qr', 'bank_qr'), ('cash', 'cash')], max_length=24)),
                ('on', models.DateField()),
                ('source', models.CharField(choices=[('wire', 'wire'), ('file', 'file'), ('count', 'count')], max_length=24)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('lines', models.PositiveIntegerField()),
                ('total_vnd', models.BigIntegerField()),
                ('imported_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('imported_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
        ),
        migrations.CreateModel(
            name='DayClose',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('platform', 'platform'), ('bank_qr', 'bank_qr'), ('cash', 'cash')], max_length=24)),
                ('on', models.DateField()),
                ('ours_vnd', models.BigIntegerField()),
                ('theirs_vnd', models.BigIntegerField()),
                ('explained', models.PositiveIntegerField()),
                ('closed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('closed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.statementimport')),
            ],
        ),
        migrations.CreateModel(
            name='StatementRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('transaction', models.CharField(max_length=60)),
                ('vnd', models.BigIntegerField()),
                ('on', models.DateField()),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='payments.statementimport')),
            ],
        ),
        migrations.CreateModel(
            name='MoneyDifference',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('platform', 'platform'), ('bank_qr', 'bank_qr'), ('cash', 'cash')], max_length=24)),
                ('on', models.DateField()),
                ('transaction', models.CharField(max_length=60)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('match', models.CharField(choices=[('equal', 'equal'), ('missing_here', 'missing_here'), ('missing_there', 'missing_there'), ('amount', 'amount'), ('day', 'day'), ('doubled', 'doubled')], max_length=24)),
                ('ours_vnd', models.BigIntegerField(null=True)),
                ('theirs_vnd', models.BigIntegerField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('open', 'open'), ('explained', 'explained'), ('healed', 'healed')], max_length=24)),
                ('found_at', models.DateTimeField()),
                ('explanation', models.CharField(blank=True, max_length=500)),
                ('settled_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('explained_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'way', 'on', 'transaction'), name='difference_once_for_a_day'), models.CheckConstraint(condition=models.Q(('match__in', [vanlang.payments.types.Match['DAY'], vanlang.payments.types.Match['EQUAL']]), _negated=True), name='difference_does_not_fit'), models.CheckConstraint(condition=models.Q(models.Q(('state', vanlang.payments.types.DifferenceState['EXPLAINED']), _negated=True), models.Q(models.Q(('explanation', ''), _negated=True), ('explained_by__isnull', False)), _connector='OR'), name='difference_explained_by_somebody'), models.CheckConstraint(condition=models.Q(('ours_vnd__isnull', False), ('theirs_vnd__isnull', False), _connector='OR'), name='difference_has_a_side')],
            },
        ),
        migrations.CreateModel(
            name='MonthClose',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('closed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('closed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'month'), name='month_closed_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='month_is_its_first_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='statementimport',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('agency', 'way', 'on'), name='statement_one_counts'),
        ),
        migrations.AddConstraint(
            model_name='dayclose',
            constraint=models.UniqueConstraint(fields=('agency', 'way', 'on'), name='day_closed_once'),
        ),
        migrations.AddIndex(
            model_name='statementrow',
            index=models.Index(fields=['transaction'], name='statement_row_by_name'),
        ),
        migrations.AddConstraint(
            model_name='statementrow',
            constraint=models.UniqueConstraint(fields=('statement', 'position'), name='statement_row_once'),
        ),
        migrations.AddConstraint(
            model_name='statementrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vnd', 0), _negated=True), models.Q(('transaction', ''), _negated=True)), name='statement_row_is_of_something'),
        ),
        migrations.RunSQL(
            PERIODS + "".join(ROWS.format(table=table, own=OWN) for table in TABLES),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
