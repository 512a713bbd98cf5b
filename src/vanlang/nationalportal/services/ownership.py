"""
Whose a dossier is: routes by decision, dossiers of other systems as they are told, claims that a person decides.

Nothing here moves a dossier: a route holds for what is filed from its first day on, a claim changes neither side.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.api import VersionCard
from vanlang.dossiers.api import State, find_standing_of, national_code
from vanlang.identity.api import Actor, PersonFacts, meet_person
from vanlang.nationalportal.errors import (
    ClaimNotFoundError,
    ClaimNotPossibleError,
    RouteNotAcceptableError,
    RouteNotFoundError,
)
from vanlang.nationalportal.models import Claim, ForeignDossier, Route
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.codec import instant, read_instant
from vanlang.nationalportal.rules.reading import Words
from vanlang.nationalportal.types import ClaimState, PortalState
from vanlang.organizations.api import find_agency_by_code
from vanlang.sentinel.api import Record

SIDE = ("TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra")
"""What is laid side by side: a state and days, no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOrder:
    """What a decision says of who processes."""

    procedure_version_id: int
    agency_id: int
    system: str
    system_name: str
    address: str
    valid_from: dt.date
    valid_to: dt.date | None
    decision: str


@transaction.atomic
def add_route(*, order: RouteOrder, actor: Actor, at: dt.datetime) -> int:
    """
    Write down that another system processes a procedure for an agency during a period; return its id.

    Raises: RouteNotAcceptableError for a period that is none, or in which another system does already.
    """
    if order.valid_to is not None and order.valid_to <= order.valid_from:
        raise RouteNotAcceptableError("nationalportal.route_period")
    row = Route(
        procedure_version_id=order.procedure_version_id, agency_id=order.agency_id, system=order.system,
        system_name=order.system_name, address=order.address, valid_from=order.valid_from, valid_to=order.valid_to,
        decision=order.decision, added_at=at, added_by_id=actor.appointment_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as overlap:
        raise RouteNotAcceptableError("nationalportal.route_overlaps") from overlap
    _record("nationalportal.add_route", row, actor, at)
    return row.pk


@transaction.atomic
def end_route(*, route_id: int, ended_on: dt.date, actor: Actor, at: dt.datetime) -> None:
    """Let a route end on a day: from then on the province processes. Raises: RouteNotFoundError, RouteNotAcceptableError."""
    row = Route.objects.select_for_update().filter(pk=route_id).first()
    if row is None:
        raise RouteNotFoundError
    if ended_on <= row.valid_from or (row.valid_to is not None and ended_on > row.valid_to):
        raise RouteNotAcceptableError("nationalportal.route_period")
    row.valid_to = ended_on
    row.save(update_fields=["valid_to"])
    _record("nationalportal.end_route", row, actor, at)


@transaction.atomic
def note_claim(*, dossier_id: uuid.UUID, code: str, system: str, theirs: Words, at: dt.datetime) -> None:
    """Lay another system's claim on a dossier of ours before a person. The same claim is laid there once."""
    ours = find_standing_of(dossier_id)
    if ours is None:
        return
    national = national_code(ours.state)
    stands = {
        "TrangThaiHoSo": national.value if national else "",
        "NgayTiepNhan": instant(ours.received_at),
        "NgayHenTra": instant(ours.due_at),
    }
    Claim.objects.get_or_create(
        external_code=code, system=system, state=ClaimState.OPEN,
        defaults={
            "dossier_id": dossier_id, "agency_id": ours.agency_id, "theirs": _side(theirs), "ours": stands, "claimed_at": at,
        },
    )  # fmt: skip


@transaction.atomic
def decide_claim(
    *, claim_id: uuid.UUID, state: ClaimState, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """
    Decide whose a dossier is. Given to the other side, it must have been stopped or withdrawn here before, by its own act.

    Raises: ClaimNotFoundError, ClaimNotPossibleError.
    """
    row = (
        Claim.objects.select_for_update(of=("self",))
        .filter(pk=claim_id, agency_id=actor.agency_id or 0)
        .first()
    )
    if row is None:
        raise ClaimNotFoundError
    if row.state != ClaimState.OPEN:
        raise ClaimNotPossibleError
    if not reason.strip():
        raise ClaimNotPossibleError("nationalportal.claim_reason_missing")
    if state is ClaimState.GIVEN and row.dossier_id is not None and not _is_over(row.dossier_id):
        raise ClaimNotPossibleError("nationalportal.claim_still_open_here")
    row.state, row.decided_at, row.decided_by_id = state, at, actor.appointment_id
    row.reason = reason.strip()[:500]
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    record_act(
        act="nationalportal.decide_claim", actor=actor, object_type="claim", object_id=row.pk, at=at,
        facts={"code": row.external_code, "system": row.system, "state": state.value},
    )  # fmt: skip


@transaction.atomic
def remember_foreign(
    told: Words, *, system: str, version: VersionCard, agency_id: int, route: Route | None, at: dt.datetime
) -> ForeignDossier:
    """
    Remember a dossier as its own system tells it; told again, it is brought up to date.

    Told by a second system it stays as it is, and the claim waits for a person.
    """
    owner = ForeignDossier.objects.filter(external_code=reading.text(told, "MaHoSo")).first()
    if owner is not None and owner.system != system:
        _claim_foreign(owner, system, told, at)
        return owner
    number, name = reading.personal_id(told), reading.text(told, "ChuHoSo")
    person_id = (
        meet_person(facts=PersonFacts(full_name=name, personal_id=number), at=at) if number and name else None
    )
    row, _ = ForeignDossier.objects.update_or_create(
        system=system,
        external_code=reading.text(told, "MaHoSo"),
        defaults={
            "procedure_code": version.code,
            "procedure_name": version.name,
            "agency_id": agency_id,
            "person_id": person_id,
            "applicant_name": name[:300],
            "state": _state(told),
            "submitted_at": reading.instant(told, "NgayNopHoSo", latest=at),
            "received_at": reading.maybe_instant(told, "NgayTiepNhan"),
            "due_at": reading.maybe_instant(told, "NgayHenTra"),
            "finished_at": reading.maybe_instant(told, "NgayKetThucXuLy"),
            "address": route.address if route else "",
            "heard_at": at,
        },
    )
    return row


@transaction.atomic
def renew_foreign(found: Mapping[str, Record], *, at: dt.datetime) -> frozenset[str]:
    """
    Bring our references up to date with what a comparison found at the portal; return the codes that were known.

    An agency, a state or a day that is none leaves the reference as it was: a person looks.
    """
    renewed: set[str] = set()
    for row in ForeignDossier.objects.select_for_update().filter(external_code__in=found):
        said = found[row.external_code]
        agency = find_agency_by_code(said.agency, at.date())
        if agency is None or said.state not in set(PortalState):
            continue
        try:
            days = [read_instant(text) for text in (said.received, said.due, said.finished)]
        except ValueError:
            continue
        row.received_at, row.due_at, row.finished_at = days
        row.agency_id, row.state, row.heard_at = agency.id, said.state, at
        row.save(update_fields=["agency", "state", "heard_at", "received_at", "due_at", "finished_at"])
        renewed.add(row.external_code)
    return frozenset(renewed)


def _claim_foreign(owner: ForeignDossier, system: str, told: Words, at: dt.datetime) -> None:
    stands = {
        "TrangThaiHoSo": owner.state,
        "NgayTiepNhan": instant(owner.received_at),
        "NgayHenTra": instant(owner.due_at),
    }
    Claim.objects.get_or_create(
        external_code=owner.external_code, system=system, state=ClaimState.OPEN,
        defaults={
            "foreign": owner, "agency_id": owner.agency_id, "theirs": _side(told), "ours": stands, "claimed_at": at,
        },
    )  # fmt: skip


def _state(told: Words) -> PortalState:
    found = reading.text(told, "TrangThaiHoSo")
    return PortalState(found) if found in set(PortalState) else PortalState.REGISTERED


def _side(told: Words) -> dict[str, str]:
    return {name: value for name in SIDE if (value := reading.text(told, name))}


def _is_over(dossier_id: uuid.UUID) -> bool:
    found = find_standing_of(dossier_id)
    return found is not None and found.state in {State.STOPPED, State.WITHDRAWN, State.REFUSED}


def _record(act: str, row: Route, actor: Actor, at: dt.datetime) -> None:
    facts: Mapping[str, object] = {
        "version": row.procedure_version_id, "agency": row.agency_id, "system": row.system,
        "from": str(row.valid_from), "to": str(row.valid_to or ""), "decision": row.decision,
    }  # fmt: skip
    record_act(act=act, actor=actor, object_type="route", object_id=row.pk, at=at, facts=facts)
