"""
Lists are filtered by procedure and sorted by arrival: a seat carries both.

The trigger of migration 0002 writes a seat's columns; this one adds two more as the row goes in, so that each of them
stands for itself.
"""

from __future__ import annotations

import datetime as dt

from django.db import migrations, models

FILL = """
CREATE FUNCTION dossiers_fill_seat() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
BEGIN
    SELECT procedure_code, COALESCE(received_at, submitted_at)
    INTO NEW.procedure_code, NEW.arrived_at
    FROM dossiers_dossier WHERE id = NEW.dossier_id;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_seat_filled BEFORE INSERT OR UPDATE ON dossiers_seat
    FOR EACH ROW EXECUTE FUNCTION dossiers_fill_seat();
SELECT set_config('vanlang.scope', 'system', true);
UPDATE dossiers_seat SET procedure_code = procedure_code;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_five_facts_closed")]
    operations = [
        migrations.AddField(
            model_name="seat",
            name="procedure_code",
            field=models.CharField(max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="seat",
            name="arrived_at",
            field=models.DateTimeField(default=dt.datetime(2025, 7, 1, tzinfo=dt.UTC)),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["agency", "-arrived_at", "dossier"], name="seat_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                fields=["agency", "procedure_code", "-moved_at", "dossier"], name="seat_by_procedure"
            ),
        ),
    ]
