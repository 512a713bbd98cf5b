"""The doctor: every probe is a question and a pure rule; a probe that breaks is itself a finding, and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from vanlang.files.api import check_some
from vanlang.operations import ports
from vanlang.operations.queries import database, keeping, machine, work
from vanlang.operations.rules import database as of_database
from vanlang.operations.rules import keeping as of_keeping
from vanlang.operations.rules import machine as of_machine
from vanlang.operations.rules import work as of_work
from vanlang.operations.types import Examination, Finding, Looked, Severity, UpkeepKind

log = structlog.get_logger(__name__)

SAMPLED = 50
"""Contents of the file store that are read and hashed."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to look at."""

    code: str
    look: Callable[[datetime], list[Finding]]
    needs_database: bool = True


def examine(at: datetime) -> Examination:
    """Look at everything and say how it is. Changes nothing."""
    answers = _database_answers()
    looked = (
        [] if answers else [Looked("database", (Finding("operations.database_silent", Severity.DANGER),))]
    )
    looked += [
        Looked(probe.code, tuple(_looked(probe, at)))
        for probe in PROBES
        if answers or not probe.needs_database
    ]
    return Examination(at=at, looked=tuple(looked))


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _looked(probe: Probe, at: datetime) -> Sequence[Finding]:
    try:
        if not probe.needs_database:
            return probe.look(at)
        with transaction.atomic():  # a question that fails leaves the next one a connection that works
            return probe.look(at)
    except Exception as error:
        log.exception("doctor_probe_failed", probe=probe.code)
        facts = {"probe": probe.code, "error": type(error).__name__}
        return [Finding("operations.probe_failed", Severity.WARNING, facts)]


def _server(at: datetime) -> list[Finding]:
    version, shown, size = database.get_server()
    pending, unknown = database.list_migration_gaps()
    return of_database.judge_server(
        version=version, shown=shown, size_bytes=size, pending=pending, unknown=unknown
    )


def _vacuum(at: datetime) -> list[Finding]:
    autovacuum, oldest = database.get_vacuum()
    return of_database.judge_vacuum(autovacuum=autovacuum, tables=database.list_tables(), oldest_xid=oldest)


def _sessions(at: datetime) -> list[Finding]:
    used, most, prepared = database.get_connections()
    return of_database.judge_sessions(
        sessions=database.list_sessions(),
        used=used,
        most=most,
        slots=database.list_slots(),
        prepared=prepared,
    )


def _clock(at: datetime) -> list[Finding]:
    asked = settings.VANLANG_CLOCK_URL
    return of_machine.judge_clock(
        database=database.get_clock_offset(), reference=ports.reference_offset(asked) if asked else None, asked=asked,
        zone_is_right=machine.zone_is_right(),
    )  # fmt: skip


def _queues(at: datetime) -> list[Finding]:
    return of_work.judge_queues(
        queues=work.list_queues(), stalled=work.count_stalled(), failed=work.count_failed(),
        heartbeat=work.get_heartbeat(),
    )  # fmt: skip


def _certificates(at: datetime) -> list[Finding]:
    certificates, web_unread = keeping.list_certificates(at)
    return of_keeping.judge_certificates(certificates, at, web_unread=web_unread)


def _upkeep(kind: UpkeepKind, judge: Callable[..., list[Finding]]) -> Callable[[datetime], list[Finding]]:
    return lambda at: judge(keeping.find_last(kind), keeping.find_last(kind, good=True), at)


def _store(at: datetime) -> list[Finding]:
    checked, damaged = check_some(SAMPLED)
    return of_keeping.judge_store(checked=checked, damaged=damaged, is_writable=machine.is_store_writable())


PROBES = (
    Probe("database", _server),
    Probe("vacuum", _vacuum),
    Probe("sessions", _sessions),
    Probe("queues", _queues),
    Probe("letters", lambda at: of_work.judge_letters(work.list_letters(at))),
    Probe("disks", lambda at: of_machine.judge_disks(machine.list_disks()), needs_database=False),
    Probe("store", _store),
    Probe("backup", _upkeep(UpkeepKind.BACKUP, of_keeping.judge_backup)),
    Probe("drill", _upkeep(UpkeepKind.DRILL, of_keeping.judge_drill)),
    Probe("certificates", _certificates),
    Probe("clock", _clock),
    Probe("settings", lambda at: of_machine.judge_standing(machine.get_standing())),
)
"""In the order in which an engineer wants to know."""
