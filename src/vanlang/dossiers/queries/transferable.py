from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from vanlang.dossiers import labels
from vanlang.dossiers.cards import TransferCandidate
from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Dossier, Seat
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.transfer import Given, Held, Receiver, Taken, move_of
from vanlang.dossiers.types import TransferFrom, TransferTo
from vanlang.identity.api import AppointmentCard, Role, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal
from vanlang.organizations.api import list_units

_OPEN_SEATS = ~Q(waits_for="")


def list_transferable(
    source: TransferFrom, target: TransferTo, *, at: dt.datetime, only: Iterable[uuid.UUID] | None = None
) -> tuple[TransferCandidate, ...]:
    """
    Return every open dossier that `source` has, each with where it would go or why it would not. In order of their ids.

    Codes and states alone: nothing of a person is shown. Asked by whoever orders a transfer, in the scope of the system:
    the agency that orders may not sit there yet.
    Raises: NotAcceptable when the target's unit or officers are not of its agency today.
    """
    taken, given = taken_of(source), given_of(target, at)
    rows = _open_rows(source, taken)
    if only is not None:
        rows = rows.filter(pk__in=set(only))
    return tuple(_candidate(row, taken, given) for row in rows.order_by("pk"))


def taken_of(source: TransferFrom) -> Taken:
    """Return a source as the rule asks it."""
    return Taken(
        appointments=frozenset(source.appointment_ids),
        units=frozenset() if source.unit_id is None else frozenset({source.unit_id}),
        agency_id=source.agency_id if source.whole_agency else None,
    )


def given_of(target: TransferTo, at: dt.datetime) -> Given:
    """
    Return a target as the rule asks it.

    Raises: NotAcceptable("dossiers.unit_not_suitable"), ("dossiers.officer_not_suitable").
    """
    on = at.astimezone(VIETNAM).date()
    if target.unit_id is not None and target.unit_id not in {
        unit.id for unit in list_units(target.agency_id, on)
    }:
        raise NotAcceptable("dossiers.unit_not_suitable")
    officers = {card.id: card for card in list_officers(target.agency_id, on)}
    return Given(
        agency_id=target.agency_id,
        unit_id=target.unit_id,
        specialist=_receiver(officers, target.specialist_id, Role.SPECIALIST),
        leader=_receiver(officers, target.leader_id, Role.LEADER),
    )


def held_of(row: Dossier) -> Held:
    """Return where a dossier lies, as the rule asks it."""
    own = {row.applicant_id, row.subject_id}
    return Held(
        state=State(row.state),
        intake_agency_id=row.intake_agency_id,
        competent_agency_id=row.competent_agency_id,
        return_agency_id=row.return_agency_id,
        opinion_agency_id=row.opinion_agency_id,
        advisers=tuple(row.advisers),
        advising_units=tuple(row.advising_units),
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        specialist_id=row.specialist_id,
        own_of=frozenset(person for person in own if person is not None),
    )


def _open_rows(source: TransferFrom, taken: Taken) -> QuerySet[Dossier]:
    seated = Seat.objects.filter(_OPEN_SEATS, agency_id=source.agency_id)
    rows = Dossier.objects.filter(pk__in=seated.values("dossier_id"))
    if source.whole_agency:
        return rows
    return rows.filter(
        Q(holder_id__in=taken.appointments)
        | Q(specialist_id__in=taken.appointments) & ~Q(state=State.RELEASED)
        | Q(holder_unit_id__in=taken.units, holder_id__isnull=True)
    )


def _receiver(
    officers: dict[int, AppointmentCard], appointment_id: int | None, role: Role
) -> Receiver | None:
    if appointment_id is None:
        return None
    card = officers.get(appointment_id)
    if card is None or role not in card.roles:
        raise NotAcceptable("dossiers.officer_not_suitable")
    return Receiver(card.id, card.unit_id, card.person_id)


def _candidate(row: Dossier, taken: Taken, given: Given) -> TransferCandidate:
    move = move_of(held_of(row), taken, given)
    refused = move if isinstance(move, Refusal) else None
    after = None if isinstance(move, Refusal) else move
    return TransferCandidate(
        dossier_id=row.pk,
        code=row.code or "",
        version=row.version,
        state=State(row.state),
        state_label=labels.STATES[State(row.state)],
        due_at=row.due_at or row.answer_due_at,
        act=after.act if after else None,
        to_state=after.after.state if after else State(row.state),
        holder_id=after.after.holder_id if after else None,
        holder_unit_id=after.after.holder_unit_id if after else None,
        refusal=refused,
    )
