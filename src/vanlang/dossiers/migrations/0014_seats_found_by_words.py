"""
A hundred thousand dossiers of one agency: words are found by an index, and each list has its own order.

`LIKE` is not leakproof, so behind a policy it may use neither an index nor statistics: a search read every row of the
agency. The words of a seat therefore lie in a table of their own that the application may not touch; one function
of the owner looks into it, for the agency that asks and no other.

What is closed is ordered by its due date in an index of its own, beside that of what is open: two that do not overlap
cannot be confused by a planner that does not know that the old is closed. The policies of a seat ask for the agency
first, which nearly always answers, and say what may be written apart from what may be read.
"""

from __future__ import annotations

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

WORDS = """
SELECT set_config('vanlang.scope', 'system', true);
INSERT INTO dossiers_seatwords (seat_id, agency_id, search_key)
SELECT id, agency_id, search_key FROM dossiers_seat;
ALTER TABLE dossiers_seatwords ADD FOREIGN KEY (seat_id) REFERENCES dossiers_seat ON DELETE CASCADE;

CREATE FUNCTION dossiers_keep_words() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO dossiers_seatwords (seat_id, agency_id, search_key)
    VALUES (NEW.id, NEW.agency_id, NEW.search_key)
    ON CONFLICT (seat_id) DO UPDATE SET agency_id = EXCLUDED.agency_id, search_key = EXCLUDED.search_key;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_words_of_new_seat AFTER INSERT ON dossiers_seat
    FOR EACH ROW EXECUTE FUNCTION dossiers_keep_words();
CREATE TRIGGER dossiers_words_of_seat AFTER UPDATE ON dossiers_seat
    FOR EACH ROW WHEN (
        OLD.search_key IS DISTINCT FROM NEW.search_key OR OLD.agency_id IS DISTINCT FROM NEW.agency_id
    ) EXECUTE FUNCTION dossiers_keep_words();

CREATE FUNCTION dossiers_seats_saying(asked_agency integer, words text[], most integer) RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    said text;
    found bigint[];
BEGIN
    IF current_setting('vanlang.scope', true) IS DISTINCT FROM 'system'
        AND asked_agency IS DISTINCT FROM NULLIF(current_setting('vanlang.agency', true), '')::int
    THEN
        RETURN '{}';
    END IF;
    SELECT string_agg(format('AND search_key LIKE %L', '%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%'), ' ')
    INTO said FROM unnest(words) AS word;
    -- Planned anew for each question: rare words by the index, frequent ones by reading until there are enough.
    EXECUTE format(
        'SELECT array_agg(seat_id) FROM '
        '(SELECT seat_id FROM dossiers_seatwords WHERE agency_id = %L %s LIMIT %L) AS few',
        asked_agency, said, most
    ) INTO found;
    RETURN COALESCE(found, '{}');
END $$;

ALTER TABLE dossiers_seatwords ENABLE ROW LEVEL SECURITY;  -- and no policy: its owner alone
REVOKE ALL ON dossiers_seatwords FROM vanlang_app;
"""

POLICIES = """
DROP POLICY seat_rows ON dossiers_seat;
DROP POLICY seat_written_by_trigger ON dossiers_seat;
CREATE POLICY seat_rows ON dossiers_seat FOR SELECT USING (
    agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    OR current_setting('vanlang.scope', true) = 'system'
);
CREATE POLICY seat_added_by_trigger ON dossiers_seat FOR INSERT
    WITH CHECK (current_setting('vanlang.scope', true) = 'system');
CREATE POLICY seat_changed_by_trigger ON dossiers_seat FOR UPDATE
    USING (current_setting('vanlang.scope', true) = 'system');
CREATE POLICY seat_ended_by_trigger ON dossiers_seat FOR DELETE
    USING (current_setting('vanlang.scope', true) = 'system');
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_afterwards_rows"), ("kernel", "0001_extensions_and_role")]
    operations = [
        BtreeGinExtension(),
        migrations.CreateModel(
            name="SeatWords",
            fields=[
                (
                    "seat",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="dossiers.seat",
                    ),
                ),
                ("agency_id", models.IntegerField()),
                ("search_key", models.TextField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["agency_id", "search_key"],
                        name="seat_words",
                        opclasses=["int4_ops", "gin_trgm_ops"],
                    )
                ],
            },
        ),
        migrations.RunSQL(WORDS, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("waits_for", "")),
                fields=["agency", "due_at", "dossier"],
                name="seat_closed_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("waits_for", ""), _negated=True),
                fields=["agency", "arrived_at", "dossier"],
                name="seat_open_by_arrival",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("waits_for", ""), _negated=True),
                fields=["agency", "moved_at", "dossier"],
                name="seat_open_by_move",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("paused", True)),
                fields=["agency", "due_at", "dossier"],
                name="seat_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("holder_id__isnull", True), models.Q(("waits_for", ""), _negated=True)),
                fields=["agency", "waits_for", "due_at", "dossier"],
                name="seat_tray",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("advising_units", []), _negated=True), fields=["agency"], name="seat_asked"
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                condition=models.Q(("code__isnull", False)),
                fields=["agency", "arrived_at"],
                include=("intakes", "decides", "state", "due_at", "finished_at", "paused"),
                name="seat_register",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["agency", "channel", "due_at", "dossier"], name="seat_by_channel"),
        ),
    ]
