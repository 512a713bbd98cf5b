"""Filters that write dates, times, money and numbers as Vietnamese readers expect them, and mark what was searched for."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import search_key

register = template.Library()

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def _here(moment: date | datetime) -> date | datetime:
    return moment.astimezone(VIETNAM) if isinstance(moment, datetime) and moment.tzinfo else moment


@register.filter
def vndate(day: date | datetime | None) -> str:
    """Return 22/11/2026, or nothing for None."""
    return f"{_here(day):%d/%m/%Y}" if day else ""


@register.filter
def vnweekday(day: date | datetime | None) -> str:
    """Return "thứ Hai, 22/11/2026"."""
    return f"{WEEKDAYS[_here(day).weekday()]}, {vndate(day)}" if day else ""


@register.filter
def vntime(moment: datetime | None) -> str:
    """Return 14:30 in Vietnam's zone."""
    return f"{_here(moment):%H:%M}" if moment else ""


@register.filter
def vndatetime(moment: datetime | None) -> str:
    """Return "14:30, 22/11/2026" in Vietnam's zone."""
    return f"{vntime(moment)}, {vndate(moment)}" if moment else ""


@register.filter
def vnnumber(number: float | Decimal | None, decimals: int = 0) -> str:
    """Return 2.153, or with decimals 2.153,4; halves are rounded up, as on paper."""
    if number is None:
        return ""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


COUNTED_TO = 1_000
"""The number beyond which a count beside a link says no more than that there are more."""


@register.filter
def vncounted(number: int) -> str:
    """Return 207, and 1.000+ for more than a thousand."""
    return vnnumber(number) if number <= COUNTED_TO else f"{vnnumber(COUNTED_TO)}+"


@register.filter
def vnmoney(amount: Decimal | int | None) -> str:
    """Return "15.000 đồng". Units: đồng, which has no fraction in use."""
    return "" if amount is None else f"{vnnumber(amount)}\N{NO-BREAK SPACE}đồng"


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` folded letter by letter, and for each folded letter its place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = " " if letter.isspace() else search_key(letter)
        letters.append(folded)
        places.extend([place] * len(folded))
    return "".join(letters), places


@register.filter(is_safe=True)
def highlight(text: object, query: str | None) -> SafeString:
    """Return `text` escaped, with the words of `query` marked; a query without diacritics finds its words too."""
    plain = str(text)
    words = sorted({word for word in search_key(query or "").split() if len(word) > 1}, key=len, reverse=True)
    if not words:
        return conditional_escape(plain)
    folded, places = _folded(plain)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    pieces: list[str] = []
    done = 0
    for match in pattern.finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        pieces += [
            conditional_escape(plain[done:start]),
            '<mark class="vl-mark">',
            conditional_escape(plain[start:end]),
            "</mark>",
        ]
        done = end
    pieces.append(conditional_escape(plain[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text is escaped above
