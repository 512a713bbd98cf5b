"""
A million records on both sides, some of them lost, doubled and altered over there: is all of it found, and nothing else?

Our side is a database of dossiers, streamed by the projection that serves every night. The other side is the stand-in for the
national portal, another process, loaded over the wire with what our side says and then spoiled by its own hand, seeded: it
names what it did, and that list is the truth. Right: exactly those codes are found, each in the way in which it was spoiled,
by the same commands that run at night; the exit code is 0 when they are. Fast: under fifteen minutes, at under one percent of
the bytes of a full transfer, which is made in the same run from the same portal: every day listed to its last page.

Days are working days of 4,000 records, spread evenly over 162 agencies; what is spoiled is spread evenly over the days.

    ./vanlang bench sentinel             # 100,000 records
    ./vanlang bench sentinel --whole     # 1,000,000
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.sandbox import Outside, running

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

SIZE, WHOLE = 100_000, 1_000_000
A_DAY = 4_000
AGENCIES = 162
"""About as many as Phú Thọ has."""
SPOILED = 300
"""Of each kind, in a million."""
GATE_MINUTES, GATE_PERCENT = 15.0, 1.0
LOADED = 4_000
SEED = 44
KIND = "KQ.G10.000042"
LAST_DAY = date(2026, 11, 20)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when everything that was spoiled was found and nothing else."""
    parser = argparse.ArgumentParser(prog="bench sentinel", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--records", type=int, default=SIZE)
    parser.add_argument("--whole", action="store_true", help=f"{WHOLE:,} records")
    arguments = parser.parse_args(argv)
    size = WHOLE if arguments.whole else arguments.records
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as outside,
        scratch_database("sentinel") as server,
    ):
        report = _measure(outside, size) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    return verdict(right=report["right"], in_budget=report["gate_met"])


