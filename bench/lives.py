"""
Whole lives of dossiers: how many a second on one core?

A life is submit → receive → assign → propose → approve → release → deliver. Each act is its own transaction with its
history and its audit record, done in the scope of the citizen or officer who does it, under row-level security.

Beside it, in the same run, against the same database and with as many commits: SpiffWorkflow 3 (BPMN) runs a process
of seven user tasks and keeps its state in a table, loaded before and stored after each step, as a web request must.
It is given no rights, no audit, no clock and no numbering: it does less.

Slices of both alternate, so that a noisy minute hits both alike. Commits that wait for the disk cost no processor
time, so both rates are given: per second as measured with one worker, and per second of processor time, client and
server together.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any

from bench.support.processor import cpu_of
from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

GATE = 15.0
"""Lives a second per core that the house asks for."""
ACTS = 7
SLICE_SECONDS = 2.0


@dataclass
class Tally:
    """What one side did."""

    what: str
    lives: int = 0
    seconds: float = 0.0
    client_cpu: float = 0.0
    server_cpu: float = 0.0

    @property
    def per_second(self) -> float:
        return self.lives / self.seconds

    @property
    def per_core(self) -> float:
        """Lives per second of processor time, client and server backend together."""
        return self.lives / (self.client_cpu + self.server_cpu)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when the gate is met."""
    parser = argparse.ArgumentParser(prog="bench lives", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--seconds", type=float, default=20.0, help="measured seconds for each side")
    arguments = parser.parse_args(argv)
    with scratch_database("lives") as server:
        report = _measure(arguments.seconds) | {"server": server}
    print(json.dumps(report, indent=2) if arguments.json else _table(report))
    return verdict(right=True, in_budget=report["gate_met"])


def _measure(seconds: float) -> dict[str, Any]:
    ours, theirs = our_side(), their_side()
    tallies = [(Tally("Văn Lang"), ours), (Tally("SpiffWorkflow"), theirs)]
    for _, live in tallies:
        for _ in range(5):
            live()  # caches and plans are warm on both sides
    while min(tally.seconds for tally, _ in tallies) < seconds:
        for tally, live in tallies:
            _slice(tally, live)
    mine, other = tallies[0][0], tallies[1][0]
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "workers": 1,
        "acts_per_life": ACTS,
        "commits_per_life": ACTS,
        "sides": [
            asdict(tally) | {"per_second": round(tally.per_second, 1), "per_core": round(tally.per_core, 1)}
            for tally in (mine, other)
        ],
        "gate_per_core": GATE,
        "gate_met": mine.per_core >= GATE,
    }


def _slice(tally: Tally, live: Callable[[], None]) -> None:
    pid = _backend_pid()
    client, server, started = time.process_time(), cpu_of(pid), time.perf_counter()
    while time.perf_counter() - started < SLICE_SECONDS:
        live()
        tally.lives += 1
    tally.seconds += time.perf_counter() - started
    tally.client_cpu += time.process_time() - client
    tally.server_cpu += cpu_of(pid) - server


def _backend_pid() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


# --- ours -------------------------------------------------------------------------------------


def our_side() -> Callable[[], None]:
    """Return a function that leads one dossier through its life, each act in its actor's own scope."""
    from vanlang.dossiers import api as dossiers
    from vanlang.dossiers.tests.factories import PAPER_DRAFT, make_world
    from vanlang.identity.api import Actor, scope_of
    from vanlang.kernel.clock import VIETNAM
    from vanlang.kernel.scope import Scope, acting

    opened = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    with acting(Scope.system()):
        world = make_world(opened)
    specialist = world.mai.appointment_id or 0
    seconds = count()

    def live() -> None:
        at = opened + timedelta(seconds=next(seconds) % 7200)

        @contextmanager
        def as_(actor: Actor) -> Iterator[dict[str, Any]]:
            with acting(scope_of(actor)):
                yield {"actor": actor, "at": at}

        with as_(world.lan) as who:
            key = dossiers.submit(filing=world.filing(), **who).dossier_id
        with as_(world.hung) as who:
            dossiers.receive(dossier_id=key, **who)
        with as_(world.phuc) as who:
            dossiers.assign(dossier_id=key, to_appointment_id=specialist, **who)
        with as_(world.mai) as who:
            dossiers.propose(dossier_id=key, draft=PAPER_DRAFT, **who)
        with as_(world.phuc) as who:
            dossiers.approve(dossier_id=key, **who)
        with as_(world.thao) as who:
            dossiers.release(dossier_id=key, **who)
        with as_(world.hung) as who:
            done = dossiers.deliver(
                dossier_id=key, channel=dossiers.Channel.DIRECT, receiver="Nguyễn Thị Lan", **who
            )
        assert (done.state, done.version) == (dossiers.State.DELIVERED, ACTS)

    return live


