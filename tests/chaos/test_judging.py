"""The checker of `./vanlang chaos` must be able to say no: it is given diaries that do not fit what is there."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from launcher.chaos import diary
from launcher.chaos.diary import MANY, Diary, Kind, Line, Outcome
from launcher.chaos.judging import Found, Tally, Trace, judge
from launcher.chaos.outside import compare
from launcher.chaos.telling import Proof, Run, as_json, recoveries, tell
from launcher.chaos.tormenting import Torment
from launcher.demo.report import Report

ACT = "6f9c/claim"
CODE = "H44.100-261124-0001"


def line(outcome: Outcome, *, kind: Kind = Kind.ACT, key: str = ACT, promised: str = "") -> Line:
    return Line(kind, key, "Chị Mai", outcome, promised)


def there(count: int, *, kind: Kind = Kind.ACT, key: str = ACT, told: str = "") -> Found:
    return Found(traces={kind: {key: Trace(count, frozenset({told} if told else ()))}})


@pytest.mark.parametrize(
    ("outcomes", "count", "wrong"),
    [
        ([Outcome.ACKNOWLEDGED], 1, None),
        ([Outcome.ACKNOWLEDGED], 0, "lost"),
        ([Outcome.ACKNOWLEDGED], 2, "doubled"),
        ([Outcome.UNKNOWN], 0, None),
        ([Outcome.UNKNOWN], 1, None),
        ([Outcome.UNKNOWN], 2, "doubled"),
        ([Outcome.REFUSED], 0, None),
        ([Outcome.REFUSED], 1, "broken"),
        ([Outcome.ACKNOWLEDGED, Outcome.ACKNOWLEDGED], 2, None),
        ([Outcome.ACKNOWLEDGED, Outcome.ACKNOWLEDGED], 1, "lost"),
        ([Outcome.ACKNOWLEDGED, Outcome.UNKNOWN], 2, None),
        ([Outcome.ACKNOWLEDGED, Outcome.UNKNOWN], 3, "doubled"),
        ([Outcome.ACKNOWLEDGED, Outcome.REFUSED], 1, None),
        ([Outcome.ACKNOWLEDGED, Outcome.REFUSED], 2, "doubled"),
    ],
)
def test_what_was_acknowledged_is_there_exactly_once(
    outcomes: list[Outcome], count: int, wrong: str | None
) -> None:
    tally = judge([line(one) for one in outcomes], there(count)).tallies[Kind.ACT, "claim"]
    found = {name for name in ("lost", "doubled", "broken") if getattr(tally, name)}
    assert found == ({wrong} if wrong else set())
    assert tally.holds is (wrong is None)


def only(lines: list[Line], found: Found) -> Tally:
    (tally,) = judge(lines, found).tallies.values()
    return tally


def test_what_is_told_from_two_windows_is_there_once() -> None:
    """
    Two windows of one person file the same draft: both are told that it is filed, and it is, once.

    Seen in a run: the draft that nobody wrote in yet is the same in every window of its person, so two clients filed one
    draft, both heard of its one dossier, and a checker that counted lines by twos called it lost.
    """
    twice = [line(Outcome.ACKNOWLEDGED, kind=Kind.FILING, key="7d1e", promised="6f9c") for _ in range(2)]
    assert only(twice, there(1, kind=Kind.FILING, key="7d1e", told="6f9c")).holds
    assert only(twice, there(0, kind=Kind.FILING, key="7d1e")).lost == ["7d1e"]
    assert only(twice, there(2, kind=Kind.FILING, key="7d1e", told="6f9c")).doubled == ["7d1e"]


def test_two_windows_that_are_promised_different_things_are_no_one_thing() -> None:
    told = [
        line(Outcome.ACKNOWLEDGED, kind=Kind.FILING, key="7d1e", promised=promised)
        for promised in ("6f9c", "8a2b")
    ]
    tally = only(told, there(1, kind=Kind.FILING, key="7d1e", told="6f9c"))
    assert not tally.holds
    assert tally.broken == ["7d1e: 8a2b"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in MANY])
def test_a_thing_of_its_own_is_lost_when_it_is_not_there(kind: Kind) -> None:
    told = [line(Outcome.ACKNOWLEDGED, kind=kind, key="7d1e"), line(Outcome.UNKNOWN, kind=kind, key="7d1e")]
    assert only(told, there(0, kind=kind, key="7d1e")).lost == ["7d1e"]
    assert only(told, there(2, kind=kind, key="7d1e")).doubled == ["7d1e"]


def test_a_promise_is_held_to_its_words() -> None:
    told = line(Outcome.ACKNOWLEDGED, kind=Kind.INTAKE, key="6f9c", promised=CODE)
    kept = there(1, kind=Kind.INTAKE, key="6f9c", told=CODE)
    other = there(1, kind=Kind.INTAKE, key="6f9c", told="H44.100-261124-0002")
    assert only([told], kept).holds
    assert only([told], other).broken == [f"6f9c: {CODE}"]


def test_what_nobody_asked_for_is_named() -> None:
    assert judge([], there(1)).unpromised == [f"act {ACT}"]


def test_a_lost_and_a_doubled_act_fail_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        line(Outcome.ACKNOWLEDGED, key="1/claim"),
        line(Outcome.ACKNOWLEDGED, key="2/claim"),
        line(Outcome.ACKNOWLEDGED, key="3/claim"),
    ]
    found = Found(
        traces={Kind.ACT: {"2/claim": Trace(2), "3/claim": Trace(1)}},
        codes=Counter({CODE: 2}),
        unrecorded=["dossiers.claim 3#4: 0"],
        invented=["dossiers.claim 9#1: 1"],
        damaged=["9f86"],
        outbox=Counter({"sent": 3, "dead": 1}),
        letters=["payment_platform CONFIRM 1: dead"],
        jobs=Counter({"failed": 1}),
    )
    verdict = judge(lines, found)
    assert (verdict.lost, verdict.doubled) == (["1/claim"], ["2/claim"])
    report = Report()
    kill = Torment("kill -9 PostgreSQL", 100.0, is_kill=True)
    agreement = compare(
        {CODE: "received", "H44.100-261124-0002": "delivered"}, {CODE: ["4"]}, f"✗ {CODE}: Chậm"
    )
    run = Run(
        verdict,
        lines,
        [kill],
        [Proof("Sổ cân", False, "lệch 8.000")],
        agreement,
        60.0,
        acts=4,
        effort={"trang web": 3.0},
    )
    tell(run, report)
    said = capsys.readouterr().out
    assert "mất: 1/claim; lặp: 2/claim" in said
    assert "trang web 1000" in said
    assert "H44.100-261124-0002 (delivered, Cổng không có)" in said
    assert report.failed == 11
    assert report.end() == 1
    told = as_json(run, report, cores=2)
    assert told["failed"] == 11
    assert json.loads(json.dumps(told))["kinds"]["act/claim"]["lost"] == ["1/claim"]


def test_the_two_sides_differ_only_where_the_sentinel_says_so() -> None:
    ours = {CODE: "received", "H44.100-261124-0002": "delivered"}
    same = compare(ours, {CODE: ["2"], "H44.100-261124-0002": ["10"]}, "")
    assert (same.compared, same.differing, same.unnamed) == (2, {}, [])
    twice = compare(ours, {CODE: ["2", "2"], "H44.100-261124-0002": ["10"]}, "")
    assert twice.unnamed == [CODE]
    named = compare(
        ours, {CODE: ["4"], "H44.100-261124-0002": ["10"]}, f"✗ {CODE}: Chậm trạng thái → Gửi lại"
    )
    assert list(named.differing) == [CODE]
    assert named.unnamed == []


def test_a_kill_is_over_when_something_begun_after_it_is_acknowledged() -> None:
    lines = [
        Line(Kind.ACT, "1/claim", "mai", Outcome.ACKNOWLEDGED, begun_at=99.0, at=104.0),  # begun before it
        Line(Kind.ACT, "2/claim", "mai", Outcome.REFUSED, begun_at=101.0, at=102.0),
        Line(Kind.ACT, "3/claim", "mai", Outcome.ACKNOWLEDGED, begun_at=103.0, at=103.5),
        Line(Kind.PAYMENT, "GD1", "nền tảng", Outcome.ACKNOWLEDGED, at=101.0),  # nobody sent it
    ]
    kills = [Torment("kill", at, is_kill=True) for at in (100.0, 200.0)]
    found = recoveries([*kills, Torment("kho tệp đầy", 100.0, is_kill=False)], lines)
    assert [one.seconds for one in found] == [3.5, None]
    assert [one.silence for one in found] == [3.5, 0.0]


def test_orphans_that_answer_for_a_moment_do_not_hide_the_silence_after_them() -> None:
    heard = (100.2, 100.4, 106.4, 106.6, 140.0)
    lines = [
        Line(Kind.ACT, f"{at}/claim", "mai", Outcome.ACKNOWLEDGED, begun_at=at - 0.1, at=at) for at in heard
    ]
    (found,) = recoveries([Torment("kill", 100.0, is_kill=True)], lines)
    assert found.seconds == pytest.approx(0.2)
    assert found.silence == pytest.approx(6.0)


def test_a_diary_survives_in_its_file(tmp_path: Path) -> None:
    kept = Diary(tmp_path / "diary.jsonl")
    kept.write(line(Outcome.ACKNOWLEDGED))
    kept.write(line(Outcome.UNKNOWN, kind=Kind.CASH, key="Thu lẻ 1"))
    read = diary.read((tmp_path / "diary.jsonl").read_text(encoding="utf-8").splitlines())
    assert [asdict(one) for one in read] == [asdict(one) for one in kept.lines]
    assert kept.done == 1
