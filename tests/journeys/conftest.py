"""
A real province for the journeys: `./vanlang run` on a database of its own, driven by a real browser.

Nothing is faked inside: web server, job worker, identity provider and certificate authority are the processes
that a user gets. Screenshots go to docs/manual-vi/img when renewed on purpose (`./vanlang screenshots`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "manual-vi" / "img"
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
]  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class Province:
    """Where the running province answers, and its secrets."""

    url: str
    state: Path
    environment: dict[str, str]

    @property
    def password(self) -> str:
        """Of the cast's officers."""
        return str(json.loads((self.state / "secrets.json").read_text())["VANLANG_DEMO_PASSWORD"])

    def totp(self, username: str) -> str:
        """Return the code that the member of the cast would read from the authenticator now."""
        answer = self.manage("totp", username)
        return answer.strip().splitlines()[-1]

    def manage(self, *arguments: str) -> str:
        """Run one of the product's commands against this province; return what it printed."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments], env=self.environment, cwd=ROOT, check=True,
            capture_output=True, text=True,
        ).stdout  # fmt: skip


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    if not shutil.which("chromium"):
        pytest.skip("needs chromium")
    state = tmp_path_factory.mktemp("province")
    port = _free_port()
    maintenance = os.environ["VANLANG_DATABASE_URL"]
    database = f"vanlang_journeys_{port}"
    _sql(maintenance, f"CREATE DATABASE {database}")
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("VANLANG_", "DJANGO_", "PYTEST_"))
    } | {
        "VANLANG_STATE": str(state),
        "VANLANG_DATABASE_URL": f"{maintenance.rsplit('/', 1)[0]}/{database}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip
    log = (state / "run.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "launcher", "run", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", process, state / "run.log")
        yield Province(f"http://127.0.0.1:{port}", state, _told(environment, state, port))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        log.close()
        _sql(maintenance, f"DROP DATABASE {database} WITH (FORCE)")


def _told(environment: dict[str, str], state: Path, port: int) -> dict[str, str]:
    """Return what the processes of the province are told, so that a command finds the same secrets and stand-ins."""
    code = (
        "import json; from launcher.settings import Ports, environment; import os;"
        f"print(json.dumps(environment(Ports.at({port}), database_url=os.environ['VANLANG_DATABASE_URL'])))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    told: dict[str, str] = json.loads(answer.stdout)
    return told


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - a loopback address of our own
                return
        except OSError:
            time.sleep(0.2)  # a process to come up, not a test that sleeps
    raise AssertionError(log.read_text())


def _sql(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _free_port() -> int:
    """Return a port whose neighbours (+81, +82: the stand-ins) are free too."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < 60000 and all(_is_free(port + step) for step in (0, 81, 82)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        pytest.skip("needs chromium")
    # Playwright keeps an event loop in this thread; Django would refuse the database to tests that come after.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture(params=["1280", "390"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    return WIDE if request.param == "1280" else NARROW


@dataclass
class Visitor:
    """A person at a screen: one browser context, with what a journey needs to do and to prove."""

    province: Province
    context: BrowserContext
    page: Page
    width: int

    def goto(self, path: str) -> None:
        self.page.goto(self.province.url + path)

    def sign_in_as_citizen(self, name: str, *, next_path: str = "/") -> None:
        """Sign in at the identity provider as a person of the sandbox."""
        self.goto(f"/dang-nhap/?next={next_path}")
        self.page.get_by_role("button", name="Tài khoản định danh").first.click()
        self.page.get_by_role("radio", name=name).check()
        self.page.get_by_role("button", name="Đăng nhập thử nghiệm").click()
        self.page.wait_for_url(f"{self.province.url}/**")

    def sign_in_as_officer(self, username: str) -> None:
        self.goto("/dang-nhap/?next=/can-bo/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(self.province.password)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_load_state()
        if "xac-thuc" in self.page.url or "authenticate" in self.page.url:
            self.page.get_by_label("Mã xác thực").fill(self.province.totp(username))
            self.page.get_by_role("button", name="Xác nhận").click()
        self.page.wait_for_url(f"{self.province.url}/can-bo/**")

    def picture(self, name: str) -> None:
        """Check the page with axe, that nothing is cut off sideways, and keep its picture when asked."""
        check_with_axe(self.page)
        assert self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (
            "cut off sideways"
        )
        if os.environ.get("VANLANG_SCREENSHOTS"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(PICTURES / f"{name}-{self.width}.png"), full_page=True)


def check_with_axe(page: Page) -> None:
    """Assert that axe finds nothing serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    bad = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert bad == []


@pytest.fixture
def visitor(province: Province, browser: Browser, viewport: dict[str, int]) -> Iterator[Visitor]:
    yield from _visit(province, browser, viewport, javascript=True)


@pytest.fixture
def visitor_without_javascript(province: Province, browser: Browser) -> Iterator[Visitor]:
    yield from _visit(province, browser, WIDE, javascript=False)


def _visit(province: Province, browser: Browser, viewport: Any, *, javascript: bool) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", java_script_enabled=javascript
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: troubles.append(message.text) if "Content Security Policy" in message.text else None,
    )
    try:
        yield Visitor(province, context, page, viewport["width"])
    finally:
        context.close()
    assert troubles == []
