"""Which marks very many petitions share."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0004_about_whom_is_validated'),
    ]

    operations = [
        migrations.CreateModel(
            name='PetitionCommonMark',
            fields=[
                ('mark', models.IntegerField(primary_key=True, serialize=False)),
                ('times', models.PositiveIntegerField()),
            ],
        ),
    ]
