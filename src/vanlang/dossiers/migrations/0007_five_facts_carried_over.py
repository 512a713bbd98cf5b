"""
What is known of the dossiers filed so far is written into the five facts.

The subject, the payer and the recipient were the applicant unless a subject was named. The hand that filed stands in
the first movement: an officer's appointment, or else the citizen. A citizen who filed for another had shown no
mandate that the house kept.
"""

from __future__ import annotations

from django.db import migrations

SEATS = """
CREATE OR REPLACE FUNCTION dossiers_seat_agencies() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$
BEGIN
    INSERT INTO dossiers_seat AS seat (
        dossier_id, agency_id, intakes, decides, advises, returns, here,
        state, waits_for, channel, code, procedure_name, applicant_name, applicant_is_entity, subject_name,
        holder_id, holder_unit_id,
        submitted_at, due_at, due_is_forecast, paused, finished_at, moved_at, search_key
    )
    SELECT
        NEW.id, agency,
        agency = NEW.intake_agency_id, agency = NEW.competent_agency_id,
        agency IS NOT DISTINCT FROM NEW.opinion_agency_id, agency = NEW.return_agency_id,
        agency IS NOT DISTINCT FROM NEW.lies_at_id,
        NEW.state, NEW.waits_for, NEW.channel, NEW.code, NEW.procedure_name, NEW.applicant_name,
        NEW.applicant_entity_id IS NOT NULL,
        CASE WHEN NEW.subject_id IS DISTINCT FROM NEW.applicant_id
            OR NEW.subject_entity_id IS DISTINCT FROM NEW.applicant_entity_id THEN NEW.subject_name ELSE '' END,
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
        applicant_name = EXCLUDED.applicant_name, applicant_is_entity = EXCLUDED.applicant_is_entity,
        subject_name = EXCLUDED.subject_name, search_key = EXCLUDED.search_key;

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
"""

CARRY_OVER = """
SELECT set_config('vanlang.scope', 'system', true);
UPDATE dossiers_dossier AS dossier SET
    authority = CASE WHEN COALESCE(operator_id, applicant_id) = applicant_id THEN 'own' ELSE 'none_shown' END,
    agent_id = NULLIF(operator_id, applicant_id),
    agent_name = CASE WHEN operator_id <> applicant_id THEN (
        SELECT full_name FROM identity_person AS person WHERE person.id = dossier.operator_id) ELSE '' END,
    operator_appointment_id = filed.appointment_id,
    operator_id = CASE WHEN filed.appointment_id IS NULL THEN COALESCE(operator_id, applicant_id) END,
    subject_id = COALESCE(subject_id, applicant_id),
    subject_name = CASE WHEN subject_id IS NULL THEN applicant_name ELSE subject_name END,
    subject_number = CASE WHEN subject_id IS NULL THEN applicant_personal_id ELSE '' END,
    subject_address = CASE WHEN subject_id IS NULL THEN applicant_address ELSE '' END,
    payer_id = applicant_id, payer_name = applicant_name,
    payer_number = applicant_personal_id, payer_address = applicant_address,
    recipient_id = applicant_id, recipient_name = applicant_name,
    recipient_number = applicant_personal_id, recipient_phone = applicant_phone
FROM dossiers_movement AS filed
WHERE filed.dossier_id = dossier.id AND filed.number = 1 AND dossier.authority = '';
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_five_facts")]
    operations = [
        migrations.RunSQL(SEATS, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(CARRY_OVER, reverse_sql=migrations.RunSQL.noop),
    ]
