"""The books of an agency: balances, the journal, and money that fits nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.payments import labels
from vanlang.payments.queries import journal
from vanlang.payments.queries.books import trial_balance
from vanlang.payments.queries.tasks import list_strays
from vanlang.payments.services.straying import match_stray
from vanlang.payments.types import LedgerAccount, Occasion, StrayState
from vanlang.payments.views import shown
from vanlang.sheets.api import Table, tables
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import Choice

LONGEST = dt.timedelta(days=366)
READERS = (Role.ACCOUNTANT, Role.LEADER)
MATCHERS = (Role.ACCOUNTANT, Role.LEADER, Role.COUNTER)
MOST_CHOICES = 50


@officer_required(READERS)
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Show the balances of a period and its journal; the current month when none is named."""
    agency_id = actor_from(request).agency_id or 0
    from_on, to_on, wrong = _period(request)
    account, occasion = _one_of(LedgerAccount, request, "tai-khoan"), _one_of(Occasion, request, "but-toan")
    page = paginate(
        request,
        journal.find_entries(agency_id, from_on, to_on, account=account, occasion=occasion),
        per_page=50,
    )
    balance = trial_balance(agency_id, from_on, to_on)
    context = {
        "from_on": from_on,
        "last_on": to_on - dt.timedelta(days=1),
        "wrong": wrong,
        "balance": balance,
        "accounts": _rows(agency_id, from_on, to_on),
        "page": page,
        "entries": [
            (one, labels.OCCASIONS[one.occasion], [(labels.ACCOUNTS[leg.account], leg.vnd) for leg in one.legs])
            for one in journal.cards_of(page.items)
        ],
        "account_choices": [Choice("", "Mọi tài khoản"), *(Choice(one, labels.ACCOUNTS[one]) for one in LedgerAccount)],
        "occasion_choices": [Choice("", "Mọi bút toán"), *(Choice(one, labels.OCCASIONS[one]) for one in Occasion)],
        "wanted": {"account": account or "", "occasion": occasion or ""},
        "workbook_url": f"{reverse('payments_books:books_xlsx')}?tu={from_on:%d/%m/%Y}&den={to_on - dt.timedelta(days=1):%d/%m/%Y}",
    }  # fmt: skip
    return render_page(request, "payments_books/books.html", context, status=422 if wrong else 200)


@officer_required(READERS)
@require_safe
def books_xlsx(request: HttpRequest) -> HttpResponse:
    """Hand out the same as a workbook."""
    agency_id = actor_from(request).agency_id or 0
    from_on, to_on, _ = _period(request)
    entries = journal.cards_of(journal.find_entries(agency_id, from_on, to_on))
    balances = Table(
        "Số dư",
        ("Tài khoản", "Đầu kỳ", "Nợ", "Có", "Cuối kỳ"),
        [(row[0], *row[1:]) for row in _rows(agency_id, from_on, to_on)],
    )
    lines = Table(
        "Nhật ký",
        ("Lúc", "Bút toán", "Mã tham chiếu", "Nợ", "Có", "Số tiền (đồng)"),
        [
            (
                f"{one.at.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}", labels.OCCASIONS[one.occasion], one.reference or one.source,
                labels.ACCOUNTS[one.legs[0].account], labels.ACCOUNTS[one.legs[-1].account], one.vnd,
            )
            for one in entries
        ],
    )  # fmt: skip
    content = tables((balances, lines), at=clock.now())
    return shown.workbook_response(content, f"so-thu-{from_on:%Y%m%d}.xlsx")


@officer_required(MATCHERS)
@require_safe
def suspense(request: HttpRequest) -> HttpResponse:
    """List the money that fits nothing, each with the open demands that it could be for."""
    return _suspense(request)


@officer_required(MATCHERS)
@require_POST
def match(request: HttpRequest, stray_id: uuid.UUID) -> HttpResponse:
    """Say for which demand money was."""
    demand_id = shown.uuid_of(request.POST.get("demand", ""))
    if demand_id is None:
        return _suspense(request, 422, wrong=shown.wrong(_field(stray_id), "payments.no_demand_chosen"))
    try:
        match_stray(stray_id=stray_id, demand_id=demand_id, actor=actor_from(request), at=clock.now())
    except DomainError as refused:
        if refused.status in {403, 404}:
            raise
        wrong = shown.wrong(_field(stray_id), refused.code, refused.facts)
        return _suspense(request, refused.status, wrong=wrong)
    messages.success(request, "Đã khớp khoản tiền với hồ sơ; người nộp có biên lai.")
    return redirect_after_post(request, reverse("payments_books:suspense"))


def _field(stray_id: uuid.UUID) -> str:
    """Return the id of the field in which money is matched."""
    return f"ho-so-{stray_id.hex}"


def _suspense(
    request: HttpRequest, status: int = 200, *, wrong: shown.Wrong = shown.NOTHING_WRONG
) -> HttpResponse:
    agency_id = actor_from(request).agency_id or 0
    strays, matchable = list_strays(agency_id), journal.list_matchable(agency_id)
    lines = []
    for one in strays:
        fits = matchable.get(one.amount_vnd, []) if one.state is StrayState.OPEN else []
        fits = sorted(fits, key=lambda fit: fit[0].id != one.demand_id)[:MOST_CHOICES]
        choices = [
            Choice(str(demand.id), f"{code or 'Chưa có mã'}, lập {demand.raised_at:%d/%m/%Y}")
            for demand, code in fits
        ]
        lines.append(
            (
                one,
                labels.WAYS[one.way],
                labels.STRAY_REASONS[one.reason],
                labels.STRAY_STATES[one.state],
                [Choice("", "Chọn hồ sơ"), *choices] if choices else [],
                _field(one.id),
                wrong.error if wrong.field == _field(one.id) else "",
            )
        )
    total = sum(one.amount_vnd for one in strays)
    context = {"lines": lines, "total": total, "errors": [wrong.told] if wrong.error else []}
    return render_page(request, "payments_books/suspense.html", context, status=status)


def _rows(agency_id: int, from_on: dt.date, to_on: dt.date) -> list[tuple[str, int, int, int, int]]:
    found = trial_balance(agency_id, from_on, to_on)
    return [
        (labels.ACCOUNTS[one], found.before[one], found.debit[one], found.credit[one], found.after[one])
        for one in found.after
    ]


def _period(request: HttpRequest) -> tuple[dt.date, dt.date, str]:
    """Return the days that are asked for, half-open, and what is wrong with them."""
    today = clock.today()
    from_on, last_on = today.replace(day=1), today
    wrong = ""
    try:
        from_on = _typed(request.GET.get("tu", ""), from_on)
        last_on = _typed(request.GET.get("den", ""), last_on)
    except ValueError:
        wrong = "Ngày phải viết dạng ngày/tháng/năm, ví dụ 01/11/2026."
    if not wrong and last_on < from_on:
        wrong = "Ngày cuối phải từ ngày đầu trở đi."
        last_on = from_on
    return from_on, min(last_on + dt.timedelta(days=1), from_on + LONGEST), wrong


def _typed(text: str, otherwise: dt.date) -> dt.date:
    return dt.datetime.strptime(text.strip(), "%d/%m/%Y").date() if text.strip() else otherwise  # noqa: DTZ007 - a day


Code = TypeVar("Code", LedgerAccount, Occasion)


def _one_of(codes: type[Code], request: HttpRequest, name: str) -> Code | None:
    text = request.GET.get(name, "")
    return codes(text) if text in set(codes) else None
