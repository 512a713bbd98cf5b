"""
Tracking numbers and the states of a postal item. Pure.

A number of UPU standard S10 has thirteen characters: two letters (the service), eight digits, a check digit and the
country by ISO 3166. The check digit is 11 less the weighted sum modulo 11, with 10 written as 0 and 11 as 5.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from vanlang.counter.types import PostAct, PostDirection, PostState
from vanlang.kernel.errors import Refusal

_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
LENGTH = 13

LINES = MappingProxyType(
    {
        (PostDirection.IN, PostState.REGISTERED, PostAct.OPEN): PostState.ARRIVED,
        (PostDirection.IN, PostState.ARRIVED, PostAct.DELIVER): PostState.DELIVERED,
        (PostDirection.OUT, PostState.REGISTERED, PostAct.SEND): PostState.SENT,
        (PostDirection.OUT, PostState.SENT, PostAct.DELIVER): PostState.DELIVERED,
        (PostDirection.OUT, PostState.SENT, PostAct.RETURN): PostState.RETURNED,
    }
)
"""Direction, state and act → state. An envelope that came ends when its papers were taken in."""


def clean_tracking(text: str) -> str:
    """Return a number as it is stored: capitals, no spaces, dots or hyphens."""
    return re.sub(r"[\s.\-]", "", text).upper()


def check_digit(serial: str) -> int:
    """Return the check digit of eight digits."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def check_tracking(number: str) -> Refusal | None:
    """Return why a cleaned number cannot be a tracking number, or None."""
    if len(number) != LENGTH:
        return Refusal("counter.tracking_length", {"length": len(number)})
    if _S10.fullmatch(number) is None:
        return Refusal("counter.tracking_shape", {})
    if check_digit(number[2:10]) != int(number[10]):
        return Refusal("counter.tracking_digit", {"digit": check_digit(number[2:10])})
    return None


def may(direction: PostDirection, state: PostState, act: PostAct) -> Refusal | None:
    """Return why `act` cannot be done to an item, or None."""
    if (direction, state, act) in LINES:
        return None
    return Refusal("counter.post_not_so", {"state": state.value})
