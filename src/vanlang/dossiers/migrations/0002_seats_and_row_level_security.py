"""
Seats are derived in the database, and row-level security lies under everything.

A seat copies its dossier's list columns, so it is written where the dossier is written: by a trigger, in the same
statement's transaction, as the owner and in the scope `system`. Officers have no policy to write a seat, so no
agency can seat itself, and a list cannot disagree with its dossier.

Reading: a seat is visible to its agency by one comparison on an indexed column, which is what lists use. A dossier
is visible where a seat is, or to its citizens; its papers are visible where it is. Histories are only added to.
"""

from __future__ import annotations

from django.db import migrations

SEATS = """
CREATE FUNCTION dossiers_seat_agencies() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
BEGIN
    INSERT INTO dossiers_seat AS seat (
        dossier_id, agency_id, intakes, decides, advises, returns, here,
        state, waits_for, channel, code, procedure_name, applicant_name, holder_id, holder_unit_id,
        submitted_at, due_at, due_is_forecast, paused, finished_at, moved_at, search_key
    )
    SELECT
        NEW.id, agency,
        agency = NEW.intake_agency_id, agency = NEW.competent_agency_id,
        agency IS NOT DISTINCT FROM NEW.opinion_agency_id, agency = NEW.return_agency_id,
        agency IS NOT DISTINCT FROM NEW.lies_at_id,
        NEW.state, NEW.waits_for, NEW.channel, NEW.code, NEW.procedure_name, NEW.applicant_name,
        NEW.holder_id, NEW.holder_unit_id,
        NEW.submitted_at, COALESCE(NEW.due_at, NEW.answer_due_at), NEW.due_is_forecast, NEW.paused_at IS NOT NULL,
        NEW.finished_at, NEW.moved_at, NEW.search_key
    FROM (
        SELECT NEW.intake_agency_id AS agency
        UNION SELECT NEW.competent_agency_id
        UNION SELECT NEW.return_agency_id
        UNION SELECT NEW.opinion_agency_id
    ) AS seated
    WHERE agency IS NOT NULL
    ON CONFLICT (dossier_id, agency_id) DO UPDATE SET
        intakes = EXCLUDED.intakes, decides = EXCLUDED.decides, advises = EXCLUDED.advises,
        returns = EXCLUDED.returns, here = EXCLUDED.here,
        state = EXCLUDED.state, waits_for = EXCLUDED.waits_for, code = EXCLUDED.code,
        holder_id = EXCLUDED.holder_id, holder_unit_id = EXCLUDED.holder_unit_id,
        due_at = EXCLUDED.due_at, due_is_forecast = EXCLUDED.due_is_forecast, paused = EXCLUDED.paused,
        finished_at = EXCLUDED.finished_at, moved_at = EXCLUDED.moved_at,
        applicant_name = EXCLUDED.applicant_name, search_key = EXCLUDED.search_key;

    IF TG_OP = 'UPDATE' AND (
        OLD.intake_agency_id, OLD.competent_agency_id, OLD.return_agency_id, OLD.opinion_agency_id
    ) IS DISTINCT FROM (
        NEW.intake_agency_id, NEW.competent_agency_id, NEW.return_agency_id, NEW.opinion_agency_id
    ) THEN
        DELETE FROM dossiers_seat WHERE dossier_id = NEW.id AND agency_id NOT IN (
            NEW.intake_agency_id, NEW.competent_agency_id, NEW.return_agency_id, COALESCE(NEW.opinion_agency_id, 0)
        );
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER dossiers_seats AFTER INSERT OR UPDATE ON dossiers_dossier
    FOR EACH ROW EXECUTE FUNCTION dossiers_seat_agencies();
"""

ROWS = """
ALTER TABLE dossiers_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_seat FORCE ROW LEVEL SECURITY;
CREATE POLICY seat_rows ON dossiers_seat FOR SELECT USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
CREATE POLICY seat_written_by_trigger ON dossiers_seat
    USING (current_setting('vanlang.scope', true) = 'system');

ALTER TABLE dossiers_dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_dossier FORCE ROW LEVEL SECURITY;
CREATE POLICY dossier_rows ON dossiers_dossier FOR SELECT USING (
    current_setting('vanlang.scope', true) = 'system'
    OR applicant_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR operator_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR EXISTS (
        SELECT 1 FROM dossiers_seat AS seat
        WHERE seat.dossier_id = dossiers_dossier.id
          AND seat.agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    )
);
CREATE POLICY dossier_moves ON dossiers_dossier FOR UPDATE USING (
    current_setting('vanlang.scope', true) = 'system'
    OR applicant_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR operator_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR EXISTS (
        SELECT 1 FROM dossiers_seat AS seat
        WHERE seat.dossier_id = dossiers_dossier.id
          AND seat.agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    )
) WITH CHECK (true);  -- what it becomes must still be visible: that is checked by dossier_rows
CREATE POLICY dossier_filed ON dossiers_dossier FOR INSERT WITH CHECK (
    current_setting('vanlang.scope', true) = 'system'
    OR applicant_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR operator_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR intake_agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);

ALTER TABLE dossiers_codecounter ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_codecounter FORCE ROW LEVEL SECURITY;
CREATE POLICY counter_rows ON dossiers_codecounter USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""

PAPERS_OF_A_DOSSIER = (
    "dossiers_movement",
    "dossiers_duechange",
    "dossiers_attachment",
    "dossiers_supplementrequest",
    "dossiers_supplementitem",
    "dossiers_outcome",
)
ONLY_ADDED_TO = ("dossiers_movement", "dossiers_duechange", "dossiers_attachment")

SEEN_WITH_ITS_DOSSIER = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} FOR SELECT USING ({visible});
CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({visible});
CREATE POLICY {table}_changed ON {table} FOR UPDATE USING ({visible}) WITH CHECK (true);
REVOKE DELETE, TRUNCATE ON {table} FROM vanlang_app;
"""
VISIBLE = """
    current_setting('vanlang.scope', true) = 'system'
    OR EXISTS (SELECT 1 FROM dossiers_dossier AS dossier WHERE dossier.id = {table}.dossier_id)
"""
ADD_ONLY = "REVOKE UPDATE ON {table} FROM vanlang_app;"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("kernel", "0001_extensions_and_role")]
    operations = [
        migrations.RunSQL(SEATS, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(ROWS, reverse_sql=migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                SEEN_WITH_ITS_DOSSIER.format(table=table, visible=VISIBLE.format(table=table)),
                reverse_sql=migrations.RunSQL.noop,
            )
            for table in PAPERS_OF_A_DOSSIER
        ),
        *(
            migrations.RunSQL(ADD_ONLY.format(table=table), reverse_sql=migrations.RunSQL.noop)
            for table in ONLY_ADDED_TO
        ),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON dossiers_seat FROM vanlang_app;"
            "REVOKE DELETE, TRUNCATE ON dossiers_dossier FROM vanlang_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
