"""The pure parts of `./vanlang bench load`: what is tried next, what a while says, what memory is."""

from __future__ import annotations

import ast
import json
import math
import os
import random
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from bench.support.load import memory
from bench.support.load.browser import Browser, Fault, Reply, WrongAnswerError
from bench.support.load.citizens import number_of
from bench.support.load.errands import PLAYS, WHOLE
from bench.support.load.figures import Mark, Request, percentile, read, window
from bench.support.load.memory import Memory, Watcher
from bench.support.load.mix import ERRANDS, POLLED, PROVINCE_PER_SECOND, Errand, draw
from bench.support.load.people import LIFE
from bench.support.load.signing_in import totp
from bench.support.load.steps import MOST_STEPS, NEAR, Step, highest, next_slots
from hypothesis import given
from hypothesis import strategies as st

from launcher.demo.forms import Sending
from launcher.demo.pages import Page
from vanlang.identity.api import check_personal_id

# --- what is tried next ----------------------------------------------------------------------------------


def climb(limit: int, *, first: int = 16) -> list[Step]:
    """Climb against a house that holds `limit` people."""
    done: list[Step] = []
    while (slots := next_slots(done, first=first)) is not None:
        done.append(Step(slots, slots <= limit))
    return done


@given(limit=st.integers(1, 2000), first=st.integers(1, 64))
def test_a_climb_ends_near_what_holds(limit: int, first: int) -> None:
    done = climb(limit, first=first)
    assert len(done) <= MOST_STEPS
    found = highest(done)
    assert found <= limit
    if len(done) < MOST_STEPS:
        assert found * NEAR >= limit or found + 1 >= limit


@given(limit=st.integers(0, 500))
def test_nothing_is_tried_twice_and_nothing_above_what_failed(limit: int) -> None:
    done = climb(limit)
    assert len({step.slots for step in done}) == len(done)
    for place, step in enumerate(done):
        assert all(step.slots < earlier.slots for earlier in done[:place] if not earlier.holds)


def test_a_house_that_holds_nobody() -> None:
    done = climb(0, first=8)
    assert [step.slots for step in done] == [8, 4, 2, 1]
    assert highest(done) == 0


def test_what_held_above_a_step_that_failed_was_luck() -> None:
    assert highest([Step(16, True), Step(24, False), Step(20, True), Step(36, True)]) == 20


# --- what a while says -----------------------------------------------------------------------------------


@given(values=st.lists(st.floats(0, 1e6), min_size=1), part=st.floats(0.01, 1))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
    values: list[float], part: float
) -> None:
    found = percentile(values, part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values) - 1e-6
    assert sum(value < found for value in values) < part * len(values)


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def requests(
    count: int, milliseconds: float, *, kind: str = "desk: list", begin: float = 100.0
) -> list[Request]:
    return [Request(begin + place / 100, kind, milliseconds) for place in range(count)]


def test_a_window_holds_below_the_limit_and_only_without_errors() -> None:
    fast = requests(96, 50) + requests(4, 900)
    assert window(fast, [], begin=100, end=110).holds
    assert not window(fast + requests(3, 900), [], begin=100, end=110).holds
    assert not window([*fast, Request(101, "act: sign", 40, "500")], [], begin=100, end=110).holds
    troubled = window(fast, [Mark(105, "trouble", "no button")], begin=100, end=110)
    assert (troubled.holds, troubled.errors) == (False, ["no button"])


def test_what_screens_ask_by_the_clock_makes_no_percentile_better() -> None:
    slow = requests(40, 400) + [one for kind in POLLED for one in requests(500, 2, kind=kind)]
    seen = window(slow, [], begin=100, end=110)
    assert (seen.p95, seen.rate, len(seen.polls)) == (400, 4.0, 1000)
    assert not seen.holds


def test_a_house_that_answers_next_to_nothing_does_not_hold() -> None:
    seen = window(requests(5, 10), [], begin=100, end=110)
    assert math.isinf(seen.p95)
    assert not seen.holds
    assert seen.figures()["p95_ms"] is None


