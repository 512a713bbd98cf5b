"""
The drill: a province works on three nodes, the leader is killed again and again, and once two of three are gone.

Clients do real acts over HTTP and write a diary (`launcher.chaos`); a heartbeat commits numbers through pgbouncer. In the end
every node is held against the diary and the heartbeat, and the three against each other.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from typing_extensions import override

from launcher.chaos import evidence as acts_evidence
from launcher.chaos import hear_outside, live, lives, planting, proofs, seat, settle
from launcher.chaos.diary import Diary, Kind, Line
from launcher.chaos.hand import MOST_TROUBLES
from launcher.chaos.people import People
from launcher.chaos.province import Province, ProvinceError, new_province
from launcher.demo.pages import PageError
from launcher.demo.report import Report
from launcher.nodes import evidence
from launcher.nodes.evidence import copy_in
from launcher.nodes.judging import Copy, Dark, Ruling, rule
from launcher.nodes.machines import Cluster, ClusterError
from launcher.nodes.programs import LackingError, found
from launcher.nodes.pulse import CREATE, TAKE_OUT, Beat, Pulse, pauses
from launcher.nodes.troubling import Trouble

PATIENCE_SECONDS = 30
"""How long what a killed connection had claimed is waited for (`launcher.chaos.settle`)."""


class Told(Report):
    """A report that is kept as well."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: list[dict[str, object]] = []
        self.figures: dict[str, object] = {}

    @override
    def check(self, what: str, holds: object, seen: str = "") -> bool:
        self.checks.append({"check": what, "holds": bool(holds), "seen": seen})
        return super().check(what, holds, seen)

    def figure(self, name: str, value: object, text: str) -> None:
        self.figures[name] = value
        self.note(text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    acts: int
    kills: int
    clients: int
    seed: int
    sabotage: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What is left of the working time: what was promised, and where it must be."""

    lines: Sequence[Line]
    beats: Sequence[Beat]
    darks: Sequence[Dark]
    since: datetime
    files: Path


def main(wanted: Wanted, *, as_json: bool) -> int:
    report = Told()
    with contextlib.redirect_stdout(sys.stderr if as_json else sys.stdout):
        try:
            with _cluster() as cluster:
                _drill(cluster, report, wanted)
        except LackingError as error:
            print(error, file=sys.stderr)
            return 2
        except (ClusterError, ProvinceError, PageError) as error:
            report.check("Diễn tập đi đến cùng", False, str(error))
        code = report.end()
    if as_json:
        told = {
            "passed": report.passed,
            "failed": report.failed,
            "figures": report.figures,
            "checks": report.checks,
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
    return code


@contextlib.contextmanager
def _cluster() -> Iterator[Cluster]:
    """Three nodes in a folder of their own, which is taken away with them."""
    programs = found()
    home = Path(tempfile.mkdtemp(prefix="vanlang-nodes-"))
    cluster = Cluster.made(home, programs)
    try:
        began = time.monotonic()
        cluster.start()
        print(f"Ba máy sau {time.monotonic() - began:.0f} giây; máy {cluster.leader()} làm chủ.", flush=True)
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def _drill(cluster: Cluster, report: Told, wanted: Wanted) -> None:
    numbers = random.Random(wanted.seed)  # noqa: S311 - a plan that can be repeated, no secret
    began = time.monotonic()
    with new_province(cluster.home / "province", database_url=cluster.url) as province:
        print(f"Tỉnh trả lời sau {time.monotonic() - began:.0f} giây.", flush=True)
        worked = _work(cluster, province, report, wanted, numbers)
        shutil.copytree(province.files, worked.files)
    if wanted.sabotage:
        with psycopg.connect(cluster.url_of(cluster.wait_leader())) as connection:
            planted = planting.plant(connection, worked.lines, numbers)
        print(f"Gài vào cơ sở dữ liệu: xóa {planted.lost}, chép đôi {planted.doubled}", flush=True)
    copies = evidence.copies(cluster, worked.files, worked.since)
    if not wanted.sabotage:
        _check_the_judge(cluster, worked, copies, report, numbers)
    _tell(rule(worked.lines, worked.beats, copies, worked.darks), worked, copies, report)


def _work(
    cluster: Cluster, province: Province, report: Told, wanted: Wanted, numbers: random.Random
) -> Worked:
    """Let people work while leaders are killed; wait until everything is done that the province does by itself."""
    since = acts_evidence.now(cluster.url)
    diary = Diary()
    *hands, troubled = seat(province, People(province), diary, wanted.clients + 1, numbers)
    pulse = _started_pulse(cluster)
    trouble = Trouble(cluster, troubled, wanted.acts, wanted.kills)
    worker = province.job_worker()
    began = time.monotonic()
    trouble.start()
    try:
        live(hands, wanted.acts, trouble.goes_on)
    finally:
        trouble.stop()
    seconds = time.monotonic() - began
    cluster.wait_whole()
    print(f"{diary.done} việc được xác nhận trong {seconds:.0f} giây; chờ việc nền …", flush=True)
    for hand in hands:
        lives.finish(hand)
    settle(province, hands[0], report, PATIENCE_SECONDS)
    pulse.stop()
    hear_outside(province, diary)
    for proof in proofs(province):
        report.check(proof.what, proof.holds, proof.said)
    same = province.job_worker() == worker
    report.note(f"Tiến trình việc nền: {'không phải khởi động lại' if same else 'đã được khởi động lại'}")
    troubles = [one for hand in hands for one in hand.troubles]
    report.lines(f"Lần không đi tiếp được: {len(troubles)}", troubles[:MOST_TROUBLES])
    _tell_trouble(cluster, trouble, pulse.beats, report)
    report.check(f"Đủ {wanted.acts} việc được xác nhận", diary.done >= wanted.acts, f"{diary.done}")
    beats = [*pulse.beats, *trouble.beats]
    return Worked(diary.lines, beats, trouble.darks, since, cluster.home / "files")


def _check_the_judge(
    cluster: Cluster, worked: Worked, copies: Sequence[Copy], report: Told, numbers: random.Random
) -> None:
    """Plant a lost act, a doubled one and a lost beat on one node, see that exactly these are found there; take them back."""
    leader = cluster.wait_leader()
    with psycopg.connect(cluster.url_of(leader)) as connection:
        planted = planting.plant(connection, worked.lines, numbers)
        beat = numbers.choice([one.number for one in worked.beats if one.acknowledged is not None])
        connection.execute(TAKE_OUT, [beat])
        spoiled = copy_in(connection, leader, worked.files, worked.since)
        connection.rollback()
    others = [one for one in copies if one.name != leader]
    seen = rule(worked.lines, worked.beats, [spoiled, *others], worked.darks)
    sound = rule(worked.lines, worked.beats, copies, worked.darks)
    lost = {f"{leader}: {Kind.ACT} {planted.lost}", f"{leader}: nhịp {beat}"}
    report.check(
        "Gài thử trên một máy một việc mất, một việc lặp, một nhịp mất: thấy đúng cả ba, ở đúng máy ấy",
        set(seen.lost) - set(sound.lost) == lost
        and set(seen.doubled) - set(sound.doubled) == {f"{leader}: {Kind.ACT} {planted.doubled}"}
        and set(seen.unequal) - set(sound.unequal) == {"dossiers_movement", "drill_pulse"},
        f"máy {leader}, mất {planted.lost} và nhịp {beat}, lặp {planted.doubled}",
    )


def _started_pulse(cluster: Cluster) -> Pulse:
    with psycopg.connect(cluster.url) as connection:
        connection.execute(CREATE)
    pulse = Pulse(cluster.url)
    pulse.start()
    return pulse


def _tell_trouble(cluster: Cluster, trouble: Trouble, beats: Sequence[Beat], report: Told) -> None:
    still = [round(one, 1) for one in pauses(beats, [at for _, _, at in trouble.kills])]
    said = ", ".join(
        f"{old} → {new} {pause} s" for (old, new, _), pause in zip(trouble.kills, still, strict=True)
    )
    report.check(
        "Máy làm chủ bị kill -9, máy khác lên thay",
        len(trouble.kills) == trouble.wanted,
        f"{len(trouble.kills)} lần",
    )
    report.check(
        "Hai trong ba máy mất: không việc nào được xác nhận",
        trouble.darks and not trouble.let_through,
        "; ".join(trouble.let_through) or trouble.said,
    )
    report.figure("writes_stood_still_seconds", still, f"Ghi phải chờ (không phải điều kiện): {said}")
    back = cluster.returns()
    report.figure(
        "came_back",
        back,
        f"Máy cũ trở lại: {back['rewound']} lần pg_rewind, {back['copied anew']} lần chép lại từ đầu",
    )
    for failure in trouble.failures:
        report.check("Kịch bản sự cố đi đến cùng", False, failure)


def _tell(ruling: Ruling, worked: Worked, copies: Sequence[Copy], report: Told) -> None:
    told = sum(beat.acknowledged is not None for beat in worked.beats)
    outcomes = Counter(str(line.outcome) for line in worked.lines)
    report.figure(
        "acts",
        dict(outcomes),
        f"Việc của người dùng: {dict(outcomes)}; nhịp: {told} xác nhận trong {len(worked.beats)} lần thử",
    )
    rows = sum(one.rows for one in copies[0].tables.values())
    for what, wrong, seen in (
        ("Đã xác nhận thì có trên cả ba máy", ruling.lost, f"{outcomes['acknowledged']} việc, {told} nhịp"),
        ("Không gì có hai lần", ruling.doubled, ""),
        ("Không gì khác điều được yêu cầu", ruling.unasked, ""),
        ("Ba máy giống nhau từng bảng", ruling.unequal, f"{len(copies[0].tables)} bảng, {rows} dòng"),
        ("Khi chỉ còn một máy, không gì được xác nhận", ruling.in_the_dark, ""),
    ):
        report.check(what, not wrong, "; ".join(wrong[:5]) or seen)
