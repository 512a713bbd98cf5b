"""Whom a petition is about; a new secret is an act. The constraint is validated in the next file."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0016_by_receipt'),
        ('identity', '0008_accountant'),
        ('organizations', '0001_initial'),
        ('petitions', '0002_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='petition',
            name='about',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment'),
        ),
        migrations.AddField(
            model_name='petition',
            name='about_account',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='petitionmovement',
            name='act',
            field=models.CharField(choices=[('file', 'file'), ('classify', 'classify'), ('route', 'route'), ('assign', 'assign'), ('accept', 'accept'), ('refuse', 'refuse'), ('return', 'return'), ('refer', 'refer'), ('merge', 'merge'), ('ask_supplement', 'ask_supplement'), ('supplement', 'supplement'), ('go_on', 'go_on'), ('propose_answer', 'propose_answer'), ('send_back', 'send_back'), ('approve_answer', 'approve_answer'), ('publish', 'publish'), ('withhold', 'withhold'), ('unpublish', 'unpublish'), ('say_satisfaction', 'say_satisfaction'), ('reissue_secret', 'reissue_secret')], max_length=20),
        ),
        AddConstraintNotValid(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', True), ('about_account__isnull', True)), models.Q(('about__isnull', False), ('about_account__isnull', False), models.Q(('holder__isnull', True), models.Q(('holder', models.F('about')), _negated=True), _connector='OR'), models.Q(('leader__isnull', True), models.Q(('leader', models.F('about')), _negated=True), _connector='OR')), _connector='OR'), name='petition_not_with_whom_it_is_about'),
        ),
    ]
