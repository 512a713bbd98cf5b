"""
Take over a dossier that another system had begun: with its real dates, its history as far as it is known, and its due date.

Idempotent by (system, external code). The other system's own code is kept where it has our shape and the agency's number of
that day is free; else the dossier gets ours, and theirs stays in `Adoption`. No event is published: nobody is told again of
what happened elsewhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction

from vanlang.audit.api import record_act
from vanlang.dossiers.errors import ActNotPossible
from vanlang.dossiers.models import Adoption, Dossier, Movement
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.adopting import ENDED, Course, PastAct, may_adopt, way
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, moved, settle
from vanlang.dossiers.services.filing import row_of
from vanlang.dossiers.services.receiving import code_of, next_code
from vanlang.dossiers.services.terms import terms_of
from vanlang.dossiers.types import Channel, Filing
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.ids import new_id

_RAISE = """
    INSERT INTO dossiers_codecounter AS counter (agency_id, day, last) VALUES (%s, %s, %s)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = greatest(counter.last, excluded.last)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where a dossier comes from, and how it stood there."""

    system: str
    external_code: str
    course: Course
    due_at: dt.datetime | None
    holder_id: int | None = None
    holder_unit_id: int | None = None
    delivered_at: dt.datetime | None = None
    unknown: tuple[str, ...] = ()


@transaction.atomic
def adopt(*, filing: Filing, elsewhere: Elsewhere, actor: Actor, at: dt.datetime) -> tuple[Moved, bool]:
    """
    Take over a dossier; return where it stands, and whether it entered now (False: it was here).

    Raises: ActNotPossible("dossiers.adopt_…") for what cannot enter; ActNotPossible("dossiers.no_time_limit") when neither
    system knows a due date.
    """
    known = Adoption.objects.filter(system=elsewhere.system, external_code=elsewhere.external_code).first()
    if known is not None:
        return moved(known.dossier), False
    course = elsewhere.course
    refuse_if(may_adopt(course, at), ActNotPossible)
    assert course.submitted_at is not None  # noqa: S101 - may_adopt has asked
    row = row_of(
        filing, new_id(), actor, course.submitted_at
    )  # whose hand filed it there is not known: ours is
    counted = _start(row, elsewhere)
    settle(row, course.state, holder_id=elsewhere.holder_id, holder_unit_id=elsewhere.holder_unit_id)
    row.specialist_id = elsewhere.holder_id if course.state is State.IN_PROGRESS else None
    row.finished_at = course.finished_at if course.state in ENDED else None
    row.released_at = course.finished_at if course.state in {State.RELEASED, State.DELIVERED} else None
    row.delivered_at = elsewhere.delivered_at if course.state is State.DELIVERED else None
    row.on_paper = course.state in {State.RELEASED, State.DELIVERED}
    row.moved_at = at
    past = _past_of(course)
    row.version = len(past) + 1
    row.save(force_insert=True)
    _remember(row, past, elsewhere, actor, at)
    Adoption.objects.create(
        dossier=row, system=elsewhere.system, external_code=elsewhere.external_code, their_due_at=elsewhere.due_at,
        counted_due_at=counted, unknown=list(elsewhere.unknown), adopted_at=at,
    )  # fmt: skip
    return moved(row), True


def _start(row: Dossier, elsewhere: Elsewhere) -> dt.datetime | None:
    """Start the limit as of the receipt there; return what this house counts, and leave their due date on the row."""
    received_at = elsewhere.course.received_at
    if received_at is None or elsewhere.course.state is State.REFUSED:
        return None
    terms = terms_of(row.procedure_version_id)
    limit = terms.limit_for(Channel(row.channel), row.case_id)
    counted: dt.datetime | None = None
    if limit is not None:
        timing.start(row, limit=limit, process=terms.process_for(row.case_id), at=received_at)
        counted = row.due_at
    elif elsewhere.due_at is None:
        raise ActNotPossible("dossiers.no_time_limit", procedure=terms.code)
    row.received_at = received_at
    row.due_at = elsewhere.due_at or counted
    row.original_due_at = row.due_at
    row.code = _code_for(row, elsewhere.external_code, received_at)
    row.search_key = f"{row.code.lower()} {elsewhere.external_code.lower()} {row.search_key}"
    return counted


def _code_for(row: Dossier, external: str, received_at: dt.datetime) -> str:
    code = DossierCode.parse(external)
    day = received_at.astimezone(VIETNAM).date()
    own = code_of(row.intake_agency_id, day)
    if code is None or code.agency_code != own or Dossier.objects.filter(code=str(code)).exists():
        return next_code(agency_id=row.intake_agency_id, at=received_at)
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [row.intake_agency_id, code.received_on, code.number])
    return str(code)


def _past_of(course: Course) -> list[tuple[PastAct, State, State]]:
    """Return the acts there, each with the states it led from and to: filed, received, and the history."""
    assert course.submitted_at is not None  # noqa: S101 - may_adopt has asked
    was_received = course.received_at is not None
    acts = [PastAct(Act.SUBMIT, course.submitted_at)]
    if course.received_at is not None:
        acts.append(PastAct(Act.RECEIVE, course.received_at))
    before = [State.DRAFT, State.SUBMITTED][: len(acts)]
    states = [*before, *way(course.history, was_received=was_received)]
    return [(act, states[at], states[at + 1]) for at, act in enumerate([*acts, *course.history])]


def _remember(
    row: Dossier,
    past: list[tuple[PastAct, State, State]],
    elsewhere: Elsewhere,
    actor: Actor,
    at: dt.datetime,
) -> None:
    named = {"system": elsewhere.system, "external_code": elsewhere.external_code}
    movements = [
        Movement(
            dossier_id=row.pk, number=number, act=done.act, from_state=before, to_state=after, at=done.at,
            party=Party.SYSTEM, actor_name=done.who[:150], note=done.note, facts=named, due_at=row.due_at,
        )
        for number, (done, before, after) in enumerate(past, start=1)
    ]  # fmt: skip
    last = past[-1][2]
    movements.append(
        Movement(
            dossier_id=row.pk, number=row.version, act=Act.ADOPT, from_state=last, to_state=row.state, at=at,
            party=Party.SYSTEM, account_id=actor.account_id, appointment_id=actor.appointment_id, agency_id=actor.agency_id,
            actor_name=actor.name, actor_title=actor.title, receiver_id=row.holder_id, receiver_unit_id=row.holder_unit_id,
            note=f"Chuyển từ hệ thống {elsewhere.system}, mã ở đó {elsewhere.external_code}",
            facts={**named, "unknown": list(elsewhere.unknown), "steps_unknown": last != row.state}, due_at=row.due_at,
        )
    )  # fmt: skip
    Movement.objects.bulk_create(movements)
    record_act(
        act="dossiers.adopt", actor=actor, object_type="dossier", object_id=row.pk, at=at,
        facts={**named, "state": row.state, "movements": len(movements)},
    )  # fmt: skip
