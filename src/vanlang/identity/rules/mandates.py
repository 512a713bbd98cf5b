"""
What a mandate lets one do, and until when.

A mandate covers every procedure or the ones it names, from one day to before another, until it is revoked. Whoever
comes with one that is over is told so and helps on without: help is not refused, it is noted (`Authority.NONE_SHOWN`).

Law: unverified
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from vanlang.identity.types import MandateCard, MandateKind
from vanlang.kernel.errors import Refusal

OF_AGE = 18
LONGEST_IN_PERSON = dt.timedelta(days=366)
"""How long what was only said at the counter may last: a year. House rule."""


class MandateStanding(StrEnum):
    """How a mandate stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing_of(card: MandateCard, on: dt.date) -> MandateStanding:
    """Return how a mandate stands on a day. What was revoked stays revoked, also for the days before."""
    if card.revoked_at is not None:
        return MandateStanding.REVOKED
    if on < card.valid_from:
        return MandateStanding.NOT_YET
    if card.valid_to is not None and on >= card.valid_to:
        return MandateStanding.EXPIRED
    return MandateStanding.IN_FORCE


def covers(card: MandateCard, procedure_code: str) -> bool:
    """Tell whether a mandate is for a procedure."""
    return not card.procedure_codes or procedure_code in card.procedure_codes


def may_act(card: MandateCard, *, procedure_code: str, on: dt.date) -> Refusal | None:
    """Return why the agent may not act under a mandate, or None."""
    match standing_of(card, on):
        case MandateStanding.REVOKED:
            return Refusal("identity.mandate_revoked")
        case MandateStanding.NOT_YET:
            return Refusal("identity.mandate_not_yet", {"from_on": f"{card.valid_from:%d/%m/%Y}"})
        case MandateStanding.EXPIRED:
            last = (card.valid_to or on) - dt.timedelta(days=1)
            return Refusal("identity.mandate_expired", {"last_on": f"{last:%d/%m/%Y}"})
        case MandateStanding.IN_FORCE:
            pass
    if not covers(card, procedure_code):
        return Refusal("identity.mandate_other_procedure")
    return None


def check_period(
    kind: MandateKind, *, valid_from: dt.date, valid_to: dt.date | None, on: dt.date
) -> Refusal | None:
    """Return why a mandate of a kind cannot run so long, or None. `on` is the day on which it is given."""
    if valid_to is not None and valid_to <= valid_from:
        return Refusal("identity.mandate_period_empty")
    if valid_to is not None and valid_to <= on:
        return Refusal("identity.mandate_already_over")
    if kind in {MandateKind.IN_PERSON, MandateKind.ONLINE} and (
        valid_to is None or valid_to - valid_from > LONGEST_IN_PERSON
    ):
        return Refusal("identity.mandate_too_long")
    return None


def of_age_on(born_on: dt.date) -> dt.date:
    """Return the day on which a child comes of age: a parent's or guardian's say ends there."""
    year = born_on.year + OF_AGE
    try:
        return born_on.replace(year=year)
    except ValueError:  # born on 29 February
        return dt.date(year, 3, 1)
