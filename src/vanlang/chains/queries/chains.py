"""Chains as they are shown: legs, clocks, the one date, the forecast."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from vanlang.calendars import api as calendars
from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.chains.errors import ChainNotFoundError
from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.plans import Ground, ground_of, plan_of_row
from vanlang.chains.rules.definitions import limit_of
from vanlang.chains.rules.running import Due, Standing, cut_off, forecast, last
from vanlang.chains.types import (
    RUNNING,
    ChainCard,
    ChainLine,
    ChainState,
    LegCard,
    LegOf,
    LegPlan,
    LegState,
    Plan,
)
from vanlang.dossiers.api import Channel, DossierBrief, get_briefs, mask_name
from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.lists import Drawn
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyCard, get_agencies

"""Lines of a list."""


def access_chain(chain_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> Chain:
    """Return a chain that `actor` may see: their agency took it in, or it is theirs. Raises: ChainNotFoundError."""
    rows = Chain.objects.filter(pk=chain_id)
    row = (rows.select_for_update() if for_update else rows).first()
    if row is None:
        raise ChainNotFoundError
    is_agencys = actor.is_officer and row.intake_agency_id == actor.agency_id
    if not is_agencys and not (actor.is_citizen and row.person_id == actor.person_id):
        raise ChainNotFoundError
    return row


def get_chain(chain_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> ChainCard:
    """Return a chain with its legs. The caller has written the read. Raises: ChainNotFoundError."""
    row = access_chain(chain_id, actor=actor)
    with acting(Scope.system()):
        return _card(row, at, name=row.applicant_name, decides=actor.is_officer)


def get_chain_by_token(token: str, *, at: dt.datetime) -> ChainCard:
    """Return what the code on an appointment slip leads to: no name, no papers. Raises: ChainNotFoundError."""
    with acting(Scope.system()):
        row = Chain.objects.filter(token=token).first()
        if row is None:
            raise ChainNotFoundError
        return _card(row, at)


def list_chains(actor: Actor, *, needs_person: bool = False, only_open: bool = True) -> Sequence[ChainLine]:
    """Return the chains that the officer's agency took in: those that wait for a person first, then by date."""
    if actor.agency_id is None or not actor.is_officer:
        return []
    rows = Chain.objects.filter(intake_agency_id=actor.agency_id)
    if needs_person:
        rows = rows.filter(needs_person=True)
    if only_open:
        rows = rows.filter(state=ChainState.OPEN)
    return Drawn(
        rows.select_related("plan").order_by("-needs_person", "due_at", "id"),
        lambda found: _lines(found, masked=True),
    )


def list_for_citizen(actor: Actor) -> list[ChainLine]:
    """Return a citizen's own chains, newest first."""
    if actor.person_id is None:
        return []
    return _lines(Chain.objects.filter(person_id=actor.person_id).order_by("-opened_at", "id"), masked=False)


def _lines(rows: Iterable[Chain], *, masked: bool) -> list[ChainLine]:
    chains = list(rows)
    legs: dict[uuid.UUID, list[Leg]] = {}
    for leg in Leg.objects.filter(chain__in=chains).order_by("position"):
        legs.setdefault(leg.chain_id, []).append(leg)
    plans = {row.plan_id: plan_of_row(row.plan) for row in chains}
    return [
        ChainLine(
            id=row.pk,
            title=plans[row.plan_id].short_title,
            state=ChainState(row.state),
            applicant_name=mask_name(row.applicant_name) if masked else row.applicant_name,
            opened_at=row.opened_at,
            due_at=row.due_at,
            legs=tuple(
                (plans[row.plan_id].leg(leg.key).title, LegState(leg.state)) for leg in legs.get(row.pk, ())
            ),
            needs_person=row.needs_person,
            token=row.token,
        )
        for row in chains
    ]


def leg_of(dossier_id: uuid.UUID, *, actor: Actor) -> LegOf | None:
    """Return which chain a dossier is a leg of, for who may see the dossier; None for none."""
    with acting(Scope.system()):
        leg = Leg.objects.filter(dossier_id=dossier_id).select_related("chain__plan").first()
        if leg is None:
            return None
        plan = plan_of_row(leg.chain.plan)
    return LegOf(
        chain_id=leg.chain_id,
        chain_title=plan.title,
        leg_title=plan.leg(leg.key).title,
        number=leg.position + 1,
        of=len(plan.legs),
        token=leg.chain.token,
        is_ours=actor.is_officer and leg.intake_agency_id == actor.agency_id,
    )


