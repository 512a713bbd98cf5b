"""Differences for those who answer for the records: what differs, what it means, what to do; and the proof that the rest is equal."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import find_agency_by_code, get_agencies
from vanlang.sentinel import labels
from vanlang.sentinel.forms import WhyForm
from vanlang.sentinel.queries import differences, runs
from vanlang.sentinel.rules.deciding import may_explain, may_give
from vanlang.sentinel.services import deciding
from vanlang.sentinel.types import (
    DifferenceKind,
    DifferencePage,
    DifferenceState,
    Remedy,
    RunCard,
    SystemCard,
)
from vanlang.sentinel.views import shown
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import Choice

PER_PAGE, RUNS_SHOWN = 30, 30
FILTERS = {
    "": ("Chờ người xem và đang tự sửa", differences.STANDING),
    "cho": ("Chờ người xem", (DifferenceState.OPEN,)),
    "dang-sua": ("Đang tự sửa", (DifferenceState.HEALING,)),
    "da-xem": ("Đã xem xét", (DifferenceState.EXPLAINED,)),
    "da-khop": ("Đã khớp", (DifferenceState.SETTLED,)),
}
readers = officer_required(differences.READERS)


@readers
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what differs, for whom it is: an agency's own, or everybody's."""
    actor, systems = actor_from(request), runs.list_systems()
    system = _chosen(request, systems)
    if system is None:
        return render_page(request, "sentinel/start.html", {"system": None})
    is_admin = actor.has(Role.ADMIN)
    with acting(Scope.system()):  # figures of the whole province: no record of anybody's
        last = runs.last_done(system.code)
        past = runs.cards_of(list(runs.list_runs(system.code)[:RUNS_SHOWN])) if is_admin else []
    with differences.reading_as(actor):
        context = _listed(request, actor, system)
    return render_page(
        request,
        "sentinel/start.html",
        {
            "system": system,
            "systems": [Choice(one.code, one.name) for one in systems],
            "is_admin": is_admin,
            "last": last,
            "months": _months(clock.today()),
            **context,
            **_past(past),
        },
    )


def _chosen(request: HttpRequest, systems: tuple[SystemCard, ...]) -> SystemCard | None:
    wanted = request.GET.get("he-thong", "")
    return next((one for one in systems if one.code == wanted), systems[0] if systems else None)


def _listed(request: HttpRequest, actor: Actor, system: SystemCard) -> dict[str, object]:
    wanted = request.GET.get("loai", "")
    kind = DifferenceKind(wanted) if wanted in set(DifferenceKind) else None
    state = request.GET.get("tinh-trang", "")
    state = state if state in FILTERS else ""
    agency = request.GET.get("co-quan", "")
    agency_id = int(agency) if agency.isdecimal() and len(agency) < 9 else None
    code = request.GET.get("ma", "").strip()[:80]
    found = differences.list_differences(
        actor, system=system.code, agency_id=agency_id, kind=kind, states=FILTERS[state][1], code=code
    )
    page = paginate(request, found, per_page=PER_PAGE)
    cards = differences.cards_of(list(page.items))
    by_agency = differences.count_by_agency(actor, system=system.code)
    agencies = get_agencies(
        {one for one in by_agency if one} | {one.agency_id for one in cards if one.agency_id}, clock.today()
    )
    by_kind = differences.count_by_kind(actor, system=system.code)
    states = differences.count_by_state(actor, system=system.code)
    return {
        "page": page,
        "lines": [shown.line_of(card, agencies) for card in cards],
        "kinds": [
            (one, labels.KINDS[one], number, labels.EXPLANATIONS[one]) for one, number in by_kind.items() if number
        ],
        "kind_choices": [Choice("", "Mọi loại"), *(Choice(one.value, text) for one, text in labels.KINDS.items())],
        "state_choices": [Choice(key, text) for key, (text, _) in FILTERS.items()],
        "by_agency": sorted(
            (
                (agencies[key].short_name if key in agencies else "Chưa rõ cơ quan", key or 0, counts)
                for key, counts in by_agency.items()
            ),
            key=lambda row: -sum(row[2].values()),
        ),
        "states": states,
        "wanted": {"kind": wanted if kind else "", "state": state, "agency": agency, "code": code},
        "is_filtered": bool(kind or state or agency_id is not None or code),
        "agency_name": agencies[agency_id].short_name if agency_id in agencies else "",
    }  # fmt: skip


