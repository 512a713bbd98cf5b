"""
The five facts are closed: constraints, and the rows that each of them opens.

Whoever applied sees the dossier, and whoever filed it; an entity's representative sees it only while acting for the
entity, so that leaving a company ends the sight of its dossiers. Payer and recipient alone see nothing.
"""

from __future__ import annotations

import vanlang.dossiers.rules.parties
from django.db import migrations, models

OWN = """
    current_setting('vanlang.scope', true) = 'system'
    OR applicant_id = NULLIF(current_setting('vanlang.person', true), '')::uuid
    OR (operator_id = NULLIF(current_setting('vanlang.person', true), '')::uuid AND authority <> 'representative')
    OR applicant_entity_id = NULLIF(current_setting('vanlang.entity', true), '')::uuid
"""
SEATED = """
    OR EXISTS (
        SELECT 1 FROM dossiers_seat AS seat
        WHERE seat.dossier_id = dossiers_dossier.id
          AND seat.agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
    )
"""
POLICIES = f"""
DROP POLICY dossier_rows ON dossiers_dossier;
DROP POLICY dossier_moves ON dossiers_dossier;
DROP POLICY dossier_filed ON dossiers_dossier;
CREATE POLICY dossier_rows ON dossiers_dossier FOR SELECT USING ({OWN} {SEATED});
CREATE POLICY dossier_moves ON dossiers_dossier FOR UPDATE USING ({OWN} {SEATED}) WITH CHECK (true);
CREATE POLICY dossier_filed ON dossiers_dossier FOR INSERT WITH CHECK (
    {OWN}
    OR intake_agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int
);
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_five_facts_carried_over")]
    operations = [
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applicant__isnull', False), ('applicant_entity__isnull', True)), models.Q(('applicant__isnull', True), ('applicant_entity__isnull', False)), _connector='OR'), name='dossier_one_applicant'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject__isnull', False), ('subject_entity__isnull', True)), models.Q(('subject__isnull', True), ('subject_entity__isnull', False)), _connector='OR'), name='dossier_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('operator__isnull', False), ('operator_appointment__isnull', True)), models.Q(('operator__isnull', True), ('operator_appointment__isnull', False)), _connector='OR'), name='dossier_one_operator'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('payer__isnull', False), ('payer_entity__isnull', True)), models.Q(('payer__isnull', True), ('payer_entity__isnull', False)), _connector='OR'), name='dossier_one_payer'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recipient__isnull', False), ('recipient_entity__isnull', True)), models.Q(('recipient__isnull', True), ('recipient_entity__isnull', False)), _connector='OR'), name='dossier_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', vanlang.dossiers.rules.parties.Authority['OWN']), _negated=True), models.Q(('agent__isnull', True), ('applicant__isnull', False)), _connector='OR'), name='dossier_own_needs_no_agent'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', vanlang.dossiers.rules.parties.Authority['MANDATE']), ('mandate__isnull', False)), models.Q(models.Q(('authority', vanlang.dossiers.rules.parties.Authority['MANDATE']), _negated=True), ('mandate__isnull', True)), _connector='OR'), name='dossier_mandate_is_named'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', vanlang.dossiers.rules.parties.Authority['REPRESENTATIVE']), _negated=True), models.Q(('agent__isnull', False), ('applicant_entity__isnull', False)), _connector='OR'), name='dossier_represented_is_an_entity'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('agent__isnull', True), ('operator__isnull', True), ('operator', models.F('agent')), ('operator', models.F('applicant')), _connector='OR'), name='dossier_agent_is_the_hand_online'),
        ),
        migrations.RunSQL(POLICIES, reverse_sql=migrations.RunSQL.noop),
    ]
