"""Comparing days with statements, and closing them: for the accountant of an agency."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, Refusal
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.payments import labels
from vanlang.payments.adapters import platform
from vanlang.payments.jobs import fetch_one_day
from vanlang.payments.queries import reconciling as queries
from vanlang.payments.queries.carried import count_carried
from vanlang.payments.queries.held import find_held
from vanlang.payments.queries.tasks import list_strays
from vanlang.payments.rules.reconciliation import may_close_month, next_month
from vanlang.payments.services import reconciling, statement_files
from vanlang.payments.types import PaymentWay, StatementSource
from vanlang.payments.views import shown
from vanlang.sheets.api import SheetError, problem_text
from vanlang.ui.rendering import redirect_after_post, render_page

WAYS = {"nen-tang": PaymentWay.PLATFORM, "chuyen-khoan": PaymentWay.BANK_QR, "tien-mat": PaymentWay.CASH}
WORDS = {way: word for word, way in WAYS.items()}
LARGEST_FILE = 5 * 1024 * 1024
PROBLEMS_SHOWN = 100
FILE, COUNT = "id_file", "id_vnd"
"""The fields of a day, by their ids."""
accountant = officer_required(Role.ACCOUNTANT)


@accountant
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show a month: which days of which ways are closed, which are not, and why."""
    agency_id, today = actor_from(request).agency_id or 0, clock.today()
    month = _month(request.GET.get("thang", ""), today)
    ends = next_month(month)
    open_days = queries.list_open_days(agency_id, month, min(ends, today + dt.timedelta(days=1)))
    closed = queries.list_closed_days(agency_id, month, ends)
    is_closed = queries.is_month_closed(agency_id, month)
    refusal = may_close_month(month, today, is_closed=is_closed, open_days=len(open_days))
    context = {
        "month": month,
        "previous": (month - dt.timedelta(days=1)).replace(day=1),
        "following": ends if ends <= today else None,
        "grids": shown.grids_of(month, ends, open_days, closed, today),
        "ways": [labels.WAYS[way] for way in WAYS.values()],
        "days": [
            (one, labels.WAYS[one.way], _day_url(one.way, one.on), one.on >= today) for one in open_days
        ],
        "figures": shown.figures_of(
            open_days, closed, len(list_strays(agency_id)), count_carried(agency_id), today
        ),
        "is_closed": is_closed,
        "month_refusal": sentence_of(refusal.code, refusal.facts) if refusal and not is_closed else None,
        "choices": [(one, _day_url(one, today - dt.timedelta(days=1))) for one in WAYS.values()],
    }
    return render_page(request, "payments_books/start.html", context)


