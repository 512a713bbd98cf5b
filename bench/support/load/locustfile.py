"""
What locust runs: `locust -f … --headless`. It does what it is told in a folder (VANLANG_LOAD) and writes everything down.

The folder has `plan.json` (what is played, where, by whom) and `slots` (how many errands go on at the same time, written
by whoever judges; "stop" ends it). Into it go `requests.jsonl`, every single request and mark, and `diary.jsonl`, every
act that was acknowledged. Locust's own statistics are not used: they round.
"""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import gevent
from gevent.pool import Pool
from locust import LoadTestShape, User, events, task
from locust.clients import HttpSession
from typing_extensions import override

from bench.support.load import officers
from bench.support.load.browser import Browser, Fault, Reply, WrongAnswerError
from bench.support.load.errands import PLAYS, run
from bench.support.load.figures import Mark, Request
from bench.support.load.mix import draw
from bench.support.load.people import Play
from bench.support.load.screens import Screen, screens
from launcher.chaos.diary import Diary
from launcher.demo.forms import Sending
from launcher.demo.pages import Page

FOLDER = Path(os.environ["VANLANG_LOAD"])
PLAN: dict[str, Any] = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))
PACE = 4.0
"""Seconds from the beginning of somebody's errand to that of the next one, half as much more or less."""
AT_ONCE = 4
"""How many prepare themselves at the same time before anything is measured."""
PATIENCE = 60.0
_book = (FOLDER / "requests.jsonl").open("a", encoding="utf-8", buffering=1)


def write(one: Request | Mark) -> None:
    _book.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def mark(what: str, told: str = "") -> None:
    write(Mark(time.time(), what, told))


class Line:
    """Sends requests over a kept connection, and writes each down with its time."""

    def __init__(self, address: str) -> None:
        self._headers = {"X-Forwarded-For": address, "User-Agent": "van-lang-load", "Accept-Language": "vi"}
        self._session = HttpSession(PLAN["url"], _silent, user=None)

    def __call__(self, kind: str, sending: Sending, came_from: str, fault: Fault, *, part: str = "") -> Reply:
        headers = dict(self._headers) | ({"Referer": came_from} if came_from else {})
        headers |= {"Content-Type": sending.content_type} if sending.content_type else {}
        headers |= {"HX-Request": "true", "HX-Target": part} if part else {}
        method = "GET" if sending.body is None else "POST"
        began = time.perf_counter()
        answer = self._session.request(
            method, sending.url, data=sending.body, headers=headers, allow_redirects=False, timeout=PATIENCE
        )
        took = (time.perf_counter() - began) * 1000
        media = (answer.headers.get("Content-Type") or "").partition(";")[0]
        page = Page(sending.url, answer.status_code or 0, media, answer.content or b"")
        reply = Reply(page, urljoin(sending.url, answer.headers.get("Location") or ""))
        wrong = f"no answer: {answer.error}" if not page.status else fault(reply)
        if kind:
            write(Request(time.time(), kind, round(took, 2), wrong[:300]))
        if wrong:
            raise WrongAnswerError(wrong, page.status)
        return reply

    def forget(self) -> None:
        self._session.cookies.clear()

    def keep(self, name: str, value: str) -> None:
        self._session.cookies.set(name, value)

    def close(self) -> None:
        self._session.close()


class _Silent:
    """Takes what locust would count: it is written down above."""

    def fire(self, **_told: Any) -> None:
        """Do nothing."""


_silent = _Silent()


def open_browser(address: str) -> Browser:
    return Browser(PLAN["url"] + "/", Line(address))


play = Play(
    cast=PLAN["cast"], password=PLAN["password"], diary=Diary(FOLDER / "diary.jsonl"), open_browser=open_browser, mark=mark,
    numbers=random.Random(PLAN["seed"]),
)  # fmt: skip
errands, deeds = PLAYS[PLAN["play"]]


@events.test_start.add_listener
def prepare(**_told: Any) -> None:
    """Sign everybody in and lay dossiers out, then say that it can begin; screens ask from now on."""
    gevent.spawn(_prepare)


def _prepare() -> None:
    pool = Pool(AT_ONCE)
    if PLAN["play"] != "whole":
        for one in play.of_role("counter"):
            one.browser.send.keep(PLAN["cookie"], PLAN["sessions"][one.name])
        mark("ready")
        return
    everybody = [*play.officers, *play.citizens]
    for _ in pool.imap_unordered(lambda one: run(lambda play: play.sign_in(one), play), everybody):
        pass
    for one in play.of_role("counter"):
        run(lambda play, one=one: officers.sit(play, one), play)
    for _ in pool.imap_unordered(lambda _: run(officers.stock, play), range(officers.STOCK)):
        pass
    for screen in screens(play):
        gevent.spawn(_keep_asking, screen)
    mark("ready")


def _keep_asking(screen: Screen) -> None:
    gevent.sleep(screen.every * play.numbers.random())
    while True:
        began = time.monotonic()
        run(lambda _: screen.poll(), play)
        gevent.sleep(max(0.0, screen.every - (time.monotonic() - began)))


class Slot(User):  # type: ignore[misc] # locust's own types say nothing
    """A place in which one errand after the other is done."""

    @override
    def wait_time(self) -> float:
        spent = time.monotonic() - getattr(self, "_began", 0.0)
        return float(max(0.0, PACE * play.numbers.uniform(0.5, 1.5) - spent))

    @task
    def errand(self) -> None:
        self._began = time.monotonic()
        name = draw(errands, play.numbers)
        if run(deeds[name], play) and PLAN["play"] == "whole":
            mark("errand", name)


class AsTold(LoadTestShape):  # type: ignore[misc] # as above
    """As many slots as the file says."""

    @override
    def tick(self) -> tuple[int, float] | None:
        told = (FOLDER / "slots").read_text(encoding="utf-8").strip() or "0"
        return None if told == "stop" else (int(told), 200.0)
