"""
What a payer owes: the confirmed fees of a version, counted; what an exemption takes off.

A fee for each page or copy needs to be told how many. The units in `ONCE` are what one dossier is about one of; any other
word is asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import search_key
from vanlang.payments.types import FeeGap

ONCE = frozenset({
    "", "hồ sơ", "lần", "lần đăng ký", "trường hợp", "giao dịch", "di chúc", "văn bản", "văn bản xác nhận", "thẻ",
    "cơ sở", "cơ sở/lần", "giấy phép", "giấy chứng nhận", "việc", "bản án",
})  # fmt: skip
ASKED_FOR = {"bản sao": "copies", "bản": "copies"}
"""What is counted → the question of the form in which its applicant says how many they want."""
MOST_UNITS = 10_000
MOST_VND = 9_999_999_999


@dataclass(frozen=True, slots=True)
class Fee:
    """A confirmed fee, as pricing asks. `first`, `then` and `most` are the tiers of the catalogue."""

    id: int
    name: str
    kind: str
    """"fee", "charge" or "unstated"."""
    vnd: int
    per: str = ""
    first: int | None = None
    then_vnd: int | None = None
    most_vnd: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line of a demand."""

    fee: Fee
    quantity: int
    full_vnd: int
    is_charge: bool
    """Lệ phí, as against phí."""


def price(fees: Iterable[Fee], counted: Mapping[int, int] | None = None) -> tuple[PricedLine, ...] | FeeGap:
    """
    Return the lines of a demand; those that cost nothing are left out. Or say what is missing.

    `counted` says how many units there are, by the fee's id. No fee at all is unknown, not free: free is a fee of 0.
    """
    known, counted = list(fees), counted or {}
    if not known:
        return FeeGap.UNKNOWN
    lines = []
    for fee in known:
        if fee.vnd == 0 and not fee.then_vnd:
            continue
        units = counted.get(fee.id, 1 if is_counted_once(fee) else 0)
        if units < 1:
            return FeeGap.QUANTITY
        lines.append(PricedLine(fee, units, amount(fee, units), is_charge(fee)))
    return tuple(lines)


def counted_by(fees: Iterable[Fee], answers: Mapping[str, object]) -> dict[int, int]:
    """Return how many the applicant asked for, by the fee's id, where the form has asked; nothing is guessed."""
    found = {}
    for fee in fees:
        told = str(answers.get(ASKED_FOR.get(fee.per.strip().lower(), ""), ""))
        if told.isdecimal() and 0 < int(told) <= MOST_UNITS:
            found[fee.id] = int(told)
    return found


def amount(fee: Fee, units: int) -> int:
    """Return what `units` cost: so many at the first price, the rest at the second, never more than the ceiling."""
    first = units if fee.first is None else min(units, fee.first)
    total = first * fee.vnd + (units - first) * (fee.vnd if fee.then_vnd is None else fee.then_vnd)
    return total if fee.most_vnd is None else min(total, fee.most_vnd)


def is_counted_once(fee: Fee) -> bool:
    """Tell whether a dossier has one of what the fee counts."""
    return fee.per.strip().lower() in ONCE


def is_charge(fee: Fee) -> bool:
    """Tell `lệ phí` from `phí`: by its kind, else by its name. What says neither is booked as a fee."""
    if fee.kind == "unstated":
        return search_key(fee.name).startswith("le phi")
    return fee.kind == "charge"


def may_count(fees: Iterable[Fee], counted: Mapping[int, int]) -> Refusal | None:
    """Return why a count is refused, or None."""
    if any(not 0 < units <= MOST_UNITS for units in counted.values()):
        return Refusal("payments.quantity_unlikely", {"most": MOST_UNITS})
    lines = price(fees, counted)
    if isinstance(lines, tuple) and sum(line.full_vnd for line in lines) > MOST_VND:
        return Refusal("payments.amount_unlikely")
    return None


def after_exemption(full_vnd: int, percent: int) -> int:
    """Return what is left to pay of `full_vnd` when `percent` of it are not asked, rounded down to the đồng."""
    return full_vnd * (100 - percent) // 100
