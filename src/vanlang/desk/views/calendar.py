"""Days off of a year, published or expected, and the office hours of the officer's own agency."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.calendars import api as calendars
from vanlang.calendars.api import Day, DayHours, DayKind, DayStatus, HoursPeriod, OfficeHours, Span
from vanlang.desk.errors import NotYoursToAdministerError
from vanlang.desk.forms.agencies import DAY_KINDS, DAY_STATUSES, DayForm, HoursForm
from vanlang.desk.rules.authority import may_reorganize
from vanlang.desk.views.agencies import is_province
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import get_agency
from vanlang.ui.forms import Form
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Tone

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_TONES: dict[DayStatus, Tone] = {DayStatus.DECREED: "success", DayStatus.FORECAST: "pending"}


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the year's days off and my agency's hours; write a day (province), or other hours (own agency)."""
    actor, at = actor_from(request), clock.now()
    if request.method == "GET":
        return _page(request, actor)
    wanted = request.POST.get("viec", "")
    form: Form | None = None
    try:
        if wanted == "bo-ngay":
            _need_province(actor)
            day = dt.date.fromisoformat(request.POST.get("ngay", ""))
            calendars.change_days(remove=[day], source="Quản trị bỏ ngày", actor=actor, at=at)
            messages.success(request, f"Đã bỏ {calendars.day_text(day)} khỏi danh sách.")
            return _back(request, day.year)
        form = DayForm(request.POST) if wanted == "them-ngay" else HoursForm(request.POST)
        if not form.is_valid():
            return _page(request, actor, form=form, status=422)
        if isinstance(form, DayForm):
            _need_province(actor)
            day = _add_day(form, actor, at)
            messages.success(
                request, f"Đã ghi {calendars.day_text(day)}; ngày hẹn trả liên quan được tính lại."
            )
            return _back(request, day.year)
        _set_hours(form, actor, at)
        messages.success(request, "Đã ghi giờ làm việc của cơ quan.")
        return _back(request, at.year)
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _page(request, actor, form=form, trouble=trouble, status=type(error).status)


def _need_province(actor: Actor) -> None:
    refuse_if(may_reorganize(is_province=is_province(actor)), NotYoursToAdministerError)


def _add_day(form: Form, actor: Actor, at: dt.datetime) -> dt.date:
    told = form.cleaned_data
    day = Day(
        on=told["on"],
        kind=DayKind(told["kind"]),
        name=told["name"],
        status=DayStatus(told["status"]),
        source=told["source"],
        make_up_for=told["make_up_for"],
    )
    calendars.change_days(days=[day], source=told["source"], actor=actor, at=at)
    return day.on


def _set_hours(form: Form, actor: Actor, at: dt.datetime) -> None:
    told = form.cleaned_data
    morning = Span.between(f"{told['morning_opens']:%H:%M}", f"{told['morning_closes']:%H:%M}")
    afternoon = Span.between(f"{told['afternoon_opens']:%H:%M}", f"{told['afternoon_closes']:%H:%M}")
    saturday = DayHours(morning=morning) if told["saturday"] else DayHours()
    hours = OfficeHours.monday_to_friday(DayHours(morning=morning, afternoon=afternoon), saturday=saturday)
    calendars.set_office_hours(
        agency_id=actor.agency_id,
        hours=hours,
        from_on=told["from_on"],
        source=told["source"],
        actor=actor,
        at=at,
    )


def _page(
    request: HttpRequest,
    actor: Actor,
    *,
    form: Form | None = None,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    wanted = request.GET.get("nam", "")
    year = int(wanted) if wanted.isdecimal() and 2020 <= int(wanted) <= 2040 else clock.today().year
    table = calendars.get_day_table()
    periods = calendars.list_hours_periods()
    own = periods.get(actor.agency_id, []) or periods.get(None, [])
    now = next((period for period in own if period.holds_on(clock.today())), None)
    agency = get_agency(actor.agency_id, clock.today()) if actor.agency_id is not None else None
    context = {
        "year": str(year),
        "years": [(str(one), one == year) for one in range(year - 1, year + 3)],
        "is_decreed": year in table.decreed_years,
        "days": [
            {
                "day": day,
                "text": calendars.day_text(day.on),
                "kind": DAY_KINDS[day.kind],
                "status": DAY_STATUSES[day.status],
                "tone": _TONES[day.status],
                "iso": day.on.isoformat(),
            }
            for day in calendars.list_days(year=year)
        ],
        "agency": agency,
        "hours": _hours_rows(now),
        "is_own": bool(periods.get(actor.agency_id)),
        "hours_from": now.from_on if now else None,
        "may_change_days": is_province(actor),
        "day_form": form if isinstance(form, DayForm) else DayForm(),
        "hours_form": form if isinstance(form, HoursForm) else HoursForm(initial=_hours_initial(now)),
        "form": form,
        "trouble": trouble,
    }
    return render_page(request, "desk/calendar.html", context, status=status)


def _hours_rows(period: HoursPeriod | None) -> list[tuple[str, str]]:
    if period is None:
        return []
    rows = []
    for name, hours in zip(_WEEKDAYS, period.hours.week, strict=True):
        spans = [f"{_clock(span.opens)}–{_clock(span.closes)}" for span in hours.halves]
        rows.append((name, ", ".join(spans) or "nghỉ"))
    return rows


def _hours_initial(period: HoursPeriod | None) -> dict[str, object]:
    initial: dict[str, object] = {"from_on": clock.today() + dt.timedelta(days=1)}
    monday = period.hours.week[0] if period else None
    if monday and monday.morning and monday.afternoon:
        initial |= {
            "morning_opens": _clock(monday.morning.opens),
            "morning_closes": _clock(monday.morning.closes),
            "afternoon_opens": _clock(monday.afternoon.opens),
            "afternoon_closes": _clock(monday.afternoon.closes),
        }
    if period:
        initial["saturday"] = bool(period.hours.week[5].halves)
    return initial


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _back(request: HttpRequest, year: int) -> HttpResponse:
    return redirect_after_post(request, f"{reverse('desk:calendar')}?nam={year}")
