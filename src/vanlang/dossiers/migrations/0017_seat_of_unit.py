from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index built while people go on writing

    dependencies = [("dossiers", "0016_by_receipt")]

    operations = [
        AddIndexConcurrently(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("here", True), models.Q(("waits_for", ""), _negated=True)),
                fields=["agency", "holder_unit_id", "due_at", "dossier"],
                name="seat_of_unit",
            ),
        ),
    ]