# --- SpiffWorkflow ----------------------------------------------------------------------------

_STEPS = ("submit", "receive", "assign", "propose", "approve", "release", "deliver")


def _bpmn() -> str:
    """Return a BPMN process of seven user tasks in a row."""
    nodes = ["start", *_STEPS, "end"]
    tasks = "".join(f'<bpmn:userTask id="{step}" name="{step}"/>' for step in _STEPS)
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(pairwise(nodes))
    )
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">'
        '<bpmn:process id="dossier" isExecutable="true"><bpmn:startEvent id="start"/>'
        f'{tasks}<bpmn:endEvent id="end"/>{flows}</bpmn:process></bpmn:definitions>'
    )


def their_side() -> Callable[[], None]:
    """Return a function that leads one BPMN workflow through its tasks; state as JSON in a table, one commit a step."""
    from django.db import connection, transaction
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

    from vanlang.kernel.database.base import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE spiff_workflow (id uuid PRIMARY KEY, state jsonb NOT NULL, steps int NOT NULL)"
        )
        cursor.execute(
            "CREATE TABLE spiff_step (id bigserial PRIMARY KEY, workflow uuid NOT NULL REFERENCES spiff_workflow, "
            "task text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        cursor.execute("GRANT ALL ON spiff_workflow, spiff_step, spiff_step_id_seq TO vanlang_app")
    parser = BpmnParser()
    parser.add_bpmn_str(_bpmn().encode())
    spec = parser.get_spec("dossier")
    serializer = BpmnWorkflowSerializer()

    def ready_task(workflow: BpmnWorkflow, step: str) -> None:
        [task] = [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]
        assert task.task_spec.name == step
        task.data["done_by"] = step
        task.run()
        workflow.do_engine_steps()

    def live() -> None:
        key = uuid.uuid4()
        for number, step in enumerate(_STEPS):
            with transaction.atomic(), connection.cursor() as cursor:
                if number == 0:
                    workflow = BpmnWorkflow(spec)
                    workflow.do_engine_steps()
                else:
                    cursor.execute("SELECT state FROM spiff_workflow WHERE id = %s FOR UPDATE", [key])
                    (stored,) = cursor.fetchone()
                    workflow = serializer.deserialize_json(
                        stored if isinstance(stored, str) else json.dumps(stored)
                    )
                ready_task(workflow, step)
                state = serializer.serialize_json(workflow)
                cursor.execute(
                    "INSERT INTO spiff_workflow VALUES (%s, %s, %s) "
                    "ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, steps = EXCLUDED.steps",
                    [key, state, number + 1],
                )
                cursor.execute("INSERT INTO spiff_step (workflow, task) VALUES (%s, %s)", [key, step])
        assert workflow.is_completed()

    return live


def _table(report: dict[str, Any]) -> str:
    server = report["server"]
    lines = [
        f"Lives of {ACTS} acts, one commit each; 1 worker, {report['cores']} cores, Python {report['python']}, PostgreSQL "
        f"{server['server_version']} (fsync {server['fsync']}, synchronous_commit {server['synchronous_commit']})",
        f"{'':16}{'lives':>8}{'seconds':>9}{'lives/s':>9}{'client CPU s':>14}{'server CPU s':>14}{'lives/s per core':>18}",
    ]
    lines += [
        f"{side['what']:16}{side['lives']:>8}{side['seconds']:>9.1f}{side['per_second']:>9.1f}"
        f"{side['client_cpu']:>14.1f}{side['server_cpu']:>14.1f}{side['per_core']:>18.1f}"
        for side in report["sides"]
    ]
    reached = "met" if report["gate_met"] else "MISSED"
    lines.append(f"Gate: {GATE:.0f} lives a second per core: {reached}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
