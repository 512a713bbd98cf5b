"""The cash drawer of a day: opened, written into, corrected by counter-entries, counted, handed over. Units: đồng."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import CashDrawer, CashEntry
from vanlang.counter.queries.lists import entries_of
from vanlang.counter.rules import cash as rules
from vanlang.counter.services.places import agency_of, appointment_of
from vanlang.counter.types import CashKind
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.ids import new_id
from vanlang.kernel.vietnamese import normalise
from vanlang.payments import api as payments


@transaction.atomic
def open_drawer(*, opening: int, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Open the drawer with what lies in it.

    Raises: CounterConflict("counter.drawer_open") while another one of mine is open.
    """
    _check_amount(opening, least=0)
    try:
        with transaction.atomic():
            row = CashDrawer.objects.create(
                agency_id=agency_of(actor),
                day=at.astimezone(VIETNAM).date(),
                officer_id=appointment_of(actor),
                opening=opening,
                opened_at=at,
            )
    except IntegrityError as error:
        raise CounterConflict("counter.drawer_open") from error
    _record("counter.open_drawer", row.pk, actor, at, opening=opening)
    return row.pk


@transaction.atomic
def take_cash(
    *,
    drawer_id: uuid.UUID,
    amount: int,
    what_for: str,
    actor: Actor,
    at: dt.datetime,
    dossier_id: uuid.UUID | None = None,
    entry_id: uuid.UUID | None = None,
) -> int:
    """
    Write down cash that was taken; returns the entry's number. With the caller's `entry_id`, sent twice is taken once.

    Raises: CounterConflict("counter.drawer_closed"), CounterInvalid("counter.amount_not_so", "counter.what_for_missing").
    """
    _check_amount(amount, least=1)
    if not what_for.strip():
        raise CounterInvalid("counter.what_for_missing")
    drawer = _mine(drawer_id, actor)
    known = CashEntry.objects.filter(pk=entry_id, drawer=drawer).first() if entry_id else None
    if known is not None:
        return known.number
    _check_open(drawer)
    row = CashEntry.objects.create(
        id=entry_id or new_id(),
        drawer=drawer,
        agency_id=drawer.agency_id,
        number=drawer.entries.count() + 1,
        kind=CashKind.TAKEN,
        amount=amount,
        what_for=normalise(what_for)[:200],
        dossier_id=dossier_id,
        at=at,
    )
    _record("counter.take_cash", drawer.pk, actor, at, number=row.number, amount=amount)
    return row.number


@transaction.atomic
def correct_entry(*, drawer_id: uuid.UUID, number: int, actor: Actor, at: dt.datetime) -> int:
    """
    Take one entry back in full by its counter-entry; the right amount is then written anew.

    Raises: CounterConflict("counter.drawer_closed", "counter.entry_corrected", "counter.entry_not_correctable",
    "counter.entry_is_of_a_payment").
    """
    drawer = _mine(drawer_id, actor)
    _check_open(drawer)
    entries = entries_of(drawer)
    refuse_if(rules.may_correct(number, entries), CounterConflict)
    back = rules.counter_entry(number, entries)
    wrong = CashEntry.objects.get(drawer=drawer, number=number)
    if payments.is_payment_in_cash(wrong.pk):
        raise CounterConflict("counter.entry_is_of_a_payment", number=number)
    CashEntry.objects.create(
        drawer=drawer,
        agency_id=drawer.agency_id,
        number=back.number,
        kind=CashKind.COUNTER_ENTRY,
        amount=back.amount,
        what_for=f"Bút toán đối ứng dòng {number}: {wrong.what_for}"[:200],
        dossier_id=wrong.dossier_id,
        corrects=wrong,
        at=at,
    )
    _record("counter.correct_entry", drawer.pk, actor, at, number=number)
    return back.number


@transaction.atomic
def close_drawer(
    *, drawer_id: uuid.UUID, notes: Mapping[int, int], explanation: str, actor: Actor, at: dt.datetime
) -> None:
    """
    Close the drawer with the notes counted; from now on it cannot change.

    Raises: CounterConflict("counter.drawer_closed"), CounterInvalid("counter.difference_unexplained",
    "counter.notes_not_so").
    """
    drawer = _mine(drawer_id, actor)
    _check_open(drawer)
    if any(value not in rules.DENOMINATIONS or not 0 <= count < 100_000 for value, count in notes.items()):
        raise CounterInvalid("counter.notes_not_so")
    must_be, there = rules.expected(drawer.opening, entries_of(drawer)), rules.counted(notes)
    if must_be != there and not explanation.strip():
        raise CounterInvalid("counter.difference_unexplained", must_be=_dotted(must_be), there=_dotted(there))
    drawer.counted = {str(value): count for value, count in notes.items() if count}
    drawer.counted_sum, drawer.expected_sum = there, must_be
    drawer.explanation = normalise(explanation.strip())[:500]
    drawer.closed_at = at
    drawer.save()
    payments.note_difference(
        agency_id=drawer.agency_id, drawer_id=drawer.pk, difference_vnd=there - must_be, actor=actor, at=at
    )
    _record("counter.close_drawer", drawer.pk, actor, at, expected=must_be, counted=there)


@transaction.atomic
def hand_to_treasurer(*, drawer_id: uuid.UUID, treasurer: str, actor: Actor, at: dt.datetime) -> None:
    """
    Hand the counted cash to the treasurer, who signs for it.

    Raises: CounterConflict("counter.drawer_still_open", "counter.drawer_handed"), CounterInvalid("counter.treasurer_missing").
    """
    drawer = _mine(drawer_id, actor)
    if drawer.closed_at is None:
        raise CounterConflict("counter.drawer_still_open")
    if drawer.handed_at is not None:
        raise CounterConflict("counter.drawer_handed")
    if not treasurer.strip():
        raise CounterInvalid("counter.treasurer_missing")
    drawer.treasurer, drawer.handed_at = normalise(treasurer.strip())[:150], at
    drawer.save(update_fields=["treasurer", "handed_at"])
    _record("counter.hand_to_treasurer", drawer.pk, actor, at)


def _mine(drawer_id: uuid.UUID, actor: Actor) -> CashDrawer:
    row = (
        CashDrawer.objects.select_for_update()
        .filter(pk=drawer_id, agency_id=agency_of(actor), officer_id=actor.appointment_id)
        .first()
    )
    if row is None:
        raise CounterNotFound("counter.drawer_unknown")
    return row


def _check_open(drawer: CashDrawer) -> None:
    if drawer.closed_at is not None:
        raise CounterConflict("counter.drawer_closed")


def _check_amount(amount: int, *, least: int) -> None:
    if not least <= amount <= rules.MOST:
        raise CounterInvalid("counter.amount_not_so")


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _record(act: str, drawer_id: uuid.UUID, actor: Actor, at: dt.datetime, **facts: int) -> None:
    record_act(act=act, actor=actor, object_type="cash_drawer", object_id=drawer_id, at=at, facts=facts)
