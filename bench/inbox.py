"""
Officers' lists over a province's seats: how long does a page take, and does row-level security cost anything?

Seats of 164 agencies are laid out as after some years: most are closed, a fiftieth is open (`--open 2`: percent), one
agency in ten is three times as large. Each question is asked as an officer, under row-level security, as the page asks it.

    ./vanlang bench inbox                                           # a million seats of a province
    ./vanlang bench inbox --seats 130000 --agencies 1               # a hundred thousand of one agency
    ./vanlang bench inbox --seats 130000 --agencies 1 --open 25     # and a quarter of them open

Every list is also asked in each of its orders. Beside them, in the same run and scope, what one would first write: a page
of Django's paginator with its exact count, and words looked for by `icontains`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

if TYPE_CHECKING:
    from vanlang.dossiers.api import InboxQuery
    from vanlang.identity.api import Actor

Question = Callable[[], object]
AGENCIES = 164
ROUNDS = 40
SAID = 0xBEE5
"""Four hexadecimal digits: about one line in 2,000 has them somewhere in its noise."""
GATE_MS = 100.0

# Foreign keys and triggers rest: only the lists' own table is measured. An agency's number is its seat's share.
_SEATS = """
INSERT INTO dossiers_seat (
    dossier_id, agency_id, intakes, decides, advises, returns, here, state, waits_for, channel, code, procedure_name,
    procedure_code, arrived_at, advising_units, applicant_name, holder_id, holder_unit_id, submitted_at, due_at, due_is_forecast, paused, finished_at, moved_at, search_key
)
SELECT gen_random_uuid(), agency, true, true, false, true, is_open, state,
    CASE state WHEN 'submitted' THEN 'counter' WHEN 'in_progress' THEN 'specialist' WHEN 'proposed' THEN 'leader' ELSE '' END,
    CASE WHEN number %% 200 = 3 THEN 'postal' ELSE 'online' END, 'H44.' || agency || '-261123-' || number, 'Thủ tục đăng ký khai sinh',
    '1.' || lpad((number %% 500)::text, 6, '0'), at, '{}', 'Nguyễn Thị Lan',
    CASE WHEN state = 'in_progress' THEN %(holder)s + number / 3 %% 9 END,
    CASE WHEN is_open THEN %(unit)s + number %% 3 END, at, at + interval '5 days', false, false,
    CASE WHEN NOT is_open THEN at + interval '4 days' END, at + interval '4 days',
    'h44.' || agency || '-261123-' || number || '  ' || (ARRAY['nguyen', 'tran', 'le', 'pham', 'hoang', 'vu', 'bui'])[1 + number %% 7] || ' '
        || (ARRAY['thi', 'van'])[1 + number %% 2] || ' ' || (ARRAY['lan', 'son', 'an', 'hung', 'mai', 'phuc', 'thao', 'quan', 'linh', 'hoa', 'long'])[1 + number %% 11]
        || ' thu tuc dang ky khai sinh ' || md5(number::text)
