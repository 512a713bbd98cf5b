"""
What lies in deploy/ does what it says: nginx is started in front of the running house and asked from outside; systemd reads
the units; a limit that stands in two places is the same in both.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from launcher.settings import ROOT
from tests.support.tools import need
from vanlang.files.rules.policies import PAPERS, PDF_ONLY, TABLES

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


# --- nginx ------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: object
) -> Iterator[tuple[Path, int]]:
    """The web server as production starts it, on the suite's database; yields the folder of its static files and its port."""
    state, port = tmp_path_factory.mktemp("state"), free_port()
    database = connection.settings_dict
    url = f"{os.environ['VANLANG_DATABASE_URL'].rpartition('/')[0]}/{database['NAME']}"
    told = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "VANLANG_DATABASE_URL": url,
        "VANLANG_HOSTS": "localhost",
        "VANLANG_STATE": str(state),
        "VANLANG_STATIC_DIR": str(state / "static"),
        "VANLANG_WEB_PORT": str(port),
        "VANLANG_WEB_PROCESSES": "1",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env={**told, "VANLANG_SECRET_KEY": "only-for-this" * 5}, check=True)
    with (state / "web.log").open("wb") as log:
        command = [sys.executable, "-m", "launcher", "serve", "web"]
        web = subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log)
    try:
        assert answers(f"http://127.0.0.1:{port}/healthz", web), (state / "web.log").read_text()
        yield state / "static", port
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(timeout=40)


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def site(
    house: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int, Path]]:
    """nginx on loopback with our configuration and a certificate of its own: its address, its plain port, the certificate."""
    nginx, openssl = need("nginx"), need("openssl")
    folder = tmp_path_factory.mktemp("nginx")
    plain, tls = free_port(), free_port()
    make = [
        str(openssl), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "privkey.pem"),
        "-out", str(folder / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(make, check=True, capture_output=True)
    arrange(folder, static=house[0], web=house[1], plain=plain, tls=tls)
    command = [
        str(nginx),
        "-p",
        str(folder),
        "-c",
        "main.conf",
        "-e",
        str(folder / "error.log"),
        "-g",
        "daemon off;",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert listens(tls, running), (folder / "error.log").read_text()
        yield f"https://localhost:{tls}", plain, folder / "fullchain.pem"
    finally:
        running.send_signal(signal.SIGQUIT)
        running.wait(timeout=20)


def arrange(folder: Path, *, static: Path, web: int, plain: int, tls: int) -> None:
    """Write the configuration as it is delivered, with the places of this machine instead of the server's."""
    text = (DEPLOY / "nginx" / "vanlang.conf").read_text(encoding="utf-8")
    for written, here in (
        ("server 127.0.0.1:8000", f"server 127.0.0.1:{web}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
        ("dichvucong.phutho.example", "localhost"),
        ("/etc/vanlang/tls", str(folder)),
        ("/etc/vanlang", str(DEPLOY / "nginx")),
        ("/opt/vanlang/current/static/", f"{static}/"),
        ("/opt/vanlang/current/app", str(ROOT)),
        ("/var/log/nginx", str(folder)),
    ):
        assert written in text
        text = text.replace(written, here)
    text = re.sub(r"\n\s*listen \[::\]:[^\n]+", "", text)
    (folder / "vanlang.conf").write_text(text)
    main = (
        "pid nginx.pid; user root;\nevents {}\nhttp {\n  types { text/css css; text/javascript js; text/html html; font/woff2 woff2; }\n"
        "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;\n"
        "  include vanlang.conf;\n}\n"
    )
    (folder / "main.conf").write_text(main if os.geteuid() == 0 else main.replace(" user root;", ""))


def test_a_site_that_is_set_up_so_is_as_it_should_be(site: tuple[str, int, Path]) -> None:
    url, plain, certificate = site
    command = [
        sys.executable,
        str(DEPLOY / "check"),
        url,
        "--http-port",
        str(plain),
        "--ca",
        str(certificate),
        "--limits",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    wrong = [line for line in answer.stdout.splitlines() if line.startswith("✗")]
    if not any("ObservingMiddleware" in name for name in settings.MIDDLEWARE):
        wrong = [
            line for line in wrong if "/healthz" not in line
        ]  # who answers there is not in this house yet
    assert wrong == [], answer.stdout + answer.stderr
    assert answer.stdout.count("✓") + answer.stdout.count("✗") == 19


def test_the_check_sees_what_is_wrong(house: tuple[Path, int]) -> None:
    """The house without nginx: no TLS, no limits. Every question about them is answered with no."""
    command = [
        sys.executable,
        str(DEPLOY / "check"),
        f"https://localhost:{house[1]}",
        "--http-port",
        str(house[1]),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode >= 5, answer.stdout
    assert "✗" in answer.stdout


def test_what_nginx_lets_through_is_what_we_take() -> None:
    text = (DEPLOY / "nginx" / "vanlang.conf").read_text(encoding="utf-8")
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", text)
    form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert int(megabytes) * 1024 * 1024 >= form + max(
        policy.max_bytes for policy in (PAPERS, PDF_ONLY, TABLES)
    )
    assert f"LIMIT_MB = {megabytes}\n" in (DEPLOY / "check").read_text(encoding="utf-8")
    assert f"{megabytes} MB" in (DEPLOY / "nginx" / "pages" / "too-big.html").read_text(encoding="utf-8")


# --- systemd ----------------------------------------------------------------------------------


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(
        strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#", ";")
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign] # names of systemd keep their letters
    parser.read_string(unit.read_text(encoding="utf-8"))
    return parser


HARDENING = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "RestrictNamespaces": "yes", "CapabilityBoundingSet": "", "LockPersonality": "yes", "User": "vanlang",
}  # fmt: skip


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_every_service_may_touch_little(unit: Path) -> None:
    service = read(unit)["Service"]
    assert {name: service.get(name) for name in HARDENING} == HARDENING
    assert service["ExecStart"].startswith("/opt/vanlang/vanlang ")


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".timer"], ids=lambda unit: unit.stem
)
def test_every_timer_has_its_service(unit: Path) -> None:
    assert unit.with_suffix(".service") in UNITS
    assert {"OnCalendar", "OnUnitActiveSec"} & set(read(unit)["Timer"])


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    """As it would here, with our paths in place of those of the server."""
    sections = {section for unit in UNITS for section in read(unit).sections()}
    assert sections == {"Unit", "Service", "Timer", "Install"}
    if not shutil.which("systemd-analyze"):
        return  # a container without systemd: what can be read without it was read
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/vanlang/vanlang", str(ROOT / "vanlang"))
        (tmp_path / unit.name).write_text(text.replace("/opt/vanlang/current/app", str(ROOT)))
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    ours = [line for line in answer.stderr.splitlines() if "vanlang" in line]
    assert ours == []


# --- PostgreSQL -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_postgresql_knows_every_setting() -> None:
    text = (DEPLOY / "postgresql" / "vanlang.conf").read_text(encoding="utf-8")
    names = re.findall(r"^(\w+) = ", text, re.MULTILINE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(name) FROM pg_settings WHERE lower(name) = ANY(%s)", [names])
        known = {row[0] for row in cursor.fetchall()}
    assert sorted(set(names) - known) == []
    assert not {"fsync = off", "synchronous_commit = off", "full_page_writes = off"} & set(text.splitlines())


def test_there_are_connections_enough() -> None:
    """Web processes × threads, the worker, a backup, an upgrade, an administrator."""
    (most,) = re.findall(
        r"max_connections = (\d+)", (DEPLOY / "postgresql" / "vanlang.conf").read_text(encoding="utf-8")
    )
    form = dict(
        re.findall(r"^(\w+)=(\d+)$", (DEPLOY / "vanlang.env").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert int(most) >= int(form["VANLANG_WEB_PROCESSES"]) * int(form["VANLANG_WEB_THREADS"]) + 20
