"""What a card says of a person beside what the house knows: shown side by side, never overwritten in silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.kernel.vietnamese import normalise


@dataclass(frozen=True, slots=True)
class Facts:
    """A person, reduced to what is compared."""

    full_name: str
    born_on: dt.date | None
    gender: str
    address: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two sources tell differently."""

    field: str
    label: str
    known: str
    told: str


_GENDERS = {"male": "Nam", "female": "Nữ", "": ""}


def differences(known: Facts, told: Facts) -> tuple[Difference, ...]:
    """Return what differs where both say something; letters in capitals and the place of tones make no difference."""
    pairs = (
        ("full_name", "Họ và tên", known.full_name, told.full_name),
        ("born_on", "Ngày sinh", _day(known.born_on), _day(told.born_on)),
        ("gender", "Giới tính", _GENDERS[known.gender], _GENDERS[told.gender]),
        ("address", "Nơi cư trú", known.address, told.address),
    )
    return tuple(
        Difference(field, label, one, other)
        for field, label, one, other in pairs
        if one and other and normalise(one).casefold() != normalise(other).casefold()
    )


def _day(on: dt.date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""
