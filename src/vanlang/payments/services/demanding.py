"""What is owed: raised from the confirmed fees, lessened with a reason, cancelled when there is nothing to pay for."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from vanlang.catalogue.api import Channel, FeeCard, VersionCard, get_version
from vanlang.dossiers.api import DossierBrief, State, get_answers, get_briefs
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.events import publish
from vanlang.kernel.locks import hold
from vanlang.payments.cards import Raised
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotFound, MoneyNotPossible
from vanlang.payments.events import DemandRaised
from vanlang.payments.models import Demand, DemandLine, FeeQuestion
from vanlang.payments.queries.exemptions import find_exemption
from vanlang.payments.rules import pricing
from vanlang.payments.rules.pricing import PricedLine
from vanlang.payments.services.authority import MoneyAct, check, locked_demand, record
from vanlang.payments.services.lines import book_line, end_attempts, void
from vanlang.payments.services.refunding import propose_refund_of
from vanlang.payments.types import DemandPurpose, DemandState, FeeGap, PaymentState

NOTHING_TO_PAY_FOR = frozenset({State.REFUSED, State.WITHDRAWN})


@transaction.atomic
def demand_for(
    *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, counted: Mapping[int, int] | None = None
) -> Raised:
    """
    Ask for the fees of a dossier, once: asked again, the demand that is there is returned.

    A fee that is unknown, or that needs counting, raises no demand and stops nobody: it becomes an officer's question.
    `counted` answers it: how many units, by the fee's id.
    Raises: MoneyNotFound, MoneyNotAcceptable("payments.quantity_unlikely").
    """
    brief = get_briefs([dossier_id], actor=actor).get(dossier_id)
    if brief is None:
        raise MoneyNotFound
    agency_id = brief.intake_agency_id
    if counted:
        check(MoneyAct.COUNT, actor, agency_id=agency_id)
    hold("payments.demand", dossier_id)
    known = (
        Demand.objects.filter(dossier_id=dossier_id, purpose=DemandPurpose.FEES)
        .exclude(state=DemandState.CANCELLED)
        .first()
    )
    if known is not None or brief.state in NOTHING_TO_PAY_FOR:
        return Raised(demand_id=known.pk if known else None, gap=None)
    fees = fees_of(brief)
    refuse_if(pricing.may_count(fees, counted or {}), MoneyNotAcceptable)
    asked_for = pricing.counted_by(
        fees, get_answers(dossier_id, set(pricing.ASKED_FOR.values()), actor=actor)
    )
    lines = pricing.price(fees, {**asked_for, **(counted or {})})
    if isinstance(lines, FeeGap):
        _ask(dossier_id, agency_id, lines, at)
        return Raised(demand_id=None, gap=lines)
    FeeQuestion.objects.filter(dossier_id=dossier_id, answered_at=None).update(answered_at=at)
    if not lines:
        return Raised(demand_id=None, gap=None)
    return Raised(demand_id=_raise(dossier_id, agency_id, lines, actor, at), gap=None)


def fees_of(brief: DossierBrief) -> tuple[pricing.Fee, ...]:
    """Return the confirmed fees of a dossier's version, case and channel, as pricing asks."""
    version = get_version(brief.procedure_version_id)
    return tuple(priced_as(card) for card in version.fees_for(brief.channel, brief.case_id))


def price_of(
    version: VersionCard, case_id: int | None, channel: Channel, answers: Mapping[str, object]
) -> tuple[PricedLine, ...] | FeeGap:
    """Return what a dossier will cost before there is one: the lines of its demand, or what is missing."""
    fees = [priced_as(card) for card in version.fees_for(channel, case_id)]
    return pricing.price(fees, pricing.counted_by(fees, answers))


def priced_as(card: FeeCard) -> pricing.Fee:
    """Return a fee of the catalogue as pricing asks."""
    money = card.money
    return pricing.Fee(
        id=card.id,
        name=card.name,
        kind=str(money.kind),
        vnd=money.amount_vnd,
        per=money.per,
        first=money.first_units,
        then_vnd=money.then_vnd,
        most_vnd=money.most_vnd,
        basis=card.basis,
    )


def _ask(dossier_id: uuid.UUID, agency_id: int, gap: FeeGap, at: dt.datetime) -> None:
    FeeQuestion.objects.update_or_create(
        dossier_id=dossier_id,
        answered_at=None,
        defaults={"gap": gap},
        create_defaults={"agency_id": agency_id, "gap": gap, "asked_at": at},
    )


