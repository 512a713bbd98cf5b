"""What a difference is, and what is done about it: two tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vanlang.sentinel.types import Kind, Owner, Record, Remedy

REMEDIES: dict[tuple[Owner, Kind], Remedy] = {
    (Owner.HERE, Kind.LOST): Remedy.SEND,
    (Owner.HERE, Kind.BEHIND): Remedy.SEND,
    (Owner.HERE, Kind.DATES): Remedy.SEND,
    (Owner.HERE, Kind.RESULTS): Remedy.SEND,
    (Owner.HERE, Kind.PLACE): Remedy.SEND,
    (Owner.HERE, Kind.STATE): Remedy.PERSON,
    (Owner.HERE, Kind.STRANGE): Remedy.PERSON,
    (Owner.HERE, Kind.DOUBLED): Remedy.PERSON,
    (Owner.THERE, Kind.LOST): Remedy.PERSON,
    (Owner.THERE, Kind.STRANGE): Remedy.FETCH,
    (Owner.THERE, Kind.BEHIND): Remedy.FETCH,
    (Owner.THERE, Kind.STATE): Remedy.FETCH,
    (Owner.THERE, Kind.DATES): Remedy.FETCH,
    (Owner.THERE, Kind.RESULTS): Remedy.FETCH,
    (Owner.THERE, Kind.PLACE): Remedy.FETCH,
    (Owner.THERE, Kind.DOUBLED): Remedy.PERSON,
}
"""Whoever owns the state is believed. What no message can have caused (a state never reported, a double) is a person's."""


def remedy_for(kinds: frozenset[Kind], owner: Owner) -> Remedy:
    """Return what is done: the person as soon as one of the kinds needs one."""
    remedies = {REMEDIES[owner, kind] for kind in kinds}
    if not remedies or Remedy.PERSON in remedies:
        return Remedy.PERSON
    return Remedy.SEND if owner is Owner.HERE else Remedy.FETCH


def kinds_of(
    here: Sequence[Record], there: Sequence[Record], earlier: Callable[[str], frozenset[str]]
) -> frozenset[Kind]:
    """Return how the versions of one record differ; nothing when both sides hold the same, once."""
    if len(here) > 1 or len(there) > 1:
        return frozenset({Kind.DOUBLED})
    if not there:
        return frozenset({Kind.LOST}) if here else frozenset()
    if not here:
        return frozenset({Kind.STRANGE})
    return frozenset(_altered(here[0], there[0], earlier))


def _altered(mine: Record, theirs: Record, earlier: Callable[[str], frozenset[str]]) -> list[Kind]:
    found: list[Kind] = []
    if mine.state != theirs.state:
        found.append(Kind.BEHIND if theirs.state in earlier(mine.code) else Kind.STATE)
    if _dates(mine) != _dates(theirs):
        found.append(Kind.DATES)
    if sorted(mine.results) != sorted(theirs.results):
        found.append(Kind.RESULTS)
    if mine.agency != theirs.agency:
        found.append(Kind.PLACE)
    return found


def _dates(record: Record) -> tuple[str, str, str, str]:
    return record.received, record.due, record.finished, record.returned
