"""What closed days left stands on an account of its own; only its clearing is ever written to it."""

import django.db.models.deletion
import vanlang.kernel.ids
import vanlang.payments.types
from django.db import migrations, models

STANDS = """
CREATE FUNCTION payments_carried_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{clearing,cleared_at,cleared_by_id,document}';
BEGIN
    IF OLD.cleared_at IS NOT NULL OR (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
        RAISE EXCEPTION 'a carried difference stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_carried_stands BEFORE UPDATE ON payments_carrieddifference
    FOR EACH ROW EXECUTE FUNCTION payments_carried_stands();
ALTER TABLE payments_carrieddifference ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments_carrieddifference FORCE ROW LEVEL SECURITY;
CREATE POLICY carrieddifference_own ON payments_carrieddifference
    USING (current_setting('vanlang.scope', true) = 'system'
           OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int);
REVOKE DELETE, TRUNCATE ON payments_carrieddifference FROM vanlang_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0008_accountant'),
        ('organizations', '0001_initial'),
        ('payments', '0005_receipts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='occasion',
            field=models.CharField(choices=[('demand_fee', 'demand_fee'), ('demand_charge', 'demand_charge'), ('cancel_fee', 'cancel_fee'), ('cancel_charge', 'cancel_charge'), ('paid_by_platform', 'paid_by_platform'), ('paid_by_bank', 'paid_by_bank'), ('paid_in_cash', 'paid_in_cash'), ('stray_by_platform', 'stray_by_platform'), ('stray_by_bank', 'stray_by_bank'), ('stray_matched', 'stray_matched'), ('settled', 'settled'), ('banked', 'banked'), ('stray_returned', 'stray_returned'), ('stray_kept', 'stray_kept'), ('drawer_short', 'drawer_short'), ('drawer_over', 'drawer_over'), ('refund_asked', 'refund_asked'), ('refund_declined', 'refund_declined'), ('refunded_by_platform', 'refunded_by_platform'), ('refunded_by_bank', 'refunded_by_bank'), ('refunded_in_cash', 'refunded_in_cash'), ('short_by_platform', 'short_by_platform'), ('short_by_bank', 'short_by_bank'), ('short_in_cash', 'short_in_cash'), ('over_by_platform', 'over_by_platform'), ('over_by_bank', 'over_by_bank'), ('over_in_cash', 'over_in_cash'), ('difference_brought', 'difference_brought'), ('difference_fetched', 'difference_fetched'), ('difference_borne', 'difference_borne'), ('difference_kept', 'difference_kept')], max_length=24),
        ),
        migrations.AlterField(
            model_name='entryleg',
            name='account',
            field=models.CharField(choices=[('receivable', 'receivable'), ('revenue_fee', 'revenue_fee'), ('revenue_charge', 'revenue_charge'), ('clearing', 'clearing'), ('bank', 'bank'), ('drawer', 'drawer'), ('suspense', 'suspense'), ('refunds', 'refunds'), ('differences', 'differences'), ('costs', 'costs')], max_length=24),
        ),
        migrations.CreateModel(
            name='CarriedDifference',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('platform', 'platform'), ('bank_qr', 'bank_qr'), ('cash', 'cash')], max_length=24)),
                ('on', models.DateField()),
                ('transaction', models.CharField(max_length=60)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('vnd', models.BigIntegerField()),
                ('explanation', models.CharField(blank=True, max_length=500)),
                ('carried_at', models.DateTimeField()),
                ('clearing', models.CharField(blank=True, choices=[('evened', 'evened'), ('bank', 'bank'), ('cost', 'cost')], max_length=24)),
                ('cleared_at', models.DateTimeField(null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('cleared_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('cleared_at__isnull', True)), fields=['agency', 'on'], name='difference_carried_open')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'way', 'on', 'transaction'), name='difference_carried_once_a_day'), models.CheckConstraint(condition=models.Q(('vnd', 0), _negated=True), name='difference_carried_is_something'), models.CheckConstraint(condition=models.Q(models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', True), ('clearing', ''), ('document', '')), models.Q(('cleared_at__isnull', False), ('clearing', vanlang.payments.types.Clearing['EVENED'])), models.Q(('cleared_at__isnull', False), ('clearing__in', [vanlang.payments.types.Clearing['BANK'], vanlang.payments.types.Clearing['COST']]), ('cleared_by__isnull', False), models.Q(('document', ''), _negated=True)), _connector='OR'), name='difference_cleared_with_proof')],
            },
        ),
        migrations.RunSQL(STANDS, reverse_sql=migrations.RunSQL.noop),
    ]
