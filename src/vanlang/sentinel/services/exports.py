"""An export of the other side, handed in by a person: read, refused by the cell where it cannot be, or compared."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.identity.api import Actor
from vanlang.kernel.vietnamese import search_key
from vanlang.sentinel.labels import NATIONAL_STATES
from vanlang.sentinel.rules.exports import EXPORT, records_of
from vanlang.sentinel.rules.lenses import lens_for
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.types import Record, Way
from vanlang.sheets.api import Problem, grid_of, read, workbook

STATES = {search_key(word): code for code, name in NATIONAL_STATES.items() for word in (code, name)}


@dataclass(frozen=True, slots=True)
class ReadExport:
    """What a file says, and everything that is wrong with it."""

    records: tuple[Record, ...]
    columns: frozenset[str]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    """Titles of columns that mean nothing here."""


def read_export(content: bytes, name: str, first_on: dt.date, last_on: dt.date) -> ReadExport:
    """Return what a file says. Raises: SheetError for one that is no table."""
    reading = read(EXPORT, grid_of(content, name))
    records, problems = records_of(reading, STATES, first_on, last_on)
    return ReadExport(tuple(records), frozenset(reading.letters), tuple(problems), reading.ignored)


def compare_export(
    *,
    system: str,
    export: ReadExport,
    first_on: dt.date,
    last_on: dt.date,
    as_of_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """Ask for the comparison with an export that shows the state of a day. Raises: as `ask_run`."""
    return ask_run(
        system=system, first_on=first_on, last_on=last_on, way=Way.EXPORT, export=export.records,
        lens=lens_for(export.records, export.columns), actor=actor, at=at,
        as_of_at=dt.datetime.combine(as_of_on, dt.time(), at.tzinfo),
    )  # fmt: skip


def template(at: dt.datetime) -> bytes:
    """Return the workbook to be filled in."""
    return workbook(EXPORT, (), at=at)
