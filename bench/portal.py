"""
Synchronising dossiers: how many a second reach the national portal through the outbox, with all their progress?

Dossiers of a province, copied from lives that were led by the real commands, are told to the stand-in for the portal: rows of
the outbox, claimed by SKIP LOCKED, composed from what is true then, sent over real sockets, settled. Right: at the end the
portal holds every record and every row of progress exactly as the house would say them now, and nothing else; the exit code
is 0 when it does. Fast: at least a hundred dossiers a second with their progress, on two cores.

Beside it, in the same run and to the same portal, what one would first write: a loop that composes one dossier and calls
`requests.post` once for it. It tells no progress, remembers nothing and survives no broken call.

    ./vanlang bench portal                    # 5,000 dossiers
    ./vanlang bench portal --whole            # 184,513: what Phú Thọ received until August 2026
    ./vanlang bench portal --alone            # without the comparison of the two sides (bench sentinel), which follows
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.support.sandbox import Outside, running

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict
from launcher.performance.kept import OVER_BUDGET

ROOT = Path(__file__).resolve().parents[1]
SIZE, WHOLE = 5_000, 184_513
"""`WHOLE`: DOSSIER_SYNC of Phú Thọ, as published by the national portal for August 2026."""
WORKERS = 2
PLAIN = 300
"""Dossiers that the plain loop tells: it says its rate as well as five thousand would."""
GATE = 100.0
CHUNK = 500


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when the portal holds exactly what the house holds."""
    parser = argparse.ArgumentParser(prog="bench portal", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--dossiers", type=int, default=SIZE)
    parser.add_argument("--whole", action="store_true", help=f"{WHOLE:,} dossiers")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes that send")
    parser.add_argument("--alone", action="store_true", help="do not go on with the bench of the sentinel")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as outside:
        _tell_settings(outside)
        with scratch_database("portal") as server:
            size = WHOLE if arguments.whole else arguments.dossiers
            report = _measure(outside, size, arguments.workers) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    compared = 0 if arguments.alone else _run("sentinel", json_wanted=arguments.json)
    right = report["is_right"] and compared in {0, OVER_BUDGET}
    return verdict(right=right, in_budget=report["gate_met"] and compared == 0)


def _tell_settings(outside: Outside) -> None:
    os.environ |= {
        "VANLANG_PORTAL_URL": outside.national_portal,
        "VANLANG_PORTAL_USER": "h44",
        "VANLANG_PORTAL_PASSWORD": outside.portal_password,
        "VANLANG_PORTAL_DSTCODE": "VN:GOV:bench",
        "VANLANG_PORTAL_TOKEN": outside.portal_token,
    }


def _run(name: str, *, json_wanted: bool) -> int:
    """Run another bench as a process of its own: it brings its own database."""
    code = f"import sys; from bench.{name} import main; sys.exit(main(sys.argv[1:]))"
    options = ["--json"] if json_wanted else []
    return subprocess.run([sys.executable, "-c", code, *options], cwd=ROOT, check=False).returncode


def _measure(outside: Outside, dossiers: int, workers: int) -> dict[str, Any]:
    from vanlang.kernel import clock
    from vanlang.kernel.scope import Scope, acting

    load = os.getloadavg()[0]
    at = clock.now()
    with acting(Scope.system()):
        laid_out, _ = _timed(lambda: _lay_out(dossiers, at))
        plain, told_plainly = _timed(lambda: _tell_plainly(outside, PLAIN))
        outside.order("national_portal", "reset")
        telling, rows = _timed(lambda: _tell_all(at))
    sending, rounds = _timed(lambda: _send_all(workers))
    with acting(Scope.system()):
        checking, found = _timed(lambda: _compare(outside))
    return {
        "machine": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count(),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)], "workers": workers, **found,
        "outbox_rows": rows, "rounds": rounds,
        "seconds": {
            "lay out": round(laid_out, 1), "tell": round(telling, 1), "send": round(sending, 1), "compare": round(checking, 1),
        },
        "dossiers_per_second": round(found["dossiers"] / sending, 1),
        "messages_per_second": round(found["messages"] / sending, 1),
        "tell_rows_per_second": round(rows / telling),
        "plain": {"dossiers": told_plainly, "dossiers_per_second": round(told_plainly / plain, 1), "progress": 0},
        "gate": GATE, "gate_met": found["dossiers"] / sending >= GATE,
    }  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _lay_out(dossiers: int, at: datetime) -> None:
    from bench.support import crowd

    province = crowd.settle(at)
    province.grow(dossiers)


# --- ours -------------------------------------------------------------------------------------------


def _tell_all(at: datetime) -> int:
    """Write down everything that ever moved; return how many rows the outbox has."""
    from vanlang.connectors.models import Outgoing
    from vanlang.nationalportal.services.telling import tell_range

    tell_range(
        from_at=datetime(2000, 1, 1, tzinfo=at.tzinfo), to_at=datetime(2100, 1, 1, tzinfo=at.tzinfo), at=at
    )
    return Outgoing.objects.count()


def _send_all(workers: int) -> int:
    """Let processes empty the outbox, as workers do; return how many rounds they took together."""
    code = "import sys; from bench.portal import work; sys.exit(work())"
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("a worker broke off")
    return sum(int(one.split()[-1]) for one in said)


