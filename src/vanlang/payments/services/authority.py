"""Who may do what with money, as a table; and whose demand it is."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor, Role
from vanlang.kernel.locks import hold
from vanlang.payments.errors import MoneyNotAllowed, MoneyNotFound
from vanlang.payments.models import Demand


class MoneyAct(StrEnum):
    """What officers do with money."""

    COUNT = "count"
    """Say how many pages or copies there are."""
    EXEMPT = "exempt"
    TAKE_CASH = "take_cash"
    CARRY_TO_BANK = "carry_to_bank"
    REFUND = "refund"
    MATCH = "match"
    """Find out for what money came that fits nothing."""
    CANCEL_RECEIPT = "cancel_receipt"
    SET_ACCOUNT = "set_account"
    RECONCILE = "reconcile"
    """Hand in statements, explain differences, close days and months."""


MAY: dict[MoneyAct, frozenset[Role]] = {
    MoneyAct.COUNT: frozenset({Role.COUNTER, Role.SPECIALIST}),
    MoneyAct.EXEMPT: frozenset({Role.COUNTER, Role.LEADER}),
    MoneyAct.TAKE_CASH: frozenset({Role.COUNTER}),
    MoneyAct.CARRY_TO_BANK: frozenset({Role.ACCOUNTANT, Role.COUNTER, Role.LEADER}),
    MoneyAct.REFUND: frozenset({Role.LEADER}),
    MoneyAct.MATCH: frozenset({Role.ACCOUNTANT, Role.COUNTER, Role.LEADER}),
    MoneyAct.CANCEL_RECEIPT: frozenset({Role.COUNTER, Role.LEADER}),
    MoneyAct.SET_ACCOUNT: frozenset({Role.ADMIN, Role.LEADER}),
    MoneyAct.RECONCILE: frozenset({Role.ACCOUNTANT}),
}
"""The house itself (jobs, callbacks) may do all of it."""


def may(act: MoneyAct, actor: Actor) -> bool:
    """Say whether an officer's roles allow an act."""
    return bool(MAY[act] & actor.roles)


def check(act: MoneyAct, actor: Actor, *, agency_id: int) -> None:
    """
    Refuse who may not, or not at this agency.

    Raises: MoneyNotFound for another agency's, MoneyNotAllowed for the wrong role.
    """
    if actor.is_officer and actor.agency_id != agency_id:
        raise MoneyNotFound
    if actor.is_citizen or (actor.is_officer and not may(act, actor)):
        raise MoneyNotAllowed


def locked_demand(demand_id: uuid.UUID) -> Demand:
    """Return a demand that the database shows, held until the transaction ends. Raises: MoneyNotFound."""
    hold("payments.one_demand", demand_id)
    row = Demand.objects.select_for_update(of=("self",)).filter(pk=demand_id).first()
    if row is None:
        raise MoneyNotFound
    return row


def held_demand(demand_id: uuid.UUID) -> Demand:
    """
    Return a demand, held until the transaction ends, for who may see it and not write it: its payer.

    Raises: MoneyNotFound.
    """
    hold("payments.one_demand", demand_id)
    row = Demand.objects.filter(pk=demand_id).first()
    if row is None:
        raise MoneyNotFound
    return row


def record(act: str, actor: Actor, what: str, key: object, at: dt.datetime, **facts: object) -> None:
    """Write an act on money into the log."""
    record_act(
        act=f"payments.{act}", actor=actor, object_type=f"payments.{what}", object_id=key, at=at, facts=facts
    )
