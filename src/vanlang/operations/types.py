from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class UpkeepKind(StrEnum):
    """What was done to keep the installation recoverable."""

    BACKUP = "backup"
    DRILL = "drill"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class UpkeepCard:
    """One backup, drill or restore: when, and whether it was good."""

    kind: UpkeepKind
    began_at: dt.datetime
    ended_at: dt.datetime
    is_good: bool
    facts: dict[str, object] = field(default_factory=dict)
    """Names, sizes and counts; no personal data, no secret."""


@dataclass(frozen=True, slots=True)
class OpenedSample:
    """The sample of a backup, opened."""

    says: str
    paper_bytes: int


class Severity(StrEnum):
    """How grave a finding of the doctor is."""

    GOOD = "good"
    WARNING = "warning"
    """It will become a danger if nobody looks; nobody has to get up at night."""
    DANGER = "danger"
    """People are hindered, or something may be lost: now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor found. `labels.py` holds what it means and what to do, by its code."""

    code: str
    severity: Severity
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one probe found."""

    probe: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        return worst(finding.severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Examination:
    """What the doctor found at one instant."""

    at: dt.datetime
    looked: tuple[Looked, ...]

    @property
    def severity(self) -> Severity:
        return worst(one.severity for one in self.looked)

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for one in self.looked for finding in one.findings)


_GRAVITY = (Severity.GOOD, Severity.WARNING, Severity.DANGER)


def worst(severities: Iterable[Severity]) -> Severity:
    """Return the gravest; GOOD of none."""
    return max(severities, key=_GRAVITY.index, default=Severity.GOOD)
