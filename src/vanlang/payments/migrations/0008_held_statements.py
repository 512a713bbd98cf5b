"""Statements of which rows could not be read are kept, and count for nothing until a person decides."""

import django.db.models.deletion
import vanlang.kernel.ids
from django.db import migrations, models

OWN = """
ALTER TABLE payments_heldstatement ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments_heldstatement FORCE ROW LEVEL SECURITY;
CREATE POLICY heldstatement_own ON payments_heldstatement
    USING (current_setting('vanlang.scope', true) = 'system'
           OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int);
REVOKE DELETE, TRUNCATE ON payments_heldstatement FROM vanlang_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0008_accountant'),
        ('organizations', '0001_initial'),
        ('payments', '0007_days_are_held'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statementimport',
            name='source',
            field=models.CharField(choices=[('wire', 'wire'), ('file', 'file'), ('part', 'part'), ('count', 'count')], max_length=24),
        ),
        migrations.CreateModel(
            name='HeldStatement',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('platform', 'platform'), ('bank_qr', 'bank_qr'), ('cash', 'cash')], max_length=24)),
                ('on', models.DateField()),
                ('lines', models.JSONField()),
                ('unread', models.JSONField()),
                ('came_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('agency', 'way', 'on'), name='statement_held_one_a_day'), models.CheckConstraint(condition=models.Q(('unread', []), _negated=True), name='statement_held_for_a_row')],
            },
        ),
        migrations.RunSQL(OWN, reverse_sql=migrations.RunSQL.noop),
    ]