def _card(row: Chain, at: dt.datetime, *, name: str = "", decides: bool = False) -> ChainCard:
    plan = plan_of_row(row.plan)
    legs = list(row.legs.order_by("position"))
    known = get_briefs((leg.dossier_id for leg in legs if leg.dossier_id), actor=SYSTEM)
    standings = {leg.key: _standing(leg, known) for leg in legs}
    ends = forecast(plan, standings, due=_due_of(plan, row, at), now=at)
    on = at.astimezone(VIETNAM).date()
    agencies = get_agencies([row.intake_agency_id, *(leg.agency_id for leg in legs if leg.agency_id)], on)
    lost = cut_off(plan, {leg.key: LegState(leg.state) for leg in legs})
    return ChainCard(
        id=row.pk,
        title=plan.title,
        short_title=plan.short_title,
        state=ChainState(row.state),
        opened_at=row.opened_at,
        due_at=row.due_at or last(ends),
        due_is_forecast=row.due_is_forecast or row.due_at is None,
        forecast_at=last(ends),
        finished_at=row.finished_at,
        intake_agency_name=agencies[row.intake_agency_id].name,
        legs=tuple(
            _leg_card(leg, plan, known, ends, agencies, lost=lost, decides=decides, at=at) for leg in legs
        ),
        token=row.token,
        applicant_name=name,
        source=plan.source,
        needs_person=row.needs_person and decides,
    )


def _standing(leg: Leg, known: Mapping[uuid.UUID, DossierBrief]) -> Standing:
    brief = known.get(leg.dossier_id) if leg.dossier_id else None
    due_at = brief.due_at if brief is not None else leg.due_at
    return Standing(LegState(leg.state), due_at, leg.finished_at)


def _leg_card(
    leg: Leg,
    plan: Plan,
    known: Mapping[uuid.UUID, DossierBrief],
    ends: Mapping[str, dt.datetime | None],
    agencies: Mapping[int, AgencyCard],
    *,
    lost: tuple[str, ...],
    decides: bool,
    at: dt.datetime,
) -> LegCard:
    told, brief = plan.leg(leg.key), known.get(leg.dossier_id) if leg.dossier_id else None
    state, due_at = LegState(leg.state), _standing(leg, known).due_at
    agency = agencies.get(leg.agency_id) if leg.agency_id else None
    return LegCard(
        id=leg.pk,
        key=leg.key,
        title=told.title,
        state=state,
        agency_name=told.outside or (agency.name if agency else ""),
        dossier_id=leg.dossier_id,
        code=brief.code if brief else None,
        opened_at=leg.opened_at,
        due_at=due_at,
        forecast_at=ends[leg.key],
        finished_at=leg.finished_at,
        is_late=due_at is not None
        and state in RUNNING | {LegState.DONE}
        and (leg.finished_at or at) > due_at,
        outcome_title=brief.outcome_title if brief else "",
        trouble=leg.trouble,
        trouble_facts=leg.trouble_facts,
        note=leg.note,
        is_outside=told.is_outside,
        may_retry=decides and state in {LegState.BLOCKED, LegState.FAILED},
        may_drop=decides and (state is LegState.BLOCKED or leg.key in lost),
    )


def _due_of(plan: Plan, row: Chain, at: dt.datetime) -> Due:
    """Return the function that says when a leg that has not started yet would be due."""
    on = at.astimezone(VIETNAM).date()
    calendar = calendars.calendar_of(row.intake_agency_id)
    channel = Channel(row.filing["channel"])

    def due(key: str, starts_at: dt.datetime) -> dt.datetime | None:
        limit = _limit_of(plan.leg(key), on, channel)
        if limit is None:
            return None
        return calendars.due(calendar, received_at=starts_at, limit=limit).due_at

    return due


def _limit_of(leg: LegPlan, on: dt.date, channel: Channel) -> TimeLimit | None:
    if leg.is_outside:
        told = limit_of(leg.limit)
        return TimeLimit(told[0], LimitUnit(told[1])) if told else None
    ground = ground_of(leg, on, None, channel)
    if not isinstance(ground, Ground):
        return None
    found = ground.version.limit_for(channel, ground.case.id)
    return TimeLimit(found.limit.amount, LimitUnit(found.limit.unit.value)) if found else None
