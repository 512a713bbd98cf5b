"""What the desk's routes are asked with: one dossier of an agency, with a scan and a draft outcome."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.models import ProcedureVersion, ToDo
from vanlang.documents.api import DecisionLetter, Head, Signer, save_word_template, typeset
from vanlang.documents.tests.letters import LETTER, template
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Draft, Filing, Medium, Moved, OutcomeKind, Paper, PartyFacts
from vanlang.dossiers.models import Attachment
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.files.api import store
from vanlang.identity.api import (
    EntityFacts,
    EntityKind,
    MandateFacts,
    MandateKind,
    RepresentationKind,
    Role,
    add_representation,
    give_mandate,
    remember_entity,
)
from vanlang.identity.models import Person
from vanlang.intake.models import MandateEvidence
from vanlang.organizations.api import get_agency
from vanlang.registers.tests.routes import an_entry

CODE = "1.001193"


def letter(name: str) -> DecisionLetter:
    """Return a short letter that `name` signs."""
    return DecisionLetter(
        head=Head(agency="UBND phường Việt Trì", place="Việt Trì"),
        signer=Signer(title="Phó Chủ tịch", name=name),
        kind="Thông báo",
        abstract="Kết quả giải quyết",
        paragraphs=("Đồng ý.",),
    )


def a_received_dossier(people: People) -> Moved:
    """Return a dossier that the counter at home received, with one scanned paper."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, document = make_procedure(CODE)
    pdf = typeset(letter("A").template, letter("A"), agency_code=None, archival=False)
    scan = store(content=pdf, name="to-khai.pdf", at=people.at)
    person_id = people.citizen.person_id
    assert person_id
    filing = Filing(
        procedure_version_id=version.pk,
        case_id=case.pk,
        applicant=PartyFacts(person_id=person_id, full_name="Nguyễn Thị Lan"),
        channel=Channel.DIRECT,
        intake_agency_id=people.home,
        competent_agency_id=people.home,
        return_agency_id=people.home,
        papers=(
            Paper(name="Giấy chứng sinh", file_id=scan.id, required_document_id=document.pk, originals=1),
        ),
    )
    return dossiers.receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at)


def a_mandate(people: People) -> uuid.UUID:
    """Return a mandate that the citizen gave, with a paper that shows it."""
    agent = Person.objects.create(full_name="Trần Văn Sơn", search_name="tran van son", created_at=people.at)
    mandate_id = give_mandate(
        facts=MandateFacts(
            kind=MandateKind.ONLINE,
            principal_id=people.citizen.person_id,
            agent_id=agent.pk,
            valid_to=people.at.date() + dt.timedelta(days=30),
        ),
        actor=people.citizen,
        at=people.at,
    )
    pdf = typeset(letter("A").template, letter("A"), agency_code=None, archival=False)
    file = store(content=pdf, name="uy-quyen.pdf", at=people.at)
    MandateEvidence.objects.create(mandate_id=mandate_id, file_id=file.id, added_at=people.at)
    return mandate_id


def a_proposed_dossier(people: People) -> Moved:
    """Return a dossier whose draft outcome lies before the leader at home."""
    moved = a_received_dossier(people)
    specialist, leader = people.at_home[Role.SPECIALIST], people.at_home[Role.LEADER]
    assert specialist.appointment_id
    dossiers.assign(
        dossier_id=moved.dossier_id, to_appointment_id=specialist.appointment_id, actor=leader, at=people.at
    )
    draft = Draft(
        kind=OutcomeKind.GRANTED,
        medium=Medium.ELECTRONIC,
        title="Thông báo",
        book_kind="TB",
        data=letter(leader.name),
    )
    return dossiers.propose(dossier_id=moved.dossier_id, draft=draft, actor=specialist, at=people.at)


def _dossier(**more: object) -> Callable[[People], dict[str, object]]:
    return lambda people: {"dossier_id": a_received_dossier(people).dossier_id, **more}


def _proposed(**more: object) -> Callable[[People], dict[str, object]]:
    return lambda people: {"dossier_id": a_proposed_dossier(people).dossier_id, **more}


def _paper(**more: object) -> Callable[[People], dict[str, object]]:
    def made(people: People) -> dict[str, object]:
        moved = a_received_dossier(people)
        paper = Attachment.objects.get(dossier_id=moved.dossier_id)
        return {"dossier_id": moved.dossier_id, "attachment_id": paper.pk, **more}

    return made


def _mandate(people: People) -> dict[str, object]:
    return {"mandate_id": a_mandate(people)}


