"""The machine: room on its disks, its clock, how its settings stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.operations.types import Finding, Severity

from .shown import gigabytes

FREE_WARNS, FREE_HARMS = 0.15, 0.05
FREE_HARMS_BYTES = 1024**3
INODES_WARN = 0.05
CLOCK_WARNS, CLOCK_HARMS = dt.timedelta(seconds=2), dt.timedelta(seconds=30)
"""A receipt's minute, the second factor's half minute and the time stamp of a signature hang on it."""
SECRET_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Disk:
    """The room that one of our folders has."""

    holds: str
    """What lies there, in Vietnamese."""
    path: str
    size: int
    free: int
    inodes: int
    free_inodes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the installation is set up, as far as safety goes."""

    demo: bool
    debug: bool
    any_host: bool
    public_https: bool
    secure_cookies: bool
    secret_letters: int
    has_key_encryption_key: bool
    has_backup_key: bool
    readable_secrets: tuple[str, ...]
    """Files with secrets that others than their owner may read."""
    stand_ins: tuple[str, ...]
    """Outside systems whose address is this machine: the sandbox."""
    bypasses_policies: bool
    """Whether web and jobs work as a role that row-level security does not bind."""


def judge_disks(disks: Sequence[Disk]) -> list[Finding]:
    """One finding per disk that runs full, whatever number of our folders lie on it."""
    found, seen = [], set()
    for one in sorted(disks, key=lambda disk: disk.free / max(disk.size, 1)):
        if (one.size, one.free) in seen:
            continue
        seen.add((one.size, one.free))
        facts: dict[str, object] = {
            "holds": one.holds, "path": one.path, "free": gigabytes(one.free), "percent": 100 * one.free // max(one.size, 1),
        }  # fmt: skip
        if one.free < FREE_HARMS * one.size or one.free < FREE_HARMS_BYTES:
            found.append(Finding("operations.disk_full", Severity.DANGER, facts))
        elif one.free < FREE_WARNS * one.size:
            found.append(Finding("operations.disk_low", Severity.WARNING, facts))
        elif one.inodes and one.free_inodes < INODES_WARN * one.inodes:
            found.append(Finding("operations.inodes_low", Severity.WARNING, facts))
    if found or not disks:
        return found
    least = min(disks, key=lambda disk: disk.free)
    return [
        Finding("operations.disk_good", Severity.GOOD, {"path": least.path, "free": gigabytes(least.free)})
    ]


def judge_clock(
    *, database: dt.timedelta, reference: dt.timedelta | None, asked: str, zone_is_right: bool
) -> list[Finding]:
    """`database`: how far the database's clock is ahead of ours; `reference`: how far the clock named in the settings is, None: it did not answer."""
    found = []
    for name, offset in (("máy chủ cơ sở dữ liệu", database), (asked, reference)):
        if offset is None or not name:
            continue
        if abs(offset) >= CLOCK_WARNS:
            severity = Severity.DANGER if abs(offset) >= CLOCK_HARMS else Severity.WARNING
            facts = {"other": name, "seconds": f"{offset.total_seconds():+.1f}".replace(".", ",")}
            found.append(Finding("operations.clock_off", severity, facts))
    if asked and reference is None:
        found.append(Finding("operations.clock_silent", Severity.WARNING, {"other": asked}))
    if not zone_is_right:
        found.append(Finding("operations.clock_zone", Severity.WARNING))
    return found or [
        Finding(
            "operations.clock_good",
            Severity.GOOD,
            {"milliseconds": abs(round(database.total_seconds() * 1000))},
        )
    ]


def judge_standing(one: Standing) -> list[Finding]:
    """A demonstration is told that it is one, and spared what only matters to real people's data."""
    found = []
    if one.debug:
        found.append(Finding("operations.debug_on", Severity.DANGER))
    if one.bypasses_policies:
        found.append(Finding("operations.policies_bypassed", Severity.DANGER))
    if one.secret_letters < SECRET_LETTERS:
        found.append(Finding("operations.secret_short", Severity.DANGER))
    if one.readable_secrets:
        found.append(
            Finding("operations.secret_readable", Severity.DANGER, {"paths": ", ".join(one.readable_secrets)})
        )
    if not one.has_key_encryption_key:
        found.append(Finding("operations.sealing_key_missing", Severity.DANGER))
    if not one.has_backup_key:
        found.append(Finding("operations.backup_key_missing", Severity.WARNING))
    if one.demo:
        return [*found, Finding("operations.demo", Severity.WARNING)]
    return [*found, *_of_real_people(one)] or [Finding("operations.settings_good", Severity.GOOD)]


def _of_real_people(one: Standing) -> list[Finding]:
    found = []
    if one.any_host:
        found.append(Finding("operations.any_host", Severity.DANGER))
    if not one.public_https:
        found.append(Finding("operations.no_https", Severity.DANGER))
    if not one.secure_cookies:
        found.append(Finding("operations.cookies_open", Severity.DANGER))
    if one.stand_ins:
        found.append(Finding("operations.stand_ins", Severity.WARNING, {"systems": ", ".join(one.stand_ins)}))
    return found
