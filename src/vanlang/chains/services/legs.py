"""Start legs, one by one, and keep the chain's own state with theirs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from vanlang.calendars import api as calendars
from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.plans import Ground, ground_of
from vanlang.chains.rules.asking import question_of
from vanlang.chains.rules.definitions import limit_of
from vanlang.chains.rules.running import cut_off, startable, state_of
from vanlang.chains.services.telling import tell_of
from vanlang.chains.types import ChainState, LegPlan, LegState, Plan
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, Paper, PartyFacts
from vanlang.eforms.api import validate
from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError, Refusal


def time_limit(text: str) -> TimeLimit | None:
    """Return a limit as a definition writes it; None for none."""
    told = limit_of(text)
    return TimeLimit(told[0], LimitUnit(told[1])) if told else None


def due_of(agency_id: int, at: dt.datetime, limit: TimeLimit) -> calendars.DueDate:
    """Return when something that an agency begins at `at` is due."""
    return calendars.due(calendars.calendar_of(agency_id), received_at=at, limit=limit)


def start_first(chain: Chain, plan: Plan, *, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    File and receive the first leg as the counter that took the chain in; set the chain's date.

    Raises: ActNotAllowed, ActNotPossible.
    """
    leg = chain.legs.get(position=0)
    ground = _ground(chain, plan.first, chain.intake_agency_id, at)
    assert isinstance(ground, Ground)  # noqa: S101 - asked before the chain was opened
    filing = _filing(chain, plan, plan.first, ground, intake_agency_id=chain.intake_agency_id, at=at)
    taken = dossiers.receive_at_counter(filing=filing, actor=actor, at=at)
    _open(leg, ground, dossier_id=taken.dossier_id, due_at=taken.due_at, at=at)
    _promise(chain, plan, at)
    return taken.dossier_id


def _promise(chain: Chain, plan: Plan, at: dt.datetime) -> None:
    """Set the one date of the whole; without a limit of its own it is the forecast of the last leg (queries)."""
    chain.received_at = at
    limit = time_limit(plan.limit)
    if limit is not None:
        answer = due_of(chain.intake_agency_id, at, limit)
        chain.due_at, chain.due_is_forecast = answer.due_at, answer.forecast
    chain.save(update_fields=["received_at", "due_at", "due_is_forecast"])
    tell_of(chain, plan, (), at=at)


def advance(chain: Chain, plan: Plan, *, at: dt.datetime) -> None:
    """
    Start every leg whose turn has come, then write where the whole stands. For a locked chain, as the system.

    A leg that cannot start is blocked with its reason and waits for a person; the others go on.
    """
    while True:
        legs = {leg.key: leg for leg in chain.legs.order_by("position")}
        states = {key: LegState(leg.state) for key, leg in legs.items()}
        turn = startable(plan, states)
        if not turn:
            break
        for key in turn:
            start(chain, plan, plan.leg(key), legs[key], at=at)
    settle(chain, plan, legs.values(), at=at)
    tell_of(chain, plan, legs.values(), at=at)


def settle(chain: Chain, plan: Plan, legs: Iterable[Leg], *, at: dt.datetime) -> None:
    """Write the chain's state, and whether it waits for a person."""
    states = {leg.key: LegState(leg.state) for leg in legs}
    chain.state = state_of(plan, states)
    chain.finished_at = None if chain.state == ChainState.OPEN else (chain.finished_at or at)
    chain.needs_person = LegState.BLOCKED in states.values() or bool(cut_off(plan, states))
    chain.save(update_fields=["state", "finished_at", "needs_person"])


def start(chain: Chain, plan: Plan, told: LegPlan, leg: Leg, *, at: dt.datetime) -> None:
    """Start one leg: an errand outside, or a dossier of the agency that settles it. Blocked when it cannot."""
    leg.trouble, leg.trouble_facts = "", {}
    if told.is_outside:
        limit = time_limit(told.limit)
        leg.state, leg.opened_at = LegState.OUTSIDE, at
        leg.due_at = due_of(chain.intake_agency_id, at, limit).due_at if limit else None
        leg.save()
        return
    try:
        with transaction.atomic():
            _file(chain, plan, told, leg, at=at)
    except DomainError as error:
        block(leg, Refusal(error.code, error.facts))


def block(leg: Leg, refusal: Refusal) -> None:
    """Write why a leg cannot start. Facts are words and numbers of the refusal, never personal data."""
    leg.state, leg.trouble = LegState.BLOCKED, refusal.code
    leg.trouble_facts = {
        key: value if isinstance(value, int) else str(value) for key, value in refusal.facts.items()
    }
    leg.save()


