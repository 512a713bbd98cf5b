"""Figures by agency, as a picture and as a table; the list of the agency as a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.petitions import labels
from vanlang.petitions.api import figures_of, list_for_export
from vanlang.petitions.cards import AgencyFigures, PetitionLine
from vanlang.petitions.views.common import WORKERS
from vanlang.sheets.api import Table, tables
from vanlang.ui.rendering import render_page
from vanlang.ui.types import Choice

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS = 13
WIDTH = 400
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """An agency in the picture. Units: of the picture's own grid."""

    name: str
    on_time: int
    late: int
    open: int
    total: int

    @property
    def late_x(self) -> int:
        return self.on_time

    @property
    def open_x(self) -> int:
        return self.on_time + self.late


@officer_required(WORKERS)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show what became of the petitions of a month, by agency."""
    month = _month(request)
    rows = figures_of(from_on=month, to_on=_next(month), at=clock.now())
    total = _sum(rows)
    context = {
        "rows": rows,
        "total": total,
        "bars": _bars(rows),
        "more": max(0, len(rows) - MOST_BARS),
        "month": f"{month:%Y-%m}",
        "months": _months(),
        "month_text": f"tháng {month:%m/%Y}",
        "export_url": f"{reverse('petitions:export')}?thang={month:%Y-%m}",
    }
    return render_page(request, "petitions/figures.html", context)


@officer_required(WORKERS)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the agency's petitions of a month and the figures, as a workbook: text is text, whatever it begins with."""
    month, at = _month(request), clock.now()
    lines = list(list_for_export(actor_from(request), from_on=month, to_on=_next(month), at=at))
    rows = figures_of(from_on=month, to_on=_next(month), at=at)
    content = tables([_lines_table(lines), _figures_table(rows)], at=at)
    return HttpResponse(
        content,
        content_type=WORKBOOK,
        headers={
            "Content-Disposition": f'attachment; filename="phan-anh-{month:%Y%m}.xlsx"',
            "Cache-Control": "private, no-store",
        },
    )


def _lines_table(lines: list[PetitionLine]) -> Table:
    columns = (
        "Mã",
        "Ngày gửi",
        "Nguồn",
        "Loại",
        "Tiêu đề",
        "Tình trạng",
        "Hạn",
        "Trễ",
        "Lặp lại",
        "Người giữ",
    )
    return Table(
        "Phản ánh",
        columns,
        [
            (
                one.code,
                one.filed_at.astimezone(clock.VIETNAM),
                labels.SOURCES[one.source],
                labels.KINDS[one.kind] if one.kind else "",
                one.title,
                labels.STATES[one.state],
                one.due_at.astimezone(clock.VIETNAM) if one.due_at else "",
                "trễ" if one.is_late else "",
                "lặp lại" if one.is_repeated else "",
                one.holder,
            )
            for one in lines
        ],
    )


_FIGURES = (
    "Cơ quan", "Đã gửi", "Còn mở", "Đã trả lời", "Đúng hạn", "Trễ", "Không tiếp nhận", "Hài lòng", "Không hài lòng", "Lặp lại",
    "Tính là không hài lòng",
)  # fmt: skip


def _figures_table(rows: list[AgencyFigures]) -> Table:
    return Table(
        "Số liệu",
        _FIGURES,
        [
            (
                one.agency, one.filed, one.open, one.answered, one.on_time, one.late, one.not_taken, one.satisfied,
                one.unsatisfied, one.repeated, one.counts_unsatisfied,
            )
            for one in rows
        ],
    )  # fmt: skip


def _bars(rows: list[AgencyFigures]) -> list[Bar]:
    """Return the picture: one bar for each agency, as long as what it got."""
    shown = rows[:MOST_BARS]
    most = max((one.filed for one in shown), default=1) or 1
    return [_bar(one, most) for one in shown]


def _bar(one: AgencyFigures, most: int) -> Bar:
    rest = one.filed - one.on_time - one.late
    on_time, late, rest = (round(WIDTH * part / most) for part in (one.on_time, one.late, rest))
    return Bar(one.agency, on_time, late, rest, one.filed)


def _sum(rows: list[AgencyFigures]) -> AgencyFigures:
    counted = (
        "filed", "open", "answered", "on_time", "late", "not_taken", "satisfied", "unsatisfied", "repeated",
        "counts_unsatisfied",
    )  # fmt: skip
    return AgencyFigures(
        agency_id=0, agency="Toàn tỉnh", **{name: sum(getattr(one, name) for one in rows) for name in counted}
    )


def _month(request: HttpRequest) -> dt.date:
    """Return the first day of the month that is asked for; the current one by default."""
    try:
        return dt.date.fromisoformat(f"{request.GET.get('thang', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _months() -> list[Choice]:
    month, found = clock.today().replace(day=1), []
    for _ in range(MONTHS):
        found.append(Choice(f"{month:%Y-%m}", f"Tháng {month:%m/%Y}"))
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return found


def _next(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
