"""
An upgrade with real processes and a real PostgreSQL: the house of this commit serves, a release with one migration more is
installed beside it, and whatever goes wrong, the old one goes on.

Minutes, so it is asked by name: `./vanlang test tests/upgrade_proof.py`. The releases are this very tree, copied; their
environment is that of the suite. Only how a bundle installs itself is short here: what `deploy/install` does is in
test_bundle.py.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import connection

from launcher import setting_up
from launcher.bundling import signing
from launcher.settings import ROOT

pytestmark = pytest.mark.django_db
OLD, NEW = "1.0.0+aaaaaaaaaaaa", "1.1.0+bbbbbbbbbbbb"

MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_extensions_and_role")]
    operations = [migrations.RunSQL({sql!r}, {back!r})]
"""
LEFT_OUT = shutil.ignore_patterns("tests", "__pycache__", "sandbox")
ADDS = "ALTER TABLE audit_record ADD COLUMN upgraded text"
INSTALL = """#!/usr/bin/env python3
import pathlib, shutil, sys
here = pathlib.Path(__file__).parent
release = pathlib.Path(sys.argv[2]) / "releases" / {name!r}
if not release.exists():
    shutil.copytree(here, release, symlinks=True)
"""
RESTART = """#!/bin/sh
# What systemd does on a server: end what serves, start what `current` names.
cd "{home}"
[ ! -f web.pid ] || kill -TERM "$(cat web.pid)" 2>/dev/null
while [ -f web.pid ] && readlink "/proc/$(cat web.pid)/cwd" > /dev/null; do sleep 0.1; done
cd current/app
PYTHONPATH=src:. VANLANG_STATIC_DIR="{home}/current/static" setsid {python} -m launcher serve web >> "{home}/web.log" 2>&1 &
echo $! > "{home}/web.pid"
"""


@dataclass
class Province:
    """A home with the old release that serves, and its database."""

    home: Path
    url: str
    port: int

    def upgrade(self, *arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.told(**said),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "launcher", "upgrade", "--home", str(self.home), *arguments]

    def told(self, **said: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VANLANG_")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "VANLANG_DATABASE_URL": self.url,
            "VANLANG_HOSTS": "localhost,127.0.0.1",
            "VANLANG_STATE": str(self.home / "state"),
            "VANLANG_WEB_PORT": str(self.port),
            "VANLANG_WEB_PROCESSES": "1",
            "VANLANG_RESTART": f"sh {self.home}/restart",
            "VANLANG_UPGRADE_BACKUP": f"sh {self.home}/backup",
        } | said  # fmt: skip

    def serves(self) -> str:
        """Return which release's process answers on the port: by the folder that it works in."""
        assert ready(self.port), (self.home / "web.log").read_text()[-2000:]
        pid = int((self.home / "web.pid").read_text())
        return Path(os.readlink(f"/proc/{pid}/cwd")).parent.name

    def one(self, question: LiteralString, *arguments: object) -> Any:
        with psycopg.connect(self.url, autocommit=True) as own:
            row = own.execute(question, arguments).fetchone()
        return row[0] if row else None

    def has_column(self) -> bool:
        return bool(
            self.one(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'audit_record'::regclass AND attname = 'upgraded'"
            )
        )


def ready(port: int) -> bool:
    deadline = time.monotonic() + 60
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/dang-nhap/", headers={"X-Forwarded-Proto": "https"}
    )
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def linked(source: str, target: str) -> None:
    """Link a file of this tree where that is possible: nothing writes into it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def tree(release: Path, name: str) -> None:
    """Lay this tree as a release."""
    (release / "app").mkdir(parents=True)
    for folder in ("src", "config", "reference"):
        shutil.copytree(ROOT / folder, release / "app" / folder, ignore=LEFT_OUT, copy_function=linked)
    for file in ("manage.py", "vanlang", "requirements.txt"):
        shutil.copy(ROOT / file, release / "app" / file)
    (release / "venv").symlink_to(sys.prefix)
    (release / "MANIFEST.json").write_text(json.dumps({"release": name}))


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> str:
    """The name of the suite's database, which is copied for each province."""
    with django_db_blocker.unblock():
        return str(connection.settings_dict["NAME"])


@pytest.fixture
def province(tmp_path: Path, database: str) -> Iterator[Province]:
    connection.close()  # what somebody holds open cannot be copied
    server = os.environ["VANLANG_DATABASE_URL"].rpartition("/")[0]
    name = f"upgrade_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database}"')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    here = Province(tmp_path / "opt", f"{server}/{name}", port)
    tree(here.home / "releases" / OLD, OLD)
    (here.home / "current").symlink_to(f"releases/{OLD}")
    (here.home / "restart").write_text(RESTART.format(home=here.home, python=sys.executable))
    (here.home / "backup").write_text(f"echo taken >> {here.home}/backups\necho {here.home}/backups\n")
    reference_is_there(here)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    told = here.told(
        VANLANG_SECRET_KEY="s" * 50, VANLANG_STATIC_DIR=str(here.home / "releases" / OLD / "static")
    )
    told["PYTHONPATH"] = "src:."
    subprocess.run(collect, cwd=here.home / "current" / "app", env=told, check=True)
    subprocess.run(["sh", str(here.home / "restart")], env=here.told(), check=True)
    try:
        assert here.serves() == OLD
        yield here
    finally:
        os.kill(int((here.home / "web.pid").read_text()), signal.SIGTERM)
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def reference_is_there(here: Province) -> None:
    """Say that the reference data of this tree was loaded: loading it is not what is tried here."""
    stamps = here.home / "state" / "stamps"
    stamps.mkdir(parents=True)
    name = f"reference-{setting_up._name_of(here.url)}-False"
    (stamps / name).write_text(setting_up.fingerprint(setting_up.reference_inputs()))


