"""How days and books look: pictures and lines made of values, and the same as workbooks."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from vanlang.kernel.labels import sentence_of
from vanlang.payments import labels
from vanlang.payments.cards import CarriedCard, DaySheet, DifferenceCard, OpenDay
from vanlang.payments.types import Comparison, DifferenceState, Match, PaymentWay
from vanlang.sheets.api import Table, tables
from vanlang.ui.types import FieldError, Tone

Act = Callable[[], object]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE, TALL, GAP = 20, 16, 4
LONG = 320
"""Units of the drawings: a square of the month, and the longest bar of a day."""
TONES: dict[DifferenceState, Tone] = {
    DifferenceState.WAITING: "pending",
    DifferenceState.OPEN: "warning",
    DifferenceState.EXPLAINED: "info",
    DifferenceState.HEALED: "success",
}


@dataclass(frozen=True, slots=True)
class Square:
    """One day of one way in the picture of a month."""

    x: int
    y: int
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """Half a month: both halves side by side at a desk, one below the other on a phone."""

    squares: tuple[Square, ...]
    labels: tuple[tuple[int, str], ...]
    """(y, way)."""
    ticks: tuple[tuple[int, str], ...]
    """(x, day)."""
    width: int
    height: int


LEFT, HALF = 120, 16
"""Where squares begin, and how many days a half has."""


def grids_of(
    month: dt.date,
    ends: dt.date,
    open_days: Sequence[OpenDay],
    closed: Collection[tuple[dt.date, PaymentWay]],
    today: dt.date,
) -> list[MonthPicture]:
    """Return a month as rows of squares: closed, explained and ready, waiting for a person, still running, nothing."""
    known = {(one.on, one.way): one for one in open_days}
    days = [month + dt.timedelta(days=number) for number in range((ends - month).days)]

    def look(on: dt.date, way: PaymentWay) -> tuple[str, str]:
        return _look(known.get((on, way)), (on, way) in closed, on >= today)

    return [_half(days[:HALF], look), _half(days[HALF:], look)]


def _half(days: Sequence[dt.date], look: Callable[[dt.date, PaymentWay], tuple[str, str]]) -> MonthPicture:
    squares = []
    for row, way in enumerate(PaymentWay):
        for column, on in enumerate(days):
            kind, says = look(on, way)
            title = f"{labels.WAYS[way]}, {on:%d/%m}: {says}"
            squares.append(Square(LEFT + column * (WIDE + GAP), 24 + row * (TALL + GAP * 2), kind, title))
    ticks = tuple(
        (LEFT + number * (WIDE + GAP), f"{on.day}") for number, on in enumerate(days) if on.day % 5 == 1
    )
    rows = tuple((24 + row * (TALL + GAP * 2) + 13, SHORT_WAYS[way]) for row, way in enumerate(PaymentWay))
    width, height = LEFT + HALF * (WIDE + GAP), 24 + len(PaymentWay) * (TALL + GAP * 2)
    return MonthPicture(tuple(squares), rows, ticks, width, height)


SHORT_WAYS = {
    PaymentWay.PLATFORM: "Nền tảng",
    PaymentWay.BANK_QR: "Chuyển khoản",
    PaymentWay.CASH: "Tiền mặt",
}


def _look(one: OpenDay | None, is_closed: bool, is_running: bool) -> tuple[str, str]:
    if is_closed:
        return "closed", "đã khóa"
    if one is None:
        return "none", "không có tiền"
    if one.is_held:
        return "left", "sao kê có dòng không đọc được"
    if one.unresolved:
        return "left", f"còn {one.unresolved} chênh lệch"
    return ("running", "đang thu") if is_running else ("open", "chưa khóa")


def figures_of(
    open_days: Sequence[OpenDay],
    closed: Collection[object],
    strays: int,
    carried: int,
    today: dt.date,
) -> list[tuple[int, str, Tone]]:
    """Return the figures of a month."""
    left = sum(one.unresolved for one in open_days)
    waiting = sum(one.on < today for one in open_days)
    return [
        (left, "chênh lệch chưa rõ", "warning" if left else "neutral"),
        (waiting, "ngày chưa khóa", "pending" if waiting else "neutral"),
        (len(closed), "ngày đã khóa", "success" if closed else "neutral"),
        (strays, "khoản tiền chờ làm rõ", "warning" if strays else "neutral"),
        (carried, "chênh lệch chờ bù trừ", "warning" if carried else "neutral"),
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One side of a day, as long as its money."""

    label: str
    vnd: int
    length: int
    look: str


