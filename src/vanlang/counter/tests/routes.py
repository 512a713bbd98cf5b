"""What the counter's routes are asked with: a hall with a ticket."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.counter.models import QueuePlace
from vanlang.counter.rules.sheet import PersonLine
from vanlang.counter.services import places, queueing
from vanlang.counter.services.batches import Chosen, begin_for_many
from vanlang.counter.services.cash import open_drawer
from vanlang.counter.services.post import register_arrival
from vanlang.counter.services.trays import give_tray
from vanlang.counter.types import Priority, TrayKind
from vanlang.dossiers.api import Channel, Filing, PartyFacts, receive_at_counter
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.identity.api import Role
from vanlang.organizations.api import list_units


def _service(people: People) -> dict[str, object]:
    hung = people.at_home[Role.COUNTER]
    return {"service_id": places.save_service(actor=hung, at=people.at, letter="A", name="Hộ tịch")}


def _window(people: People) -> dict[str, object]:
    hung = people.at_home[Role.COUNTER]
    return {"window_id": places.save_window(actor=hung, at=people.at, number=1, service_ids=[])}


def _token(field: str) -> object:
    def made(people: People) -> dict[str, object]:
        _service(people)
        return {"token": getattr(QueuePlace.objects.get(pk=people.home), field)}

    return made


def _ticket(people: People) -> dict[str, object]:
    made = _service(people)
    token = QueuePlace.objects.get(pk=people.home).kiosk_token
    ticket_id = queueing.take_ticket(
        kiosk_token=token,
        service_id=int(str(made["service_id"])),
        priority=Priority.NONE,
        at=people.at + dt.timedelta(),
    )
    return {"ticket_id": ticket_id}


def _dossier(people: People) -> uuid.UUID:
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, _ = make_procedure("1.001193")
    assert people.citizen.person_id
    filing = Filing(
        procedure_version_id=version.pk,
        case_id=case.pk,
        applicant=PartyFacts(person_id=people.citizen.person_id, full_name="Nguyễn Thị Lan"),
        channel=Channel.DIRECT,
        intake_agency_id=people.home,
        competent_agency_id=people.home,
        return_agency_id=people.home,
    )
    return receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at).dossier_id


def _tray(people: People) -> dict[str, object]:
    unit = next(one for one in list_units(people.home, people.at.date()))
    tray_id = give_tray(
        kind=TrayKind.TO_UNIT,
        dossier_ids=[_dossier(people)],
        unit_id=unit.id,
        actor=people.at_home[Role.COUNTER],
        at=people.at,
    )
    return {"tray_id": tray_id}


def _drawer(people: People) -> dict[str, object]:
    return {"drawer_id": open_drawer(opening=0, actor=people.at_home[Role.COUNTER], at=people.at)}


def _post(people: People) -> dict[str, object]:
    item_id = register_arrival(
        tracking="RR473124829VN", carrier="EMS", name="A", actor=people.at_home[Role.COUNTER], at=people.at
    )
    return {"item_id": item_id}


def _batch(people: People) -> dict[str, object]:
    make_procedure("1.001193")
    batch_id = begin_for_many(
        chosen=Chosen("1.001193"),
        people=[PersonLine(full_name="A")],
        actor=people.at_home[Role.COUNTER],
        at=people.at,
    )
    return {"batch_id": batch_id}


SAMPLES = {
    "counter:tray": Sample(_tray),
    "counter:tray_printed": Sample(_tray),
    "counter:drawer": Sample(_drawer),
    "counter:drawer_printed": Sample(_drawer),
    "counter:post_item": Sample(_post),
    "counter:batch": Sample(_batch),
    "counter:batch_printed": Sample(_batch),
    "counter:service": Sample(_service),
    "counter:window": Sample(_window),
    "counter:display": Sample(_token("display_token"), owned=False),  # type: ignore[arg-type] # a function of people
    "counter:kiosk": Sample(_token("kiosk_token"), owned=False),  # type: ignore[arg-type] # as above
    "counter:ticket": Sample(_ticket, owned=False),
    "counter:ticket_act": Sample(
        lambda people: {"ticket_id": uuid.uuid4(), "act": "xong"}, owned=False, answers={405}
    ),
}
