"""
The five facts of a dossier get their columns; 0007 carries over what is known, 0008 closes them with constraints.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_source_as_text'),
        ('dossiers', '0005_alarm'),
        ('identity', '0005_entities_and_mandates'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='agent',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='agent_name',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='dossier',
            name='agent_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='dossier',
            name='agent_phone',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='dossier',
            name='applicant_entity',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.legalentity'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='applicant_entity_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='dossier',
            name='authority',
            field=models.CharField(choices=[('own', 'own'), ('representative', 'representative'), ('mandate', 'mandate'), ('none_shown', 'none_shown')], default='', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dossier',
            name='ground',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='dossier',
            name='mandate',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.mandate'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='operator_appointment',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='payer',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='payer_address',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='dossier',
            name='payer_entity',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.legalentity'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='payer_name',
            field=models.CharField(default='', max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dossier',
            name='payer_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='dossier',
            name='recipient',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='recipient_entity',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.legalentity'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='recipient_name',
            field=models.CharField(default='', max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dossier',
            name='recipient_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='dossier',
            name='recipient_phone',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='dossier',
            name='subject_address',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='dossier',
            name='subject_entity',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.legalentity'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='subject_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='seat',
            name='applicant_is_entity',
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name='seat',
            name='subject_name',
            field=models.CharField(db_default='', max_length=300),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='applicant',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='applicant_name',
            field=models.CharField(max_length=300),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='operator',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='subject_name',
            field=models.CharField(max_length=300),
        ),
        migrations.AlterField(
            model_name='seat',
            name='applicant_name',
            field=models.CharField(max_length=300),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('applicant_entity__isnull', False)), fields=['applicant_entity', '-submitted_at'], name='dossier_by_entity'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['subject', '-submitted_at'], name='dossier_by_subject'),
        ),
    ]
