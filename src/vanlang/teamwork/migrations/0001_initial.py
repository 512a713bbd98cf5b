
import django.db.models.deletion
import vanlang.kernel.ids
import vanlang.teamwork.types
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0009_seat_columns'),
        ('identity', '0004_substitution'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('open', 'open'), ('running', 'running'), ('done', 'done')], max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('signs', models.BooleanField(default=False)),
                ('factor_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('code', models.CharField(blank=True, max_length=40)),
                ('looked_at', models.DateTimeField(null=True)),
                ('looked_version', models.PositiveIntegerField(null=True)),
                ('choice', models.CharField(blank=True, choices=[('approve', 'approve'), ('return', 'return'), ('skip', 'skip')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=2000)),
                ('line', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('refused', 'refused')], max_length=20)),
                ('approved', models.BooleanField(default=False)),
                ('signed', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='teamwork.batch')),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('told_at', models.DateTimeField()),
                ('figures', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
        ),
        migrations.CreateModel(
            name='DigestChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.PositiveSmallIntegerField(default=7)),
                ('is_sent', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('author_name', models.CharField(max_length=150)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('edited_at', models.DateTimeField(null=True)),
                ('struck_at', models.DateTimeField(null=True)),
                ('struck_by_name', models.CharField(blank=True, max_length=150)),
                ('struck_why', models.CharField(blank=True, max_length=300)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('struck_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
            ],
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='teamwork.note')),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('is_default', models.BooleanField(default=False)),
                ('saved_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=vanlang.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('ordered_by_name', models.CharField(max_length=150)),
                ('ordered_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('decision', models.CharField(blank=True, max_length=100)),
                ('source_kind', models.CharField(choices=[('officer', 'officer'), ('unit', 'unit'), ('agency', 'agency')], max_length=20)),
                ('source_id', models.BigIntegerField()),
                ('source_words', models.CharField(max_length=300)),
                ('to_words', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('ordered', 'ordered'), ('running', 'running'), ('done', 'done')], max_length=20)),
                ('finished_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('appointment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('to_agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('to_leader', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('to_officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.appointment')),
                ('to_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TransferLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('code', models.CharField(blank=True, max_length=40)),
                ('line', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('refused', 'refused')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('before', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('moved_at', models.DateTimeField(null=True)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('transfer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='teamwork.transfer')),
            ],
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(condition=models.Q(('state', vanlang.teamwork.types.BatchState['DONE']), _negated=True), fields=('appointment',), name='batch_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('signs', False), ('factor_at__isnull', False), _connector='OR'), name='batch_signs_with_a_second_factor'),
        ),
        migrations.AddIndex(
            model_name='batchline',
            index=models.Index(fields=['batch', 'position'], name='batch_line_order'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.UniqueConstraint(fields=('batch', 'dossier'), name='batch_line_once'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice', vanlang.teamwork.types.Choice['APPROVE']), _negated=True), models.Q(('looked_at__isnull', False), ('looked_version__isnull', False)), _connector='OR'), name='batch_approves_what_was_looked_at'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice', vanlang.teamwork.types.Choice['RETURN']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='batch_returns_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('line', vanlang.teamwork.types.LineState['REFUSED']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='batch_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('appointment', 'day'), name='digest_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='digestchoice',
            constraint=models.CheckConstraint(condition=models.Q(('hour__gte', 5), ('hour__lte', 20)), name='digest_hour_of_day'),
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(fields=['dossier'], name='follow_by_dossier'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('appointment', 'dossier'), name='follow_once'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['dossier', 'written_at'], name='note_by_dossier'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at__isnull', True), ('struck_by__isnull', True)), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False), models.Q(('struck_why', ''), _negated=True)), _connector='OR'), name='note_struck_with_a_reason'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['appointment', '-at'], name='mention_open'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('note', 'appointment'), name='mention_once'),
        ),
        migrations.AddIndex(
            model_name='savedview',
            index=models.Index(condition=models.Q(('unit__isnull', False)), fields=['unit'], name='saved_view_shared'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('appointment', 'name'), name='saved_view_name_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('appointment',), name='saved_view_one_default'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['agency', '-ordered_at'], name='transfer_by_agency'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', vanlang.teamwork.types.TransferState['DONE'])), models.Q(models.Q(('state', vanlang.teamwork.types.TransferState['DONE']), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='transfer_done_is_dated'),
        ),
        migrations.AddIndex(
            model_name='transferline',
            index=models.Index(fields=['transfer', 'line', 'position'], name='transfer_line_next'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(fields=('transfer', 'dossier'), name='transfer_line_once'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('line', vanlang.teamwork.types.LineState['REFUSED']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='transfer_refused_says_why'),
        ),
    ]
