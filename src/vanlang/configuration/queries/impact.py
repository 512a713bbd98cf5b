"""Which open dossiers run under which version of a procedure, and in what the newest version differs from theirs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from vanlang.catalogue.api import (
    CHANNELS,
    STEP_ROLES,
    Difference,
    VersionCard,
    differences,
    get_procedure,
    get_version,
)
from vanlang.dossiers.api import OpenCount, OpenLine, count_open_under, list_open_under
from vanlang.kernel.scope import Scope, acting


@dataclass(frozen=True, slots=True)
class VersionImpact:
    """One version with the dossiers that run under it."""

    version: VersionCard
    counts: tuple[OpenCount, ...]
    changed: tuple[Difference, ...]
    """In what the version in force differs from it; empty for the version in force."""

    @property
    def total(self) -> int:
        return sum(one.count for one in self.counts)


def impact_of(procedure_code: str, on: dt.date) -> tuple[VersionCard, list[VersionImpact]]:
    """Return the version in force, and every version under which dossiers are open. Counts only: no dossier is read."""
    current = get_version(get_procedure(procedure_code, on).version_id)
    with acting(Scope.system()):
        counts = count_open_under(procedure_code)
    versions = {one.version_id: get_version(one.version_id) for one in counts}
    found = [
        VersionImpact(
            version,
            tuple(one for one in counts if one.version_id == pk),
            differences(_plain(version), _plain(current)) if pk != current.id else (),
        )
        for pk, version in versions.items()
    ]
    return current, sorted(found, key=lambda one: -one.version.number)


def open_lines(
    procedure_code: str, *, version_id: int | None, agency_id: int | None, state: str
) -> list[OpenLine]:
    """Return the open dossiers behind a figure: codes and days, no person."""
    from vanlang.dossiers.api import State

    wanted = State(state) if state in set(State) else None
    with acting(Scope.system()):
        return list_open_under(procedure_code, version_id=version_id, agency_id=agency_id, state=wanted)


def _plain(version: VersionCard) -> dict[str, object]:
    """Return what a dossier takes from its version, by the words that readers know."""
    titles = {case.id: case.title for case in version.cases}
    return {
        "Thời hạn": {
            f"{CHANNELS[one.channel]} {titles.get(one.case_id or 0, '')}".strip(): f"{one.limit.amount} {one.limit.unit}"
            for one in version.limits
        },
        "Phí": {
            f"{number}. {fee.name}": {
                key: str(value) for key, value in dataclasses.asdict(fee.money).items() if value
            }
            for number, fee in enumerate(version.fees, start=1)
        },
        "Quy trình": {
            f"Bước {number}": f"{step.name} ({STEP_ROLES[step.role]}, {step.share})"
            for number, step in enumerate(version.process, start=1)
        },
        "Giấy tờ": {
            f"{case.title} {paper.name[:120]}".strip(): f"{paper.originals or 0} bản chính, {paper.copies or 0} bản sao"
            for case in version.cases
            for paper in case.documents
        },
    }
