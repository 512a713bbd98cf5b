"""
The verb chain of every act: open the dossier, ask the table, move it, remember it.

    opening = open_for(Act.STOP, dossier_id=…, actor=…, at=…)     locked, seen, allowed, unchanged
    moved = complete(opening, note=reason)                        state, owner, clock, history, audit, event

Four statements on the database: one SELECT … FOR UPDATE, one movement, one audit record, one UPDATE (whose trigger
refreshes the seats). The dossier is written last: an act may end the sight of the agency that did it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.dossiers import labels
from vanlang.dossiers.errors import ChangedMeanwhile, NotAcceptable, error_of
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.queries.access import absent_of, access_dossier, facts_of, places_of, process_of
from vanlang.dossiers.rules import steps
from vanlang.dossiers.rules.access import Places
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange, clock_change
from vanlang.dossiers.rules.states import NATURE, Hat, Party, State, waits_for
from vanlang.dossiers.rules.transitions import Facts, may, party_that_acts, target
from vanlang.dossiers.services.remembering import remember, tell
from vanlang.identity.api import Absent, Actor
from vanlang.kernel.errors import Refusal

_MOVED = (
    "state", "version", "waits_for", "lies_at", "holder", "holder_unit", "specialist", "position", "step_due_at",
    "paused_at", "finished_at", "moved_at", "opinion_agency", "advisers", "advising_units", "due_at", "reopened_at",
)  # fmt: skip


_AGENCY_OF = {
    Hat.INTAKE: "intake_agency_id",
    Hat.COMPETENT: "competent_agency_id",
    Hat.OPINION: "opinion_agency_id",
    Hat.RETURN: "return_agency_id",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act left behind."""

    dossier_id: uuid.UUID
    code: str | None
    state: State
    version: int
    """Pass it back as `expected_version` with the next act."""
    due_at: dt.datetime | None


@dataclass(slots=True)
class Opening:
    """A dossier opened for one act, in the caller's transaction."""

    act: Act
    row: Dossier
    facts: Facts
    actor: Actor
    at: dt.datetime
    places: Places
    """Where it lay when it was opened: commands change the row before they complete."""

    @property
    def target(self) -> State:
        return target(self.act, self.facts)


