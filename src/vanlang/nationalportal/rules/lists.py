"""What differs between a code list of the portal and ours: shown to an editor, never written over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from vanlang.kernel.vietnamese import search_key
from vanlang.nationalportal.types import ListChange


@dataclass(frozen=True, slots=True)
class ListLine:
    """One code that is not the same on both sides."""

    change: ListChange
    code: str
    theirs: str
    ours: str


def compare(
    theirs: Mapping[str, str], ours: Mapping[str, str], uncoded: Collection[str] = ()
) -> Iterator[ListLine]:
    """
    Yield what differs, by code: names are the same when they are so but for case, marks and blanks.

    `uncoded` are names of ours that have no code yet: they are found by their names, and said with the code that the portal has.
    """
    nameless = {search_key(name): name for name in uncoded}
    for code in sorted(theirs.keys() | ours.keys()):
        there, here = theirs.get(code), ours.get(code)
        if here is None and search_key(there or "") in nameless:
            yield ListLine(ListChange.UNCODED, code, there or "", nameless[search_key(there or "")])
        elif here is None:
            yield ListLine(ListChange.NEW, code, there or "", "")
        elif there is None:
            yield ListLine(ListChange.CLOSED, code, "", here)
        elif search_key(there) != search_key(here):
            yield ListLine(ListChange.CHANGED, code, there, here)
