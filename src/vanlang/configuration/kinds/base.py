from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

from vanlang.configuration.rules.planning import Judgement
from vanlang.configuration.types import Group, Judged, Proposal
from vanlang.identity.api import Actor, Role
from vanlang.organizations.api import Ambiguous, Found, Names, Place, list_all_units
from vanlang.sheets.api import EMPTY, Problem, Reading, ReadRow, Sheet, Value, Values, fold


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind of table, as the front page shows it."""

    slug: str
    title: str
    what: str
    role: Role
    needs_second_person: bool
    province_only: bool


@dataclass(frozen=True)
class World:
    """What every judge may ask: today, who asks and for which agencies, and the names of agencies."""

    on: dt.date
    actor: Actor
    is_province: bool
    names: Names
    notes: dict[str, object] = field(default_factory=dict)
    """What a kind has loaded for all lines."""

    def place_of(self, code: str) -> Place:
        """Return the agency of a code that a judge has let through."""
        return self.names.by_code[code]

    @cached_property
    def units(self) -> dict[tuple[str, str], tuple[int, str]]:
        """Units by (agency code, folded name): (id, name)."""
        code_of = {place.id: code for code, place in self.names.by_code.items()}
        return {
            (code_of[unit.agency_id], fold(unit.name)): (unit.id, unit.name)
            for unit in list_all_units(self.on)
            if unit.agency_id in code_of
        }

    @property
    def agency_ids(self) -> list[int] | None:
        """The agencies whose lines the actor may see and change; None for all."""
        return None if self.is_province else [self.actor.agency_id or 0]


class Kind(ABC):
    """
    One kind of table.

    `now` gives what is there in the very values that the sheet has; `judge` lays a line that was read against the world;
    `write` makes one group so. Undoing is writing the group the other way round.
    """

    card: ClassVar[KindCard]
    sheet: ClassVar[Sheet]
    group_by: ClassVar[tuple[str, ...]]
    """Columns of the key whose lines are written together; the whole key where lines stand alone."""

    @cached_property
    def empty(self) -> dict[str, Value]:
        return {column.key: EMPTY[column.kind] for column in self.sheet.columns}

    @abstractmethod
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        """Return what is there, by group: what is exported, and what a file is compared with."""

    @abstractmethod
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        """Return the line with its names made codes, and why it cannot be taken."""

    def together(self, judged: Iterable[Judgement]) -> Iterable[Judgement]:
        """Lay lines against each other, once each was laid against the world."""
        return judged

    def defaults(self, world: World) -> dict[str, Value]:
        """Return what a new line says where the file says nothing."""
        return self.empty

    @abstractmethod
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        """Make one group as its `after` says. Raises: a DomainError of the app that it belongs to."""

    def write_many(self, groups: Sequence[Group], *, world: World, at: dt.datetime) -> bool:
        """Write a batch at once where that is faster and nothing can be refused; False: write them one by one."""
        return False


def problem(row: ReadRow, reading: Reading, column: str, code: str, **facts: object) -> Problem:
    """Return a problem at the cell of a column."""
    letter = reading.letters.get(column, "")
    return Problem(f"{letter}{row.number}" if letter else "", code, facts)


def with_agency(
    row: ReadRow, reading: Reading, world: World, *, column: str = "agency", required: bool = True
) -> Judged:
    """Return the line with its agency as a code: its own, or proposed from a name of the past."""
    said = str(row.values.get(column) or "")
    if not said:
        return Judged(
            row.values,
            ()
            if not required or row.problems
            else (problem(row, reading, column, "configuration.no_agency"),),
        )
    found = world.names.find(said)
    match found:
        case None:
            return Judged(
                row.values, (problem(row, reading, column, "configuration.unknown_agency", said=said[:80]),)
            )
        case Ambiguous(places):
            names = "; ".join(f"{place.name} ({place.code})" for place in places)
            return Judged(
                row.values,
                (
                    problem(
                        row, reading, column, "configuration.ambiguous_agency", said=said[:80], places=names
                    ),
                ),
            )
        case Found(place, formerly):
            values = {**row.values, column: place.code}
            if not world.is_province and place.id != world.actor.agency_id:
                return Judged(values, (problem(row, reading, column, "configuration.other_agency"),))
            cell = problem(row, reading, column, "").cell
            proposals = (Proposal(cell, said, place.code, place.name, formerly),) if formerly else ()
            return Judged(values, (), proposals)


def also(judged: Judged, *problems: Problem | None) -> Judged:
    """Return the judgement with further problems."""
    return replace(judged, problems=(*judged.problems, *(one for one in problems if one is not None)))


def day(value: Value) -> dt.date | None:
    """Return a date column as a day, or None when it is empty."""
    return dt.date.fromisoformat(str(value)) if value else None
