"""The drill: a good backup passes, and each thing that can be wrong with one is found and said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from launcher.backup import command, drilling, facts
from launcher.backup.cluster import Cluster
from launcher.backup.drilling import COMPARED, Drilled, drill
from launcher.backup.repository import Repository
from tests.backup.conftest import Province
from tests.backup.test_backup import taken


@pytest.fixture(autouse=True)
def _environment_of_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its secrets come from its own file, and its own settings read them; those of the suite do not."""
    for name in (
        "VANLANG_SECRET_KEY",
        "VANLANG_KEY_ENCRYPTION_KEY",
        "VANLANG_BACKUP_KEY",
        "VANLANG_BACKUP_KEY_FILE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    monkeypatch.setenv("PYTHONPATH", f"{settings.VANLANG_ROOT / 'src'}:{settings.VANLANG_ROOT}")


def plant(province: Province) -> None:
    """Have the house plant its sample, as `./vanlang backup` does."""
    manage(province, "upkeep", "plant-sample")


def manage(province: Province, *arguments: str) -> None:
    from launcher.secrets import installation_secrets

    told = {
        **os.environ, **installation_secrets(province.place.state), "VANLANG_DATABASE_URL": province.place.url,
        "VANLANG_FILES_DIR": str(province.place.store), "VANLANG_STATE": str(province.place.state),
    }  # fmt: skip
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=settings.VANLANG_ROOT, env=told, check=True)


def drilled(province: Province, repository: Repository | None = None) -> Drilled:
    found = repository or province.repository
    return drill(province.place, found, found.find(), province.key, quiet=True)


@pytest.fixture
def _no_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small server has none of the tables that the house's own code would open."""
    monkeypatch.setattr(drilling, "_sample", lambda *told: "not asked")


def failed(outcome: Drilled) -> dict[str, str]:
    return {proof.code: proof.says for proof in outcome.proofs if not proof.good}


@pytest.mark.django_db
def test_a_good_backup_passes_and_nothing_is_left(whole_province: Province) -> None:
    province = whole_province
    province.file(b"%PDF")
    province.act()
    plant(province)
    taken(province)
    outcome = drilled(province)
    assert failed(outcome) == {}
    assert [proof.code for proof in outcome.proofs] == [
        "parts",
        "counts",
        "constraints",
        "log",
        "files",
        "sample",
    ]
    says = {proof.code: proof.says for proof in outcome.proofs}
    assert "2 trong 2 tệp" in says["files"]
    assert "mở được dữ liệu niêm phong" in says["sample"]
    assert int(says["constraints"].split()[0]) > 500
    assert list(province.place.scratch.iterdir()) == []


@pytest.mark.usefixtures("_no_house")
def test_rows_that_break_a_constraint_are_found(province: Province) -> None:
    with Cluster(province.place.url).connect() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("CREATE TABLE parent (id int PRIMARY KEY)")
        connection.execute("CREATE TABLE child (id int REFERENCES parent, CHECK (id < 100) NOT VALID)")
        connection.execute("INSERT INTO child VALUES (7)")
    taken(province)
    assert "child: child_id_fkey" in failed(drilled(province))["constraints"]


@pytest.mark.usefixtures("_no_house")
def test_a_log_that_was_rewritten_between_two_backups_is_found(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "BLOCK", 10)
    monkeypatch.setattr("launcher.backup.drilling.BLOCK", 10)
    for _ in range(45):
        province.act()
    taken(province)
    assert "log" not in failed(drilled(province))
    province.asked(
        "UPDATE audit_record SET act = 'tests.other' WHERE id = (SELECT min(id) + 5 FROM audit_record)"
    )
    for _ in range(10):
        province.act()
    taken(province, days=1)
    assert "khác với bản sao lưu 2026-11-23T020000" in failed(drilled(province))["log"]
    assert COMPARED >= 1


@pytest.mark.usefixtures("_no_house")
def test_a_damaged_content_is_found(province: Province) -> None:
    digest = province.file(b"%PDF a paper")
    taken(province)
    path = province.repository.content_path(province.key, digest)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert digest in failed(drilled(province))["files"]
    path.unlink()
    assert "không có tệp" in failed(drilled(province))["files"]


@pytest.mark.usefixtures("_no_house")
def test_a_damaged_database_part_is_found(province: Province) -> None:
    taken(province)
    path = province.repository.find().path("database")
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    outcome = drilled(province)
    assert "“database”" in failed(outcome)["parts"]
    assert not outcome.good


@pytest.mark.django_db
def test_a_backup_without_the_secrets_that_sealed_its_rows_is_found(whole_province: Province) -> None:
    province = whole_province
    plant(province)
    (
        province.place.state / "secrets.json"
    ).unlink()  # as when an installation is moved by copying its database alone
    taken(province)
    assert "bí mật trong bản sao lưu" in failed(drilled(province))["sample"]


@pytest.mark.django_db
def test_a_backup_without_a_sample_says_so(whole_province: Province) -> None:
    province = whole_province
    taken(province)
    assert "Không có mẫu thử" in failed(drilled(province))["sample"]


@pytest.mark.django_db
def test_the_commands_and_their_exit_codes(
    whole_province: Province, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    province = whole_province
    state, folder = province.place.state, str(province.repository.root)
    monkeypatch.setattr(command, "STATE", state)
    monkeypatch.setattr("launcher.settings.STATE", state)
    monkeypatch.setenv("VANLANG_FILES_DIR", str(province.place.store))
    url = province.place.url
    assert command.backup(["--quiet", "--to", folder], url) == 2
    assert "./vanlang backup key" in capsys.readouterr().err
    assert command.backup(["key"], url) == 0
    shown = capsys.readouterr().out
    assert "chỉ hiện một lần" in shown
    assert command.backup(["key"], url) == 2
    assert shown.split()[0] not in capsys.readouterr().err
    assert command.backup(["--quiet", "--json", "--to", folder], url) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["missing"] == told["damaged"] == 0
    assert command.restore([folder, "--drill", "--quiet"], url) == 0
    assert "✓ Mẫu thử" in capsys.readouterr().out
    assert command.restore([folder, "--quiet"], url) == 2
    assert command.restore([folder, "--quiet", "--replace"], url) == 0
    noted = province.asked("SELECT kind, is_good FROM operations_upkeep ORDER BY id")
    assert noted == [
        ("restore", True)
    ]  # the backup's own line and the drill's came after it: they went with the rest
    assert province.asked("SELECT act FROM audit_record ORDER BY id DESC LIMIT 1") == [
        ("operations.restore",)
    ]
    assert command.backup(["--list", "--to", folder], url) == 0
    other = Path(folder) / "other.key"
    other.write_text(command.Key.made().text)
    assert command.restore([folder, "--key-file", str(other)], url) == 2
    assert "không phải khóa của bản sao lưu" in capsys.readouterr().err
