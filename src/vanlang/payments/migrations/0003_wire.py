"""What the wire to the payment platform needs to remember: the house's own."""

import django.db.models.deletion
from django.db import migrations, models


ROWS = """
ALTER TABLE payments_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_of_the_house ON payments_{table} USING (current_setting('vanlang.scope', true) = 'system');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0002_books_and_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='FalseSeal',
            fields=[
                ('on', models.DateField(primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='inquiry', serialize=False, to='payments.payment')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='inquiry_due')],
            },
        ),
        migrations.RunSQL(
            "".join(ROWS.format(table=table) for table in ("inquiry", "falseseal")),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