def _mandate_paper(people: People) -> dict[str, object]:
    mandate_id = a_mandate(people)
    return {"mandate_id": mandate_id, "file_id": MandateEvidence.objects.get(mandate_id=mandate_id).file_id}


def _representation(people: People) -> dict[str, object]:
    """Return that the citizen speaks for a co-operative."""
    entity_id = remember_entity(
        facts=EntityFacts(kind=EntityKind.OTHER, number="12/QĐ-UBND", name="Hợp tác xã Tiên Cát"),
        at=people.at,
    )
    assert people.citizen.person_id is not None
    return {
        "representation_id": add_representation(
            entity_id=entity_id, person_id=people.citizen.person_id, kind=RepresentationKind.LEGAL,
            actor=people.at_home[Role.COUNTER], at=people.at,
        )
    }  # fmt: skip


def _procedure(people: People) -> dict[str, object]:
    make_procedure(CODE)
    return {"code": CODE}


def _todo(people: People) -> dict[str, object]:
    make_procedure(CODE)
    version = ProcedureVersion.objects.get(procedure__code=CODE)
    todo = ToDo.objects.create(
        version=version, department_code="H44.19", reason="limit_missing", aspect="clock", path="limits/direct", raw=""
    )  # fmt: skip
    return {"todo_id": todo.pk}


def _home_code(people: People) -> dict[str, object]:
    return {"code": get_agency(people.home, people.at.date()).code}


def _template_of(*, dossier: bool = False) -> Callable[[People], dict[str, object]]:
    """Return a Word template of the agency at home, with a dossier when it is filled from one."""

    def made(people: People) -> dict[str, object]:
        card = save_word_template(
            agency_id=people.home,
            procedure_code=CODE,
            case_title="",
            name="Giấy xác nhận",
            content=template(*LETTER),
            answers=(),
            actor=people.at_home[Role.CATALOGUE_EDITOR],
            at=people.at,
        )
        told: dict[str, object] = {"template_id": card.id}
        return told | ({"dossier_id": a_received_dossier(people).dossier_id} if dossier else {})

    return made


_MAYBE = {200, 303, 409}
"""An act is asked for by whoever may enter, and may not be theirs to do."""

SAMPLES = {
    "desk:paper_copy": Sample(_dossier(), answers={404}),
    "desk:call_backs": Sample(owned=False, answers={200, 405}),
    "desk:extract": Sample(lambda people: {"entry_id": an_entry(people)}),
    "desk:dossier": Sample(_dossier()),
    "desk:change_list": Sample(lambda people: {"view_id": 1}, owned=False, answers={405}),
    "desk:paper": Sample(_paper()),
    "desk:paper_page": Sample(_paper(number=1)),
    "desk:outcome": Sample(_proposed()),
    "desk:outcome_page": Sample(_proposed(number=1)),
    "desk:printed": Sample(_dossier(form="01")),
    "desk:propose": Sample(_dossier(), answers=_MAYBE),
    "desk:propose_word": Sample(_dossier(), answers=_MAYBE),
    "desk:word_filled": Sample(_template_of(dossier=True)),
    "desk:word_templates": Sample(_procedure, owned=False),
    "desk:word_sample": Sample(_template_of()),
    "desk:preview": Sample(_dossier(), owned=False, answers={405}),
    "desk:act": Sample(_dossier(slug="chuyen-xu-ly"), answers=_MAYBE),
    "desk:preview_page": Sample(
        lambda people: {"token": "khong-co", "number": 1}, owned=False, answers={404}
    ),
    "desk:received": Sample(_dossier()),
    "desk:end_representation": Sample(_representation, owned=False),
    "desk:mandate": Sample(_mandate, owned=False),
    "desk:mandate_slip": Sample(_mandate, owned=False),
    "desk:mandate_paper": Sample(_mandate_paper, owned=False),
    "desk:intake": Sample(_procedure, owned=False),
    "desk:procedure": Sample(_procedure, owned=False),
    "desk:process": Sample(_procedure, owned=False),
    "desk:fees": Sample(_procedure, owned=False),
    "desk:todo": Sample(_todo, owned=False),
    "desk:export_register": Sample(owned=False, answers={405}),
    "desk:take_back": Sample(lambda people: {"delegation_id": 1}, owned=False, answers={404}),
    "desk:add_agency": Sample(owned=False, answers={403}),
    "desk:reorganize": Sample(owned=False, answers={403}),
    "desk:agency": Sample(_home_code, owned=False),
    "desk:end_appointment": Sample(
        lambda people: {"code": "H44.100", "appointment_id": 1}, owned=False, answers={405}
    ),
}