def test_a_window_takes_what_was_answered_in_it() -> None:
    marks = [Mark(at, "errand") for at in (99.9, 100, 104, 110)]
    seen = window(
        [Request(99.9, "a", 1), Request(100, "a", 1), Request(110, "a", 1)], marks, begin=100, end=110
    )
    assert (len(seen.requests), seen.errands) == (1, 2)


def test_a_rate_is_told_in_dossiers_and_in_provinces() -> None:
    done = [Mark(101, "errand")] * sum(one.weight for one in ERRANDS)
    told = window(requests(20, 1), done, begin=100, end=110).figures()
    assert told["dossiers_per_second"] == 10.0  # a hundred in ten seconds
    assert told["times_the_province"] == round(10 / PROVINCE_PER_SECOND, 1)


def test_a_line_that_is_still_being_written_is_left() -> None:
    lines = [
        json.dumps({"at": 1.0, "kind": "a", "milliseconds": 2.0, "wrong": ""}) + "\n",
        json.dumps({"at": 1.5, "what": "ready", "told": ""}) + "\n",
        '{"at": 2.0, "ki',
    ]
    assert read(lines) == ([Request(1.0, "a", 2.0)], [Mark(1.5, "ready")])


# --- memory ----------------------------------------------------------------------------------------------

ROLLUP = """00400000-7ffd7e5f9000 ---p 00000000 00:00 0                          [rollup]
Rss:              244800 kB
Pss:              120340 kB
Pss_Dirty:        110000 kB
Pss_Anon:          90000 kB
Pss_File:          10340 kB
Pss_Shmem:         20000 kB
Shared_Hugetlb:     2048 kB
Private_Hugetlb:       0 kB
"""


def test_pss_is_read_and_huge_pages_beside_it() -> None:
    assert memory.read(ROLLUP) == Memory(120_340 * 1024, 20_000 * 1024, 2048 * 1024)
    assert memory.read(ROLLUP).total == (120_340 + 2048) * 1024
    with pytest.raises(KeyError):
        memory.read("x\nRss: 1 kB\n")


def test_huge_pages_that_several_share_count_once() -> None:
    assert Memory(1, 1, 100) + Memory(2, 0, 100) == Memory(3, 1, 100)


def test_a_process_of_this_machine_takes_something_and_one_that_is_gone_nothing() -> None:
    assert memory.of(os.getpid()).pss > 1_000_000
    assert os.getpid() in memory.tree(os.getpid())
    assert memory.of(2**22 + 1) == Memory(0)
    assert memory.tree(2**22 + 1) == []


def test_the_peak_is_the_sample_with_the_most_together() -> None:
    watcher = Watcher({}, clock=lambda: 0.0)
    small, large = {"web": Memory(5), "PostgreSQL": Memory(1)}, {"web": Memory(3), "PostgreSQL": Memory(9)}
    watcher.taken += [(1.0, small), (2.0, large), (3.0, small)]
    assert watcher.peak() == large
    assert watcher.peak(2.5) == small
    assert watcher.peak(4.0) == {}


# --- the mix ---------------------------------------------------------------------------------------------


def test_every_errand_of_a_mix_is_known_and_none_is_forgotten() -> None:
    for errands, deeds in PLAYS.values():
        assert {one.name for one in errands} == set(deeds)


def test_a_hundred_dossiers_come_and_each_goes_through_its_life() -> None:
    weights = {one.name: one.weight for one in ERRANDS}
    assert weights["file"] + weights["take_in"] == 100
    assert weights["advance"] == 100 * len(LIFE) + weights["file"]
    assert set(WHOLE) == set(weights)


def test_errands_are_drawn_by_their_weight() -> None:
    both, numbers = (Errand("often", 9, ""), Errand("rarely", 1, "")), random.Random(44)
    drawn = Counter(draw(both, numbers) for _ in range(2000))
    assert 1700 < drawn["often"] < 1900


