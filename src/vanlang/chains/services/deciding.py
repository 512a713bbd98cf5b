"""What a person decides about a leg: try again, name its agency, give it up, write what came from outside."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.chains.errors import ChainNotFoundError, LegNotPossibleError, NotAcceptableError
from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.chains import access_chain
from vanlang.chains.queries.plans import plan_of_row
from vanlang.chains.rules.running import cut_off
from vanlang.chains.services import legs
from vanlang.chains.types import LegState
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import list_agencies


@transaction.atomic
def retry_leg(
    *, chain_id: uuid.UUID, leg_key: str, actor: Actor, at: dt.datetime, agency_id: int | None = None
) -> None:
    """
    Try a leg again that is blocked or failed, at the agency that is named when the plan's is gone.

    A failed one gets a new dossier; the former stays with its history.
    Raises: ChainNotFoundError, LegNotPossibleError, NotAcceptableError("chains.no_such_agency").
    """
    if agency_id is not None and agency_id not in {
        card.id for card in list_agencies(at.astimezone(VIETNAM).date())
    }:
        raise NotAcceptableError("chains.no_such_agency")
    chain, leg = _open(chain_id, leg_key, actor)
    if leg.state not in {LegState.BLOCKED, LegState.FAILED}:
        raise LegNotPossibleError
    if leg.dossier_id is not None:
        leg.former_dossiers = [*leg.former_dossiers, leg.dossier_id]
        leg.dossier_id = None
    leg.state, leg.finished_at, leg.opened_at, leg.due_at = LegState.WAITING, None, None, None
    leg.trouble, leg.trouble_facts = "", {}
    leg.agency_id = agency_id
    leg.save()
    _recorded("chains.retry", chain, leg, actor, at, agency_id=agency_id)
    _advance(chain, at)


@transaction.atomic
def drop_leg(*, chain_id: uuid.UUID, leg_key: str, reason: str, actor: Actor, at: dt.datetime) -> None:
    """
    Give up a leg that is blocked, or cut off by one that failed; the applicant reads the reason.

    Raises: ChainNotFoundError, LegNotPossibleError, NotAcceptableError.
    """
    chain, leg = _open(chain_id, leg_key, actor)
    states = {one.key: LegState(one.state) for one in chain.legs.all()}
    if leg.state != LegState.BLOCKED and leg_key not in cut_off(plan_of_row(chain.plan), states):
        raise LegNotPossibleError
    leg.note = _required(reason)
    leg.state, leg.finished_at = LegState.DROPPED, at
    leg.save()
    _recorded("chains.drop", chain, leg, actor, at)
    _advance(chain, at)


@transaction.atomic
def note_sent(*, chain_id: uuid.UUID, leg_key: str, note: str, actor: Actor, at: dt.datetime) -> None:
    """Write by which letter or system an errand went outside. Raises: ChainNotFoundError, LegNotPossibleError, NotAcceptableError."""
    chain, leg = _open(chain_id, leg_key, actor)
    if leg.state != LegState.OUTSIDE:
        raise LegNotPossibleError
    leg.note = _required(note)
    leg.save(update_fields=["note"])
    _recorded("chains.sent_outside", chain, leg, actor, at)


@transaction.atomic
def answer_outside(
    *,
    chain_id: uuid.UUID,
    leg_key: str,
    granted: bool,
    note: str,
    actor: Actor,
    at: dt.datetime,
    evidence_id: uuid.UUID | None = None,
) -> None:
    """
    Write what came back from outside: number and day of the answer, its scan.

    Raises: ChainNotFoundError, LegNotPossibleError, NotAcceptableError.
    """
    chain, leg = _open(chain_id, leg_key, actor)
    if leg.state != LegState.OUTSIDE:
        raise LegNotPossibleError
    leg.note = _required(note)
    leg.state = LegState.DONE if granted else LegState.FAILED
    leg.trouble = "" if granted else "chains.denied"
    leg.finished_at, leg.evidence_id = at, evidence_id
    leg.save()
    _recorded("chains.answered_outside", chain, leg, actor, at, granted=granted)
    _advance(chain, at)


def _open(chain_id: uuid.UUID, leg_key: str, actor: Actor) -> tuple[Chain, Leg]:
    chain = access_chain(chain_id, actor=actor, for_update=True)
    leg = chain.legs.filter(key=leg_key).first()
    if leg is None or not actor.is_officer:
        raise ChainNotFoundError
    return chain, leg


def _required(text: str) -> str:
    if not text.strip():
        raise NotAcceptableError
    return text.strip()[:500]


def _advance(chain: Chain, at: dt.datetime) -> None:
    """Go on as the system: the next leg may belong to an agency whose rows the counter does not see."""
    with acting(Scope.system()):
        legs.advance(chain, plan_of_row(chain.plan), at=at)


def _recorded(act: str, chain: Chain, leg: Leg, actor: Actor, at: dt.datetime, **facts: object) -> None:
    record_act(
        act=act, actor=actor, object_type="chain", object_id=chain.pk, at=at,
        facts={"leg": leg.key, **facts},
    )  # fmt: skip
