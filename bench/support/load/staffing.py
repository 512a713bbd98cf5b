"""
Make a synthetic province ready to work: `python -m bench.support.load.staffing FOLDER OFFICES`.

In the communes with the most to do it takes officers who are there, gives the leader a certificate and a second factor,
the agency its seal and a hall with windows. It writes down who takes part (`cast.json`) and who signs in as a citizen
(`people.json`): residents of those communes who have dossiers.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from vanlang.identity.api import AppointmentCard
    from vanlang.organizations.api import AgencyCard

MOST = {"counter": 3, "specialist": 4, "leader": 1, "clerk": 1}
"""Officers of an office who take part."""
CITIZENS, CODES, NAMES, DOSSIERS = 48, 600, 60, 80
SERVICES = (("A", "Hộ tịch", 12), ("B", "Chứng thực, việc khác", 6))


def main(argv: Sequence[str]) -> int:
    django.setup()
    from vanlang.kernel import clock
    from vanlang.kernel.scope import Scope, acting

    home, count = Path(argv[0]), int(argv[1])
    with acting(Scope.system()):
        at = clock.now()
        _trust(at)
        agencies = _busiest(count, at.date())
        offices = [_office(agency, at) for agency in agencies]
        people = _people([agency.id for agency in agencies])
        cast = {
            "offices": offices,
            "citizens": people,
            "codes": _codes(),
            "names": _names(),
            **_procedures(at.date()),
        }
    _write(home / "cast.json", cast)
    _write(home / "people.json", [_as_known_outside(one) for one in people])
    return 0


def _write(path: Path, what: object) -> None:
    path.write_text(json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")


# --- offices ------------------------------------------------------------------------------------------


def _trust(at: dt.datetime) -> None:
    from vanlang.identity.api import SYSTEM
    from vanlang.signing import ports
    from vanlang.signing.services import trust_root

    authority = ports.outside().authority
    assert authority is not None, "no certificate authority is told"
    trust_root(name="Cơ quan chứng thực thử nghiệm", block=authority.root(), actor=SYSTEM, at=at)


def _busiest(count: int, on: dt.date) -> list[AgencyCard]:
    from vanlang.organizations.api import AgencyKind, list_agencies
    from vanlang.province.services.founding import load_workload

    workload = load_workload()
    communes = [one for one in list_agencies(on) if one.kind is AgencyKind.COMMUNE]
    return sorted(communes, key=lambda one: (-workload.get(one.code, (0, 0))[0], one.code))[:count]


def _office(agency: AgencyCard, at: dt.datetime) -> dict[str, Any]:
    from vanlang.identity.api import Role, list_officers

    officers = {
        role.value: list_officers(agency.id, at.date(), role=role)
        for role in (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
    }
    (unit, _), *_rest = Counter(one.unit_name for one in officers["specialist"]).most_common(1)
    officers["specialist"] = [one for one in officers["specialist"] if one.unit_name == unit]
    chosen = {role: sorted(known, key=lambda one: one.id)[: MOST[role]] for role, known in officers.items()}
    _certify(agency.id, chosen["leader"][0].id, at)
    return {
        "code": agency.code, "name": agency.short_name, "unit": unit,
        "officers": [_officer(one, role) for role, known in chosen.items() for one in known],
        "dossiers": _dossiers(agency.id), **_hall(chosen["counter"], at),
    }  # fmt: skip


def _certify(agency_id: int, leader_id: int, at: dt.datetime) -> None:
    from vanlang.identity.api import SYSTEM
    from vanlang.signing.services import enrol_agency, enrol_officer

    enrol_agency(agency_id=agency_id, actor=SYSTEM, at=at)
    enrol_officer(appointment_id=leader_id, actor=SYSTEM, at=at)


def _officer(card: AppointmentCard, role: str) -> dict[str, str]:
    from allauth.mfa.totp.internal.auth import TOTP

    from vanlang.identity.models import Account

    account = Account.objects.get(pk=card.account_id)
    secret = ""
    if role == "leader":
        secret = base64.b32encode(hashlib.sha256(account.username.encode()).digest()[:20]).decode()
        TOTP.activate(account, secret)
    return {"username": account.username, "role": role, "secret": secret}


def _dossiers(agency_id: int) -> list[tuple[str, str, str]]:
    """Return dossiers of an office: id, code, whose."""
    from vanlang.dossiers.models import Dossier

    rows = Dossier.objects.filter(competent_agency_id=agency_id, code__isnull=False).order_by(
        "receipt_token", "pk"
    )
    return [
        (str(key), str(code), name)
        for key, code, name in rows.values_list("pk", "code", "applicant_name")[:DOSSIERS]
    ]


def _hall(counters: Sequence[AppointmentCard], at: dt.datetime) -> dict[str, str]:
    """Lay out two services and a window for each officer of the counter."""
    from vanlang.counter.models import QueuePlace
    from vanlang.counter.services import places
    from vanlang.identity.api import actor_of

    actor = actor_of(counters[0])
    services = [
        places.save_service(actor=actor, at=at, letter=letter, name=name, minutes=minutes)
        for letter, name, minutes in SERVICES
    ]
    for number, _ in enumerate(counters, start=1):
        places.save_window(actor=actor, at=at, number=number, name=f"Quầy {number}", service_ids=services)
    place = QueuePlace.objects.get(agency_id=actor.agency_id)
    return {"display": place.display_token, "kiosk": place.kiosk_token}


# --- citizens and what they look for ------------------------------------------------------------------


def _people(agency_ids: Sequence[int]) -> list[dict[str, str]]:
    from vanlang.dossiers.models import Dossier
    from vanlang.identity.models import Person

    of = Dossier.objects.filter(
        intake_agency_id__in=agency_ids, code__isnull=False, applicant_entity__isnull=True
    )
    ids = of.order_by("applicant_id").values_list("applicant_id", flat=True).distinct()
    grown_up = Person.objects.filter(pk__in=ids, born_on__lt=dt.date(2000, 1, 1)).order_by("pk")[:CITIZENS]
    return [
        {
            "subject": f"load-{one.personal_id}", "name": one.full_name, "personal_id": one.personal_id,
            "born_on": str(one.born_on), "gender": str(one.gender), "phone": one.phone, "address": one.address,
        }
        for one in grown_up
    ]  # fmt: skip


def _as_known_outside(one: dict[str, str]) -> dict[str, str | None]:
    return {**one, "email": None, "who": f"số {one['personal_id']}"}


def _codes() -> list[tuple[str, str]]:
    """Return codes all over the province, with what their applicant knows."""
    from vanlang.dossiers.models import Dossier

    rows = Dossier.objects.filter(code__isnull=False, applicant_entity__isnull=True).order_by(
        "receipt_token", "pk"
    )
    return [
        (str(code), number[-4:]) for code, number in rows.values_list("code", "applicant_personal_id")[:CODES]
    ]


def _names() -> list[str]:
    """Return whom officers look for: names that people have."""
    from vanlang.identity.models import Person

    return list(Person.objects.order_by("-personal_id").values_list("full_name", flat=True)[:NAMES])


def _procedures(on: dt.date) -> dict[str, list[str]]:
    from vanlang.catalogue.api import list_procedures

    return {
        "procedures": [
            card.name for card in sorted(list_procedures(on, only_ready=True), key=lambda one: one.code)
        ]
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