@accountant
@require_safe
def day(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Show one day of one way: both sides, what does not fit, and what can be done about it."""
    return _day(request, *_named(way, on))


def _day(
    request: HttpRequest,
    way: PaymentWay,
    on: dt.date,
    status: int = 200,
    *,
    wrong: shown.Wrong = shown.NOTHING_WRONG,
    **told: object,
) -> HttpResponse:
    sheet = queries.get_day(actor_from(request).agency_id or 0, way, on, today=clock.today())
    refusal = None if sheet.closed else sheet.refusal
    context = {
        "sheet": sheet,
        "way": labels.WAYS[way],
        "word": WORDS[way],
        "is_cash": way is PaymentWay.CASH,
        "source": labels.STATEMENT_SOURCES[sheet.statement.source] if sheet.statement else "",
        "unread": [(one, labels.UNREAD_FIELDS.get(one.field, one.field)) for one in sheet.held.unread]
        if sheet.held
        else [],
        "bars": shown.bars_of(sheet),
        "differences": [shown.difference_line(one, wrong) for one in sheet.differences],
        "lines": [shown.compared_line(one) for one in sheet.compared],
        "refusal": _says(refusal, way) if refusal else None,
        "may_fetch": platform.is_named() and way is not PaymentWay.CASH and not sheet.closed,
        "at": clock.now(),
        "file_wrong": wrong if wrong.field == FILE else shown.NOTHING_WRONG,
        "count_wrong": wrong if wrong.field == COUNT else shown.NOTHING_WRONG,
        "errors": [wrong.told] if wrong.error else [],
        **told,
    }
    return render_page(request, "payments_books/day.html", context, status=status)


@accountant
@require_safe
def day_workbook(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Hand out the same day as a workbook."""
    which, day_on = _named(way, on)
    sheet = queries.get_day(actor_from(request).agency_id or 0, which, day_on, today=clock.today())
    content = shown.workbook_of(sheet, at=clock.now())
    return shown.workbook_response(content, f"doi-soat-{way}-{day_on:%Y%m%d}.xlsx")


@accountant
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the workbook in which a statement can be filled in."""
    return shown.workbook_response(statement_files.template(clock.now()), "sao-ke-mau.xlsx")


@accountant
@require_POST
def fetch(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Have the statement of a day fetched: a job asks the platform."""
    which, day_on = _named(way, on)
    if not platform.is_named():
        raise Http404
    with contextlib.suppress(AlreadyEnqueued):
        fetch_one_day.configure(queueing_lock=f"payments.fetch {day_on}").defer(on=day_on.isoformat())
    messages.info(request, "Đang lấy sao kê từ nền tảng. Tải lại trang sau ít giây để xem kết quả.")
    return redirect_after_post(request, _day_url(which, day_on))


@accountant
@require_POST
def upload(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Take in a statement that the bank handed out; with one bad cell none of it is taken."""
    which, day_on = _named(way, on)
    if which is PaymentWay.CASH:
        raise Http404
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > LARGEST_FILE:
        return _day(request, which, day_on, 422, wrong=shown.wrong(FILE, "payments.no_statement_file"))
    try:
        lines, problems = statement_files.read_statement(file.read(), file.name or "")
    except SheetError as unreadable:
        return _day(request, which, day_on, 422, wrong=shown.wrong(FILE, unreadable.code, unreadable.facts))
    if problems:
        told = [(problem.cell, _words(problem)) for problem in problems[:PROBLEMS_SHOWN]]
        return _day(
            request, which, day_on, 422, problems=told, problem_count=len(problems),
            wrong=shown.wrong(FILE, "payments.statement_unreadable"),
        )  # fmt: skip
    actor = actor_from(request)
    return _done(
        request, which, day_on, f"Đã nhận {len(lines)} dòng sao kê và so với sổ.",
        lambda: reconciling.take_statement(
            agency_id=actor.agency_id or 0, way=which, on=day_on, lines=lines, source=StatementSource.FILE,
            actor=actor, at=clock.now(), name=file.name or "",
        ),
    )  # fmt: skip


@accountant
@require_POST
def take_held(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Let what could be read of a statement count, without the rows that could not."""
    which, day_on = _named(way, on)
    actor = actor_from(request)
    held = find_held(actor.agency_id or 0, which, day_on)
    if held is None:
        trouble = sentence_of("payments.statement_is_settled", {})
        return _day(request, which, day_on, 409, trouble=trouble)
    return _done(
        request, which, day_on, f"Đã nhận {len(held.lines)} dòng đọc được và so với sổ.",
        lambda: reconciling.take_held(held_id=held.id, actor=actor, at=clock.now()),
    )  # fmt: skip


@accountant
@require_POST
def count(request: HttpRequest, on: str) -> HttpResponse:
    """Take in how much cash of a day was handed over."""
    _, day_on = _named("tien-mat", on)
    typed = request.POST.get("vnd", "")
    vnd = shown.amount_of(typed)
    if vnd is None:
        wrong = shown.wrong(COUNT, "payments.count_unlikely", typed=typed)
        return _day(request, PaymentWay.CASH, day_on, 422, wrong=wrong)
    actor = actor_from(request)
    return _done(
        request, PaymentWay.CASH, day_on, "Đã ghi số tiền đếm được và so với sổ.",
        lambda: reconciling.count_cash(
            agency_id=actor.agency_id or 0, on=day_on, vnd=vnd, actor=actor, at=clock.now()
        ),
    )  # fmt: skip


@accountant
@require_POST
def explain(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Take in why both sides do not fit."""
    one = queries.get_difference(difference_id)
    words = request.POST.get("explanation", "")
    return _done(
        request, one.way, one.on, "Đã ghi lời giải trình.",
        lambda: reconciling.explain(
            difference_id=difference_id, explanation=words, actor=actor_from(request), at=clock.now()
        ),
        field=shown.why_field(difference_id), typed=words,
    )  # fmt: skip


@accountant
@require_POST
def book(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Book what the statement has and our books do not."""
    one = queries.get_difference(difference_id)
    return _done(
        request, one.way, one.on, "Đã ghi nhận vào sổ.",
        lambda: reconciling.book_missing(
            difference_id=difference_id, actor=actor_from(request), at=clock.now()
        ),
    )  # fmt: skip


@accountant
@require_POST
def close(request: HttpRequest, way: str, on: str) -> HttpResponse:
    """Close a day."""
    which, day_on = _named(way, on)
    actor = actor_from(request)
    return _done(
        request, which, day_on, f"Đã khóa sổ ngày {day_on:%d/%m/%Y}.",
        lambda: reconciling.close_day(
            agency_id=actor.agency_id or 0, way=which, on=day_on, actor=actor, at=clock.now()
        ),
    )  # fmt: skip


@accountant
@require_POST
def close_month(request: HttpRequest) -> HttpResponse:
    """Close a month."""
    month = _month(request.POST.get("thang", ""), clock.today())
    actor = actor_from(request)
    reconciling.close_month(agency_id=actor.agency_id or 0, month=month, actor=actor, at=clock.now())
    messages.success(request, f"Đã khóa sổ tháng {month:%m/%Y}.")
    return redirect_after_post(request, f"{reverse('payments_books:start')}?thang={month:%Y-%m}")


def _done(
    request: HttpRequest,
    way: PaymentWay,
    on: dt.date,
    says: str,
    act: shown.Act,
    field: str = "",
    typed: str = "",
) -> HttpResponse:
    """Do it and go back to the day; or show the day again, with why not beside the field, what was typed kept."""
    try:
        act()
    except DomainError as refused:
        if refused.status in {403, 404}:
            raise
        if field:
            wrong = shown.wrong(field, refused.code, refused.facts, typed=typed)
            return _day(request, way, on, refused.status, wrong=wrong)
        return _day(request, way, on, refused.status, trouble=sentence_of(refused.code, refused.facts))
    messages.success(request, says)
    return redirect_after_post(request, _day_url(way, on))


def _says(refusal: Refusal, way: PaymentWay) -> Sentence:
    """Say what stands against closing: cash has no statement, it is counted."""
    is_uncounted = refusal.code == "payments.no_statement" and way is PaymentWay.CASH
    return sentence_of("payments.no_count" if is_uncounted else refusal.code, refusal.facts)


def _words(problem: object) -> object:
    code = problem.code  # type: ignore[attr-defined] # a problem of a sheet
    return sentence_of(code, {}) if code.startswith("payments.") else problem_text(problem)  # type: ignore[arg-type] # as above


def _named(way: str, on: str) -> tuple[PaymentWay, dt.date]:
    try:
        return WAYS[way], dt.date.fromisoformat(on)
    except (KeyError, ValueError):
        raise Http404 from None


def _month(text: str, today: dt.date) -> dt.date:
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(max(found, dt.date(2025, 7, 1)), today.replace(day=1))


def _day_url(way: PaymentWay, on: dt.date) -> str:
    return reverse("payments_books:day", args=[WORDS[way], on.isoformat()])
