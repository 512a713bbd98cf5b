"""The doctor on a real database: it sees a session that holds a snapshot, a worker that is gone, a content that rots."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from tests.support.people import sign_in
from tests.support.route_samples import make_people

from vanlang.files.api import PDF_ONLY, store
from vanlang.identity.api import Role
from vanlang.kernel.clock import frozen
from vanlang.operations.adapters import outside
from vanlang.operations.errors import SampleSpoiledError
from vanlang.operations.models import Sample, Upkeep
from vanlang.operations.queries import database, keeping, work
from vanlang.operations.services import doctor, upkeep
from vanlang.operations.services.doctor import examine
from vanlang.operations.tests.conftest import upkeep as outcome
from vanlang.operations.types import Severity, UpkeepKind

pytestmark = pytest.mark.django_db


def codes(at: dt.datetime) -> dict[str, Severity]:
    return {finding.code: finding.severity for one in examine(at).looked for finding in one.findings}


@contextmanager
def another_session(*, name: str) -> Iterator[psycopg.Connection]:
    told = connection.settings_dict
    with psycopg.connect(
        host=told["HOST"], port=told["PORT"], user=told["USER"], password=told["PASSWORD"], dbname=told["NAME"],
        application_name=name,
    ) as other:  # fmt: skip
        yield other


def test_every_probe_answers_on_a_real_database(at: dt.datetime) -> None:
    found = examine(at)
    assert [one.probe for one in found.looked] == [probe.code for probe in doctor.PROBES]
    assert all(one.findings for one in found.looked)
    assert "operations.probe_failed" not in codes(at)
    assert "operations.migrations_pending" not in codes(at)
    assert "operations.code_behind" not in codes(at)
    assert "operations.policies_bypassed" not in codes(at)


def test_a_session_that_holds_a_snapshot_is_seen_by_the_role_that_owns_nothing() -> None:
    with another_session(name="forgotten report") as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1")
        seen = [one for one in database.list_sessions() if one.who == "forgotten report"]
        assert [one.state for one in seen] == ["idle in transaction"]
        assert seen[0].snapshot is not None
        assert seen[0].idle is not None
        assert seen[0].snapshot >= dt.timedelta()
    run("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity till its end
    assert [one for one in database.list_sessions() if one.who == "forgotten report"] == []


def test_a_database_that_does_not_answer_is_a_finding_and_the_rest_is_looked_at(
    at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", silent)
    found = codes(at)
    assert found["operations.database_silent"] is Severity.DANGER
    assert any(code.startswith("operations.disk") for code in found)


def test_a_probe_that_breaks_stops_no_other(at: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(at: dt.datetime) -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        return []

    probes = (doctor.Probe("database", broken), *doctor.PROBES[1:])  # type: ignore[arg-type] # it never returns
    monkeypatch.setattr(doctor, "PROBES", probes)
    found = codes(at)
    assert found["operations.probe_failed"] is Severity.WARNING
    assert len(found) >= len(doctor.PROBES)


# --- work --------------------------------------------------------------------------------------------


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_worker_that_is_gone_and_its_jobs_are_seen(at: dt.datetime) -> None:
    run("DELETE FROM procrastinate_workers")
    assert codes(at)["operations.worker_gone"] is Severity.DANGER
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert "operations.worker_gone" not in codes(at)
    assert work.count_stalled() == 0
    run(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
        " SELECT 'events', 'a', 'doing', max(id) FROM procrastinate_workers"
    )
    assert work.count_stalled() == 0
    run("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    assert codes(at)["operations.jobs_stalled"] is Severity.WARNING
    run("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "operations.jobs_stalled" not in codes(at)


def test_a_queue_that_waits_is_seen_and_jobs_for_later_are_not_waiting(at: dt.datetime) -> None:
    run(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES"
        " ('events', 'a', now() - interval '20 minutes'), ('later', 'b', now() + interval '1 day')"
    )
    assert [(one.name, one.waiting) for one in work.list_queues()] == [("events", 1)]
    assert codes(at)["operations.queue_slow"] is Severity.WARNING
    run("DELETE FROM procrastinate_events")
    run("DELETE FROM procrastinate_jobs")
    assert "operations.queue_slow" not in codes(at)


def test_a_job_that_was_given_up_is_counted() -> None:
    run("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('events', 'a', 'doing')")
    run("UPDATE procrastinate_jobs SET status = 'failed'")
    assert work.count_failed() == 1


# --- what must be there tomorrow ---------------------------------------------------------------------


def paper(at: dt.datetime) -> str:
    return store(content=upkeep._paper("giấy"), name="a.pdf", at=at, policy=PDF_ONLY).sha256


def content_path(sha256: str) -> Path:
    return Path(settings.VANLANG_FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def test_a_content_that_rots_is_found(at: dt.datetime) -> None:
    path = content_path(paper(at))
    assert "operations.store_good" in codes(at)
    sound = path.read_bytes()
    path.write_bytes(b"rotten")
    assert codes(at)["operations.store_damaged"] is Severity.DANGER
    path.write_bytes(sound)
    assert "operations.store_good" in codes(at)


def test_backups_and_drills_are_noted_and_aged(at: dt.datetime) -> None:
    assert codes(at)["operations.backup_never"] is Severity.DANGER
    upkeep.note(outcome=outcome(UpkeepKind.BACKUP, at - dt.timedelta(hours=7), name="2026-11-23T020000"))
    upkeep.note(outcome=outcome(UpkeepKind.DRILL, at - dt.timedelta(days=2)))
    assert {"operations.backup_good", "operations.drill_good"} <= codes(at).keys()
    assert "operations.backup_old" in codes(at + dt.timedelta(days=2))
    upkeep.note(outcome=outcome(UpkeepKind.BACKUP, at - dt.timedelta(hours=1), good=False, why="Đĩa đầy."))
    assert codes(at)["operations.backup_failed"] is Severity.DANGER
    assert [card.kind for card in keeping.list_upkeep()] == ["backup", "backup", "drill"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_record WHERE act LIKE 'operations.%%'")
        assert cursor.fetchone() == (3,)


def test_an_outcome_is_not_changed_afterwards(at: dt.datetime) -> None:
    upkeep.note(outcome=outcome(UpkeepKind.DRILL, at))
    with pytest.raises(Exception, match="permission denied"):
        Upkeep.objects.update(is_good=False)


def test_the_sample_opens_and_says_what_is_lost(at: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SampleSpoiledError):
        upkeep.open_sample()
    upkeep.plant_sample(at=at)
    upkeep.plant_sample(at=at + dt.timedelta(days=1))
    assert Sample.objects.count() == 1
    assert "23/11/2026" in upkeep.open_sample().says
    path = content_path(Sample.objects.get().paper.sha256)
    path.rename(path.with_name("away"))
    with pytest.raises(SampleSpoiledError) as lost:
        upkeep.open_sample()
    assert lost.value.code == "operations.sample_paper"
    path.with_name("away").rename(path)
    with monkeypatch.context() as other:
        other.setattr(settings, "VANLANG_KEY_ENCRYPTION_KEY", "another key than it was sealed with")
        with pytest.raises(SampleSpoiledError) as sealed:
            upkeep.open_sample()
    assert sealed.value.code == "operations.sample_sealed"


def test_the_launcher_notes_by_the_command(at: dt.datetime, capsys: pytest.CaptureFixture[str]) -> None:
    told = {
        "kind": "drill",
        "good": True,
        "began_at": at.isoformat(),
        "ended_at": at.isoformat(),
        "facts": {"name": "x"},
    }
    call_command("upkeep", "note", json.dumps(told))
    assert keeping.find_last(UpkeepKind.DRILL, good=True) is not None
    call_command("upkeep", "plant-sample")
    call_command("upkeep", "open-sample")
    assert "mở được dữ liệu niêm phong" in capsys.readouterr().out


# --- other clocks, other certificates ----------------------------------------------------------------


@contextmanager
def ntp_server(ahead: float) -> Iterator[str]:
    """Answer one question by SNTP, so many seconds ahead."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))

        def answer() -> None:
            _, who = line.recvfrom(512)
            seconds = outside.clock.now().timestamp() + ahead + 2_208_988_800
            stamp = struct.pack("!II", int(seconds), int(seconds % 1 * 2**32))
            line.sendto(b"\x24" + bytes(39) + stamp, who)

        answering = threading.Thread(target=answer)
        answering.start()
        yield f"ntp://127.0.0.1:{line.getsockname()[1]}"
        answering.join()