# --- the browser -----------------------------------------------------------------------------------------


class Canned:
    """Answers what it was given, and keeps what was wrong."""

    def __init__(self, *replies: Reply) -> None:
        self.replies, self.wrong = list(replies), []

    def __call__(self, kind: str, sending: Sending, came_from: str, fault: Fault, *, part: str = "") -> Reply:
        reply = self.replies.pop(0)
        if wrong := fault(reply):
            self.wrong.append((kind, wrong))
            raise WrongAnswerError(wrong, reply.page.status)
        return reply

    def forget(self) -> None: ...

    def keep(self, name: str, value: str) -> None: ...

    def close(self) -> None: ...


def reply(status: int, html: str = "", location: str = "") -> Reply:
    content = f"<html><main id='main'>{html}</main></html>".encode()
    return Reply(Page("http://h/a/", status, "text/html", content), location)


FORM = "<form method='post' action='/b/'><input type='hidden' name='t' value='1'><button>Gửi</button></form>"


def test_a_page_without_what_it_should_show_is_wrong_whatever_its_status() -> None:
    sender = Canned(reply(302, location="http://h/b/"), reply(200, "H44.100-1"), reply(200, "Đăng nhập"))
    browser = Browser("http://h/", sender)
    assert "H44.100-1" in browser.look("desk: a dossier", "/a/", shows="H44.100-1").text
    with pytest.raises(WrongAnswerError):
        browser.look("desk: a dossier", "/a/", shows="H44.100-1")
    assert [kind for kind, _ in sender.wrong] == ["desk: a dossier"]


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        (reply(303, location="http://h/b/"), True),
        (reply(303, location="http://h/dang-nhap/?next=/b/"), False),
        (reply(200, "Chưa gửi được"), False),
        (reply(422, "Có lỗi"), False),
        (reply(503), False),
    ],
)
def test_a_form_is_taken_when_it_leads_on(answer: Reply, taken: bool) -> None:
    sender = Canned(answer)
    page = reply(200, FORM).page
    if taken:
        assert Browser("http://h/", sender).ask("act", page, "Gửi").location == "http://h/b/"
    else:
        with pytest.raises(WrongAnswerError) as refused:
            Browser("http://h/", sender).ask("act", page, "Gửi")
        assert refused.value.status == answer.page.status


def test_pages_that_lead_round_in_circles_end() -> None:
    sender = Canned(*[reply(302, location="http://h/a/")] * 9)
    with pytest.raises(WrongAnswerError, match="circles"):
        Browser("http://h/", sender).look("a", "/a/")


def test_an_authenticator_shows_what_the_standard_says() -> None:
    # RFC 6238, appendix B, SHA-1: the last six of eight digits
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [totp(secret, at=at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_the_bench_says_where_its_state_is_before_anything_asks() -> None:
    """Its servers, secrets and worlds are never those of the installation beside it."""
    code = (
        "import os, sys; os.environ['VANLANG_STATE'] = '/somewhere'; import bench.load;"
        "assert 'launcher.settings' not in sys.modules; bench.load._own_state();"
        "from launcher.settings import STATE; print(STATE)"
    )
    root = Path(__file__).resolve().parents[1]
    told = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    said = subprocess.run(
        [sys.executable, "-c", code], env=told, cwd=root, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == "/somewhere/load"


def test_a_citizen_who_is_nobody_types_a_number_that_forms_take() -> None:
    known = {"personal_id": "000300000534", "born_on": "2001-02-03", "gender": "female"}
    assert number_of(known) == "025301000534"
    assert check_personal_id(number_of(known), born_on=date(2001, 2, 3)) is None


def test_locust_is_imported_only_where_it_runs() -> None:
    """It patches the process that imports it: only the file that it runs itself may."""
    for path in Path("bench").rglob("*.py"):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
        }
        if any(name.split(".")[0] in {"locust", "gevent"} for name in names):
            assert path.name == "locustfile.py", path