def _raise(
    dossier_id: uuid.UUID, agency_id: int, lines: Sequence[PricedLine], actor: Actor, at: dt.datetime
) -> uuid.UUID:
    row = Demand(
        dossier_id=dossier_id,
        agency_id=agency_id,
        purpose=DemandPurpose.FEES,
        state=DemandState.OPEN,
        amount_vnd=sum(line.full_vnd for line in lines),
        raised_at=at,
    )
    row.save(force_insert=True)
    for position, line in enumerate(lines):
        written = DemandLine.objects.create(
            demand=row,
            position=position,
            fee_id=line.fee.id,
            is_charge=line.is_charge,
            name=line.fee.name or ("Lệ phí" if line.is_charge else "Phí"),
            per=line.fee.per,
            quantity=line.quantity,
            basis=line.fee.basis,
            full_vnd=line.full_vnd,
            owed_vnd=line.full_vnd,
        )
        book_line(row, written, line.full_vnd, at)
    record("demand", actor, "demand", row.pk, at, amount=row.amount_vnd)
    publish(DemandRaised(at=at, demand_id=row.pk, dossier_id=dossier_id, agency_id=agency_id))
    return row.pk


@transaction.atomic
def exempt(*, line_id: int, exemption: str, actor: Actor, at: dt.datetime) -> None:
    """
    Take off what a reason of the table takes off, before it is paid.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.exemption_unknown"),
    MoneyNotPossible("payments.demand_is_over").
    """
    reason = find_exemption(exemption)
    if reason is None:
        raise MoneyNotAcceptable("payments.exemption_unknown")
    row, line = _open_line(line_id, actor)
    owed = pricing.after_exemption(line.full_vnd, reason.percent)
    _change(row, line, owed, exemption, actor, at)


@transaction.atomic
def unexempt(*, line_id: int, actor: Actor, at: dt.datetime) -> None:
    """
    Ask for a line in full again.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.demand_is_over").
    """
    row, line = _open_line(line_id, actor)
    _change(row, line, line.full_vnd, "", actor, at)


def _open_line(line_id: int, actor: Actor) -> tuple[Demand, DemandLine]:
    """Return a line and its demand, locked, while it can be changed: open, or waived by exemptions alone."""
    found = DemandLine.objects.filter(pk=line_id).first()
    if found is None:
        raise MoneyNotFound
    row = locked_demand(found.demand_id)
    check(MoneyAct.EXEMPT, actor, agency_id=row.agency_id)
    if row.state not in {DemandState.OPEN, DemandState.WAIVED}:
        raise MoneyNotPossible("payments.demand_is_over")
    return row, DemandLine.objects.get(pk=line_id)


def _change(
    row: Demand, line: DemandLine, owed_vnd: int, exemption: str, actor: Actor, at: dt.datetime
) -> None:
    difference = owed_vnd - line.owed_vnd
    if difference == 0 and exemption == line.exemption:
        return
    line.changes += 1
    line.owed_vnd, line.exemption = owed_vnd, exemption
    line.exempted_by_id, line.exempted_at = (actor.appointment_id, at) if exemption else (None, None)
    line.save()
    book_line(row, line, difference, at, change=line.changes)
    row.amount_vnd += difference
    row.state = DemandState.OPEN if row.amount_vnd else DemandState.WAIVED
    row.settled_at = None if row.amount_vnd else at
    row.save(update_fields=["amount_vnd", "state", "settled_at"])
    end_attempts(row, at)
    record("exempt", actor, "demand", row.pk, at, line=line.position, reason=exemption, amount=row.amount_vnd)


@transaction.atomic
def cancel_demand(*, demand_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> None:
    """
    End a demand whose dossier was refused or withdrawn; what was paid is proposed to go back.

    Cancelled already, nothing happens. Raises: MoneyNotFound, MoneyNotAllowed.
    """
    row = locked_demand(demand_id)
    check(MoneyAct.REFUND, actor, agency_id=row.agency_id)
    match row.state:
        case DemandState.PAID:
            payment = row.payments.get(state__in=[PaymentState.BOOKED, PaymentState.REFUNDING])
            propose_refund_of(payment, reason=reason, actor=actor, at=at)
        case DemandState.OPEN | DemandState.WAIVED:
            void(row, actor=actor, at=at)
        case _:
            return
