"""The scanner on the wire, and what the house does with its answers."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.files import api, ports
from vanlang.files.adapters.clamd import ClamdScanner
from vanlang.files.api import ScanState
from vanlang.files.jobs import scan_file
from vanlang.files.models import StoredFile
from vanlang.kernel import events
from vanlang.kernel.errors import OutsideSystemError

from . import samples
from .fake_clamd import fake_clamd

INFECTED_PNG = samples.image("PNG") + samples.EICAR


def closed_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{listener.getsockname()[1]}"


def test_clean_and_infected_over_tcp() -> None:
    with fake_clamd() as (address, seen):
        scanner = ClamdScanner(address)
        assert scanner.scan(b"a" * 200_000) == ports.ScanVerdict(ScanState.CLEAN)
        assert scanner.scan(samples.EICAR) == ports.ScanVerdict(ScanState.INFECTED, "Eicar-Test-Signature")
    assert seen == [200_000, len(samples.EICAR)]


def test_over_a_unix_socket(tmp_path: Path) -> None:
    with fake_clamd(unix=tmp_path / "clamd.ctl") as (address, _):
        assert ClamdScanner(address).scan(samples.EICAR).state is ScanState.INFECTED


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\xff\xfe\0", b"stream: OKAY\0"]
)
def test_an_unclear_answer_is_no_clean_bill(answer: bytes) -> None:
    with fake_clamd(answer=answer or b"\0") as (address, _):
        assert ClamdScanner(address).scan(b"x").state is ScanState.UNSCANNED


def test_a_scanner_that_is_silent_is_not_waited_for() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        scanner = ClamdScanner(f"tcp://127.0.0.1:{listener.getsockname()[1]}", answer_seconds=0.05)
        assert scanner.scan(b"x").state is ScanState.UNSCANNED


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_away(address: str) -> None:
    assert ClamdScanner(address).scan(b"x").state is ScanState.UNSCANNED


def test_an_infected_file_is_refused_and_leaves_nothing(db: None, at: dt.datetime) -> None:
    with fake_clamd() as (address, _), ports.plugged(scanner=ClamdScanner(address)):
        with pytest.raises(api.FileRefusedError) as refused:
            api.store(content=INFECTED_PNG, name="ảnh.png", at=at)
        assert refused.value.code == "files.infected"
        assert api.store(content=samples.image("PNG"), name="ảnh.png", at=at).scan_state is ScanState.CLEAN
    assert StoredFile.objects.count() == 1


def test_the_counter_is_not_kept_waiting_and_the_job_asks_later(
    db: None, at: dt.datetime, monkeypatch
) -> None:
    told: list[api.FileFoundInfected] = []
    monkeypatch.setitem(events._handlers, "files.found_infected", [told.append])
    with ports.plugged(scanner=ClamdScanner(closed_port())):
        card = api.store(content=INFECTED_PNG, name="ảnh.png", at=at)
        assert card.scan_state is ScanState.UNSCANNED
        assert api.read(card.id) == INFECTED_PNG
        assert api.list_unscanned() == [card.id]
        job = ProcrastinateJob.objects.get(task_name="files.scan")
        assert job.args == {"file_id": str(card.id)}
        with pytest.raises(OutsideSystemError):
            scan_file(**job.args)
    with fake_clamd() as (address, _), ports.plugged(scanner=ClamdScanner(address)):
        scan_file(**job.args)
    assert api.get_file(card.id).scan_state is ScanState.INFECTED
    with pytest.raises(api.FileInfectedError):
        api.read(card.id)
    assert ProcrastinateJob.objects.filter(task_name="kernel.deliver_event").count() == 1


def test_the_job_makes_a_clean_file_clean_and_bears_being_called_twice(db: None, at: dt.datetime) -> None:
    with ports.plugged(scanner=ClamdScanner(closed_port())):
        card = api.store(content=samples.pdf(), name="đơn.pdf", at=at)
    with fake_clamd() as (address, _), ports.plugged(scanner=ClamdScanner(address)):
        scan_file(file_id=str(card.id))
        scan_file(file_id=str(card.id))
    assert api.get_file(card.id).scan_state is ScanState.CLEAN
    assert api.list_unscanned() == []
