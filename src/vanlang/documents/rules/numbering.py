"""
How official documents are numbered: one book for each agency, kind and year; from 1 on, without gap or repeat.

The counting itself is the database's (`services/numbers.py`); here is what a number looks like and when none is given.
Law: unverified (Decree 30/2020/NĐ-CP, seen in summaries)
"""

from __future__ import annotations

import re
from datetime import date

from vanlang.kernel.errors import Refusal

LETTER = "CV"
"""The book of official letters (công văn): the one kind whose abbreviation is not printed."""

CERTIFICATION = "SCT"
"""The book of certified copies: its numbers stand alone, the volume beside them names the book."""

_KIND = re.compile(r"[A-ZĐ][A-Za-zĐđ]{0,11}")
_COMMITTEE = re.compile(r"(?i)(ubnd|ủy ban nhân dân)\b")
_UNCOUNTED_WORDS = {"và", "các", "của"}


def symbol_of(number: int, *, kind: str, agency_mark: str, unit_mark: str = "") -> str:
    """
    Return number and symbol as printed after "Số: "; numbers below ten take a zero.

    "05/QĐ-UBND" for a kind with an abbreviation; "12/UBND-KSTT" for an official letter drafted by a unit;
    "1204" for a certification.
    """
    if kind == CERTIFICATION:
        return f"{number:02d}"
    if kind == LETTER:
        return f"{number:02d}/{agency_mark}-{unit_mark}" if unit_mark else f"{number:02d}/{agency_mark}"
    return f"{number:02d}/{kind}-{agency_mark}"


def mark_of(agency_name: str) -> str:
    """
    Return the abbreviation of an agency for its symbols, as a first proposal that its book may change.

    A people's committee is UBND; others take the initials of their names: Sở Nông nghiệp và Môi trường, SNNMT.
    """
    if _COMMITTEE.match(agency_name):
        return "UBND"
    words = [word for word in re.findall(r"\w+", agency_name) if word.casefold() not in _UNCOUNTED_WORDS]
    return "".join(word if word.isupper() else word[0].upper() for word in words)[:20]


def may_number(*, kind: str, on: date, today: date) -> Refusal | None:
    """Say why no number is given: the kind is no abbreviation, or the day is not the day of the act."""
    if _KIND.fullmatch(kind) is None:
        return Refusal("documents.book_kind_malformed", {"kind": kind[:20]})
    if on != today:
        return Refusal("documents.number_backdated", {"on": on.isoformat()})
    return None
