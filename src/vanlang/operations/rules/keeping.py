"""What must still be there tomorrow: backups, drills, the file store, certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.operations.types import Finding, Severity, UpkeepCard

from .shown import day

BACKUP_WARNS, BACKUP_HARMS = dt.timedelta(hours=26), dt.timedelta(days=3)
"""A day and the time that a backup takes."""
DRILL_WARNS = dt.timedelta(days=35)
"""A month, and some days for whoever holds it."""
CERTIFICATE_WARNS, CERTIFICATE_HARMS = 30, 7
NAMED = 5


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate that the house works with."""

    of: str
    """Whose or what it is, without naming a person: an agency, "trang web"."""
    ends_at: dt.datetime
    is_web: bool = False


def judge_backup(last: UpkeepCard | None, last_good: UpkeepCard | None, at: dt.datetime) -> list[Finding]:
    """`last`: the last that was tried; `last_good`: the last that is whole."""
    found = []
    if last is not None and not last.is_good:
        found.append(_not_good(last))
    if last_good is None:
        return [*found, Finding("operations.backup_never", Severity.DANGER)]
    age = at - last_good.ended_at
    facts: dict[str, object] = {"day": day(last_good.began_at), "hours": int(age.total_seconds() // 3600)}
    if age >= BACKUP_WARNS:
        severity = Severity.DANGER if age >= BACKUP_HARMS else Severity.WARNING
        found.append(Finding("operations.backup_old", severity, facts))
    return found or [Finding("operations.backup_good", Severity.GOOD, facts)]


def _not_good(last: UpkeepCard) -> Finding:
    """Tell a backup that was not made from one that was, of a file store that has gaps."""
    why = str(last.facts.get("why", "")).strip().rstrip(".")
    if why:
        return Finding("operations.backup_failed", Severity.DANGER, {"day": day(last.began_at), "why": why})
    gaps = {part: last.facts.get(part, 0) for part in ("damaged", "missing")}
    return Finding("operations.backup_not_whole", Severity.DANGER, {"day": day(last.began_at), **gaps})


def judge_drill(last: UpkeepCard | None, last_good: UpkeepCard | None, at: dt.datetime) -> list[Finding]:
    if last is not None and not last.is_good:
        return [Finding("operations.drill_failed", Severity.DANGER, {"day": day(last.began_at)})]
    if last_good is None:
        return [Finding("operations.drill_never", Severity.WARNING)]
    facts: dict[str, object] = {"day": day(last_good.began_at), "days": (at - last_good.ended_at).days}
    if at - last_good.ended_at >= DRILL_WARNS:
        return [Finding("operations.drill_old", Severity.WARNING, facts)]
    return [Finding("operations.drill_good", Severity.GOOD, facts)]


def judge_store(*, checked: int, damaged: Sequence[str], is_writable: bool) -> list[Finding]:
    """`damaged`: hashes of contents that are gone or changed, among those that were read."""
    found = []
    if not is_writable:
        found.append(Finding("operations.store_closed", Severity.DANGER))
    if damaged:
        facts: dict[str, object] = {"count": len(damaged), "checked": checked, "first": damaged[0][:12]}
        found.append(Finding("operations.store_damaged", Severity.DANGER, facts))
    return found or [Finding("operations.store_good", Severity.GOOD, {"checked": checked})]


def judge_certificates(
    certificates: Sequence[Certificate], at: dt.datetime, *, web_unread: bool
) -> list[Finding]:
    """`web_unread`: the site's own certificate could not be looked at."""
    found = []
    for one in sorted(certificates, key=lambda certificate: certificate.ends_at)[:NAMED]:
        left = (one.ends_at - at).days
        facts: dict[str, object] = {"of": one.of, "days": max(left, 0), "day": day(one.ends_at)}
        if one.ends_at <= at:
            found.append(Finding(f"operations.{_which(one)}_ended", Severity.DANGER, facts))
        elif left < CERTIFICATE_WARNS:
            severity = Severity.DANGER if left < CERTIFICATE_HARMS else Severity.WARNING
            found.append(Finding(f"operations.{_which(one)}_ends", severity, facts))
    if web_unread:
        found.append(Finding("operations.web_certificate_unread", Severity.WARNING))
    return found or [Finding("operations.certificates_good", Severity.GOOD, {"count": len(certificates)})]


def _which(one: Certificate) -> str:
    return "web_certificate" if one.is_web else "certificate"
