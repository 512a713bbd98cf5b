"""Pages asked of a real worker, one after another: how long each took, what it cost, and how many questions it put to the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.support.server import Answer, Browser, Worker

if TYPE_CHECKING:
    from vanlang.identity.models import Account

WARM_UP = 10
OFFICERS = ("counter", "specialist", "leader", "clerk")

Visitors = Mapping[str, "Account | None"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be asked for."""

    name: str
    visitors: tuple[str, ...]
    """Who asks."""
    addresses: tuple[str, ...]
    """Asked in turn."""
    form: dict[str, str] = field(default_factory=dict)
    """Sent by POST when there is one."""
    status: int = 200
    """What the answer must be."""


def p95(times: Sequence[float]) -> float:
    """Return the time that nineteen of twenty stay under. Units: as given, to a tenth."""
    return round(quantiles(times, n=20)[-1], 1)


def p50(times: Sequence[float]) -> float:
    return round(median(times), 1)


# --- questions put to the database -----------------------------------------------------------------


def count_queries(pages: Sequence[Page], visitors: Visitors) -> dict[tuple[str, str], int]:
    """Return how many queries each page asks for each visitor, once it is warm: the most of its addresses."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counts: dict[tuple[str, str], int] = {}
    for who, account in visitors.items():
        client = Client(HTTP_HOST="127.0.0.1")
        if account is not None:
            client.force_login(account)
        for page in pages:
            if who not in page.visitors:
                continue
            for address in page.addresses:
                _ask_here(client, page, address)
                forget_tries()
                with CaptureQueriesContext(connection) as captured:
                    _ask_here(client, page, address)
                counts[page.name, who] = max(counts.get((page.name, who), 0), len(captured))
    return counts


def _ask_here(client: Any, page: Page, address: str) -> None:
    answer = client.post(address, page.form) if page.form else client.get(address)
    assert answer.status_code == page.status, (page.name, address, answer.status_code)


def forget_tries() -> None:
    """A bench tries more often than a visitor may."""
    from vanlang.identity.models import Allowance

    Allowance.objects.all().delete()


# --- time ------------------------------------------------------------------------------------------


def time_page(page: Page, served: Worker, visitors: Visitors, requests: int) -> dict[str, Any]:
    """Ask a page as its visitors in turn; return its figures, and the slowest visitor's 95th percentile."""
    browsers = [(who, browser_of(served.port, visitors[who])) for who in page.visitors]
    addresses, turns = cycle(page.addresses), cycle(browsers)
    for _ in range(max(WARM_UP, len(page.addresses))):
        answer = ask(next(turns)[1], page, next(addresses))
    before = served.cpu()
    times: dict[str, list[float]] = {who: [] for who in page.visitors}
    for _ in range(requests):
        who, browser = next(turns)
        answer = ask(browser, page, next(addresses))
        times[who].append(answer.milliseconds)
    taken = [one for some in times.values() for one in some]
    return {
        "page": page.name,
        "visitors": list(page.visitors),
        "p50_ms": p50(taken),
        "p95_ms": p95(taken),
        "slowest_visitor_p95_ms": max(p95(some) for some in times.values()),
        "cpu_ms": round((served.cpu() - before) / requests * 1000, 1),
        "bytes": len(answer.body),
    }


def ask(browser: Browser, page: Page, address: str) -> Answer:
    """Ask once, and stop when the answer is not what the page answers."""
    if not page.form:
        answer = browser.ask(address)
    else:
        forget_tries()
        if "csrftoken" not in browser.cookies:
            browser.ask(address)
        token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        answer = browser.ask(address, urlencode(page.form | token))
    assert answer.status == page.status, (page.name, address, answer.status)
    return answer


def browser_of(port: int, account: Account | None) -> Browser:
    """Return a browser in which `account` is signed in, as the sign-in page leaves it."""
    if account is None:
        return Browser(port)
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    return Browser(port, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})


# --- beside something else -------------------------------------------------------------------------


@dataclass(slots=True)
class Side:
    """One of those that are asked in turn, so that a noisy second hits them all."""

    who: str
    served: Worker
    browser: Browser
    page: Page
    times: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def once(self, number: int) -> Answer:
        return ask(self.browser, self.page, self.page.addresses[number % len(self.page.addresses)])

    def figures(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "p50_ms": p50(self.times),
            "p95_ms": p95(self.times),
            "cpu_ms": round((self.cpu + self.served.cpu()) / len(self.times) * 1000, 1),
        }


def race(what: str, sides: Sequence[Side], requests: int) -> list[dict[str, Any]]:
    """Ask all sides in turn, each its own page; return their figures."""
    for number in range(WARM_UP):
        for side in sides:
            side.once(number)
    for side in sides:
        side.cpu = -side.served.cpu()
    for number in range(requests):
        for side in sides:
            side.times.append(side.once(number).milliseconds)
    return [{"what": what} | side.figures() for side in sides]
