from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import TransferCandidate, TransferFrom, TransferTo
from vanlang.identity.api import (
    Actor,
    AppointmentCard,
    Role,
    get_appointments,
    list_former_officers,
    list_officers,
    list_unit_appointments,
)
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import (
    AgencyCard,
    UnitCard,
    get_agencies,
    get_agency,
    get_unit,
    list_changes,
    list_successors,
    list_units,
)
from vanlang.organizations.api import find_agency_by_code as by_code
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import NotAcceptableError, TeamworkNotFoundError, TransferNotAllowedError
from vanlang.teamwork.models import Transfer, TransferLine
from vanlang.teamwork.rules.transfer import Agencies, may_order
from vanlang.teamwork.types import (
    Destination,
    LineState,
    Source,
    SourceKind,
    TransferCard,
    TransferLineCard,
    TransferState,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An order in the words of `dossiers`, allowed to its officer."""

    source: TransferFrom
    target: TransferTo
    source_words: str
    target_words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a transfer would do: what goes where, and what cannot go and why."""

    order: Resolved
    candidates: tuple[TransferCandidate, ...]
    goes: tuple[tuple[str, int], ...]
    """Where to, in words, and how many."""
    stays: tuple[tuple[str, int], ...]
    """Code of the refusal, and how many."""

    @property
    def moving(self) -> int:
        return sum(number for _, number in self.goes)


@dataclass(frozen=True, slots=True)
class Sources:
    """From whom an officer may take work today."""

    officers: tuple[AppointmentCard, ...]
    former: tuple[AppointmentCard, ...]
    units: tuple[UnitCard, ...]
    agencies: tuple[AgencyCard, ...]
    """Those that are no more and that the officer's agency continues."""


def list_sources(actor: Actor, on: dt.date) -> Sources:
    """Return from whom `actor` may take work: officers, also former ones, units, and the agencies that theirs continues."""
    me = officer_of(actor)
    return Sources(
        officers=tuple(list_officers(me.agency_id, on)),
        former=tuple(list_former_officers(me.agency_id, on)),
        units=tuple(list_units(me.agency_id, on)),
        agencies=tuple(_continued(me.agency_id, on)),
    )


def preview_transfer(
    source: Source,
    destination: Destination,
    *,
    actor: Actor,
    at: dt.datetime,
    only: frozenset[uuid.UUID] | None = None,
) -> Preview:
    """
    Return what an order would do now. Nothing of a person is read: codes and states alone.

    Raises: TransferNotAllowedError, NotAcceptableError; NotAcceptable of dossiers for a target that does not fit.
    """
    order = resolve(source, destination, actor=actor, at=at)
    with acting(Scope.system()):  # the agency that orders may not sit at these dossiers yet
        candidates = dossiers.list_transferable(order.source, order.target, at=at, only=only)
    people = get_appointments({one.holder_id for one in candidates if one.holder_id is not None})
    units = {int(unit.id): unit.name for unit in list_units(destination.agency_id, _day(at))}
    goes = Counter(
        _where(one, people, units, order.target_words) for one in candidates if one.refusal is None
    )
    stays = Counter(one.refusal.code for one in candidates if one.refusal is not None)
    return Preview(order, candidates, tuple(goes.most_common()), tuple(stays.most_common()))


def resolve(source: Source, destination: Destination, *, actor: Actor, at: dt.datetime) -> Resolved:
    """
    Return an order in the words of `dossiers`.

    Raises: NotAcceptableError("teamwork.transfer_unknown_source"), TransferNotAllowedError.
    """
    on = _day(at)
    found, words = _from(source, on)
    agencies = _agencies(found.agency_id, on)
    refusal = may_order(
        source.kind,
        agencies,
        target_id=destination.agency_id,
        own_id=actor.agency_id,
        leads=actor.has(Role.LEADER) or actor.has(Role.ADMIN),
    )
    refuse_if(refusal, TransferNotAllowedError)
    target = TransferTo(
        agency_id=destination.agency_id,
        unit_id=destination.unit_id,
        specialist_id=destination.officer_id,
        leader_id=destination.leader_id,
    )
    return Resolved(found, target, words, _to_words(destination, on))


def list_transfers(actor: Actor, *, limit: int = 50) -> tuple[TransferCard, ...]:
    """Return the transfers that the officer's agency ordered, latest first."""
    rows = Transfer.objects.filter(agency_id=officer_of(actor).agency_id).order_by("-ordered_at", "-id")[
        :limit
    ]
    return _cards(list(rows))


def get_transfer(transfer_id: uuid.UUID, *, actor: Actor) -> TransferCard:
    """
    Return a transfer of the officer's agency.

    Raises: TeamworkNotFoundError.
    """
    rows = list(Transfer.objects.filter(pk=transfer_id, agency_id=officer_of(actor).agency_id))
    if not rows:
        raise TeamworkNotFoundError
    return _cards(rows)[0]


def list_lines(transfer_id: uuid.UUID, *, line: LineState | None = None) -> tuple[TransferLineCard, ...]:
    """Return the dossiers of an accessed transfer, the refused ones first."""
    rows = TransferLine.objects.filter(transfer_id=transfer_id)
    if line is not None:
        rows = rows.filter(line=line)
    return tuple(
        TransferLineCard(
            dossier_id=row.dossier_id, code=row.code, line=LineState(row.line), why=row.why, facts=row.facts, moved_at=row.moved_at
        )
        for row in rows.order_by("-why", "position")
    )  # fmt: skip


def moved_by(transfer_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the dossiers that a transfer moved."""
    rows = TransferLine.objects.filter(transfer_id=transfer_id, line=LineState.DONE)
    return frozenset(rows.values_list("dossier_id", flat=True))


def _cards(rows: list[Transfer]) -> tuple[TransferCard, ...]:
    counted = TransferLine.objects.filter(transfer__in=rows).values("transfer_id")
    numbers = {
        row["transfer_id"]: {name: int(row[name]) for name in ("total", "done", "refused")}
        for row in counted.annotate(
            total=Count("id"),
            done=Count("id", filter=Q(line=LineState.DONE)),
            refused=Count("id", filter=Q(line=LineState.REFUSED)),
        )
    }
    nothing = {"total": 0, "done": 0, "refused": 0}
    return tuple(_card(row, numbers.get(row.pk, nothing)) for row in rows)


def _card(row: Transfer, numbers: dict[str, int]) -> TransferCard:
    return TransferCard(
        id=row.pk,
        state=TransferState(row.state),
        source=row.source_words,
        destination=row.to_words,
        reason=row.reason,
        decision=row.decision,
        ordered_by=row.ordered_by_name,
        ordered_at=row.ordered_at,
        finished_at=row.finished_at,
        total=numbers["total"],
        done=numbers["done"],
        refused=numbers["refused"],
        may_go_back=numbers["done"] > 0
        and row.state == TransferState.DONE
        and row.source_kind != SourceKind.AGENCY,
    )


def _from(source: Source, on: dt.date) -> tuple[TransferFrom, str]:
    match source.kind:
        case SourceKind.OFFICER:
            card = get_appointments([source.id]).get(source.id)
            if card is None:
                raise NotAcceptableError("teamwork.transfer_unknown_source")
            found = TransferFrom(agency_id=card.agency_id, appointment_ids=(card.id,))
            return found, f"{card.name} ({card.unit_name})"
        case SourceKind.UNIT:
            appointments = list_unit_appointments(source.id)
            unit = get_unit(source.id)
            if unit is None:
                raise NotAcceptableError("teamwork.transfer_unknown_source")
            found = TransferFrom(
                agency_id=int(unit.agency_id), appointment_ids=tuple(sorted(appointments)), unit_id=source.id
            )
            return found, unit.name
        case SourceKind.AGENCY:
            cards = get_agencies([source.id], on)
            if source.id not in cards:
                raise NotAcceptableError("teamwork.transfer_unknown_source")
            return TransferFrom(agency_id=source.id, whole_agency=True), cards[source.id].name


def _agencies(agency_id: int, on: dt.date) -> Agencies:
    card = get_agency(agency_id, on)
    successors = (
        frozenset(int(one.id) for one in list_successors(card.code, on)) if not card.is_open else frozenset()
    )
    return Agencies(agency_id, card.is_open, successors)


def _continued(agency_id: int, on: dt.date) -> list[AgencyCard]:
    own = get_agency(agency_id, on).code
    former = {code for change in list_changes() for code in change.from_codes if code != own}
    found = (by_code(code, on) for code in sorted(former))
    gone = [card for card in found if card is not None and not card.is_open]
    return [card for card in gone if own in {one.code for one in list_successors(card.code, on)}]


def _to_words(to: Destination, on: dt.date) -> str:
    people = get_appointments({key for key in (to.officer_id, to.leader_id) if key is not None})
    units = {int(unit.id): unit.name for unit in list_units(to.agency_id, on)}
    parts = [
        people[to.officer_id].name if to.officer_id in people else "",
        units.get(to.unit_id, "") if to.unit_id is not None else "",
        f"lãnh đạo {people[to.leader_id].name}" if to.leader_id in people else "",
    ]
    said = ", ".join(part for part in parts if part)
    agency = get_agency(to.agency_id, on).short_name
    return f"{said} ({agency})" if said else agency


def _where(
    one: TransferCandidate, people: dict[int, AppointmentCard], units: dict[int, str], usual: str
) -> str:
    if one.holder_id is not None and one.holder_id in people:
        return people[one.holder_id].name
    if one.holder_unit_id is not None and one.holder_unit_id in units:
        return units[one.holder_unit_id]
    return usual


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()


def leaders_and_specialists(
    agency_id: int, on: dt.date
) -> tuple[list[AppointmentCard], list[AppointmentCard]]:
    """Return who can take over proposals, and who can take over work, at an agency."""
    officers = list_officers(agency_id, on)
    return (
        [card for card in officers if Role.LEADER in card.roles],
        [card for card in officers if Role.SPECIALIST in card.roles],
    )
