"""What the counter's routes are asked with: a hall with a ticket."""

from __future__ import annotations

import datetime as dt
import uuid

from tests.support.route_samples import People, Sample

from vanlang.counter.models import QueuePlace
from vanlang.counter.services import places, queueing
from vanlang.counter.types import Priority
from vanlang.identity.api import Role


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


SAMPLES = {
    "counter:service": Sample(_service),
    "counter:window": Sample(_window),
    "counter:display": Sample(_token("display_token"), owned=False),  # type: ignore[arg-type] # a function of people
    "counter:kiosk": Sample(_token("kiosk_token"), owned=False),  # type: ignore[arg-type] # as above
    "counter:ticket": Sample(_ticket, owned=False),
    "counter:ticket_act": Sample(
        lambda people: {"ticket_id": uuid.uuid4(), "act": "xong"}, owned=False, answers={405}
    ),
}