def _ground(chain: Chain, told: LegPlan, agency_id: int, at: dt.datetime) -> Ground | Refusal:
    """Return what a leg of this chain stands on today, filed the way the chain was."""
    return ground_of(told, at.astimezone(VIETNAM).date(), agency_id, Channel(chain.filing["channel"]))


def _file(chain: Chain, plan: Plan, told: LegPlan, leg: Leg, *, at: dt.datetime) -> None:
    chosen = leg.agency_id
    ground = _ground(chain, told, chain.intake_agency_id, at)
    if isinstance(ground, Refusal) and ground.code in _AGENCY_TROUBLES and chosen is not None:
        ground = _ground(chain, _settled_by_choice(told), chosen, at)
    if isinstance(ground, Refusal):
        block(leg, ground)
        return
    agency_id = chosen or ground.agency_id
    filing = _filing(chain, plan, told, ground, intake_agency_id=agency_id, at=at)
    filed = dossiers.submit(filing=filing, actor=SYSTEM, at=at)
    taken = dossiers.receive(dossier_id=filed.dossier_id, actor=SYSTEM, at=at)
    _open(leg, ground, dossier_id=taken.dossier_id, due_at=taken.due_at, at=at, agency_id=agency_id)


_AGENCY_TROUBLES = frozenset({"chains.agency_gone", "chains.agency_unknown"})


def _settled_by_choice(told: LegPlan) -> LegPlan:
    """Return the leg as if a person had named its agency: nothing is asked of plan or catalogue."""
    return LegPlan(
        key=told.key, title=told.title, procedure_code=told.procedure_code, case_number=told.case_number
    )


def _open(
    leg: Leg,
    ground: Ground,
    *,
    dossier_id: uuid.UUID,
    due_at: dt.datetime | None,
    at: dt.datetime,
    agency_id: int | None = None,
) -> None:
    leg.state, leg.dossier_id, leg.opened_at, leg.due_at = LegState.OPEN, dossier_id, at, due_at
    leg.agency_id = agency_id or ground.agency_id
    leg.save()


def _filing(
    chain: Chain, plan: Plan, told: LegPlan, ground: Ground, *, intake_agency_id: int, at: dt.datetime
) -> Filing:
    on = at.astimezone(VIETNAM).date()
    return Filing(
        procedure_version_id=ground.version.id,
        case_id=ground.case.id,
        applicant=applicant_of(chain),
        channel=Channel(chain.filing["channel"]),
        intake_agency_id=intake_agency_id,
        competent_agency_id=ground.agency_id if told.key == plan.first.key else intake_agency_id,
        return_agency_id=chain.intake_agency_id,
        request=f"{told.title} ({plan.short_title})"[:500],
        answers=_answers(chain, plan, told, ground, on),
        papers=tuple(_papers(chain, plan, told)),
    )


def _answers(chain: Chain, plan: Plan, told: LegPlan, ground: Ground, on: dt.date) -> dict[str, object]:
    """Return the answers of the leg's own form. One that does not fit any more is left to the officer, not to fate."""
    if ground.form is None:
        return {}
    typed = {}
    for field in ground.form.fields:
        asked = question_of(plan, told.key, field.name)
        if asked in chain.answers:
            typed[field.name] = chain.answers[asked]
    return dict(validate(ground.form, typed, on=on).values)


def _papers(chain: Chain, plan: Plan, told: LegPlan) -> Iterable[Paper]:
    """Yield the papers that were handed in for the leg, and the outcomes of the legs before it."""
    for paper in chain.papers.filter(legs__contains=[told.key]).order_by("id"):
        yield Paper(
            name=paper.name,
            file_id=paper.file_id,
            required_document_id=paper.documents.get(told.key),
            originals=paper.originals,
            copies=paper.copies,
        )
    before: dict[str, uuid.UUID] = dict(
        chain.legs.filter(key__in=list(told.papers), dossier__isnull=False).values_list("key", "dossier_id")
    )
    known = dossiers.get_briefs(before.values(), actor=SYSTEM)
    for key, name in told.papers.items():
        brief = known.get(before[key]) if key in before else None
        if brief is not None and brief.outcome_file_id is not None:
            yield Paper(name=name[:300], file_id=brief.outcome_file_id)
        elif brief is not None and brief.outcome_kind is not None:
            yield Paper(name=name[:300], copies=1)  # issued on paper: the counter has it


def applicant_of(chain: Chain) -> PartyFacts:
    """Return the applicant as they were when the chain was opened."""
    told = dict(chain.filing["applicant"])
    return PartyFacts(**{**told, "person_id": uuid.UUID(told["person_id"])})
