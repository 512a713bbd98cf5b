from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0005_common_marks")]
    operations = [
        migrations.AddField(model_name="petition", name="once", field=models.UUIDField(null=True)),
    ]