def _measure(outside: Outside, size: int) -> dict[str, Any]:
    from vanlang.kernel.scope import Scope, acting
    from vanlang.nationalportal.adapters import registering

    at = datetime.combine(LAST_DAY + timedelta(days=3), datetime.min.time()).astimezone()
    _name_portal(outside)
    registering.register()
    days = _working_days(max(size // A_DAY, 1))
    with acting(Scope.system()):
        laid = time.perf_counter()
        _lay_out(size, days, at)
        laid = time.perf_counter() - laid
        loaded = time.perf_counter()
        _load(outside, days)
        loaded = time.perf_counter() - loaded
        equal = _compared(days, at)
        truth = _spoil(outside, max(SPOILED * size // WHOLE, 1))
        found = _compared(days, at + timedelta(days=1))
        named = _named()
        full = _full_transfer(days)
    right = named.keys() == truth.keys() and all(named[code] in truth[code] for code in named)
    percent = 100 * found["bytes"] / full["bytes"]
    minutes = found["seconds"] / 60
    return {
        "python": platform.python_version(), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
        "records": size, "days": len(days), "agencies": AGENCIES, "laid_out_seconds": round(laid), "loaded_seconds": round(loaded),
        "spoiled": len(truth), "found": len(named), "missed": len(truth.keys() - named.keys()),
        "invented": len(named.keys() - truth.keys()), "in_the_right_way": sum(named[code] in truth[code] for code in named if code in truth),
        "kinds": dict(Counter("+".join(kinds) for kinds in named.values())), "equal": equal, "compared": found, "full": full,
        "percent_of_full": round(percent, 3), "right": right and not equal["differing"] and full["records"] == size + truth_gain(truth),
        "gate_met": minutes < GATE_MINUTES and percent < GATE_PERCENT,
    }  # fmt: skip


def truth_gain(truth: dict[str, set[tuple[str, ...]]]) -> int:
    """Return how many records more the portal has after it was spoiled."""
    return sum((("doubled",) in kinds) - (("lost",) in kinds) for kinds in truth.values())


def _name_portal(outside: Outside) -> None:
    from django.conf import settings

    settings.VANLANG_NATIONAL_PORTAL = {
        "url": outside.national_portal, "user": "h44", "password": outside.portal_password, "dstcode": "x",
        "agency": "H44", "token": outside.portal_token,
    }  # fmt: skip


def _working_days(count: int) -> list[date]:
    """Return so many working days up to the last one, the oldest first."""
    days = [LAST_DAY - timedelta(days=ago) for ago in range(count * 7 // 5 + 7)]
    return sorted([on for on in days if on.weekday() < 5][:count])


# --- both sides -------------------------------------------------------------------------------------


def _lay_out(size: int, days: Sequence[date], at: datetime) -> None:
    """Lead a few dossiers through their lives, and copy them inside the database until there are `size`."""
    from django.db import connection

    from vanlang.dossiers.api import State
    from vanlang.dossiers.models import Dossier
    from vanlang.dossiers.tests.factories import Lives, make_world
    from vanlang.kernel.clock import frozen
    from vanlang.kernel.database.base import as_owner
    from vanlang.organizations.api import AgencyKind, NewName, add_agency

    with frozen(at):
        world = make_world(at)
        states = (State.DELIVERED, State.DELIVERED, State.RELEASED, State.IN_PROGRESS, State.STOPPED)
        patterns = [Dossier.objects.get(pk=Lives(world).to(state)) for state in states]
        agencies = [
            (
                add_agency(
                    code=f"H44.{number}", kind=AgencyKind.COMMUNE, name=NewName(f"UBND xã {number}", f"Xã {number}"),
                    valid_from=date(2025, 7, 1),
                ),
                f"H44.{number}",
            )
            for number in range(301, 301 + AGENCIES)
        ]  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(_CROWD)
        with cursor.copy("COPY crowd FROM STDIN") as rows:
            for row in _copies(size, days, agencies, patterns):
                rows.write_row(row)
        cursor.execute(
            "SET session_replication_role = replica"
        )  # seats and words are no part of a comparison
        for statement in _COPIED:
            cursor.execute(statement)
        cursor.execute("DELETE FROM dossiers_dossier WHERE id = ANY(%s)", [[one.pk for one in patterns]])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE dossiers_dossier")


def _copies(
    size: int, days: Sequence[date], agencies: Sequence[tuple[int, str]], patterns: Sequence[Any]
) -> Iterator[tuple[object, ...]]:
    from vanlang.kernel.ids import new_id

    chance = random.Random(SEED)
    counts: Counter[tuple[int, date]] = Counter()
    for number in range(size):
        on, (agency_id, code), pattern = (
            days[number * len(days) // size],
            chance.choice(agencies),
            chance.choice(patterns),
        )
        counts[agency_id, on] += 1
        moved = datetime.combine(on, datetime.min.time(), pattern.received_at.tzinfo) - pattern.received_at
        shift = moved + timedelta(hours=chance.randrange(1, 10), seconds=chance.randrange(3600))
        yield (
            pattern.pk, new_id(), agency_id, f"{code}-{on:%y%m%d}-{counts[agency_id, on]:04}", shift, f"{number + 1}/GP-UBND",
        )  # fmt: skip


_CROWD = """
CREATE TEMPORARY TABLE crowd (pattern uuid, id uuid PRIMARY KEY, agency integer, code text, shift interval, number text)
"""
_COPIED = (
    """
    INSERT INTO dossiers_dossier SELECT new.* FROM crowd JOIN dossiers_dossier AS old ON old.id = crowd.pattern,
    LATERAL jsonb_populate_record(old, jsonb_build_object(
        'id', crowd.id, 'code', crowd.code, 'competent_agency_id', crowd.agency, 'receipt_token', md5(crowd.id::text),
        'submitted_at', old.submitted_at + crowd.shift, 'received_at', old.received_at + crowd.shift,
        'due_at', old.due_at + crowd.shift, 'original_due_at', old.original_due_at + crowd.shift,
        'finished_at', old.finished_at + crowd.shift, 'released_at', old.released_at + crowd.shift,
        'delivered_at', old.delivered_at + crowd.shift, 'moved_at', old.moved_at + crowd.shift)) AS new
    """,
    """
    INSERT INTO dossiers_outcome SELECT new.* FROM crowd JOIN dossiers_outcome AS old ON old.dossier_id = crowd.pattern,
    LATERAL jsonb_populate_record(old, jsonb_build_object(
        'id', md5(old.id::text || crowd.id::text)::uuid, 'dossier_id', crowd.id, 'number', crowd.number,
        'token', md5('outcome' || crowd.id::text))) AS new
    """,
    "INSERT INTO dossiers_movement SELECT new.* FROM crowd JOIN dossiers_movement AS old ON old.dossier_id = crowd.pattern,"
    " LATERAL jsonb_populate_record(old, jsonb_build_object('id', md5(old.id::text || crowd.id::text)::uuid,"
    " 'dossier_id', crowd.id)) AS new WHERE old.number = 1",
)


def _load(outside: Outside, days: Sequence[date]) -> None:
    """Give the portal what our side says, in the shape in which it would be told."""
    from vanlang.nationalportal.queries.projection import iterate_records

    batch: list[dict[str, object]] = []
    for record in iterate_records(days[0], days[-1]):
        told: dict[str, object] = {
            "MaHoSo": record.code, "DonViXuLy": record.agency, "TrangThaiHoSo": record.state, "NgayTiepNhan": record.received,
            "NgayHenTra": record.due, "NgayKetThucXuLy": record.finished, "NgayTra": record.returned,
            "DanhSachGiayToKetQua": [{"MaGiayToKetQua": kind, "GiayToId": number} for kind, number in record.results],
        }  # fmt: skip
        batch.append({name: value for name, value in told.items() if value})
        if len(batch) == LOADED:
            outside.order("national_portal", "load", records=batch, source="h44")
            batch = []
    outside.order("national_portal", "load", records=batch, source="h44")


def _spoil(outside: Outside, count: int) -> dict[str, set[tuple[str, ...]]]:
    """Have the portal lose, alter and double so many records each; return by code in which ways it may be found."""
    ways = {
        "state": {("state",), ("behind",)}, "due": {("dates",)}, "finished": {("dates",)}, "agency": {("place",)},
        "results": {("results",)},
    }  # fmt: skip
    truth: dict[str, set[tuple[str, ...]]] = {}
    for number, deed in enumerate(("lose", "alter", "double")):
        for did in outside.order("national_portal", deed, count=count, seed=SEED + number)["did"]:
            kinds = {"lose": {("lost",)}, "double": {("doubled",)}}.get(deed) or ways[did["way"]]
            truth[did["MaHoSo"]] = kinds
    return truth


# --- what is measured -------------------------------------------------------------------------------


def _compared(days: Sequence[date], at: datetime) -> dict[str, Any]:
    """Carry a comparison out by the commands of the night; return what it cost."""
    from vanlang.sentinel.api import ask_run, carry_out, get_run

    _forget_peak()
    cpu, started = time.process_time(), time.perf_counter()
    key = ask_run(system="national_portal", first_on=days[0], last_on=days[-1], at=at, defer=False)
    carry_out(run_id=key, clock=lambda: at)
    run = get_run(key)
    assert run.state == "done", run.reason
    return {
        "seconds": round(time.perf_counter() - started, 1), "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_megabytes": _peak(), "compared": run.compared, "differing": run.differing, "given_remedy": run.given_remedy,
        "riddles": run.riddles, "questions": run.questions, "bytes": run.wire_bytes, "fetched": run.fetched,
    }  # fmt: skip


def _named() -> dict[str, tuple[str, ...]]:
    from vanlang.sentinel.models import SyncDifference

    return {code: tuple(kinds) for code, kinds in SyncDifference.objects.values_list("code", "kinds")}


def _full_transfer(days: Sequence[date]) -> dict[str, Any]:
    """List every day to its last page, as one would without digests; return what that costs."""
    from vanlang.nationalportal.adapters.replica import the_portal

    started = time.perf_counter()
    with the_portal() as portal:
        records = sum(len(portal.list_day(on)) for on in days)
        asked = portal.traffic()
    return {
        "seconds": round(time.perf_counter() - started, 1), "records": records, "questions": asked.questions, "bytes": asked.bytes,
    }  # fmt: skip


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """Return the most memory that this process held since it was asked to forget. Units: MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def _table(report: dict[str, Any]) -> str:
    found, equal, full = report["compared"], report["equal"], report["full"]
    megabytes = {
        name: one["bytes"] / 1e6 for name, one in (("found", found), ("equal", equal), ("full", full))
    }
    return "\n".join(
        [
            f"{report['records']:,} records of {report['days']} days and {report['agencies']} agencies on both sides, {report['cores']} cores,"
            f" load {report['load']}, PostgreSQL {report['server']['server_version']}, fsync {report['server']['fsync']}",
            f"spoiled over there: {report['spoiled']}; found: {report['found']}, in the right way {report['in_the_right_way']},"
            f" missed {report['missed']}, invented {report['invented']}   {report['kinds']}",
            f"compared, spoiled   {found['seconds']:>8} s   {megabytes['found']:>10.3f} MB in {found['questions']} questions,"
            f" {found['fetched']} records fetched, {found['given_remedy']} told again",
            f"compared, equal     {equal['seconds']:>8} s   {megabytes['equal']:>10.3f} MB in {equal['questions']} questions",
            f"full transfer       {full['seconds']:>8} s   {megabytes['full']:>10.3f} MB in {full['questions']} questions"
            " (only fetched: not yet compared)",
            f"  that is {report['percent_of_full']} % of a full transfer; this process held {found['peak_megabytes']} MB at most,"
            f" and used {found['cpu_seconds']} s of processor",
            f"Gate: everything and nothing else, {GATE_MINUTES:.0f} minutes, {GATE_PERCENT:.0f} %:"
            f" {'met' if report['right'] and report['gate_met'] else 'MISSED'}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
