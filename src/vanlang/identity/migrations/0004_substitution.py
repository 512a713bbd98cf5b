"""
Officers stand in for colleagues on leave.

Two substitutes for the same days are refused by an exclusion constraint. Chains run over two columns, which no
constraint compares: a trigger looks, one at a time in an agency (an advisory lock), so that two halves of a chain
written at once do not miss each other.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import vanlang.identity.models.people
from django.db import migrations, models


CHAINS = """
CREATE FUNCTION identity_refuse_chains() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cancelled_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('identity_substitution'), NEW.agency_id);
    IF EXISTS (
        SELECT 1 FROM identity_substitution AS other
        WHERE other.id <> NEW.id AND other.cancelled_at IS NULL
          AND daterange(other.valid_from, other.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
          AND (other.substitute_id = NEW.absent_id OR other.absent_id = NEW.substitute_id)
    ) THEN
        RAISE EXCEPTION 'substitution_chains' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_substitution_chains BEFORE INSERT OR UPDATE ON identity_substitution
    FOR EACH ROW EXECUTE FUNCTION identity_refuse_chains();
REVOKE DELETE, TRUNCATE ON identity_substitution FROM vanlang_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_extensions_and_role"),
        ('identity', '0003_allowance'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('counter', 'counter'), ('specialist', 'specialist'), ('leader', 'leader'), ('clerk', 'clerk'), ('catalogue_editor', 'catalogue_editor'), ('admin', 'admin')], max_length=20), size=None)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('decision', models.CharField(blank=True, max_length=100)),
                ('decided_on', models.DateField(null=True)),
                ('set_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('substitute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
            options={
                'indexes': [models.Index(fields=['substitute', 'valid_to'], name='substitution_by_substitute')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='substitution_period'), models.CheckConstraint(condition=models.Q(('absent', models.F('substitute')), _negated=True), name='substitution_of_another'), models.CheckConstraint(condition=models.Q(('roles__len__gt', 0)), name='substitution_of_a_role'), models.CheckConstraint(condition=models.Q(models.Q(('roles__contains', ['leader']), _negated=True), models.Q(models.Q(('decision', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='substitution_of_a_leader_by_decision'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at__isnull', True)), expressions=[('absent', '='), (vanlang.identity.models.people._Period('valid_from', 'valid_to'), '&&')], name='substitution_one_a_day')],
            },
        ),
        migrations.RunSQL(CHAINS, reverse_sql=migrations.RunSQL.noop),
    ]
