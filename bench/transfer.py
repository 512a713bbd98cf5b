"""
A thousand dossiers change hands: how long does a mass transfer take, and what would clicking one by one cost?

One specialist holds them all and leaves. Side 1 is the transfer as ordered on its page: preview, order, batches of 50 in
a transaction each, by the job's own command; half-way the worker is taken away in the middle of a batch and another one
goes on. Side 2 is the same acts one at a time, as a leader would do them from the dossiers' pages: `assign` as a command,
and, for a share of them, the whole HTTP way (open the page, open the form, post it) with Django's test client, without
network. Every side leaves the same on each dossier: a movement, an audit record, an event; side 1 keeps the due date of
each, which is compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

GATE_SECONDS = 10.0
_VERSION = re.compile(r'name="expected_version"[^>]*value="(\d+)"')
CLICKED = 40
"""Dossiers that are also moved by HTTP; the rest of a thousand is reckoned from them and said so."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when a thousand dossiers move in less than the gate and none is lost or moved twice."""
    parser = argparse.ArgumentParser(prog="bench transfer", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--dossiers", type=int, default=1000)
    arguments = parser.parse_args(argv)
    with scratch_database("transfer") as server:
        report = _measure(arguments.dossiers) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    return verdict(right=report["right"], in_budget=report["gate_met"])


def _measure(number: int) -> dict[str, Any]:
    from vanlang.dossiers.tests.factories import Lives, make_officer, make_world
    from vanlang.identity.api import Role
    from vanlang.kernel.clock import VIETNAM, frozen
    from vanlang.kernel.scope import Scope, acting
    from vanlang.organizations.api import UnitKind

    at = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    with acting(Scope.system()), frozen(at):
        world = make_world(at)
        nam = make_officer(
            "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Chuyên viên",
            {Role.SPECIALIST}, at,
        )  # fmt: skip
        keys = _held_by_mai(Lives(world), number)
        due = _due_dates(keys)
        ordered = _ordered(world, nam, at)
        same_due = _due_dates(keys) == due
        commands = _by_command(world, keys[: number // 2], at)
        clicks = _by_clicks(world, nam, keys[:CLICKED])
    return {
        "python": platform.python_version(), "cores": os.cpu_count(), "dossiers": number, **ordered, "due_dates_kept": same_due,
        "one_by_one_command_ms": commands, "one_by_one_http_ms": clicks, "clicked": min(CLICKED, number),
        "http_seconds_for_all": round(clicks * number / 1000, 1), "gate_seconds": GATE_SECONDS,
        "right": same_due and ordered["moved_once"] == number, "gate_met": ordered["seconds"] * 1000 / number < GATE_SECONDS,
    }  # fmt: skip


def _held_by_mai(lives: Any, number: int) -> list[uuid.UUID]:
    from vanlang.dossiers.rules.states import State

    return [lives.to(State.IN_PROGRESS) for _ in range(number)]


def _due_dates(keys: list[uuid.UUID]) -> dict[uuid.UUID, datetime | None]:
    from vanlang.dossiers.models import Dossier

    return dict(Dossier.objects.filter(pk__in=keys).values_list("pk", "due_at"))


def _ordered(world: Any, nam: Any, at: datetime) -> dict[str, Any]:
    """Order and carry out the transfer, the first worker dying in its middle; return seconds and what was moved."""
    from django.db import transaction

    from vanlang.dossiers.models import Movement
    from vanlang.identity.api import scope_of
    from vanlang.kernel.scope import acting
    from vanlang.teamwork import services
    from vanlang.teamwork.types import Destination, Source, SourceKind

    started = time.perf_counter()
    with acting(scope_of(world.phuc)):
        key = services.order_transfer(
            source=Source(kind=SourceKind.OFFICER, id=world.mai.appointment_id),
            destination=Destination(agency_id=world.viet_tri.id, officer_id=nam.appointment_id),
            reason="Chuyển công tác", decision="15/QĐ-UBND", actor=world.phuc, at=at,
        )  # fmt: skip
    ordered = time.perf_counter() - started
    half = services.carry_out_batch(transfer_id=key, at=at) // 2
    while services.carry_out_batch(transfer_id=key, at=at) > half:
        pass
    try:
        with transaction.atomic():  # a worker that is killed: its batch is never committed
            services.carry_out_batch(transfer_id=key, at=at)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    while services.carry_out_batch(transfer_id=key, at=at):
        pass
    seconds = time.perf_counter() - started
    moves = Movement.objects.filter(act="transfer")
    once = moves.values("dossier_id").distinct().count()
    return {
        "seconds": round(seconds, 2), "preview_and_order_seconds": round(ordered, 2),
        "moved_once": once if once == moves.count() else -1,
    }  # fmt: skip


def _by_command(world: Any, keys: list[uuid.UUID], at: datetime) -> float:
    """Assign each by the command of the leader's button; return milliseconds for one."""
    from vanlang.dossiers import services
    from vanlang.identity.api import scope_of
    from vanlang.kernel.scope import acting

    started = time.perf_counter()
    with acting(scope_of(world.phuc)):
        for key in keys:
            services.assign(
                dossier_id=key, to_appointment_id=world.mai.appointment_id, actor=world.phuc, at=at
            )
    return round((time.perf_counter() - started) * 1000 / max(len(keys), 1), 2)


def _by_clicks(world: Any, nam: Any, keys: list[uuid.UUID]) -> float:
    """Open each page, open the form, post it; return milliseconds for one."""
    from vanlang.desk.tests.officers import browser_of
    from vanlang.kernel import clock

    client = browser_of(world.phuc, second_factor_at=clock.now())
    started = time.perf_counter()
    for key in keys:
        page = client.get(f"/can-bo/ho-so/{key}/")
        form = client.get(f"/can-bo/ho-so/{key}/phan-cong/")
        version = _VERSION.search(form.content.decode())
        told = {
            "officer": str(nam.appointment_id),
            "expected_version": version[1] if version else "",
            "note": "",
        }
        answer = client.post(f"/can-bo/ho-so/{key}/phan-cong/", told)
        if (page.status_code, form.status_code, answer.status_code) != (200, 200, 303):
            msg = f"clicking failed: {page.status_code} {form.status_code} {answer.status_code}"
            raise RuntimeError(msg)
    return round((time.perf_counter() - started) * 1000 / max(len(keys), 1), 1)


def _table(report: dict[str, Any]) -> str:
    number = report["dossiers"]
    return "\n".join(
        [
            f"{number} dossiers, {report['cores']} cores, PostgreSQL {report['server']['server_version']}, fsync {report['server']['fsync']}",
            f"ordered as one transfer, one worker killed half-way   {report['seconds']:>8} s  (preview and order {report['preview_and_order_seconds']} s)",
            f"  each moved exactly once: {report['moved_once']}, due dates kept: {report['due_dates_kept']}",
            f"one by one, the command alone                         {report['one_by_one_command_ms']:>8} ms each",
            f"one by one, by its pages ({report['clicked']} measured)               {report['one_by_one_http_ms']:>8} ms each"
            f"  → {report['http_seconds_for_all']} s for all (reckoned), and {3 * number} page loads by hand",
            f"Gate: {report['gate_seconds']:.0f} s for a thousand: {'met' if report['gate_met'] else 'MISSED'}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
