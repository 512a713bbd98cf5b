"""
What `tests/architecture/test_routes.py` needs to know of an app's routes beyond their marking.

An app writes `SAMPLES: dict[str, Sample]` in `src/vanlang/<app>/tests/routes.py`, by the route's full name:

    def a_dossier(people: People) -> dict[str, object]:
        return {"dossier_id": receive_a_dossier(agency_id=people.home, applicant=people.citizen)}

    SAMPLES = {
        "desk:dossier": Sample(a_dossier),                      # another agency's officer gets 403 or 404
        "portal:procedure": Sample(a_procedure, owned=False),   # the same for every agency and every citizen
        "portal:track": Sample(answers={200, 422}),             # a route without arguments, with an answer of its own
    }

A route with arguments must have a sample; one without needs none. The objects belong to `people.home` and
`people.citizen`; the test also asks as officers of `people.elsewhere` and as another citizen.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from vanlang.identity import api
from vanlang.identity.api import SYSTEM, Access, Actor, ActorKind, PersonFacts, Role
from vanlang.identity.models import Account
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

APPS = (
    "ui",
    "identity",
    "files",
    "notifications",
    "connectors",
    "sentinel",
    "payments",
    "petitions",
    "nationalportal",
    "signing",
    "registers",
    "eforms",
    "catalogue",
    "documents",
    "dossiers",
    "certification",
    "printing",
    "scanning",
    "teamwork",
    "chains",
    "intake",
    "cutover",
    "operations",
    "configuration",
    "counter",
    "desk",
    "portal",
)
START = dt.date(2025, 7, 1)
EVERYBODY = Access(frozenset())


@dataclass(frozen=True)
class People:
    """Everybody who asks: each role by itself, at home and elsewhere; the citizen whose things they are, and another."""

    home: int
    """The agency that the samples belong to."""
    elsewhere: int
    at_home: Mapping[Role, Actor]
    from_elsewhere: Mapping[Role, Actor]
    citizen: Actor
    another_citizen: Actor
    at: dt.datetime


@dataclass(frozen=True)
class Sample:
    """How one route is asked, and what it answers to whoever may enter."""

    arguments: Callable[[People], dict[str, object]] = field(default=lambda people: {})
    query: str = ""
    owned: bool = True
    """Whether the object is one agency's and one citizen's, so that others who may enter still get 403 or 404."""
    answers: Iterable[int] = (200, 302, 303, 405)
    """What a GET of whoever may enter gets. A redirect to the sign-in page never counts."""


FOREIGN: dict[str, Access] = {
    "ui:gallery": EVERYBODY,
    "ui:gallery-officer": EVERYBODY,
    "ui:gallery-error": EVERYBODY,
    "ui:gallery-part": EVERYBODY,
}
"""Routes whose views stand below `identity` and cannot carry its marking: open to everybody, showing made-up things."""

OWN: dict[str, Sample] = {
    "ui:gallery-error": Sample(lambda people: {"status": 404}, owned=False, answers={404}),
    "ui:gallery-part": Sample(owned=False, answers={200, 303}),
}


def samples() -> dict[str, Sample]:
    """Return the samples of every app."""
    found = dict(OWN)
    for app in APPS:
        name = f"vanlang.{app}.tests.routes"
        if importlib.util.find_spec(f"vanlang.{app}") and importlib.util.find_spec(name):
            found |= importlib.import_module(name).SAMPLES
    return found


def make_people(at: dt.datetime) -> People:
    """Add two communes with an officer of each role, and two citizens; an app's own factories may stand beside them."""
    home, elsewhere = (
        add_agency(code=code, kind=AgencyKind.COMMUNE, name=NewName(f"UBND {name}", name), valid_from=START)
        for code, name in (("H44.801", "phường Việt Trì"), ("H44.802", "phường Nông Trang"))
    )
    return People(
        home=home,
        elsewhere=elsewhere,
        at_home={role: _officer(f"{role}-1", home, role, at) for role in Role},
        from_elsewhere={role: _officer(f"{role}-2", elsewhere, role, at) for role in Role},
        citizen=_citizen("Nguyễn Thị Lan", "025185000001", at),
        another_citizen=_citizen("Đỗ Văn Thịnh", "025052000003", at),
        at=at,
    )


def _officer(username: str, agency_id: int, role: Role, at: dt.datetime) -> Actor:
    account_id = api.add_officer_account(username=username, full_name=f"Cán bộ {username}")
    api.appoint(
        account_id=account_id, agency_id=agency_id, unit_id=list_units(agency_id, START)[0].id, title="Công chức",
        roles=[role], valid_from=START, actor=SYSTEM, at=at,
    )  # fmt: skip
    return api.actor_for(Account.objects.get(pk=account_id), on=at.date())


def _citizen(full_name: str, personal_id: str, at: dt.datetime) -> Actor:
    account = api.account_of_citizen(facts=PersonFacts(full_name=full_name, personal_id=personal_id), at=at)
    actor = api.actor_for(account, on=at.date())
    assert actor.kind is ActorKind.CITIZEN
    return actor
