"""What a difference is, and what is done about it: two tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vanlang.sentinel.types import DifferenceKind, Record, Remedy, StateOwner

REMEDIES: dict[tuple[StateOwner, DifferenceKind], Remedy] = {
    (StateOwner.HERE, DifferenceKind.LOST): Remedy.SEND,
    (StateOwner.HERE, DifferenceKind.BEHIND): Remedy.SEND,
    (StateOwner.HERE, DifferenceKind.DATES): Remedy.SEND,
    (StateOwner.HERE, DifferenceKind.RESULTS): Remedy.SEND,
    (StateOwner.HERE, DifferenceKind.PLACE): Remedy.SEND,
    (StateOwner.HERE, DifferenceKind.STATE): Remedy.PERSON,
    (StateOwner.HERE, DifferenceKind.STRANGE): Remedy.PERSON,
    (StateOwner.HERE, DifferenceKind.DOUBLED): Remedy.PERSON,
    (StateOwner.THERE, DifferenceKind.LOST): Remedy.PERSON,
    (StateOwner.THERE, DifferenceKind.STRANGE): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.BEHIND): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.STATE): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.DATES): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.RESULTS): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.PLACE): Remedy.FETCH,
    (StateOwner.THERE, DifferenceKind.DOUBLED): Remedy.PERSON,
}
"""Whoever owns the state is believed. What no message can have caused (a state never reported, a double) is a person's."""


def remedy_for(kinds: frozenset[DifferenceKind], owner: StateOwner) -> Remedy:
    """Return what is done: the person as soon as one of the kinds needs one."""
    remedies = {REMEDIES[owner, kind] for kind in kinds}
    if not remedies or Remedy.PERSON in remedies:
        return Remedy.PERSON
    return Remedy.SEND if owner is StateOwner.HERE else Remedy.FETCH


def kinds_of(
    here: Sequence[Record], there: Sequence[Record], earlier: Callable[[str], frozenset[str]]
) -> frozenset[DifferenceKind]:
    """Return how the versions of one record differ; nothing when both sides hold the same, once."""
    if len(here) > 1 or len(there) > 1:
        return frozenset({DifferenceKind.DOUBLED})
    if not there:
        return frozenset({DifferenceKind.LOST}) if here else frozenset()
    if not here:
        return frozenset({DifferenceKind.STRANGE})
    return frozenset(_altered(here[0], there[0], earlier))


def _altered(mine: Record, theirs: Record, earlier: Callable[[str], frozenset[str]]) -> list[DifferenceKind]:
    found: list[DifferenceKind] = []
    if mine.state != theirs.state:
        found.append(DifferenceKind.BEHIND if theirs.state in earlier(mine.code) else DifferenceKind.STATE)
    if _dates(mine) != _dates(theirs):
        found.append(DifferenceKind.DATES)
    if sorted(mine.results) != sorted(theirs.results):
        found.append(DifferenceKind.RESULTS)
    if mine.agency != theirs.agency:
        found.append(DifferenceKind.PLACE)
    return found


def _dates(record: Record) -> tuple[str, str, str, str]:
    return record.received, record.due, record.finished, record.returned
