"""The certification book of the agency: a period of it as a page, on paper, as a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.certification import forms
from vanlang.certification.api import print_book, read_book, write_workbook
from vanlang.certification.labels import note_of
from vanlang.certification.rules.book import volume_of
from vanlang.certification.views.answers import pdf_response, workbook_response
from vanlang.certification.views.requests import WORKERS
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.ui.rendering import paginate, render_page

_LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open."""

    from_on: dt.date
    to_on: dt.date

    @property
    def query(self) -> str:
        return f"?tu={self.from_on:%d/%m/%Y}&den={self.to_on - dt.timedelta(days=1):%d/%m/%Y}"


@officer_required(WORKERS)
@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """Show the book of a period; the current month when none is named."""
    form, period = _period(request)
    lines = read_book(
        actor=actor_from(request),
        from_on=period.from_on,
        to_on=period.to_on,
        purpose="Xem sổ chứng thực",
        at=clock.now(),
    )
    page = paginate(request, [(line, note_of(line)) for line in lines], per_page=50)
    context = {
        "form": form,
        "period": period,
        "volume": volume_of(period.from_on.year),
        "page": page,
        "copies": sum(line.copies or 0 for line in lines if not line.voided_on),
        "fee": sum(line.fee_vnd or 0 for line in lines if not line.voided_on),
        "pdf_url": reverse("certification:book_pdf") + period.query,
        "xlsx_url": reverse("certification:book_xlsx") + period.query,
    }
    return render_page(request, "certification/book.html", context, status=200 if form.is_valid() else 422)


@officer_required(WORKERS)
@require_GET
def book_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the book of a period as PDF."""
    _, period = _period(request)
    pdf = print_book(actor=actor_from(request), from_on=period.from_on, to_on=period.to_on, at=clock.now())
    return pdf_response(pdf, f"so-chung-thuc-{period.from_on:%Y%m%d}.pdf")


@officer_required(WORKERS)
@require_GET
def book_xlsx(request: HttpRequest) -> HttpResponse:
    """Hand out the book of a period as a workbook."""
    _, period = _period(request)
    content = write_workbook(
        actor=actor_from(request), from_on=period.from_on, to_on=period.to_on, at=clock.now()
    )
    return workbook_response(content, f"so-chung-thuc-{period.from_on:%Y%m%d}.xlsx")


def _period(request: HttpRequest) -> tuple[forms.PeriodForm, Period]:
    """Return the days that are asked for: at most a year, the current month by default."""
    today = clock.today()
    initial = {"tu": today.replace(day=1), "den": today}
    asked = {name: request.GET.get(name) or f"{day:%d/%m/%Y}" for name, day in initial.items()}
    form = forms.PeriodForm(asked)
    told = form.cleaned_data if form.is_valid() else {}
    from_on, last_on = told.get("tu") or initial["tu"], told.get("den") or today
    to_on = max(last_on, from_on) + dt.timedelta(days=1)
    return form, Period(from_on, min(to_on, from_on + _LONGEST))
