from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index is built beside the work only outside of a transaction
    dependencies = [("petitions", "0006_once")]
    operations = [
        AddIndexConcurrently(
            model_name="petition",
            index=models.Index(
                fields=["once"], name="petition_by_form", condition=models.Q(("once__isnull", False))
            ),
        ),
    ]