def open_for(
    act: Act, *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Opening:
    """
    Return the dossier, locked, when `actor` may do `act` to it now.

    Raises: DossierNotFound, ChangedMeanwhile, ActNotAllowed, ActNotPossible.
    """
    row = access_dossier(dossier_id, actor=actor, for_update=True)
    if expected_version is not None and row.version != expected_version:
        raise _changed_meanwhile(row, actor)
    facts = facts_of(row, actor)
    refuse_act(may(act, facts))
    return Opening(act, row, facts, actor, at, places_of(row))


def refuse_act(refusal: Refusal | None) -> None:
    """Raise the error of a refused act, its act and state named as the reader knows them."""
    if refusal is None:
        return
    act, state = refusal.facts.get("act"), refusal.facts.get("state")
    facts = dict(refusal.facts)
    if isinstance(act, Act):
        facts["act_label"] = labels.act_phrase(act)
    facts["state_label"] = labels.STATES[state] if isinstance(state, State) else ""
    raise error_of(refusal).of(dataclasses.replace(refusal, facts=facts))


def required_text(text: str, code: str = "dossiers.reason_missing") -> str:
    """
    Return a reason without its margins.

    Raises: NotAcceptable when nothing is left.
    """
    if not text.strip():
        raise NotAcceptable(code)
    return text.strip()


def complete(
    opening: Opening,
    *,
    note: str = "",
    holder_id: int | None = None,
    holder_unit_id: int | None = None,
    facts: Mapping[str, object] | None = None,
    changed: tuple[str, ...] = (),
    onward: bool = False,
    told: Mapping[str, object] | None = None,
) -> Moved:
    """
    Move the dossier where the table says; write its history, its audit record and its event.

    `changed` names further columns that the command has set on the row; `onward` leaves the present step of the
    process behind; `told` are further facts of the event.
    """
    row, act, at = opening.row, opening.act, opening.at
    before = State(row.state)
    party = party_that_acts(act, opening.facts)
    absent = absent_of(opening.places, opening.actor, party)
    ended_step = _advance(row, opening, onward=onward)
    if opening.target is not State.AWAITING_OPINION:
        row.opinion_agency_id, row.advisers = None, []  # whoever is no longer asked no longer sees
    settle(row, opening.target, holder_id=holder_id, holder_unit_id=holder_unit_id)
    _tick(row, before, State(row.state), at)
    row.version += 1
    row.moved_at = at
    step_name, step_due_at = ended_step
    remember(
        row,
        act=act,
        actor=named(opening.actor, absent),
        party=party,
        at=at,
        before=before,
        note=note,
        facts={**(facts or {}), **instead_of(absent)},
        step_name=step_name,
        step_due_at=step_due_at,
    )
    row.save(update_fields=[*_MOVED, *changed])
    tell(row, act, at, told or {})
    return moved(row)


def named(actor: Actor, absent: Absent | None) -> Actor:
    """Return the actor as the history names them: in whose place, when a colleague on leave held the dossier."""
    return (
        actor
        if absent is None
        else dataclasses.replace(actor, title=labels.in_place_of(actor.title, absent.name))
    )


def instead_of(absent: Absent | None) -> dict[str, object]:
    """Return what the movement keeps of a substitution."""
    return {} if absent is None else {"instead_of": absent.name, "instead_of_id": absent.appointment_id}


def moved(row: Dossier) -> Moved:
    """Return what an act left behind."""
    return Moved(row.pk, row.code, State(row.state), row.version, row.due_at)


def settle(
    row: Dossier, state: State, *, holder_id: int | None = None, holder_unit_id: int | None = None
) -> None:
    """Write state, whom it waits for and where it lies, as the table of states says; and who holds it."""
    row.state = state
    row.waits_for = waits_for(state, on_paper=row.on_paper) or ""
    hat = NATURE[state].lies_at
    row.lies_at_id = None if hat is None else getattr(row, _AGENCY_OF[hat])
    row.holder_id, row.holder_unit_id = holder_id, holder_unit_id


def _advance(row: Dossier, opening: Opening, *, onward: bool) -> tuple[str, dt.datetime | None]:
    """Move along the process; return name and planned end of the step that was left, or of none."""
    process = process_of(row)
    if not process:
        return "", None
    left = process[row.position]
    after = waits_for(opening.target, on_paper=row.on_paper)
    position = steps.position_after(
        opening.act, steps=process, position=row.position, waits_for=after, onward=onward
    )
    if position == row.position:
        return "", None
    row.position = position
    row.step_due_at = process[position].due_at
    return left.name, left.due_at


def _tick(row: Dossier, before: State, after: State, at: dt.datetime) -> None:
    match clock_change(before, after):
        case ClockChange.PAUSE:
            row.paused_at = at
        case ClockChange.RESUME | ClockChange.ANSWER:
            row.paused_at = None
        case ClockChange.FINISH:
            row.paused_at = None
            row.finished_at = at
            if row.reopened_at is not None:  # how the first issue stood to its appointment is what counts
                row.reopened_at, row.finished_at, row.due_at = None, row.first_finished_at, row.first_due_at
        case ClockChange.NONE | ClockChange.START:
            pass


def _changed_meanwhile(row: Dossier, actor: Actor) -> ChangedMeanwhile:
    """Return who was faster and when: officers read a name, citizens a role."""
    last = Movement.objects.get(dossier_id=row.pk, number=row.version)
    name = last.actor_name if actor.is_officer else ""
    return ChangedMeanwhile(
        who=name or labels.party_phrase(Party(last.party)),
        when=labels.moment(last.at),
        act_label=labels.act_phrase(Act(last.act)),
        version=row.version,
    )