FROM (
    SELECT number, %(first)s + (CASE WHEN number %% 4 = 0 THEN (number / 4) %% 16 ELSE number %% %(agencies)s END) AS agency,
        (number + 7) %% 100 < %(open)s AS is_open,
        CASE WHEN (number + 7) %% 100 >= %(open)s THEN 'delivered' WHEN number %% 3 = 0 THEN 'submitted'
             WHEN number %% 3 = 1 THEN 'in_progress' ELSE 'proposed' END AS state,
        timestamptz '2026-11-23 09:00+07' - (CASE WHEN (number + 7) %% 100 < %(open)s THEN number %% 12 ELSE number %% 1000 END) * interval '1 day' AS at
    FROM generate_series(1, %(seats)s) AS number
) AS made
"""
_WORDS = "INSERT INTO dossiers_seatwords (seat_id, agency_id, search_key) SELECT id, agency_id, search_key FROM dossiers_seat ON CONFLICT DO NOTHING"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when every list's 95th percentile is under the gate."""
    parser = argparse.ArgumentParser(prog="bench inbox", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--seats", type=int, default=1_000_000, help="seats in the province")
    parser.add_argument(
        "--agencies", type=int, default=AGENCIES, help="1: three quarters of the seats are the officer's"
    )
    parser.add_argument("--open", type=int, default=2, help="percent of the seats that are open")
    arguments = parser.parse_args(argv)
    with scratch_database("inbox") as server:
        report = _measure(arguments.seats, arguments.agencies, arguments.open) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    return verdict(right=True, in_budget=report["gate_met"])


def _measure(seats: int, agencies: int, share: int) -> dict[str, Any]:
    from vanlang.dossiers.tests.factories import make_world
    from vanlang.identity.api import scope_of
    from vanlang.kernel.clock import VIETNAM
    from vanlang.kernel.scope import Scope, acting

    at = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    load = os.getloadavg()[0]
    with acting(Scope.system()):
        world = make_world(at)
        own = _lay_out(world.mai, seats=seats, agencies=agencies, share=share)
    wanted = _searches() | _filters(world.mai) | _orders()
    with acting(scope_of(world.mai)):
        _refuse_empty(world.mai, at)
        questions = _whole_lists(world.mai, at) | _asked(world.mai, wanted, at)
        rows = [_time(name, ask) for name, ask in questions.items()]
        anchors = [_time(name, ask) for name, ask in _plainly(world.viet_tri.id).items()]
    return {
        "python": platform.python_version(), "cores": os.cpu_count(), "seats": seats, "agencies": agencies, "own_seats": own,
        "open_percent": share, "rounds": ROUNDS, "load": [round(load, 1), round(os.getloadavg()[0], 1)], "questions": rows,
        "anchors": anchors, "gate_ms": GATE_MS, "gate_met": all(row["p95_ms"] < GATE_MS for row in rows),
    }  # fmt: skip


def _lay_out(officer: Actor, *, seats: int, agencies: int, share: int) -> int:
    """Write the seats, `share` percent of them open; return how many are those of the officer's agency."""
    from django.db import connection

    from vanlang.kernel.database.base import as_owner

    facts = {
        "seats": seats, "agencies": agencies, "open": share, "first": officer.agency_id,
        "holder": officer.appointment_id, "unit": officer.unit_id,
    }  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_SEATS, facts)
        cursor.execute(_WORDS)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE dossiers_seat, dossiers_seatwords")
        cursor.execute("SELECT count(*) FROM dossiers_seat WHERE agency_id = %s", [officer.agency_id])
        (own,) = cursor.fetchone() or (0,)
    return int(own)


def _refuse_empty(officer: Actor, at: datetime) -> None:
    """Stop when the officer holds nothing: a list without lines says nothing of lists."""
    from vanlang.dossiers.api import InboxFilter, list_inbox

    if not list_inbox(officer, filter=InboxFilter.MINE, at=at).cards:
        raise SystemExit("nobody's list would be measured")


def _whole_lists(officer: Actor, at: datetime) -> dict[str, Question]:
    """Return the lists as the start page asks them, the counts beside them, and a page far down."""
    from vanlang.dossiers.api import InboxFilter, InboxQuery, InboxSort, count_inbox, list_inbox, search_inbox

    kinds = (InboxFilter.MINE, InboxFilter.OPEN, InboxFilter.LATE, InboxFilter.NEW, InboxFilter.ALL)
    asked: dict[str, Question] = {
        f"list {kind}": partial(list_inbox, officer, filter=kind, at=at) for kind in kinds
    }
    asked["count all filters"] = partial(count_inbox, officer, at=at)
    far = f"{(at - timedelta(days=400)).isoformat()}_{UUID(int=0)}"
    latest = InboxQuery(sort=InboxSort.MOVED, last_first=True)
    asked["filter, far down the list"] = partial(search_inbox, officer, latest, at=at, after=far)
    return asked


def _asked(officer: Actor, wanted: dict[str, InboxQuery], at: datetime) -> dict[str, Question]:
    from vanlang.dossiers.api import search_inbox

    return {name: partial(search_inbox, officer, query, at=at) for name, query in wanted.items()}