def bars_of(sheet: DaySheet) -> list[Bar]:
    """Return both sides of a day."""
    most = max(abs(sheet.ours_vnd), abs(sheet.theirs_vnd), 1)
    sides = (("Sổ của cơ quan", sheet.ours_vnd, "ours"), ("Sao kê", sheet.theirs_vnd, "theirs"))
    return [Bar(label, vnd, round(LONG * abs(vnd) / most), look) for label, vnd, look in sides]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed into a field, and why it is not taken: shown beside that field, and on top leading to it."""

    field: str
    """Its id."""
    error: str
    typed: str = ""

    @property
    def told(self) -> FieldError:
        return FieldError(self.field, self.error)


NOTHING_WRONG = Wrong("", "")


def wrong(field: str, code: str, facts: Mapping[str, object] | None = None, *, typed: str = "") -> Wrong:
    sentence = sentence_of(code, dict(facts or {}))
    return Wrong(field, f"{sentence.says} {sentence.do_now}", typed)


def why_field(difference_id: uuid.UUID) -> str:
    """Return the id of the field in which a difference is explained."""
    return f"vi-sao-{difference_id.hex}"


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    card: DifferenceCard
    match: str
    state: str
    tone: Tone
    may_book: bool
    may_explain: bool
    wrong: Wrong = NOTHING_WRONG

    @property
    def field(self) -> str:
        return why_field(self.card.id)


def difference_line(card: DifferenceCard, tried: Wrong = NOTHING_WRONG) -> DifferenceLine:
    is_over = card.state is DifferenceState.HEALED
    return DifferenceLine(
        card,
        labels.MATCHES[card.match],
        labels.DIFFERENCE_STATES[card.state],
        TONES[card.state],
        may_book=not is_over and card.match is Match.MISSING_HERE and card.way is not PaymentWay.CASH,
        may_explain=not is_over,
        wrong=tried if tried.field == why_field(card.id) else NOTHING_WRONG,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed to clear a difference, and which of it is not taken."""

    of: uuid.UUID
    chosen: str = ""
    typed: str = ""
    wrong_choice: str = ""
    wrong_document: str = ""

    @property
    def told(self) -> FieldError:
        field = "cach" if self.wrong_choice else "chung-tu"
        return FieldError(f"{field}-{self.of.hex}", self.wrong_choice or self.wrong_document)


NOT_TRIED = Tried(uuid.UUID(int=0))


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A difference that a closed day left."""

    card: CarriedCard
    way: str
    clearing: str
    side: str
    """What the provider did."""
    vnd: int
    """Positive."""
    tried: Tried = NOT_TRIED

    @property
    def key(self) -> str:
        """For the ids of its fields."""
        return self.card.id.hex


@dataclass(frozen=True, slots=True)
class ComparedLine:
    transaction: str
    reference: str
    ours: int | None
    theirs: int | None
    on: dt.date
    match: str
    tone: Tone


def compared_line(one: Comparison) -> ComparedLine:
    side = one.ours or one.theirs
    assert side is not None  # noqa: S101 - a comparison has a side
    fits = one.match in {Match.EQUAL, Match.DAY}
    return ComparedLine(
        side.transaction,
        side.reference,
        one.ours.vnd if one.ours else None,
        one.theirs_vnd,
        side.on,
        labels.MATCHES[one.match],
        "success" if fits else "warning",
    )


def workbook_of(sheet: DaySheet, *, at: dt.datetime) -> bytes:
    """Return a day as a workbook: the transactions, the differences."""
    lines = [compared_line(one) for one in sheet.compared]
    rows = [
        [line.transaction, line.reference, f"{line.on:%d/%m/%Y}", line.ours, line.theirs, line.match]
        for line in lines
    ]
    left = [
        [
            one.card.transaction,
            one.match,
            one.card.ours_vnd,
            one.card.theirs_vnd,
            one.state,
            one.card.explanation,
        ]
        for one in map(difference_line, sheet.differences)
    ]
    sides = ("Sổ (đồng)", "Sao kê (đồng)")
    parts = (
        Table("Giao dịch", ("Mã giao dịch", "Mã tham chiếu", "Ngày", *sides, "Đối chiếu"), rows),
        Table("Chênh lệch", ("Mã giao dịch", "Loại", *sides, "Tình trạng", "Giải trình"), left),
    )
    return tables(parts, at=at)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def amount_of(text: str) -> int | None:
    """Return an amount as it was typed, dots and blanks between digits; None for what is none."""
    plain = "".join(text.replace("đồng", "").split()).replace(".", "").replace(",", "")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 14 else None


def uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