def test_a_clock_is_compared_by_ntp() -> None:
    with ntp_server(ahead=120) as url:
        offset = outside.reference_clock(url)
    assert offset is not None
    assert dt.timedelta(seconds=118) < offset < dt.timedelta(seconds=122)


def test_a_clock_is_compared_by_the_date_of_an_answer() -> None:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(200)
            self.send_header("Date", self.date_time_string(outside.clock.now().timestamp() - 3600))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        offset = outside.reference_clock(f"http://127.0.0.1:{server.server_port}/")
        answering.join()
    assert offset is not None
    assert dt.timedelta(seconds=-3603) < offset < dt.timedelta(seconds=-3597)


def test_a_clock_that_is_none_is_silent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert outside.reference_clock(f"http://127.0.0.1:{taken.getsockname()[1]}/") is None
    assert outside.reference_clock("nonsense") is None


def test_a_certificate_is_read_from_a_file(tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    until = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).not_valid_after(until).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "site.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    assert outside.web_certificate(str(path)) == until
    assert outside.web_certificate(str(tmp_path / "gone.pem")) is None


# --- mouths ------------------------------------------------------------------------------------------


def test_the_command_says_it_and_its_exit_code_is_the_gravest(
    at: dt.datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    with frozen(at), pytest.raises(SystemExit) as ended:
        call_command("doctor")
    said = capsys.readouterr().out
    assert ended.value.code == 2
    assert "✗ Sao lưu: Chưa có bản sao lưu trọn vẹn nào." in said
    assert "    → Hãy chạy ./vanlang backup key" in said
    with frozen(at), pytest.raises(SystemExit):
        call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["severity"] == "danger"
    assert {"probe", "code", "severity", "label", "says", "do_now", "facts"} == set(told["findings"][0])


def test_the_page_shows_what_to_do_first(at: dt.datetime) -> None:
    from django.test import Client
    from django.urls import reverse

    with frozen(at):
        people = make_people(at)
        upkeep.note(outcome=outcome(UpkeepKind.DRILL, at - dt.timedelta(days=2), name="2026-11-21T020000"))
        page = sign_in(Client(), people.at_home[Role.ADMIN]).get(reverse("operations:doctor"))
        refused = sign_in(Client(), people.at_home[Role.COUNTER]).get(reverse("operations:doctor"))
    text = page.content.decode()
    assert page.status_code == 200
    assert refused.status_code == 403
    assert text.index("Nguy hiểm") < text.index("Cần xem</")
    assert "Chưa có bản sao lưu trọn vẹn nào." in text
    assert "2026-11-21T020000" in text
