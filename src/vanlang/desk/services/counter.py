from __future__ import annotations

import datetime as dt

from django.db import transaction

from vanlang.desk import labels
from vanlang.desk.types import CounterIntake, HandedPaper
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Filing, Moved, Paper, State
from vanlang.files.api import store
from vanlang.identity.api import Actor
from vanlang.intake.api import TakenIn, accept_doubles, settle_parties
from vanlang.kernel.events import publish
from vanlang.kernel.locks import hold
from vanlang.kernel.vietnamese import normalise
from vanlang.registers.api import record_use


@transaction.atomic
def receive_at_counter(*, intake: CounterIntake, actor: Actor, at: dt.datetime) -> Moved:
    """
    Take in what was brought to the counter: person, scans, filing and receipt in one transaction.

    Pressed twice with the same page, the dossier that was received is returned and nothing is done.
    Raises: ActNotAllowed, ActNotPossible, PersonalIdError, FileRefusedError, EntryUnusableError.
    """
    filed = file_at_counter(intake=intake, actor=actor, at=at)
    if filed.state is not State.SUBMITTED:
        return filed
    return dossiers.receive(dossier_id=filed.dossier_id, actor=actor, at=at, expected_version=filed.version)


@transaction.atomic
def file_at_counter(*, intake: CounterIntake, actor: Actor, at: dt.datetime) -> Moved:
    """
    File what was brought without receiving it: something is missing, and it is asked for (form 02).

    Pressed twice with the same page, the dossier that was filed is returned and nobody is written down again.
    """
    hold("desk.file", intake.dossier_id)
    if (before := dossiers.find_filed(intake.dossier_id, actor=actor)) is not None:
        return before
    settled = settle_parties(told=intake.parties, procedure_code=intake.procedure_code, actor=actor, at=at)
    filing = Filing(
        procedure_version_id=intake.version_id,
        case_id=intake.case_id,
        **settled.as_filing(),
        channel=intake.channel,
        intake_agency_id=actor.agency_id or 0,
        competent_agency_id=intake.competent_agency_id,
        return_agency_id=intake.return_agency_id,
        request=normalise(intake.request),
        answers=intake.answers,
        papers=(
            *(paper for handed in intake.papers for paper in _papers(handed, actor=actor, at=at)),
            *(
                Paper(name=one.name, file_id=one.file_id, required_document_id=one.required_document_id)
                for one in intake.brought
            ),
        ),
    )
    filed = dossiers.submit(filing=filing, actor=actor, at=at, dossier_id=intake.dossier_id)
    if intake.doubles:
        accept_doubles(doubles=intake.doubles, dossier_id=filed.dossier_id, actor=actor, at=at)
    for one in intake.uses:
        record_use(
            entry_id=one.entry_id, dossier_id=filed.dossier_id, required_document_id=one.document_id,
            agency_id=intake.competent_agency_id, person_id=one.holder_id, purpose=labels.COUNTER_PURPOSE,
            actor=actor, at=at,
        )  # fmt: skip
    if intake.visit_id is not None or intake.by_post:
        publish(
            TakenIn(
                at=at,
                visit_id=intake.visit_id,
                dossier_id=filed.dossier_id,
                agency_id=filing.intake_agency_id,
                by_post=intake.by_post,
            )
        )
    return filed


def _papers(handed: HandedPaper, *, actor: Actor, at: dt.datetime) -> list[Paper]:
    """Return one paper for each scan, the counts on the first; one without a scan when none was made."""
    stored = [
        store(content=content, name=name, at=at, uploaded_by=actor.account_id).id
        for name, content in handed.scans
    ]
    return [
        Paper(
            name=handed.name[:300],
            file_id=file_id,
            required_document_id=handed.document_id,
            originals=handed.originals if index == 0 else 0,
            copies=handed.copies if index == 0 else 0,
        )
        for index, file_id in enumerate(stored or [None])
    ]
