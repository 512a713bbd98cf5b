"""Open a chain: everything is asked once, the first leg is filed, the others follow by themselves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.chains.errors import ChainNotOpenableError
from vanlang.chains.models import Chain, ChainPaper, Leg, PlanRow
from vanlang.chains.queries.plans import AskedPaper, ground_of, plan_of_row
from vanlang.chains.services import legs
from vanlang.chains.types import ChainState, LegState, Opened, Plan
from vanlang.dossiers.api import Channel, PartyFacts
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.locks import hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A paper as it was handed in."""

    asked: AskedPaper
    originals: int = 0
    copies: int = 0
    file_ids: tuple[uuid.UUID, ...] = ()


@transaction.atomic
def open_chain(
    *,
    chain_id: uuid.UUID,
    plan_id: int,
    applicant: PartyFacts,
    channel: Channel,
    answers: Mapping[str, object],
    papers: Sequence[Handed],
    actor: Actor,
    at: dt.datetime,
) -> Opened:
    """
    Take a chain in at the counter: the first leg is filed and received, and the one date is set. Idempotent by id.

    Raises: ChainNotOpenableError with the leg that cannot run today and why; ActNotAllowed, ActNotPossible.
    """
    hold("chains.open", chain_id)
    known = Chain.objects.filter(pk=chain_id).first()
    if known is not None:
        first = known.legs.get(position=0)
        assert first.dossier_id is not None  # noqa: S101 - opened with it
        return Opened(chain_id, first.dossier_id, again=True)
    row = PlanRow.objects.get(pk=plan_id)
    plan, on = plan_of_row(row), at.astimezone(VIETNAM).date()
    refuse_if(_why_not(plan, on, actor.agency_id, channel), ChainNotOpenableError)
    chain = Chain(
        id=chain_id,
        plan=row,
        intake_agency_id=actor.agency_id or 0,
        person_id=applicant.person_id,
        applicant_name=applicant.full_name,
        filing={"applicant": _plain(applicant), "channel": channel.value},
        answers=dict(answers),
        state=ChainState.OPEN,
        token=secrets.token_urlsafe(18),
        opened_at=at,
    )
    chain.save(force_insert=True)
    Leg.objects.bulk_create(
        Leg(
            chain=chain,
            intake_agency_id=chain.intake_agency_id,
            key=leg.key,
            position=position,
            state=LegState.WAITING,
        )
        for position, leg in enumerate(plan.legs)
    )
    ChainPaper.objects.bulk_create(paper for handed in papers for paper in _papers(chain, handed))
    record_act(
        act="chains.open", actor=actor, object_type="chain", object_id=chain.pk, at=at,
        facts={"plan": plan.code, "legs": len(plan.legs)},
    )  # fmt: skip
    dossier_id = legs.start_first(chain, plan, actor=actor, at=at)
    return Opened(chain.pk, dossier_id)


def _why_not(plan: Plan, on: dt.date, intake_agency_id: int | None, channel: Channel) -> Refusal | None:
    """Return the first leg that cannot run today: a citizen is not promised what nobody can keep."""
    for leg in plan.legs:
        ground = None if leg.is_outside else ground_of(leg, on, intake_agency_id, channel)
        if isinstance(ground, Refusal):
            return ground
    return None


def _papers(chain: Chain, handed: Handed) -> list[ChainPaper]:
    return [
        ChainPaper(
            chain=chain,
            intake_agency_id=chain.intake_agency_id,
            name=handed.asked.name[:300],
            file_id=file_id,
            originals=handed.originals if index == 0 else 0,
            copies=handed.copies if index == 0 else 0,
            legs=list(handed.asked.legs),
            documents=dict(handed.asked.documents),
        )
        for index, file_id in enumerate(handed.file_ids or (None,))
    ]


def _plain(applicant: PartyFacts) -> dict[str, object]:
    """Return the facts of a person as JSON."""
    return {
        name: str(value) if isinstance(value, uuid.UUID) else value
        for name, value in dataclasses.asdict(applicant).items()
    }
