from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from vanlang.dossiers.errors import ActNotPossible, NotAcceptable
from vanlang.dossiers.models import Dossier, Opinion
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules import opinions
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, Opening, complete, open_for, required_text
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.organizations.api import get_agencies, list_units


@transaction.atomic
def consult(
    *,
    dossier_id: uuid.UUID,
    agency_ids: Sequence[int],
    question: str,
    actor: Actor,
    at: dt.datetime,
    days: int = timing.OPINION_DAYS,
    expected_version: int | None = None,
) -> Moved:
    """
    Ask other agencies for their opinion, all at once: each gets a seat until it answers, and the time limit pauses.

    Each has `days` working days by its own calendar. More can be asked while the first ones have not answered.
    Raises: NotAcceptable when there is no question, nobody is asked, or one that decides or was asked already.
    """
    opening = open_for(
        Act.CONSULT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row, asked = opening.row, sorted(set(agency_ids))
    existing = [
        card.id for card in get_agencies(asked, at.astimezone(VIETNAM).date()).values() if card.is_open
    ]
    refuse_if(
        opinions.may_ask(
            asked, asked_already=row.advisers, suitable=set(existing) - {row.competent_agency_id}, days=days
        ),
        NotAcceptable,
    )
    said = required_text(question)
    fresh = [_opinion(opening, said, agency_id, None, days) for agency_id in asked]
    Opinion.objects.bulk_create(fresh)
    row.advisers = [*row.advisers, *asked]
    row.opinion_agency_id = _first_due(row)
    return complete(opening, note=said, facts=_named(fresh), told=_told(fresh))


@transaction.atomic
def consult_unit(
    *,
    dossier_id: uuid.UUID,
    unit_ids: Sequence[int],
    question: str,
    actor: Actor,
    at: dt.datetime,
    days: int = timing.OPINION_DAYS,
    expected_version: int | None = None,
) -> Moved:
    """
    Ask other units of the competent agency for their opinion. The time limit runs on: internal reasons never pause it.

    Raises: NotAcceptable when there is no question, nobody is asked, the asker's own unit, or one asked already.
    """
    opening = open_for(
        Act.CONSULT_UNIT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row, asked = opening.row, sorted(set(unit_ids))
    units = {int(unit.id) for unit in list_units(row.competent_agency_id, at.astimezone(VIETNAM).date())}
    refuse_if(
        opinions.may_ask(
            asked, asked_already=row.advising_units, suitable=units - {actor.unit_id or 0}, days=days
        ),
        NotAcceptable,
    )
    said = required_text(question)
    fresh = [_opinion(opening, said, row.competent_agency_id, unit_id, days) for unit_id in asked]
    Opinion.objects.bulk_create(fresh)
    row.advising_units = [*row.advising_units, *asked]
    return complete(
        opening,
        note=said,
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        facts=_named(fresh),
        told=_told(fresh),
    )


@transaction.atomic
def give_opinion(
    *,
    dossier_id: uuid.UUID,
    opinion: str,
    actor: Actor,
    at: dt.datetime,
    opinion_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Answer what was asked; with the last answer of another agency the clock goes on. The seat of who answered ends.

    The specialist who asked may also write down an opinion that came on paper: `opinion_id` says whose, when several are awaited.
    Raises: NotAcceptable("dossiers.opinion_empty"), ("dossiers.opinion_unnamed").
    """
    opening = open_for(
        Act.GIVE_OPINION, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said = required_text(opinion, "dossiers.opinion_empty")
    row = _chosen(opening, opinion_id)
    row.answer, row.answered_at, row.answered_by_id = said, at, actor.appointment_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    return _go_on(opening, row, said, {"opinion_id": str(row.pk), "late": opinions.is_late(row.due_at, at)})


@transaction.atomic
def forgo_opinion(
    *,
    dossier_id: uuid.UUID,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    opinion_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Go on without an opinion, in time or not: recorded with the reason, and that it was not given.

    Raises: NotAcceptable("dossiers.reason_missing"), ("dossiers.opinion_unnamed").
    """
    opening = open_for(
        Act.FORGO_OPINION, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said = required_text(reason)
    row = _chosen(opening, opinion_id, by_asker=True)
    _forgo([row], said, actor, at)
    return _go_on(opening, row, said, {"opinion_id": str(row.pk), "late": opinions.is_late(row.due_at, at)})


def close_opinions(row: Dossier, *, why: str, actor: Actor, at: dt.datetime) -> None:
    """Give up every opinion that is awaited, because the dossier ends without it."""
    if not row.advisers and not row.advising_units:
        return
    _forgo(_open(row), why, actor, at)
    row.advising_units = []


def _forgo(rows: Sequence[Opinion], why: str, actor: Actor, at: dt.datetime) -> None:
    for row in rows:
        row.forgone_at, row.forgone_by_id, row.forgone_why = at, actor.appointment_id, why
        row.save(update_fields=["forgone_at", "forgone_by", "forgone_why"])


def _go_on(opening: Opening, given: Opinion, note: str, facts: dict[str, object]) -> Moved:
    """Take who answered from those who are awaited, and go on when it was the last other agency."""
    row = opening.row
    if given.unit_id is None:
        row.advisers = [one for one in row.advisers if one != given.agency_id]
    else:
        row.advising_units = [one for one in row.advising_units if one != given.unit_id]
    before = State(row.state)
    opening.facts = replace(opening.facts, more_outside=bool(row.advisers))
    after, changed = opening.target, ()
    if after is State.AWAITING_OPINION:
        row.opinion_agency_id = _first_due(row)
    elif before is State.AWAITING_OPINION:
        timing.resume(
            row, before=before, process=process_of(row), at=opening.at, reason="Chờ ý kiến cơ quan khác"
        )
        return complete(opening, note=note, holder_id=row.specialist_id, facts=facts, changed=timing.TIMED)
    return complete(
        opening,
        note=note,
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        facts=facts,
        changed=changed,
    )


def _chosen(opening: Opening, opinion_id: uuid.UUID | None, *, by_asker: bool = False) -> Opinion:
    """
    Return the opinion that is meant: the one asked of the actor, or the one that the asker names.

    Raises: NotAcceptable("dossiers.opinion_unnamed") when several could be meant; ActNotPossible("dossiers.no_opinion_awaited").
    """
    row, actor = opening.row, opening.actor
    waiting = _open(row)
    if by_asker or opening.facts.standing.holds:
        mine = waiting
    else:
        mine = [one for one in waiting if _asked_of(one, row, actor)]
    if opinion_id is not None:
        mine = [one for one in mine if one.pk == opinion_id]
    if not mine:
        raise ActNotPossible("dossiers.no_opinion_awaited")
    if len(mine) > 1:
        raise NotAcceptable("dossiers.opinion_unnamed")
    return mine[0]


def _asked_of(opinion: Opinion, row: Dossier, actor: Actor) -> bool:
    if opinion.unit_id is None:
        return opinion.agency_id == actor.agency_id
    units = {actor.unit_id, *(one.unit_id for one in actor.stands_for)}
    return actor.agency_id == row.competent_agency_id and opinion.unit_id in units


def _open(row: Dossier) -> list[Opinion]:
    waiting = Opinion.objects.filter(dossier=row, answered_at__isnull=True, forgone_at__isnull=True)
    return list(waiting.order_by("due_at", "id"))


def _first_due(row: Dossier) -> int:
    """Return the agency whose opinion is due first among those that are awaited: there it lies."""
    return next(one.agency_id for one in _open(row) if one.unit_id is None and one.agency_id in row.advisers)


def _opinion(opening: Opening, question: str, agency_id: int, unit_id: int | None, days: int) -> Opinion:
    assert opening.actor.appointment_id is not None  # noqa: S101 - the table lets only officers ask
    return Opinion(
        dossier=opening.row,
        agency_id=agency_id,
        unit_id=unit_id,
        question=question,
        asked_at=opening.at,
        asked_by_id=opening.actor.appointment_id,
        limit_days=days,
        due_at=timing.opinion_due_at(agency_id=agency_id, days=days, at=opening.at),
    )


def _named(fresh: Sequence[Opinion]) -> dict[str, object]:
    return {"opinions": [str(one.pk) for one in fresh], "due_at": fresh[0].due_at.isoformat()}


def _told(fresh: Sequence[Opinion]) -> dict[str, object]:
    return {"opinion_ids": [str(one.pk) for one in fresh]}