def work() -> int:
    """Send until nothing is due: one process of several."""
    import django

    django.setup()
    from vanlang.connectors.api import send_round
    from vanlang.kernel import clock
    from vanlang.kernel.scope import Scope, acting
    from vanlang.nationalportal.types import SYSTEM

    rounds = 0
    with acting(Scope.system()):
        while send_round(system=SYSTEM, at=clock.now()).goes_on:
            rounds += 1
    print(rounds)
    return 0


# --- what one would first write ------------------------------------------------------------------------


def _tell_plainly(outside: Outside, count: int) -> int:
    """Compose and post one dossier after another; return how many were told."""
    import requests  # noqa: TID251 - the anchor is what one would write without connectors

    from vanlang.kernel import clock

    base = f"{outside.national_portal}/adapter"
    who = {"username": "h44", "password": outside.portal_password}
    session = requests.post(
        f"{base}/login", json=who, headers={"dstcode": "VN:GOV:bench"}, timeout=30
    ).json()["session"]
    for message in _messages(clock.now(), chunk=1, most=count):
        call = {"session": session, "madonvi": "H44", "service": "DongBoHoSoMC", "isUpdating": "False"}
        answer = requests.post(f"{base}/integration", json={**call, "data": [message]}, timeout=30).json()
        if answer["error_code"] != "0":
            raise SystemExit(f"the plain loop was refused: {answer}")
    return count


# --- what both must hold ----------------------------------------------------------------------------------


def _messages(at: datetime, *, chunk: int, most: int | None = None) -> Iterator[dict[str, object]]:
    """Yield what is to be said of every dossier that has a code, in the order of their codes."""
    from vanlang.dossiers.models import Dossier
    from vanlang.nationalportal.queries.composing import compose
    from vanlang.nationalportal.rules.codec import encode
    from vanlang.nationalportal.types import PortalDossier

    ids = list(
        Dossier.objects.filter(code__isnull=False).order_by("code").values_list("pk", flat=True)[:most]
    )
    for start in range(0, len(ids), chunk):
        some = ids[start : start + chunk]
        composed = compose(some, at=at)
        for key in some:
            one = composed[key]
            message = encode(one) if isinstance(one, PortalDossier) else one
            if not isinstance(message, dict):
                raise SystemExit(f"not fit to be told: {message}")
            yield message


def _steps() -> Iterator[dict[str, object]]:
    """Yield what is to be said of every act, dossier by dossier in the order of their codes."""
    from vanlang.dossiers.models import Dossier
    from vanlang.nationalportal.queries.composing import compose_steps
    from vanlang.nationalportal.rules.codec import encode_step
    from vanlang.nationalportal.types import ProgressStep

    found = Dossier.objects.filter(code__isnull=False).order_by("code").values_list("pk", "version")
    rows = list(found)
    for start in range(0, len(rows), CHUNK):
        wanted = [
            (key, number) for key, version in rows[start : start + CHUNK] for number in range(1, version + 1)
        ]
        composed = compose_steps(wanted)
        for key in wanted:
            one = composed[key]
            step = encode_step(one) if isinstance(one, ProgressStep) else one
            if not isinstance(step, dict):
                raise SystemExit(f"not fit to be told: {step}")
            yield step


def _compare(outside: Outside) -> dict[str, Any]:
    """Hold every record and every row of progress of the portal against what the house would say now."""
    from vanlang.kernel import clock

    ours = _messages(clock.now(), chunk=CHUNK)
    steps = _steps()
    counted = {"dossiers": 0, "progress": 0}
    wrong = 0
    with urllib.request.urlopen(f"{outside.national_portal}/_sandbox/export") as lines:  # noqa: S310 - our own child
        for line in lines:
            held = json.loads(line)
            own = [next(steps, None) for _ in held["progress"]]
            wrong += held["record"] != next(ours, None) or held["progress"] != own
            counted["dossiers"] += 1
            counted["progress"] += len(held["progress"])
    missing = sum(1 for _ in ours) + sum(1 for _ in steps)
    return {
        **counted, "messages": sum(counted.values()), "wrong": wrong, "missing": missing,
        "is_right": counted["dossiers"] > 0 and not wrong and not missing,
    }  # fmt: skip


def _table(report: dict[str, Any]) -> str:
    seconds = ", ".join(f"{what} {value} s" for what, value in report["seconds"].items())
    return "\n".join(
        [
            f"{report['dossiers']:,} dossiers with {report['progress']:,} rows of progress ({report['outbox_rows']:,} rows of the "
            f"outbox), {report['workers']} workers, {report['cores']} cores, load {report['load'][0]} before, {report['load'][1]} after",
            f"{'':58}{'dossiers a second':>18}{'messages a second':>18}",
            f"{'outbox: progress too, remembered, every call may break':58}{report['dossiers_per_second']:>18}{report['messages_per_second']:>18}",
            f"{'requests.post for each dossier, no progress':58}{report['plain']['dossiers_per_second']:>18}"
            f"{report['plain']['dossiers_per_second']:>18}",
            f"the portal holds exactly what the house says: {report['is_right']} (other {report['wrong']}, missing {report['missing']})",
            f"{seconds}; {report['rounds']} rounds",
            f"Gate: {report['gate']:.0f} dossiers a second: {'met' if report['gate_met'] else 'MISSED'}",
            f"{report['machine']}; PostgreSQL {report['server']}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
