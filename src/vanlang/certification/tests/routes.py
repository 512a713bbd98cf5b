"""What the routes of certification are asked with: one visit of an agency."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.api import load_starter
from vanlang.certification.api import Brought, BroughtOriginal, RequestCard, take_in
from vanlang.identity.api import SYSTEM, Role
from vanlang.kernel.ids import new_id


def a_visit(people: People) -> RequestCard:
    """Return a visit that the counter at home took in."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    load_starter(actor=SYSTEM, at=people.at)
    specialist = people.at_home[Role.SPECIALIST].appointment_id
    assert specialist
    brought = Brought(
        request_id=new_id(),
        full_name="Nguyễn Thị Lan",
        specialist_id=specialist,
        originals=(BroughtOriginal(name="Căn cước", pages=2, copies=3),),
    )
    return take_in(brought=brought, actor=people.at_home[Role.COUNTER], at=people.at)


def _visit(**more: object) -> Callable[[People], dict[str, object]]:
    return lambda people: {"request_id": a_visit(people).id, **more}


def _ready(people: People) -> dict[str, object]:
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    return {}


SAMPLES = {
    "certification:new": Sample(_ready, owned=False),
    "certification:request": Sample(_visit()),
    "certification:enter": Sample(_visit(), owned=False, answers={405}),
    "certification:stamps": Sample(_visit(), answers={409}),
    "certification:cancel": Sample(lambda people: {"entry_id": a_visit(people).entries[0].id}),
}