def _searches() -> dict[str, InboxQuery]:
    """Return searches by words: frequent, rare, short and without any answer."""
    from vanlang.dossiers.api import InboxFilter, InboxQuery

    texts = {
        "every line says it": "khai sinh", "a name": "Nguyễn Thị Lan", "two letters": "le an", "rare": f"{SAID:x}",
        "nothing": "khong co",
    }  # fmt: skip
    return {
        f"search {kind}, {what}": InboxQuery(filter=kind, text=text)
        for kind in (InboxFilter.OPEN, InboxFilter.ALL)
        for what, text in texts.items()
    }


def _filters(officer: Actor) -> dict[str, InboxQuery]:
    """Return every filter by itself, and all of them at once."""
    from vanlang.dossiers.api import Channel, InboxFilter, InboxQuery, InboxSort, State

    one, field = frozenset({"1.000132"}), frozenset(f"1.{number:06}" for number in range(40))
    filters = {
        "mine": InboxQuery(filter=InboxFilter.MINE),
        "procedure": InboxQuery(procedure_codes=one, sort=InboxSort.MOVED, last_first=True),
        "field": InboxQuery(procedure_codes=field, sort=InboxSort.MOVED, last_first=True),
        "unit": InboxQuery(filter=InboxFilter.OPEN, unit_id=officer.unit_id),
        "holder": InboxQuery(holder_id=officer.appointment_id),
        "state": InboxQuery(state=State.PROPOSED),
        "due in 2 days": InboxQuery(due_in_days=2),
        "rare channel": InboxQuery(channel=Channel.POSTAL),
        "channel, by arrival": InboxQuery(channel=Channel.ONLINE, sort=InboxSort.ARRIVED, last_first=True),
        "by due, closed too": InboxQuery(),
        "everything at once": InboxQuery(
            filter=InboxFilter.OPEN, text="lan", channel=Channel.ONLINE, unit_id=officer.unit_id,
            state=State.IN_PROGRESS, due_in_days=30, procedure_codes=one,
        ),
    }  # fmt: skip
    return {f"filter {name}": query for name, query in filters.items()}


def _orders() -> dict[str, InboxQuery]:
    """Return every list in each of its orders."""
    from vanlang.dossiers.api import InboxFilter, InboxQuery, InboxSort

    return {
        f"{kind} by {sort}{', last first' if last_first else ''}": InboxQuery(
            filter=kind, sort=sort, last_first=last_first
        )
        for kind in InboxFilter
        for sort in InboxSort
        for last_first in (False, True)
    }


def _plainly(agency_id: int) -> dict[str, Question]:
    """Return what one would first write: a page of the paginator, which counts, in the order that its reader wants."""
    from django.core.paginator import Paginator

    from vanlang.dossiers.models import Seat

    def page(order: str, **wanted: object) -> object:
        rows = Seat.objects.filter(agency_id=agency_id, **wanted).order_by(order)
        first = Paginator(rows, 50).page(1)
        return first.has_next(), list(first)

    return {
        "plain page, the latest first": lambda: page("-moved_at"),
        "plain page, by due date": lambda: page("due_at"),
        "plain page, a rare word": lambda: page("due_at", search_key__icontains=f"{SAID:x}"),
        "plain page, a word of every line": lambda: page("due_at", search_key__icontains="khai sinh"),
    }


def _time(name: str, ask: Question) -> dict[str, Any]:
    ask()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(taken, n=20)
    return {"question": name, "p50_ms": round(cuts[9], 2), "p95_ms": round(cuts[18], 2)}


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"{report['seats']:,} seats of {report['agencies']} agencies, {report['own_seats']:,} of them the officer's; "
        f"{report['open_percent']} % open; {report['rounds']} rounds, {report['cores']} cores, load {report['load'][0]} before, "
        f"{report['load'][1]} after, PostgreSQL {report['server']['server_version']}",
        f"{'':40}{'p50 ms':>10}{'p95 ms':>10}",
    ]
    lines += [f"{row['question']:40}{row['p50_ms']:>10}{row['p95_ms']:>10}" for row in report["questions"]]
    lines.append("What one would first write:")
    lines += [f"{row['question']:40}{row['p50_ms']:>10}{row['p95_ms']:>10}" for row in report["anchors"]]
    lines.append(
        f"Gate: every 95th percentile under {report['gate_ms']:.0f} ms: {'met' if report['gate_met'] else 'MISSED'}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
