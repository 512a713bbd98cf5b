"""Coverage: what is missing until a department's procedures can run, and where nobody is appointed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vanlang.catalogue.api import Aspect, CoverageLine, Level, list_coverage
from vanlang.identity.api import Role, list_staff
from vanlang.organizations.api import AgencyKind, list_agencies

NEEDED = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
"""Roles without which a dossier stops somewhere."""
PARTS = {
    "clock": "Thời hạn",
    "counter": "Thời hạn khi nộp tại quầy",
    "fee": "Phí, lệ phí",
    "papers": "Thành phần hồ sơ",
    "process": "Quy trình nội bộ",
    "form": "Mẫu đơn điện tử",
    "template": "Mẫu kết quả",
    "people": "Chưa có người",
}
_LACKS = {Aspect.CLOCK: "clock", Aspect.FEE: "fee", Aspect.PAPERS: "papers"}


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure with the parts it lacks."""

    code: str
    name: str
    department: str
    is_ready: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One department's procedures, counted."""

    code: str
    name: str
    total: int
    ready: int
    counts: tuple[int, ...]
    """In the order of `PARTS`."""

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """The counts, each with the name of its part."""
        return tuple(zip(PARTS.values(), self.counts, strict=True))


@dataclass(frozen=True, slots=True)
class Unstaffed:
    """An agency in which nobody holds a role that every dossier needs."""

    agency_id: int
    code: str
    name: str
    roles: tuple[Role, ...]


def lines(on: dt.date, *, department: str = "") -> list[Line]:
    """Return the procedures in force with what each lacks."""
    lacking = {one.code for one in unstaffed(on)}
    communes = {card.code for card in list_agencies(on, kind=AgencyKind.COMMUNE)}
    nobody_anywhere = bool(communes & lacking)
    return [
        Line(
            one.code,
            one.name,
            one.department_code,
            one.is_ready,
            tuple(_missing(one, lacking, nobody_anywhere)),
        )
        for one in list_coverage(on, department_code=department)
    ]


def summaries(found: Iterable[Line], on: dt.date) -> list[Summary]:
    """Return the lines counted by department, in the order of the codes."""
    names = {card.code: card.short_name for card in list_agencies(on, only_open=False)}
    by_department: dict[str, list[Line]] = {}
    for line in found:
        by_department.setdefault(line.department, []).append(line)
    result = []
    for code, own in sorted(by_department.items()):
        counts = Counter(part for line in own for part in line.missing)
        ready = sum(line.is_ready for line in own)
        result.append(
            Summary(code, names.get(code, code), len(own), ready, tuple(counts[part] for part in PARTS))
        )
    return result


def unstaffed(on: dt.date) -> list[Unstaffed]:
    """Return the agencies in which somebody is missing, with the roles that nobody holds."""
    held: dict[int, set[Role]] = {}
    for card in list_staff(on):
        if card.valid_from <= on and card.is_active:
            held.setdefault(card.agency_id, set()).update(card.roles)
    cards = [card for card in list_agencies(on) if card.kind in {AgencyKind.COMMUNE, AgencyKind.DEPARTMENT}]
    return [
        Unstaffed(card.id, card.code, card.short_name, missing)
        for card in cards
        if (missing := tuple(role for role in NEEDED if role not in held.get(card.id, set())))
    ]


def _missing(line: CoverageLine, lacking: set[str], some_commune_lacks: bool) -> Iterable[str]:
    yield from (_LACKS[aspect] for aspect in Aspect if aspect in line.lacks)
    if not line.is_timed_at_counter and Aspect.CLOCK not in line.lacks:
        yield "counter"
    if not line.has_process:
        yield "process"
    if not line.has_form:
        yield "form"
    if not line.has_template:
        yield "template"
    if line.department_code in lacking if Level.COMMUNE not in line.levels else some_commune_lacks:
        yield "people"
