"""
The proof that nothing is stuck: every open dossier has an owner, a clock and a next step.

States prove it by their table (tests); rows can still disagree, because people leave and agencies change. Each
violation is found by one set-based query; together they walk the open dossiers, not the archive.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from vanlang.dossiers.actors import PARTY_OF
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import NATURE, OPEN, Clock, Hat, Party, State, waits_for
from vanlang.dossiers.rules.stuck import LACKS, StuckReason
from vanlang.identity.api import get_appointments, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies

_ROLE_OF = {party: role for role, party in PARTY_OF.items()}
_AGENCY_COLUMN = {
    Hat.INTAKE: "intake_agency_id",
    Hat.COMPETENT: "competent_agency_id",
    Hat.OPINION: "opinion_agency_id",
    Hat.RETURN: "return_agency_id",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One open dossier that could lie still, and why."""

    dossier_id: uuid.UUID
    code: str | None
    state: State
    reason: StuckReason
    detail: str

    @property
    def lacks(self) -> str:
        """ "owner", "clock" or "next_step"."""
        return LACKS[self.reason]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check looked at and what it found."""

    open: int
    by_state: dict[State, int]
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        return not self.violations


def prove(at: dt.datetime) -> Proof:
    """Return the proof over all open dossiers at an instant."""
    counts = {state: _open().filter(state=state).count() for state in sorted(OPEN)}
    return Proof(sum(counts.values()), counts, tuple(list_violations(at)))


def list_violations(at: dt.datetime) -> Iterator[Violation]:
    """Yield every open dossier that lacks an owner, a clock or a next step."""
    yield from _owner_columns()
    yield from _clocks()
    yield from _gone_agencies(at)
    yield from _gone_holders(at)
    yield from _nobody_can_act(at)


def _open() -> QuerySet[Dossier]:
    return Dossier.objects.filter(state__in=sorted(OPEN))


def _found(rows: QuerySet[Dossier], reason: StuckReason, detail: str) -> Iterator[Violation]:
    for row in rows.only("id", "code", "state").order_by("id"):
        yield Violation(row.pk, row.code, State(row.state), reason, detail)


def _owner_columns() -> Iterator[Violation]:
    """Owner columns say what the table of states says."""
    for state in sorted(OPEN):
        nature = NATURE[state]
        assert nature.lies_at is not None  # noqa: S101 - open states lie somewhere
        for on_paper in (False, True):
            expected = waits_for(state, on_paper=on_paper)
            rows = _open().filter(state=state, on_paper=on_paper).exclude(waits_for=expected)
            yield from _found(rows, StuckReason.NO_OWNER, f"waits_for is not {expected}")
        column = _AGENCY_COLUMN[nature.lies_at]
        rows = _open().filter(state=state).exclude(Q(lies_at_id__isnull=False) & Q(lies_at_id=F(column)))
        yield from _found(rows, StuckReason.NO_OWNER, f"lies_at is not {column}")
    rows = _open().filter(state=State.IN_PROGRESS, holder__isnull=True)
    yield from _found(rows, StuckReason.NO_OWNER, "nobody holds it by name")


def _clocks() -> Iterator[Violation]:
    """The clock of the state runs: a due date, or the instant since which it pauses."""
    limit = [state for state in sorted(OPEN) if NATURE[state].clock is Clock.LIMIT]
    paused = [state for state in sorted(OPEN) if NATURE[state].clock is Clock.PAUSED]
    lost = StuckReason.NO_CLOCK
    yield from _found(_open().filter(state__in=limit, due_at__isnull=True), lost, "no due date")
    yield from _found(
        _open().filter(state__in=paused, paused_at__isnull=True), lost, "no beginning of the pause"
    )
    yield from _found(
        _open().filter(state=State.RELEASED, released_at__isnull=True), lost, "no instant of release"
    )


def _gone_agencies(at: dt.datetime) -> Iterator[Violation]:
    """Where it lies is an agency that still exists."""
    lying = _open().filter(lies_at__isnull=False)
    agencies = get_agencies(
        lying.values_list("lies_at_id", flat=True).distinct(), at.astimezone(VIETNAM).date()
    )
    gone = sorted(card.id for card in agencies.values() if not card.is_open)
    yield from _found(
        lying.filter(lies_at_id__in=gone), StuckReason.AGENCY_GONE, "the agency where it lies is no more"
    )


def _gone_holders(at: dt.datetime) -> Iterator[Violation]:
    """Whoever holds it by name still holds the appointment."""
    held = _open().filter(holder__isnull=False)
    holders = get_appointments(held.values_list("holder_id", flat=True).distinct())
    on = at.astimezone(VIETNAM).date()
    current = {
        officer.id
        for agency_id in {card.agency_id for card in holders.values()}
        for officer in list_officers(agency_id, on)
    }
    gone = sorted(set(holders) - current)
    yield from _found(
        held.filter(holder_id__in=gone), StuckReason.HOLDER_GONE, "the holder's appointment has ended"
    )


def _nobody_can_act(at: dt.datetime) -> Iterator[Violation]:
    """Where it lies, somebody has the role that must act next. Citizens are not counted: they are asked."""
    on = at.astimezone(VIETNAM).date()
    places = (
        _open()
        .filter(lies_at__isnull=False)
        .exclude(waits_for=Party.APPLICANT)
        .values_list("lies_at_id", "waits_for")
        .distinct()
    )
    for agency_id, party in places.order_by("lies_at_id", "waits_for"):
        if party not in _ROLE_OF:
            continue
        if not list_officers(agency_id, on, role=_ROLE_OF[Party(party)]):
            rows = _open().filter(lies_at_id=agency_id, waits_for=party)
            yield from _found(
                rows, StuckReason.NOBODY_CAN_ACT, f"no {party} is appointed at the agency where it lies"
            )
