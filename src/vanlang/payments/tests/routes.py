"""What the routes of money are asked with: a received dossier of the citizen that owes a charge, and one that has paid."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db.models import F
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.models import Fee, ProcedureVersion
from vanlang.dossiers.api import Channel, Filing, PartyFacts, receive_at_counter
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.identity.api import SYSTEM, Role
from vanlang.kernel.ids import new_id
from vanlang.payments import api
from vanlang.payments.api import PaymentWay
from vanlang.payments.models import CollectingAccount


def owing_dossier(people: People) -> uuid.UUID:
    """Return a dossier of the citizen at home that owes 58 000 đồng."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, _ = make_procedure("1.009902")
    Fee.objects.create(
        version=version,
        case=case,
        name="Lệ phí",
        kind="charge",
        amount_vnd=58_000,
        origin="starter",
        source="thử",
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(revision=F("revision") + 1)
    CollectingAccount.objects.create(
        agency_id=people.home, bank="970422", bank_name="Ngân hàng Quân đội", number="0113366668888",
        holder="UBND PHUONG", valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    filing = Filing(
        procedure_version_id=version.pk, case_id=case.pk, channel=Channel.DIRECT,
        applicant=PartyFacts(person_id=people.citizen.person_id, full_name="Nguyễn Thị Lan"),
        intake_agency_id=people.home, competent_agency_id=people.home, return_agency_id=people.home,
    )  # fmt: skip
    moved = receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at)
    api.demand_for(dossier_id=moved.dossier_id, actor=SYSTEM, at=people.at)
    return moved.dossier_id


def receipted(people: People) -> tuple[uuid.UUID, uuid.UUID]:
    """Return a dossier that was paid for, and its receipt."""
    dossier_id = owing_dossier(people)
    demand = api.find_demand(dossier_id)
    assert demand
    payment = api.get_payment(
        api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=SYSTEM, at=people.at)
    )
    api.confirm(
        way=PaymentWay.BANK_QR,
        reference=payment.reference,
        transaction_id="FT1",
        amount_vnd=58_000,
        at=people.at,
    )
    return dossier_id, api.issue_receipt(payment_id=payment.id, actor=SYSTEM, at=people.at)


def a_dossier(people: People) -> dict[str, object]:
    return {"dossier_id": owing_dossier(people)}


def a_receipt(people: People) -> dict[str, object]:
    return {"receipt_id": receipted(people)[1]}


def a_payment(people: People) -> dict[str, object]:
    """Return the reference of a payment that was begun: whoever comes back with it is only led on."""
    demand = api.find_demand(owing_dossier(people))
    assert demand
    key = api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=SYSTEM, at=people.at)
    return {"reference": api.get_payment(key).reference}


def a_day(people: People) -> dict[str, object]:
    """Each agency sees its own of it."""
    return {"way": "nen-tang", "on": "2026-11-20"}


def nothing(name: str) -> Callable[[People], dict[str, object]]:
    return lambda people: {name: new_id()}


SAMPLES = {
    "payments_books:day": Sample(a_day, owned=False),
    "payments_books:day_xlsx": Sample(a_day, owned=False),
    "payments_books:fetch": Sample(a_day, owned=False, answers={405}),
    "payments_books:upload": Sample(a_day, owned=False, answers={405}),
    "payments_books:take_held": Sample(a_day, owned=False, answers={405}),
    "payments_books:close": Sample(a_day, owned=False, answers={405}),
    "payments_books:close_month": Sample(owned=False, answers={405}),
    "payments_books:count": Sample(lambda people: {"on": "2026-11-20"}, owned=False, answers={405}),
    "payments_books:explain": Sample(nothing("difference_id"), owned=False, answers={405}),
    "payments_books:book": Sample(nothing("difference_id"), owned=False, answers={405}),
    "payments_books:clear": Sample(nothing("carried_id"), owned=False, answers={405}),
    "payments_books:match": Sample(nothing("stray_id"), owned=False, answers={405}),
    "payments_wire:callback": Sample(owned=False, answers={404, 405}),
    "payments_wire:back": Sample(a_payment, owned=False, answers={302}),
    "payments:dossier": Sample(a_dossier),
    "payments:receipt_pdf": Sample(a_receipt),
    "payments:receipt_xml": Sample(a_receipt, answers={404}),
    "payments:cancel_receipt": Sample(a_receipt),
}