def bundle(here: Province, sql: str = ADDS, back: str = "") -> Path:
    """Make the bundle of the new release: this tree and one migration more; signed by whom the home trusts."""
    folder = here.home.parent / "bundle"
    tree(folder / NEW, NEW)
    migration = folder / NEW / "app" / "src" / "vanlang" / "kernel" / "migrations" / "0002_upgraded.py"
    migration.write_text(MIGRATION.format(sql=sql, back=back))
    (folder / NEW / "install").write_text(INSTALL.format(name=NEW))
    path = packed(folder)
    shutil.copy(folder / "release.pub", here.home / "release.pub")
    return path


def packed(folder: Path) -> Path:
    path = folder / "vanlang.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(folder / NEW, f"vanlang-{NEW}")
    signing.sign(path, folder / "key.pem")
    return path


def test_a_kill_in_the_middle_leaves_a_place_to_go_on_from_and_the_way_back_is_one_command(
    province: Province,
) -> None:
    path = bundle(province)
    with psycopg.connect(province.url) as officer:  # an open transaction holds the table: the migration waits
        officer.execute("LOCK TABLE audit_record IN ACCESS SHARE MODE")
        running = subprocess.Popen(
            province.command(str(path)), env=province.told(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, text=True,
        )  # fmt: skip
        wait_for(lambda: waits_for_the_table(province), running)
        os.killpg(running.pid, signal.SIGKILL)
        said, _ = running.communicate()
    assert "kernel.0002_upgraded: khoảng 0.0 giây, khóa 0.0 giây; chỉ tiến, quay lại được bản cũ" in said
    assert done(province) == ["look", "place", "plan", "back up", "begin to migrate"]
    assert (province.serves(), province.has_column()) == (OLD, False)
    assert "chưa xong" in province.upgrade(str(path)).stderr
    gone = province.upgrade("--resume")
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert (province.serves(), province.has_column()) == (NEW, True)
    assert (province.home / "backups").read_text() == "taken\n"
    back = province.upgrade("--rollback")
    assert back.returncode == 0, back.stdout + back.stderr
    assert (province.serves(), province.has_column()) == (OLD, True)


def waits_for_the_table(here: Province) -> bool:
    return bool(
        here.one("SELECT count(*) FROM pg_locks WHERE relation = 'audit_record'::regclass AND NOT granted")
    )


def done(here: Province) -> list[str]:
    try:
        return list(json.loads((here.home / "upgrade.json").read_text())["done"])
    except (OSError, ValueError):
        return []


def wait_for(true: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert running.poll() is None, running.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_whatever_is_wrong_with_a_release_the_old_one_goes_on(province: Province) -> None:
    failing = bundle(province, f"{ADDS}; SELECT 1 / 0")
    gone = province.upgrade(str(failing))
    assert gone.returncode == 1
    assert "division by zero" in gone.stderr
    assert f"Bản cũ {OLD} vẫn đang chạy" in gone.stderr
    assert (province.serves(), province.has_column()) == (OLD, False)
    assert province.upgrade("--rollback").returncode == 0
    assert not (province.home / "upgrade.json").exists()

    gone = province.upgrade(
        str(
            renewed(
                province, MIGRATION.format(sql="ALTER TABLE django_content_type DROP COLUMN model", back="")
            )
        )
    )
    assert "--no-way-back" in gone.stderr
    assert "Chưa có gì thay đổi" in gone.stderr
    assert done(province) == []

    gone = province.upgrade(
        str(renewed(province, MIGRATION.format(sql=ADDS, back=""), wsgi="raise SystemExit('spoiled')\n"))
    )
    assert gone.returncode == 1
    assert "Bước “try”" in gone.stderr
    assert (province.serves(), province.has_column()) == (OLD, True)
    assert province.upgrade("--rollback").returncode == 0

    signing.sign(failing, province.home.parent / "stranger.pem")
    assert "chữ ký" in province.upgrade(str(failing)).stderr
    assert province.serves() == OLD


def renewed(here: Province, migration: str, *, wsgi: str = "") -> Path:
    """Make the bundle of the new release again, otherwise; what was installed of it goes."""
    folder = here.home.parent / "bundle"
    shutil.rmtree(here.home / "releases" / NEW, ignore_errors=True)
    app = folder / NEW / "app"
    (app / "src" / "vanlang" / "kernel" / "migrations" / "0002_upgraded.py").write_text(migration)
    if wsgi:
        (app / "config" / "wsgi.py").unlink()  # a link to ours
        (app / "config" / "wsgi.py").write_text(wsgi)
    return packed(folder)
