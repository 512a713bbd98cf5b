"""Every petition there is keeps the constraint of 0003; read without stopping anybody."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("petitions", "0003_about_whom_and_new_secrets")]
    operations = [ValidateConstraint("petition", "petition_not_with_whom_it_is_about")]
