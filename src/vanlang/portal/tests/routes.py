"""One thing of each kind, made by the real commands, for the test that asks every route as everybody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.models import Field
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.files.api import store
from vanlang.identity.api import (
    SYSTEM,
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
from vanlang.intake import api as intake
from vanlang.payments import api as payments
from vanlang.payments.api import PaymentWay
from vanlang.petitions import api as petitions
from vanlang.petitions.models import PetitionAttachment
from vanlang.portal.tests.test_filing import CODE, photo


def a_procedure(people: People) -> dict[str, object]:
    make_procedure(CODE)
    return {"code": CODE}


def a_field(people: People) -> dict[str, object]:
    make_procedure(CODE)
    return {"field_id": Field.objects.get().pk}


def a_draft(people: People) -> dict[str, object]:
    make_procedure(CODE)
    draft_id = intake.start_draft(procedure_code=CODE, actor=people.citizen, at=people.at)
    return {"draft_id": draft_id}


def a_paper_of_a_draft(people: People) -> dict[str, object]:
    _, _, document = make_procedure(CODE)
    draft_id = intake.start_draft(procedure_code=CODE, actor=people.citizen, at=people.at)
    paper_id = intake.attach(
        draft_id=draft_id, required_document_id=document.pk, content=photo().read(), name="chung-sinh.jpg",
        actor=people.citizen, at=people.at,
    )  # fmt: skip
    return {"draft_id": draft_id, "paper_id": paper_id}


def a_payment(people: People) -> dict[str, object]:
    """An attempt to pay for a received dossier with a charge."""
    dossier_id = a_demand(people)["dossier_id"]
    demand = payments.find_demand(dossier_id)  # type: ignore[arg-type] # a UUID
    assert demand
    at = people.at
    return {
        "payment_id": payments.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=SYSTEM, at=at)
    }


def a_demand(people: People) -> dict[str, object]:
    from vanlang.payments.tests.routes import owing_dossier

    return {"dossier_id": owing_dossier(people)}


def a_fee_receipt(people: People) -> dict[str, object]:
    from vanlang.payments.tests.routes import receipted

    dossier_id, receipt_id = receipted(people)
    return {"dossier_id": dossier_id, "receipt_id": receipt_id, "kind": "pdf"}


def _with(name: str) -> Callable[[People], dict[str, object]]:
    """A draft and an id of something that it does not have: these routes only take posts."""
    return lambda people: {**a_draft(people), name: uuid.uuid4()}


def a_dossier(people: People) -> dict[str, object]:
    return {"dossier_id": received(people)}


def a_paper_of_a_dossier(people: People) -> dict[str, object]:
    dossier_id = received(people)
    return {"dossier_id": dossier_id, "attachment_id": Attachment.objects.get(dossier_id=dossier_id).pk}


def a_receipt(people: People) -> dict[str, object]:
    return {"token": Dossier.objects.get(pk=received(people)).receipt_token}


def received(people: People) -> uuid.UUID:
    """Return a dossier of the citizen, received at home."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, document = make_procedure(CODE)
    file = store(content=photo().read(), name="chung-sinh.jpg", at=people.at)
    assert people.citizen.person_id is not None
    filing = dossiers.Filing(
        procedure_version_id=version.pk,
        case_id=case.pk,
        applicant=dossiers.PartyFacts(
            person_id=people.citizen.person_id, full_name="Nguyễn Thị Lan", personal_id="025185000001"
        ),
        channel=dossiers.Channel.ONLINE,
        intake_agency_id=people.home,
        competent_agency_id=people.home,
        return_agency_id=people.home,
        papers=(dossiers.Paper(file_id=file.id, name="Giấy chứng sinh", required_document_id=document.pk),),
    )
    filed = dossiers.submit(filing=filing, actor=people.citizen, at=people.at)
    dossiers.receive(dossier_id=filed.dossier_id, actor=people.at_home[Role.COUNTER], at=people.at)
    return filed.dossier_id


