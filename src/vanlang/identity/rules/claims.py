"""
What an identity provider's claims say of a person, whatever the provider calls them.

A table says for each of our facts which claims may hold it, the first that is there wins. The national keys are
those seen in the field; the standard ones of OpenID Connect stand behind them. Another provider is a setting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

ClaimNames = Mapping[str, Sequence[str]]

NAMES: ClaimNames = {
    "personal_id": ("SoDinhDanh",),
    "full_name": ("HoVaTen", "name"),
    "born_on": ("NgaySinh", "birthdate"),
    "gender": ("GioiTinh", "gender"),
    "address": ("DiaChi", "address"),
    "phone": ("SoDienThoai", "phone_number"),
    "email": ("Email", "email"),
    "level": ("MucDoXacThuc",),
}

_GENDERS = {"male": "male", "female": "female", "nam": "male", "nữ": "female"}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d")


def told(claims: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the first of `names` that `claims` hold, as text; empty when there is none."""
    for name in names:
        value = claims.get(name)
        if isinstance(value, Mapping):  # the standard address claim
            value = value.get("formatted")
        if value not in (None, ""):
            return str(value).strip()
    return ""


def day(text: str) -> dt.date | None:
    """Return the day that `text` names, or None: a provider may know only a year."""
    for shape in _DAYS:
        try:
            return dt.datetime.strptime(text, shape).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def gender(text: str) -> str:
    """Return "male", "female" or nothing."""
    return _GENDERS.get(text.casefold(), "")


def phone(text: str) -> str:
    """Return a Vietnamese number as people write it: 0912… for +84912…"""
    return f"0{text[3:]}" if text.startswith("+84") else text


def level(text: str) -> int | None:
    """Return the level of an electronic identification account, or None when the provider does not say."""
    return int(text) if text.isascii() and text.isdigit() else None
