"""
Notes: for how long their words change, who strikes them out, and whom they name.

A mention is an `@` and the name as the colleague's appointment has it: "@Lê Thị Mai". Longer names are matched first,
so that "@Lê Thị Mai" never names a "Lê Thị". The text stays plain: a name that fits nobody is just words.

Law: unverified
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from vanlang.kernel.errors import Refusal

EDITABLE = timedelta(minutes=15)
LONGEST = 4_000
MOST_MENTIONS = 20


def check_text(text: str) -> Refusal | None:
    """Return why a text is no note, or None."""
    if not text.strip():
        return Refusal("teamwork.note_empty")
    return Refusal("teamwork.note_too_long", {"most": LONGEST}) if len(text) > LONGEST else None


def may_edit(*, is_author: bool, written_at: datetime, is_struck: bool, at: datetime) -> Refusal | None:
    """Return why the words of a note may not be changed now, or None."""
    if not is_author:
        return Refusal("teamwork.note_not_yours")
    if is_struck:
        return Refusal("teamwork.note_struck")
    return None if at - written_at <= EDITABLE else Refusal("teamwork.note_too_old")


def may_strike(*, is_author: bool, is_leader_of_author: bool, is_struck: bool) -> Refusal | None:
    """Return why a note may not be struck out, or None: by its author, or a leader of the author's agency."""
    if is_struck:
        return Refusal("teamwork.note_struck")
    return None if is_author or is_leader_of_author else Refusal("teamwork.note_not_yours")


def cut_at_mentions(text: str, names: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return the text in pieces, each with whether it names one of `names`. The pieces joined are the text."""
    pattern = _pattern(names)
    if pattern is None:
        return ((text, False),)
    pieces = [(piece, index % 2 == 1) for index, piece in enumerate(pattern.split(text))]
    return tuple((piece, named) for piece, named in pieces if piece)


def mentioned(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return which of `names` a text names, each once, in the order of first mention."""
    found = [piece[1:] for piece, named in cut_at_mentions(text, names) if named]
    return tuple(dict.fromkeys(found))[:MOST_MENTIONS]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    return re.compile(f"(@(?:{'|'.join(map(re.escape, longest_first))})(?!\\w))")