def _past(past: list[RunCard]) -> dict[str, object]:
    bars = shown.bars_of(past)
    return {
        "runs": [
            (run, *labels.RUN_STATES[run.state], labels.WAYS[run.way], shown.size(run.wire_bytes))
            for run in past
        ],
        "bars": bars,
        "width": shown.GAP + len(bars) * (shown.WIDE + shown.GAP),
        "running": next((run for run in past if run.finished_at is None), None),
    }


def _months(today: dt.date) -> list[tuple[int, int]]:
    """Return the last six months, this one first."""
    number = today.year * 12 + today.month - 1
    return [((number - ago) // 12, (number - ago) % 12 + 1) for ago in range(6)]


@readers
@require_safe
def difference(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Show one difference: both versions side by side, what it means, what can be done."""
    return _difference(request, difference_id, WhyForm())


def _difference(
    request: HttpRequest, difference_id: uuid.UUID, form: WhyForm, status: int = 200
) -> HttpResponse:
    actor = actor_from(request)
    with differences.reading_as(actor):
        page = differences.get_difference(difference_id, actor=actor)
        agency_ids = {page.card.agency_id} if page.card.agency_id else set()
    agencies = get_agencies(agency_ids, clock.today())
    system = next((one for one in runs.list_systems() if one.code == page.card.system), None)
    name = system.name if system else page.card.system
    context = {
        "page": page,
        "line": shown.line_of(page.card, agencies),
        "system_name": name,
        "explanations": shown.explanations_of(page.card),
        "heads": shown.heads_of(page, name),
        "rows": shown.rows_of(page, _names_of(page)),
        "may_send": _may(page, Remedy.SEND) and system is not None,
        "may_fetch": _may(page, Remedy.FETCH) and system is not None,
        "may_explain": may_explain(page.card.state) is None,
        "form": form,
    }
    return render_page(request, "sentinel/difference.html", context, status=status)


def _names_of(page: DifferencePage) -> dict[str, str]:
    """Return the names of the agencies that either side names, by code."""
    codes = {record.agency for record in (*page.here, *page.there)}
    found = (find_agency_by_code(code, clock.today()) for code in sorted(codes))
    return {card.code: card.short_name for card in found if card is not None}


def _may(page: DifferencePage, remedy: Remedy) -> bool:
    card = page.card
    refusal = may_give(
        remedy, owner=card.owner, state=card.state, is_here=bool(page.here), is_there=bool(page.there)
    )
    return refusal is None


@readers
@require_POST
def send_again(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Tell the other side once more what is true here."""
    return _given(
        request, difference_id, Remedy.SEND, "Đã đưa hồ sơ vào hàng gửi lại. Lần đối soát sau sẽ kiểm tra."
    )


@readers
@require_POST
def take_theirs(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Take over what is true there."""
    return _given(
        request, difference_id, Remedy.FETCH, "Đã lấy bản của bên kia. Lần đối soát sau sẽ kiểm tra."
    )


def _given(request: HttpRequest, difference_id: uuid.UUID, remedy: Remedy, says: str) -> HttpResponse:
    actor = actor_from(request)
    with differences.reading_as(actor):
        deciding.give_remedy(difference_id=difference_id, remedy=remedy, actor=actor, at=clock.now())
    messages.success(request, says)
    return redirect_after_post(request, reverse("sentinel:difference", args=[difference_id]))


@readers
@require_POST
def explain(request: HttpRequest, difference_id: uuid.UUID) -> HttpResponse:
    """Note why a difference may stay as it is."""
    actor, form = actor_from(request), WhyForm(request.POST)
    if not form.is_valid():
        return _difference(request, difference_id, form, status=422)
    with differences.reading_as(actor):
        deciding.explain(
            difference_id=difference_id, why=form.cleaned_data["why"], actor=actor, at=clock.now()
        )
    messages.success(request, "Đã ghi lý do. Hồ sơ chỉ hiện lại khi một trong hai bên thay đổi.")
    return redirect_after_post(request, reverse("sentinel:difference", args=[difference_id]))


@readers
@require_safe
def month(request: HttpRequest, system: str, year: int, month: int) -> HttpResponse:
    """Show, to be printed, whether both sides held the same about the records received in a month."""
    if not (1 <= month <= 12 and 2000 <= year <= 2999):
        raise Http404
    with acting(Scope.system()):  # counts and digests of days: no record of anybody's
        proof = runs.prove_month(system, year, month)
        last = runs.last_done(system)
    context = {
        "proof": proof,
        "last": last,
        "unequal": [day for day in proof.days if not day.is_equal],
        "at": clock.now(),
    }
    return render_page(request, "sentinel/month.html", context)
