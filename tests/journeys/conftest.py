"""
The running province and the people who use it.

Nothing is faked inside: web server, job worker, identity provider and certificate authority are the processes that a
user gets. `VANLANG_JOURNEYS_AT=http://127.0.0.1:8000` drives a province that runs already. Pictures of the manual
are renewed on purpose (`./vanlang screenshots`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.provinces import Province, new_province, running_province
from tests.journeys.visitors import DESK, HEIGHTS, PHONE, Visitor, visiting

CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
]  # fmt: skip
__all__ = ["Province", "Visitor"]
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    if not shutil.which("chromium"):
        pytest.skip("needs chromium")
    running = os.environ.get("VANLANG_JOURNEYS_AT")
    if running:
        yield running_province(running)
        return
    with new_province(tmp_path_factory.mktemp("province")) as made:
        yield made


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        pytest.skip("needs chromium")
    # Playwright keeps an event loop in this thread: Django would refuse the database beside it, and what comes after
    # the journeys could start no loop of its own. It ends with them.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture(params=[DESK, PHONE], ids=str)
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    return {"width": request.param, "height": HEIGHTS[request.param]}


@pytest.fixture
def visitor(province: Province, browser: Browser, viewport: dict[str, int]) -> Iterator[Visitor]:
    """Somebody who just came, once at a desk and once on a phone."""
    with visiting(province, browser, width=viewport["width"]) as somebody:
        yield somebody


@pytest.fixture
def visitor_without_javascript(province: Province, browser: Browser) -> Iterator[Visitor]:
    with visiting(province, browser, javascript=False) as somebody:
        yield somebody


@pytest.fixture
def passer_by(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Somebody without an account, whose pages are looked at in both widths."""
    with visiting(province, browser, widths=(DESK, PHONE)) as somebody:
        yield somebody


@pytest.fixture(scope="package")
def at_desk(province: Province, browser: Browser) -> Iterator[Callable[[str], Visitor]]:
    """The officers of the cast, each at a screen of their own for the whole day."""
    with ExitStack() as day:
        seated: dict[str, Visitor] = {}

        def officer(username: str) -> Visitor:
            if username not in seated:
                somebody = day.enter_context(visiting(province, browser, widths=(DESK, PHONE)))
                somebody.sign_in_as_officer(username)
                seated[username] = somebody
            return seated[username]

        yield officer


@pytest.fixture(scope="package")
def citizen(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Bà Lan, signed in with her electronic identity."""
    with visiting(province, browser, widths=(DESK, PHONE)) as lan:
        lan.sign_in_as_citizen("Nguyễn Thị Lan", next_path="/ho-so/")
        yield lan
