"""
`./vanlang chaos [--acts N] [--kills N] [--seed S] [--json] [--sabotage]`: a province of its own, troubled while it works,
then held to its word.

Clients file, take in, hand over, decide, sign, deliver, withdraw, pay and pay back, send and answer petitions, over HTTP, and
write a diary. Meanwhile web workers, the job worker and PostgreSQL are killed without warning, the file store is filled, other
systems fall silent, forms are sent twice, clients hang up, callbacks come twice and late. At the end the diary is compared
with the database: what was acknowledged is there exactly once, what was not is there at most once.

    ./vanlang chaos                          some minutes
    ./vanlang chaos --acts 10000 --kills 20  the whole run
    ./vanlang chaos --sabotage               must fail: a loss and a doubling are planted before the comparison
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import psycopg

from launcher.chaos import evidence, lives, outside, planting
from launcher.chaos.diary import Diary, Line
from launcher.chaos.effort import Effort
from launcher.chaos.hand import Hand, Shared
from launcher.chaos.judging import Verdict, judge
from launcher.chaos.lives import money, portal
from launcher.chaos.people import CITIZENS, OFFICERS, People
from launcher.chaos.province import Province, ProvinceError, new_province
from launcher.chaos.telling import Proof, Run, as_json, tell
from launcher.chaos.tormenting import Tormentor, wait_until
from launcher.demo.pages import PageError
from launcher.demo.portal.outside import Portal, StandIn
from launcher.demo.report import Report
from launcher.settings import STATE

SETTLE_SECONDS, CALL_SECONDS = 300, 5.0
OPENING = 200_000
TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    acts: int
    kills: int
    clients: int
    seed: int
    patience: int
    sabotage: bool


@dataclass(frozen=True, slots=True)
class Lived:
    """What is left of the working time."""

    diary: Diary
    tormentor: Tormentor
    hands: Sequence[Hand]
    effort: Effort
    seconds: float


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./vanlang chaos", description="Gây sự cố khi đang làm việc, rồi đối chiếu."
    )
    parser.add_argument("--acts", type=int, default=600, help="số việc được xác nhận (mặc định 600)")
    parser.add_argument("--kills", type=int, default=8, help="số lần kill -9 (mặc định 8)")
    parser.add_argument("--clients", type=int, default=6, help="số người làm cùng lúc (mặc định 6)")
    parser.add_argument("--seed", type=int, default=44, help="hạt giống của mọi lựa chọn (mặc định 44)")
    parser.add_argument(
        "--patience", type=int, default=30, help="số giây chờ phần việc mà tiến trình bị kill đã nhận, hết hạn sau 10 phút (mặc định 30)"
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON; lời kể ra stderr")
    parser.add_argument(
        "--sabotage", action="store_true", help="xóa một việc, chép đôi một việc trước khi đối chiếu: phải bị phát hiện"
    )  # fmt: skip
    told = vars(parser.parse_args(argv))
    is_json = bool(told.pop("json"))
    with contextlib.redirect_stdout(sys.stderr) if is_json else contextlib.nullcontext():
        report, run = Report(), None
        try:
            with new_province(STATE / "chaos") as province:
                run = _run(province, report, Wanted(**told))
        except (ProvinceError, PageError) as error:
            print(error, file=sys.stderr)
            return 1
        code = report.end()
    if is_json:
        print(json.dumps(as_json(run, report, cores=os.cpu_count() or 1), ensure_ascii=False, indent=1))
    return code


def _run(province: Province, report: Report, wanted: Wanted) -> Run:
    numbers = random.Random(wanted.seed)  # noqa: S311 - a plan that can be repeated, no secret
    since = evidence.now(province.database_url)
    diary = Diary(province.state / "diary.jsonl")
    people = People(province)
    hands = seat(province, people, diary, wanted.clients, numbers)
    tormentor = Tormentor(province, diary, wanted.acts, wanted.kills, random.Random(wanted.seed + 1))  # noqa: S311 - as above
    effort = Effort(province)
    began = time.monotonic()
    tormentor.start()
    effort.start()
    live(hands, wanted.acts)
    tormentor.stop()
    seconds = time.monotonic() - began
    print(f"{diary.done} việc được xác nhận trong {seconds:.0f} giây; chờ việc nền …", flush=True)
    for hand in hands:
        lives.finish(hand)
    settle(province, hands[0], report, wanted.patience)
    effort.stop()
    hear_outside(province, diary)
    run = _judged(province, report, since, Lived(diary, tormentor, hands, effort, seconds), wanted)
    tell(run, report)
    return run


def seat(
    province: Province, people: People, diary: Diary, clients: int, numbers: random.Random
) -> list[Hand]:
    """Sign everybody in, open the drawer, and seat the clients."""
    for name in (*OFFICERS, *CITIZENS):
        people.client(name, numbers)
    hung = people.client("hung", numbers)
    page = hung.look("/can-bo/quay/so-quy/")
    pressed = hung.press(page, "Mở ngăn tiền", {"Tiền có sẵn trong ngăn": str(OPENING)})
    if pressed.answer is None or not pressed.answer.is_done:
        raise PageError("Không mở được ngăn tiền")
    drawer = pressed.answer.location
    shared = Shared(province, people, diary, drawer, citizens={one: threading.Lock() for one in CITIZENS})
    return [
        Hand(shared, random.Random(numbers.random()), number)  # noqa: S311 - as above
        for number in range(clients)
    ]


def live(hands: Sequence[Hand], acts: int, goes_on: Callable[[], bool] = lambda: False) -> None:
    """Let the clients work until there are enough acts, and for as long as something else goes on; say how far they are."""
    diary = hands[0].shared.diary
    began = time.monotonic()
    told = threading.Lock()
    marks = iter(range(TELL_EVERY, acts + 1, TELL_EVERY))
    next_mark = [next(marks, acts + 1)]

    def work(hand: Hand) -> None:
        while diary.done < acts or goes_on():
            lives.live(hand)
            with told:
                if next_mark[0] <= diary.done < acts:
                    rate = diary.done / (time.monotonic() - began)
                    print(f"  {diary.done}/{acts} việc, {rate:.1f} việc/giây", flush=True)
                    next_mark[0] = next(marks, acts + 1)

    with ThreadPoolExecutor(len(hands)) as pool:
        for done in [pool.submit(work, hand) for hand in hands]:
            done.result()


def settle(province: Province, hand: Hand, report: Report, patience: int) -> None:
    """Wait until everything is done that the province does by itself; systems that failed are called at once."""
    platform = StandIn(f"http://127.0.0.1:{province.ports.payment}")
    began, called = time.monotonic(), [0.0]

    def is_quiet() -> bool:
        left = evidence.waiting(province.database_url)
        is_late = time.monotonic() - began > patience
        if left is not None and (left.is_nothing or (is_late and left.is_only_claims)):
            return not platform.look("transactions")["waiting"]
        if time.monotonic() - called[0] > CALL_SECONDS:
            called[0] = time.monotonic()
            _call_now(hand)
        return False

    quiet = wait_until(is_quiet, seconds=SETTLE_SECONDS + patience)
    report.check(
        "Mọi việc nền đến hạn đã xong", quiet,
        f"sau {time.monotonic() - began:.0f} giây" if quiet else f"{evidence.waiting(province.database_url)}",
    )  # fmt: skip


def _call_now(hand: Hand) -> None:
    """Have other systems called at once, as an administrator does after an outage."""
    with contextlib.suppress(PageError):
        page = hand.look("linh", "/can-bo/ket-noi/")
        if page.has_button("Gọi lại ngay"):
            hand.client("linh").press(page, "Gọi lại ngay")
    with contextlib.suppress(PageError):
        StandIn(f"http://127.0.0.1:{hand.shared.province.ports.portal}").order("retry")


def hear_outside(province: Province, diary: Diary) -> None:
    """Write down what the stand-ins remember: money that moved there, dossiers that were filed there."""
    platform = StandIn(f"http://127.0.0.1:{province.ports.payment}")
    there = Portal(f"http://127.0.0.1:{province.ports.portal}")
    for line in (
        *money.moved_at_platform(platform.look("transactions")["transactions"]),
        *portal.filed_there(there),
    ):
        diary.write(line)


def _judged(province: Province, report: Report, since: datetime, lived: Lived, wanted: Wanted) -> Run:
    """Compare the diary with what is there; prove on the way that the comparison can say no."""
    lines = lived.diary.lines
    sentinel = _compared(province, since)
    theirs = outside.held_by(f"http://127.0.0.1:{province.ports.portal}")
    asked = proofs(province)
    with psycopg.connect(province.database_url) as connection:
        ours, under_way = evidence.states(connection, since)
        agreement = outside.compare(ours, theirs, sentinel, under_way)
        if wanted.sabotage:
            planted = planting.plant(connection, lines, random.Random(wanted.seed))  # noqa: S311 - as above
            connection.commit()
            print(f"Gài vào cơ sở dữ liệu: xóa {planted.lost}, chép đôi {planted.doubled}")
        else:
            _check_the_checker(connection, province, since, lines, report, wanted)
        verdict = judge(lines, evidence.read_in(connection, province.files, since))
    return Run(
        verdict, lines, lived.tormentor.made, asked, agreement, lived.seconds, wanted.acts, lived.effort.seconds,
        troubles=[one for hand in lived.hands for one in hand.troubles], notes=lived.tormentor.notes,
    )  # fmt: skip


def _check_the_checker(
    connection: evidence.Connection, province: Province, since: datetime, lines: Sequence[Line], report: Report,
    wanted: Wanted,
) -> None:  # fmt: skip
    """Plant a loss and a doubling, see that exactly these are found, and take both back."""
    planted = planting.plant(connection, lines, random.Random(wanted.seed))  # noqa: S311 - as above
    spoiled = judge(lines, evidence.read_in(connection, province.files, since))
    connection.rollback()
    sound = judge(lines, evidence.read_in(connection, province.files, since))
    report.check(
        "Gài thử một việc mất, một việc lặp: bộ đối chiếu thấy đúng hai việc ấy",
        _more(spoiled, sound) == ({planted.lost}, {planted.doubled})
        and len(spoiled.found.unrecorded) > len(sound.found.unrecorded)
        and len(spoiled.found.invented) > len(sound.found.invented),
        f"mất {planted.lost}, lặp {planted.doubled}",
    )


def _more(spoiled: Verdict, sound: Verdict) -> tuple[set[str], set[str]]:
    return set(spoiled.lost) - set(sound.lost), set(spoiled.doubled) - set(sound.doubled)


def _compared(province: Province, since: datetime) -> str:
    """Have the product's own comparison with the portal made; return what it printed."""
    today = evidence.now(province.database_url).astimezone(outside.VIETNAM).date()
    first = since.astimezone(outside.VIETNAM).date()
    words = ("--system", "national_portal", "--from", first.isoformat(), "--to", today.isoformat())
    return province.manage("sentinel", "compare", *words).stdout


def proofs(province: Province) -> list[Proof]:
    """Ask the product's own proofs."""
    asked = []
    for what, words in {
        "Mọi hồ sơ đang mở có người giữ, đồng hồ và bước tiếp theo": ("dossiers", "check"),
        "Sổ của mọi cơ quan đều cân": ("payments", "check"),
    }.items():
        answer = province.manage(*words)
        said = (answer.stdout.strip() or answer.stderr.strip()).splitlines()
        asked.append(Proof(what, answer.returncode == 0, said[0] if said else ""))
    return asked
