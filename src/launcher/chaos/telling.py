"""The report: what was asked and answered, what was done to the province and how soon it was back, every check with what was seen."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.hand import MOST_TROUBLES
from launcher.chaos.judging import Tally, Verdict
from launcher.chaos.outside import Agreement
from launcher.chaos.tormenting import Torment
from launcher.demo.report import Report

KINDS = {
    Kind.INTAKE: "Tiếp nhận tại quầy",
    Kind.FILING: "Nộp trực tuyến",
    Kind.PORTAL: "Nộp tại Cổng quốc gia",
    Kind.ACT: "Việc với hồ sơ",
    Kind.CASH: "Thu vào ngăn tiền",
    Kind.FEE: "Thu phí hồ sơ bằng tiền mặt",
    Kind.PAYMENT: "Tiền qua nền tảng, nộp và hoàn",
    Kind.REFUND: "Quyết định hoàn tiền",
    Kind.PETITION: "Gửi phản ánh",
    Kind.PETITION_ACT: "Việc với phản ánh",
}
ACTS = {
    "receive": "Tiếp nhận hồ sơ trực tuyến", "hand_over": "Chuyển xử lý", "claim": "Nhận xử lý", "assign": "Phân công",
    "request_supplement": "Yêu cầu bổ sung", "answer_supplement": "Nộp bổ sung", "propose": "Trình kết quả",
    "approve": "Phê duyệt", "sign": "Ký số", "release": "Phát hành", "deliver": "Trả kết quả", "withdraw": "Rút hồ sơ",
    "ask_refund": "Quyết định hoàn tiền", "confirm_refund": "Hoàn xong tiền mặt",
    "classify": "Phân loại phản ánh", "accept": "Tiếp nhận phản ánh", "propose_answer": "Trình trả lời phản ánh",
    "approve_answer": "Duyệt trả lời phản ánh", "publish": "Công khai trả lời", "say_satisfaction": "Đánh giá trả lời",
}  # fmt: skip
HEADS = ("yêu cầu", "xác nhận", "từ chối", "không rõ", "mất đáp", "gửi lại", "có thật", "MẤT", "LẶP")
WIDTH = 32
MOST_TOLD = 5
AFTERWARDS_SECONDS = 20.0
OWN_NAMES = re.compile(r"http://[\d.:]+|[0-9a-f]{8}-[0-9a-f-]{27}")
"""Addresses and ids: without them the same trouble is the same."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What one of the product's own proofs said."""

    what: str
    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as it is told."""

    verdict: Verdict
    lines: Sequence[Line]
    torments: Sequence[Torment]
    proofs: Sequence[Proof]
    agreement: Agreement
    seconds: float
    acts: int
    """How many were wanted."""
    effort: Mapping[str, float]
    """Seconds of the processors, by what used them."""
    troubles: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def done(self) -> int:
        return sum(line.outcome is Outcome.ACKNOWLEDGED for line in self.lines)


@dataclass(slots=True)
class Recovery:
    """One kill, and how soon the province went on."""

    name: str
    at: float
    seconds: float | None
    """Until something that was sent after it was acknowledged; None when nothing was."""
    silence: float
    """The longest time without anything acknowledged within `AFTERWARDS_SECONDS`: orphans may answer a while, then nobody."""


def recoveries(torments: Iterable[Torment], lines: Iterable[Line]) -> list[Recovery]:
    """Return for each kill how soon the province went on."""
    told = sorted(
        (line.at, line.begun_at) for line in lines if line.outcome is Outcome.ACKNOWLEDGED and line.begun_at
    )
    return [
        Recovery(one.name, one.at, _first_after(one.at, told), _silence_after(one.at, told))
        for one in torments
        if one.is_kill
    ]


def _first_after(kill: float, told: Iterable[tuple[float, float]]) -> float | None:
    return min((at - kill for at, begun_at in told if begun_at > kill), default=None)


def _silence_after(kill: float, told: Iterable[tuple[float, float]]) -> float:
    """Units: seconds. What is told is in the order of its instants."""
    heard = [kill, *(at for at, _ in told if kill < at <= kill + AFTERWARDS_SECONDS)]
    return max((later - earlier for earlier, later in pairwise(heard)), default=0.0)


def tell(run: Run, report: Report) -> None:
    """Print the tables, then every check."""
    with report.chapter("Việc đã yêu cầu, và những gì có thật trong cơ sở dữ liệu"):
        _table(run.verdict)
    with report.chapter("Sự cố, và bao lâu sau thì có việc được xác nhận"):
        _kills(run)
    with report.chapter("Đối chiếu"):
        _checks(run, report)
    with report.chapter("Ghi chú"):
        print(
            f"  {run.done} việc được xác nhận trong {run.seconds:.0f} giây, {run.done / run.seconds:.1f} việc/giây"
        )
        each = [f"{name} {1000 * used / max(1, run.done):.0f}" for name, used in run.effort.items()]
        print(f"  thời gian bộ xử lý cho mỗi việc, mili giây: {', '.join(each)}")
        _troubles(run, report)


def _table(verdict: Verdict) -> None:
    print(f"{'':{WIDTH}}" + "".join(f"{head:>10}" for head in HEADS))
    whole = Tally()
    for (kind, what), one in verdict.tallies.items():
        print(f"{ACTS.get(what, KINDS[kind]):{WIDTH}}" + _cells(one))
        for name in asdict(one):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    print(f"{'Tất cả':{WIDTH}}" + _cells(whole), flush=True)


def _cells(one: Tally) -> str:
    cells = (
        one.asked, one.acknowledged, one.refused, one.unknown, one.lost_answers, one.repeated, one.found,
        len(one.lost), len(one.doubled),
    )  # fmt: skip
    return "".join(f"{cell:>10}" for cell in cells)


def _kills(run: Run) -> None:
    found = recoveries(run.torments, run.lines)
    for name in dict.fromkeys(one.name for one in found):
        of_name = [one.seconds for one in found if one.name == name]
        back = sorted(one for one in of_name if one is not None)
        said = (
            f"sau {statistics.median(back):.1f} giây, lâu nhất {back[-1]:.1f} giây" if back else "chưa thấy"
        )
        never = (
            f"; {len(of_name) - len(back)} lần không còn việc nào sau đó" if len(back) < len(of_name) else ""
        )
        silent = max(one.silence for one in found if one.name == name)
        print(f"  {name:{WIDTH}}{len(of_name):>3} lần   {said}; lặng lâu nhất {silent:.1f} giây{never}")
    others = Counter(one.name for one in run.torments if not one.is_kill)
    for name, count in others.items():
        print(f"  {name} ×{count}")
    print("  suốt buổi: 30 % cuộc gọi lại và tin đẩy đến hai lần, 30 % đến muộn và bị vượt, 5 % không đến;")
    print("  7 % biểu mẫu gửi từ hai cửa sổ hoặc gửi lại, 3 % ngắt máy giữa chừng", flush=True)


def _checks(run: Run, report: Report) -> None:
    verdict, found = run.verdict, run.verdict.found
    for kind, name in KINDS.items():
        if tallies := verdict.of(kind):
            report.check(f"{name}: không mất, không lặp", all(one.holds for one in tallies), _said(tallies))
    report.check("Không có gì mà không ai yêu cầu", not verdict.unpromised, _few(verdict.unpromised))
    codes = _few(verdict.repeated_codes) or f"{len(found.codes)} mã"
    report.check("Không mã hồ sơ nào lặp", not verdict.repeated_codes, codes)
    report.check("Mỗi việc có đúng một dòng nhật ký", not found.unrecorded, _few(found.unrecorded))
    report.check("Nhật ký không kể việc không có", not found.invented, _few(found.invented))
    report.check("Mọi tệp còn nguyên", not found.damaged, _few(found.damaged))
    for proof in run.proofs:
        report.check(proof.what, proof.holds, proof.said)
    left = sum(found.outbox[state] for state in ("left behind", "dead", "waiting", "sending"))
    report.check(
        "Mọi tin đi đã gửi, hoặc chờ phần của tiến trình đã bị kill hết hạn", not left, _counts(found.outbox)
    )
    report.check("Mọi tin đến đã xử lý", not found.letters, _few(found.letters))
    failed = found.jobs["failed"] + found.jobs["aborted"] + found.jobs["left behind"]
    report.check("Không việc nền nào hỏng hoặc bị bỏ lại", not failed, _counts(found.jobs))
    both = run.agreement
    differing = [f"{code} ({what})" for code, what in both.differing.items()]
    report.check(
        "Cổng quốc gia và tỉnh nói như nhau về từng hồ sơ, hoặc đối soát nêu đúng chỗ khác", not both.unnamed,
        _few(differing) or f"{both.compared} hồ sơ, không khác chỗ nào; {both.under_way} hồ sơ còn tin đang đi",
    )  # fmt: skip
    report.check("Đã gây sự cố", run.torments, f"{sum(one.is_kill for one in run.torments)} lần kill -9")
    report.check(f"Đủ {run.acts} việc được xác nhận", run.done >= run.acts, str(run.done))


def _said(tallies: Iterable[Tally]) -> str:
    some = list(tallies)
    wrong = [
        *(f"mất: {key}" for one in some for key in one.lost),
        *(f"lặp: {key}" for one in some for key in one.doubled),
        *(f"khác lời đã hứa: {key}" for one in some for key in one.broken),
    ]
    acknowledged, there = sum(one.acknowledged for one in some), sum(one.found for one in some)
    return _few(wrong) or f"{acknowledged} đã xác nhận, {there} có trong cơ sở dữ liệu"


def _troubles(run: Run, report: Report) -> None:
    """Pages that led nowhere: no fault by themselves, gathered by what they said."""
    for one in run.notes:
        report.note(one)
    counted = Counter(OWN_NAMES.sub("…", one) for one in run.troubles)
    for said, count in counted.most_common(MOST_TROUBLES):
        report.note(f"{count} lần không đi tiếp được: {said[:160]}")
    if len(counted) > MOST_TROUBLES:
        report.note(f"… và {len(counted) - MOST_TROUBLES} lời khác")


def _few(some: Sequence[str]) -> str:
    more = f"; … và {len(some) - MOST_TOLD} nữa" if len(some) > MOST_TOLD else ""
    return "; ".join(some[:MOST_TOLD]) + more


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


def as_json(run: Run, report: Report, *, cores: int) -> dict[str, object]:
    """Return the run as values, for machines."""
    verdict = run.verdict
    return {
        "acts": run.done, "wanted": run.acts, "seconds": round(run.seconds, 1), "cores": cores,
        "processor_seconds": {name: round(used, 1) for name, used in run.effort.items()},
        "passed": report.passed, "failed": report.failed,
        "kinds": {f"{kind}/{what}": _figures(one) for (kind, what), one in verdict.tallies.items()},
        "kills": [asdict(one) for one in recoveries(run.torments, run.lines)],
        "torments": Counter(one.name for one in run.torments),
        "unpromised": verdict.unpromised, "repeated_codes": verdict.repeated_codes,
        "unrecorded": verdict.found.unrecorded, "invented": verdict.found.invented, "damaged": verdict.found.damaged,
        "outbox": verdict.found.outbox, "jobs": verdict.found.jobs, "letters": verdict.found.letters,
        "differing": run.agreement.differing, "named_by_the_sentinel": sorted(run.agreement.named),
        "proofs": [asdict(one) for one in run.proofs],
    }  # fmt: skip


def _figures(one: Tally) -> Mapping[str, object]:
    return asdict(one)
