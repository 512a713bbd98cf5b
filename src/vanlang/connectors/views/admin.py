"""How the province is connected: every system on one page, and what waits for a person."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vanlang.connectors import ports
from vanlang.connectors.errors import ReplayError
from vanlang.connectors.forms import ReplayForm
from vanlang.connectors.labels import CIRCUITS, NEVER_CALLED, failure_of
from vanlang.connectors.queries import health
from vanlang.connectors.rules.reasons import read_reason
from vanlang.connectors.services import errands
from vanlang.connectors.types import Letter, SystemFigure
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.ui.rendering import redirect_after_post, render_page

TONES = {CircuitState.CLOSED: "success", CircuitState.OPEN: "danger", CircuitState.PROBING: "pending"}
TALL, WIDE = 48, 14
"""Units of the drawing: the highest bar, and the width of an hour."""
BOXES = {"den": True, "di": False}


@officer_required(Role.ADMIN)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every system on one page: how it is, what waits, what a person must look at."""
    return _overview(request, {})


def _overview(request: HttpRequest, forms: dict[str, ReplayForm], status: int = 200) -> HttpResponse:
    with acting(Scope.system()):  # figures and codes only: no row of anybody's
        figures, letters = health.list_systems(clock.now()), health.list_letters()
    context = {
        "systems": [_system(one, forms.get(one.system.code)) for one in figures],
        "letters": [_letter(one) for one in letters],
        "more_letters": len(letters) >= health.LISTED,
        "form": next(iter(forms.values()), None),
    }
    return render_page(request, "connectors/overview.html", context, status=status)


@officer_required(Role.ADMIN)
@require_POST
def replay_range(request: HttpRequest, system: str) -> HttpResponse:
    """Tell once more what was sent on some days."""
    known = ports.find_system(system)
    if known is None:
        raise Http404
    form = ReplayForm.of(known, ports.kinds_sent(system), request.POST)
    if not form.is_valid():
        return _overview(request, {system: form}, status=422)
    from_at, to_at = form.span()
    try:
        with acting(Scope.system()):
            count = errands.replay(
                system=system, kind=form.cleaned_data["kind"], from_at=from_at, to_at=to_at,
                actor=actor_from(request), at=clock.now(),
            )  # fmt: skip
    except ReplayError as nothing:
        sentence = sentence_of(nothing.code)
        form.add_error("kind", f"{sentence.says} {sentence.do_now}")
        return _overview(request, {system: form}, status=422)
    notes.success(request, f"Đã đưa {count} tin vào hàng gửi lại.")
    return redirect_after_post(request, reverse("connectors:start"))


@officer_required(Role.ADMIN)
@require_POST
def call_now(request: HttpRequest, system: str) -> HttpResponse:
    """Let everything that waits for a system have its turn at once."""
    if system not in {one.code for one in ports.systems()}:
        raise Http404
    with acting(Scope.system()):
        count = errands.call_now(system=system, actor=actor_from(request), at=clock.now())
    notes.success(request, f"Đang gọi lại: {count} tin chờ được xử lý ngay.")
    return redirect_after_post(request, reverse("connectors:start"))


@officer_required(Role.ADMIN)
@require_POST
def again(request: HttpRequest, box: str, letter_id: int) -> HttpResponse:
    """Give a letter its turn again."""
    with acting(Scope.system()):
        errands.try_again(
            letter_id=letter_id, is_incoming=_is_incoming(box), actor=actor_from(request), at=clock.now()
        )
    notes.success(request, "Đã đưa tin vào hàng xử lý lại.")
    return redirect_after_post(request, reverse("connectors:start"))


@officer_required(Role.ADMIN)
@require_POST
def drop(request: HttpRequest, box: str, letter_id: int) -> HttpResponse:
    """Close a letter without effect."""
    with acting(Scope.system()):
        errands.give_up(
            letter_id=letter_id, is_incoming=_is_incoming(box), actor=actor_from(request), at=clock.now()
        )
    notes.success(request, "Đã bỏ tin; các tin sau của cùng hồ sơ được xử lý tiếp.")
    return redirect_after_post(request, reverse("connectors:start"))


def _is_incoming(box: str) -> bool:
    if box not in BOXES:
        raise Http404
    return BOXES[box]


def _system(one: SystemFigure, tried: ReplayForm | None) -> dict[str, object]:
    state, was_called = CircuitState(one.state), one.last_well_at is not None or bool(one.last_code)
    calls = sum(hour.well + hour.failed for hour in one.hours)
    return {
        "figure": one,
        "state": CIRCUITS[state] if was_called else NEVER_CALLED,
        "tone": TONES[state] if was_called else "neutral",
        "form": tried or ReplayForm.of(one.system, ports.kinds_sent(one.system.code)),
        "is_tried": tried is not None,
        "failure": failure_of(one.last_code),
        "bars": _bars(one) if calls else [],
        "most": max((hour.well + hour.failed for hour in one.hours), default=0),
        "width": WIDE * len(one.hours),
    }


def _bars(one: SystemFigure) -> list[dict[str, object]]:
    """Return the drawing: calls of each hour, the fullest as tall as the drawing."""
    most = max((hour.well + hour.failed for hour in one.hours), default=0) or 1
    return [
        {"x": number * WIDE, "well": TALL * hour.well / most, "failed": TALL * hour.failed / most}
        for number, hour in enumerate(one.hours)
    ]


def _letter(one: Letter) -> dict[str, object]:
    code, facts = read_reason(one.reason)
    system = ports.find_system(one.system)
    return {
        "letter": one,
        "system": system.name if system else one.system,
        "kind": system.name_of(one.kind) if system else one.kind,
        "why": sentence_of(code, facts) if "." in code else None,
        "box": "den" if one.is_incoming else "di",
    }
