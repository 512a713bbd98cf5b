"""Comparisons that an administrator asks for: now, or with an export; and how one goes."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vanlang.identity.api import SYSTEM, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.sentinel import labels
from vanlang.sentinel.errors import RunGoesOnError
from vanlang.sentinel.forms import DaysForm, ExportForm
from vanlang.sentinel.queries import differences, runs
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.exports import compare_export, read_export, template
from vanlang.sentinel.types import RunCard
from vanlang.sentinel.views import shown
from vanlang.sheets.api import Problem, SheetError, problem_text
from vanlang.ui.rendering import redirect_after_post, render_page, render_part

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS_SHOWN, MET_SHOWN = 200, 100
MONTH = dt.timedelta(days=30)
administrators = officer_required(Role.ADMIN)


@administrators
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, system: str) -> HttpResponse:
    """Ask for a comparison now."""
    card = runs.get_system(system)
    yesterday = clock.today() - dt.timedelta(days=1)
    form = DaysForm(request.POST or None, initial={"first_on": yesterday - MONTH, "last_on": yesterday})
    trouble: Sentence | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with acting(Scope.system()):
                run_id = ask_run(
                    system=system, actor=actor_from(request), at=clock.now(), **form.cleaned_data
                )
            return redirect_after_post(request, reverse("sentinel:run", args=[run_id]))
        except RunGoesOnError as error:
            trouble = sentence_of(error.code, error.facts)
    context = {"system": card, "form": form, "trouble": trouble}
    return render_page(
        request, "sentinel/compare.html", context, status=422 if request.method == "POST" else 200
    )


@administrators
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, system: str) -> HttpResponse:
    """Compare with an export that the other side handed over."""
    card, today = runs.get_system(system), clock.today()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ExportForm(*sent, initial={"first_on": today - MONTH, "last_on": today, "as_of_on": today})
    trouble: Sentence | None = None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        days = {"first_on": told["first_on"], "last_on": told["last_on"]}
        try:
            export = read_export(told["file"].read(), told["file"].name, **days)
            problems = export.problems
            if not problems:
                with acting(Scope.system()):
                    run_id = compare_export(
                        system=system, export=export, as_of_on=told["as_of_on"], actor=actor_from(request),
                        at=clock.now(), **days,
                    )  # fmt: skip
                return redirect_after_post(request, reverse("sentinel:run", args=[run_id]))
            trouble = sentence_of("sentinel.export_unreadable")
        except (RunGoesOnError, SheetError) as error:
            trouble = sentence_of(error.code, error.facts)
    context = {
        "system": card,
        "form": form,
        "trouble": trouble,
        "problems": [(one.cell, problem_text(one)) for one in problems[:PROBLEMS_SHOWN]],
        "problem_count": len(problems),
    }
    return render_page(
        request, "sentinel/upload.html", context, status=422 if request.method == "POST" else 200
    )


@administrators
@require_safe
def template_file(request: HttpRequest, system: str) -> HttpResponse:
    """Give out the workbook to be filled in."""
    runs.get_system(system)
    headers = {"Content-Disposition": 'attachment; filename="doi-soat.xlsx"'}
    return HttpResponse(template(clock.now()), content_type=XLSX, headers=headers)


@administrators
@require_safe
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show how a comparison goes, and what it found."""
    with acting(Scope.system()):  # codes and figures: no record of anybody's
        card = runs.get_run(run_id)
        met = differences.cards_of(list(differences.met_in(SYSTEM, run_id)[:MET_SHOWN]))
    is_over = card.finished_at is not None
    state, tone = labels.RUN_STATES[card.state]
    context = {
        "run": card,
        "system": runs.get_system(card.system),
        "is_over": is_over,
        "state": state,
        "tone": tone,
        "step": labels.STEPS[card.step],
        "way": labels.WAYS[card.way],
        "reason": sentence_of(card.reason) if card.reason else None,
        "lines": [shown.line_of(one, {}) for one in met],
        "lens": _lens(card),
        "asked": shown.size(card.wire_bytes),
        "full": shown.size(card.full_bytes),
        "times": round(card.full_bytes / card.wire_bytes) if card.wire_bytes else 0,
    }
    response = render_part(request, "sentinel/run.html", "progress", context)
    if is_over:
        response["HX-Refresh"] = "true"  # the page waited for the job: now the rest of it has changed, too
    return response


def _lens(card: RunCard) -> list[str]:
    """Return in words what was not compared, or less exactly."""
    exact = {8: "theo ngày", 12: "đến phút", 10: "đến giờ"}
    left_out = [f"{labels.FIELDS[name]}: không có trong tệp" for name in sorted(card.lens.without)]
    return [
        *left_out,
        *(f"{labels.FIELDS[name]}: so {exact.get(at, 'một phần')}" for name, at in card.lens.digits),
    ]
