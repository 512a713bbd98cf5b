"""Each finding of the doctor appears when it should, and is gone when what caused it is gone."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vanlang.kernel.labels import all_sentences, sentence_of
from vanlang.kernel.zone import VIETNAM
from vanlang.operations.rules import database, keeping, machine, work
from vanlang.operations.rules.database import Session, Table
from vanlang.operations.rules.keeping import Certificate
from vanlang.operations.rules.machine import Disk, Standing
from vanlang.operations.rules.work import Backlog, Letters
from vanlang.operations.tests.conftest import upkeep
from vanlang.operations.types import Finding, Severity, UpkeepKind, worst

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
GIGABYTE = 1024**3
GOOD, WARNING, DANGER = Severity.GOOD, Severity.WARNING, Severity.DANGER
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)

DISK = Disk("kho tệp", "/srv", 100 * GIGABYTE, 50 * GIGABYTE, 1000, 900)
PROVINCE = Standing(
    demo=False, debug=False, any_host=False, public_https=True, secure_cookies=True, secret_letters=64,
    has_key_encryption_key=True, has_backup_key=True, readable_secrets=(), stand_ins=(), bypasses_policies=False,
)  # fmt: skip


def server(**changed: object) -> list[Finding]:
    told = {"version": 18, "shown": "18.6", "size_bytes": GIGABYTE, "pending": [], "unknown": []}
    return database.judge_server(**(told | changed))  # type: ignore[arg-type] # a table of cases


def vacuum(**changed: object) -> list[Finding]:
    told = {"autovacuum": True, "tables": [Table("jobs", 100_000, 100)], "oldest_xid": 1000}
    return database.judge_vacuum(**(told | changed))  # type: ignore[arg-type] # as above


def sessions(**changed: object) -> list[Finding]:
    told = {"sessions": [], "used": 20, "most": 97, "slots": [], "prepared": 0}
    return database.judge_sessions(**(told | changed))  # type: ignore[arg-type] # as above


def queues(**changed: object) -> list[Finding]:
    told = {"queues": [], "stalled": 0, "failed": 0, "heartbeat": 10 * MINUTE / 60}
    return work.judge_queues(**(told | changed))  # type: ignore[arg-type] # as above


def letters(**changed: object) -> list[Finding]:
    told = {"system": "Cổng quốc gia", "dead": 0, "waiting": 0, "oldest": None, "is_ill": False}
    return work.judge_letters([Letters(**(told | changed))])  # type: ignore[arg-type] # as above


def clock(**changed: object) -> list[Finding]:
    told = {"database": dt.timedelta(), "reference": None, "asked": "", "zone_is_right": True}
    return machine.judge_clock(**(told | changed))  # type: ignore[arg-type] # as above


def disks(**changed: object) -> list[Finding]:
    return machine.judge_disks([replace(DISK, **changed)])  # type: ignore[arg-type] # as above


def standing(**changed: object) -> list[Finding]:
    return machine.judge_standing(replace(PROVINCE, **changed))  # type: ignore[arg-type] # as above


def store(**changed: object) -> list[Finding]:
    told = {"checked": 50, "damaged": [], "is_writable": True}
    return keeping.judge_store(**(told | changed))  # type: ignore[arg-type] # as above


def backup(
    ago: dt.timedelta | None = 7 * HOUR, failed: dt.timedelta | None = None, why: str = "Đĩa đầy."
) -> list[Finding]:
    good = None if ago is None else upkeep(UpkeepKind.BACKUP, AT - ago)
    bad = (
        None
        if failed is None
        else upkeep(UpkeepKind.BACKUP, AT - failed, good=False, why=why, damaged=0, missing=2)
    )
    last = bad if bad and (good is None or bad.began_at > good.began_at) else good
    return keeping.judge_backup(last, good, AT)


def drill(ago: dt.timedelta | None = 7 * DAY, failed: dt.timedelta | None = None) -> list[Finding]:
    good = None if ago is None else upkeep(UpkeepKind.DRILL, AT - ago)
    bad = None if failed is None else upkeep(UpkeepKind.DRILL, AT - failed, good=False)
    return keeping.judge_drill(bad or good, good, AT)


def certificate(left: dt.timedelta = 90 * DAY, *, web: bool = False, unread: bool = False) -> list[Finding]:
    return keeping.judge_certificates([Certificate("UBND phường", AT + left, web)], AT, web_unread=unread)


QUIET: dict[Callable[..., list[Finding]], str] = {
    server: "database_good", vacuum: "vacuum_good", sessions: "sessions_good", queues: "queues_good",
    letters: "letters_good", clock: "clock_good", disks: "disk_good", standing: "settings_good", store: "store_good",
    backup: "backup_good", drill: "drill_good", certificate: "certificates_good",
}  # fmt: skip

CASES: list[tuple[Callable[..., list[Finding]], dict[str, object], str, Severity]] = [
    (server, {"version": 14, "shown": "14.9"}, "database_old", DANGER),
    (server, {"pending": ["files.0009_x"]}, "migrations_pending", DANGER),
    (server, {"unknown": ["files.0099_x"]}, "code_behind", DANGER),
    (vacuum, {"autovacuum": False}, "autovacuum_off", DANGER),
    (vacuum, {"oldest_xid": 1_000_000_000}, "wraparound_near", WARNING),
    (vacuum, {"oldest_xid": 1_600_000_000}, "wraparound_near", DANGER),
    (vacuum, {"tables": [Table("jobs", 50_000, 20_001)]}, "dead_rows", WARNING),
    (sessions, {"sessions": [Session("pg_dump", "active", 10 * MINUTE, None)]}, "snapshot_old", WARNING),
    (sessions, {"sessions": [Session("pg_dump", "active", HOUR, None)]}, "snapshot_old", DANGER),
    (
        sessions,
        {"sessions": [Session("psql", "idle in transaction", None, 5 * MINUTE)]},
        "idle_in_transaction",
        WARNING,
    ),
    (sessions, {"used": 80, "most": 97}, "connections_short", WARNING),
    (sessions, {"used": 95, "most": 97}, "connections_short", DANGER),
    (sessions, {"slots": [("standby", 3 * GIGABYTE)]}, "slot_keeps_log", WARNING),
    (sessions, {"prepared": 1}, "prepared_left", WARNING),
    (queues, {"heartbeat": None}, "worker_gone", DANGER),
    (queues, {"heartbeat": 3 * MINUTE}, "worker_gone", DANGER),
    (queues, {"queues": [Backlog("events", 4, 5 * MINUTE)]}, "queue_slow", WARNING),
    (queues, {"queues": [Backlog("events", 4, HOUR)]}, "queue_slow", DANGER),
    (queues, {"stalled": 1}, "jobs_stalled", WARNING),
    (queues, {"failed": 1}, "jobs_failed", WARNING),
    (letters, {"dead": 1}, "letters_dead", WARNING),
    (letters, {"dead": 50}, "letters_dead", DANGER),
    (letters, {"is_ill": True}, "system_ill", WARNING),
    (letters, {"oldest": HOUR}, "letters_slow", WARNING),
    (clock, {"database": dt.timedelta(seconds=-3)}, "clock_off", WARNING),
    (clock, {"database": dt.timedelta(seconds=31)}, "clock_off", DANGER),
    (clock, {"asked": "ntp://gio", "reference": dt.timedelta(seconds=2)}, "clock_off", WARNING),
    (clock, {"asked": "ntp://gio"}, "clock_silent", WARNING),
    (clock, {"zone_is_right": False}, "clock_zone", WARNING),
    (disks, {"free": 14 * GIGABYTE}, "disk_low", WARNING),
    (disks, {"free": 4 * GIGABYTE}, "disk_full", DANGER),
    (disks, {"size": 3 * GIGABYTE, "free": GIGABYTE - 1}, "disk_full", DANGER),
    (disks, {"free_inodes": 10}, "inodes_low", WARNING),
    (standing, {"demo": True}, "demo", WARNING),
    (standing, {"debug": True}, "debug_on", DANGER),
    (standing, {"any_host": True}, "any_host", DANGER),
    (standing, {"public_https": False}, "no_https", DANGER),
    (standing, {"secure_cookies": False}, "cookies_open", DANGER),
    (standing, {"secret_letters": 10}, "secret_short", DANGER),
    (standing, {"has_key_encryption_key": False}, "sealing_key_missing", DANGER),
    (standing, {"has_backup_key": False}, "backup_key_missing", WARNING),
    (standing, {"readable_secrets": ("secrets.json",)}, "secret_readable", DANGER),
    (standing, {"stand_ins": ("thanh toán",)}, "stand_ins", WARNING),
    (standing, {"bypasses_policies": True}, "policies_bypassed", DANGER),
    (store, {"damaged": ["9f86d081"]}, "store_damaged", DANGER),
    (store, {"is_writable": False}, "store_closed", DANGER),
    (backup, {"ago": None}, "backup_never", DANGER),
    (backup, {"ago": 30 * HOUR}, "backup_old", WARNING),
    (backup, {"ago": 4 * DAY}, "backup_old", DANGER),
    (backup, {"failed": HOUR}, "backup_failed", DANGER),
    (backup, {"failed": HOUR, "why": ""}, "backup_not_whole", DANGER),
    (drill, {"ago": None}, "drill_never", WARNING),
    (drill, {"ago": 36 * DAY}, "drill_old", WARNING),
    (drill, {"failed": HOUR}, "drill_failed", DANGER),
    (certificate, {"left": 20 * DAY}, "certificate_ends", WARNING),
    (certificate, {"left": 3 * DAY}, "certificate_ends", DANGER),
    (certificate, {"left": -DAY}, "certificate_ended", DANGER),
    (certificate, {"left": 20 * DAY, "web": True}, "web_certificate_ends", WARNING),
    (certificate, {"left": -DAY, "web": True}, "web_certificate_ended", DANGER),
    (certificate, {"unread": True}, "web_certificate_unread", WARNING),
]


@pytest.mark.parametrize("judge", QUIET)
def test_when_all_is_well_there_is_one_good_finding(judge: Callable[..., list[Finding]]) -> None:
    found = judge()
    assert [(one.code, one.severity) for one in found] == [(f"operations.{QUIET[judge]}", GOOD)]


@pytest.mark.parametrize(("judge", "changed", "code", "severity"), CASES)
def test_a_finding_appears(
    judge: Callable[..., list[Finding]], changed: dict[str, object], code: str, severity: Severity
) -> None:
    found = judge(**changed)
    assert (f"operations.{code}", severity) in [(one.code, one.severity) for one in found]
    assert all(one.severity is not GOOD for one in found)
    sentence = sentence_of(f"operations.{code}", found[0].facts if found[0].code.endswith(code) else {})
    assert "%(" not in sentence.says + sentence.do_now


@pytest.mark.parametrize(("judge", "changed"), [
    (backup, {"ago": 25 * HOUR}),
    (backup, {"ago": 2 * HOUR, "failed": 9 * HOUR}),
    (drill, {"ago": 34 * DAY}),
    (certificate, {"left": 31 * DAY}),
    (vacuum, {"tables": [Table("jobs", 1_000_000, 25_000)]}),
    (sessions, {"sessions": [Session("web", "active", 9 * MINUTE, None)]}),
    (sessions, {"slots": [("standby", GIGABYTE)]}),
    (queues, {"queues": [Backlog("events", 900, 4 * MINUTE)]}),
    (clock, {"asked": "ntp://gio", "reference": dt.timedelta(seconds=-1.9)}),
    (disks, {"free": 16 * GIGABYTE}),
    (disks, {"inodes": 0, "free_inodes": 0}),
])  # fmt: skip
def test_what_is_not_yet_bad_is_good(judge: Callable[..., list[Finding]], changed: dict[str, object]) -> None:
    assert [one.severity for one in judge(**changed)] == [GOOD]


def test_a_disk_of_several_folders_is_told_once() -> None:
    full = replace(DISK, free=GIGABYTE)
    assert len(machine.judge_disks([full, replace(full, holds="bản sao lưu", path="/srv/b")])) == 1


def test_every_finding_has_a_case_and_a_sentence() -> None:
    codes = {
        node.value.removeprefix("operations.")
        for path in (Path(__file__).parents[1] / "rules").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("operations.")
    } - {""}
    shown = {case[2] for case in CASES} | set(QUIET.values())
    assert codes <= shown
    assert {f"operations.{code}" for code in shown} <= all_sentences().keys()


def test_the_gravest_counts() -> None:
    assert worst([]) is GOOD
    assert worst([WARNING, GOOD]) is WARNING
    assert worst([GOOD, DANGER, WARNING]) is DANGER