def a_mandate(people: People) -> dict[str, object]:
    agent = Person.objects.create(full_name="Trần Văn Sơn", search_name="tran van son", created_at=people.at)
    facts = MandateFacts(
        kind=MandateKind.ONLINE,
        principal_id=people.citizen.person_id,
        agent_id=agent.pk,
        valid_to=people.at.date() + dt.timedelta(days=30),
    )
    return {"mandate_id": give_mandate(facts=facts, actor=people.citizen, at=people.at)}


def a_representation(people: People) -> dict[str, object]:
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


def a_petition(people: People) -> dict[str, object]:
    """Return a petition that the citizen sent signed in."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    brought = petitions.Brought(
        "Chờ lâu", "Chờ lâu ở quầy số 2", petitions.Sender(), people.home, petitions.PetitionSource.PORTAL,
        files=(petitions.Sheet("anh.png", photo().read()),),
    )  # fmt: skip
    return {"petition_id": petitions.file_petition(brought=brought, actor=people.citizen, at=people.at).id}


def a_file_of_a_petition(people: People) -> dict[str, object]:
    known = a_petition(people)
    return {**known, "attachment_id": PetitionAttachment.objects.get(petition_id=known["petition_id"]).pk}


OF_THE_SENDER = {200, 404, 405}
"""Whoever neither signed in as the sender nor showed the secret is told that there is no such petition."""

SAMPLES = {
    "portal:petition": Sample(a_petition, owned=False, answers=OF_THE_SENDER),
    "portal:petition_sent": Sample(a_petition, owned=False, answers=OF_THE_SENDER),
    "portal:petition_supplement": Sample(a_petition, owned=False, answers=OF_THE_SENDER),
    "portal:petition_satisfaction": Sample(a_petition, owned=False, answers=OF_THE_SENDER),
    "portal:petition_file": Sample(a_file_of_a_petition, owned=False, answers=OF_THE_SENDER),
    "portal:petition_published": Sample(
        lambda people: {"publication_id": uuid.uuid4()}, owned=False, answers={404}
    ),
    "portal:pay": Sample(a_demand),
    "portal:payment": Sample(a_payment, owned=False),
    "portal:fee_receipt": Sample(a_fee_receipt),
    "portal:procedure": Sample(a_procedure, owned=False),
    "portal:places": Sample(a_procedure, owned=False),
    "portal:new_draft": Sample(a_procedure, owned=False),
    "portal:field": Sample(a_field, owned=False),
    "portal:verify_token": Sample(a_receipt, owned=False),
    "portal:draft": Sample(a_draft),
    "portal:draft_place": Sample(a_draft),
    "portal:draft_form": Sample(a_draft),
    "portal:draft_papers": Sample(a_draft),
    "portal:draft_review": Sample(a_draft),
    "portal:draft_submitted": Sample(a_draft),
    "portal:discard_draft": Sample(a_draft),
    # only posts, so a GET tells a stranger nothing
    "portal:carry_over": Sample(a_draft, owned=False, answers={405}),
    "portal:remove_file": Sample(a_paper_of_a_draft, owned=False, answers={405}),
    "portal:reuse": Sample(_with("entry_id"), owned=False, answers={405}),
    "portal:stop_reuse": Sample(_with("reuse_id"), owned=False, answers={405}),
    "portal:ask_store": Sample(a_draft, owned=False, answers={405}),
    "portal:use_result": Sample(_with("result_id"), owned=False, answers={405}),
    "portal:draft_file": Sample(a_paper_of_a_draft),
    "portal:end_mandate": Sample(a_mandate),
    "portal:leave_entity": Sample(a_representation),
    "portal:my_dossier": Sample(a_dossier),
    "portal:rating": Sample(a_dossier, answers={403}),
    "portal:rating_by_token": Sample(a_receipt, owned=False, answers={403}),
    "portal:paper_copy": Sample(a_dossier, owned=False, answers={405}),
    "portal:answer_supplement": Sample(a_dossier),
    "portal:withdraw": Sample(a_dossier),
    "portal:receipt": Sample(a_dossier),
    "portal:outcome": Sample(a_dossier, answers={409}),
    "portal:attachment": Sample(a_paper_of_a_dossier),
}
