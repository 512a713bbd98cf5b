"""Cut-over: systems, exports, dry run, taking over, and the comparison while both run. Administrators of the province only."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.cutover import services
from vanlang.cutover.forms import ExportForm, SystemForm, WordingForm
from vanlang.cutover.labels import DIFFERENCES, STATUSES
from vanlang.cutover.queries import runs
from vanlang.cutover.types import CutoverKind, Difference, LineStatus
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.ui.rendering import paginate, redirect_after_post, render_page, render_part

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """List the systems from which dossiers come; add one."""
    actor, at = actor_from(request), clock.now()
    services.need_province(actor, at)
    form = SystemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.add_system(
            code=form.cleaned_data["code"], name=form.cleaned_data["name"], actor=actor, at=at
        )
        return redirect_after_post(request, reverse("cutover:system", args=[form.cleaned_data["code"]]))
    context = {"systems": runs.list_systems(), "form": form}
    return render_page(
        request, "cutover/start.html", context, status=422 if request.method == "POST" else 200
    )


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def system(request: HttpRequest, code: str) -> HttpResponse:
    """Show one system: its wording, its runs, the trend of differences; take in an export or a wording."""
    actor, at = actor_from(request), clock.now()
    services.need_province(actor, at)
    card = runs.get_system(code)
    wants_wording = request.POST.get("viec") == "anh-xa"
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    export = ExportForm(*((None, None) if wants_wording else sent), initial={"on": at.date()})
    wording = WordingForm(*(sent if wants_wording else (None, None)))
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if wants_wording and wording.is_valid():
                file = wording.cleaned_data["wording"]
                words = services.set_wording(
                    code=code, content=file.read(), file_name=file.name, actor=actor, at=at
                )
                messages.success(request, f"Đã ghi {words} dòng ánh xạ.")
                return redirect_after_post(request, reverse("cutover:system", args=[code]))
            if not wants_wording and export.is_valid():
                told = export.cleaned_data
                run_id = services.read_export(
                    system_code=code, kind=CutoverKind(told["kind"]), content=told["file"].read(),
                    file_name=told["file"].name, on=told["on"], actor=actor, at=at,
                )  # fmt: skip
                return redirect_after_post(request, reverse("cutover:run", args=[run_id]))
        except DomainError as error:
            trouble, status = sentence_of(error.code, error.facts), type(error).status
    context = {
        "system": card,
        "page": paginate(request, runs.list_runs(code), per_page=PER_PAGE),
        "trend": [
            (one, [(name, one.count(kind.value)) for kind, name in DIFFERENCES.items()])
            for one in runs.trend(code)
        ],
        "difference_names": list(DIFFERENCES.values()),
        "export": export,
        "wording": wording,
        "trouble": trouble,
    }
    return render_page(request, "cutover/system.html", context, status=status)


@officer_required(Role.ADMIN)
@require_GET
def wording(request: HttpRequest, code: str) -> HttpResponse:
    """Give out a system's wording, to be changed and handed in again."""
    services.need_province(actor_from(request), clock.now())
    return _workbook(services.wording_workbook(code, at=clock.now()), f"anh-xa-{code}.xlsx")


@officer_required(Role.ADMIN)
@require_GET
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show a dry run with its comparison list, a take-over with its progress, or a day's differences."""
    services.need_province(actor_from(request), clock.now())
    with acting(Scope.system()):
        card = runs.get_run(run_id)
        if card.kind is CutoverKind.PARALLEL:
            return _parallel(request, card)
        wanted = request.GET.get("xem", "")
        status = LineStatus(wanted) if wanted in set(LineStatus) else None
        page = paginate(request, runs.lines_of(run_id, status), per_page=PER_PAGE)
        context = {
            "run": card,
            "figures": [(one, *STATUSES[one], card.count(one.value)) for one in STATUSES],
            "places": runs.by_place(card),
            "page": page,
            "lines": runs.line_cards(page.items, clock.today()),
            "ready": card.count(LineStatus.READY),
            "total": sum(
                card.count(one.value) for one in LineStatus if one in {LineStatus.READY, LineStatus.ENTERED}
            ),
            "dues": runs.other_due_days(card.system.code) if card.state != "read" else [],
        }
        response = render_part(request, "cutover/run.html", "progress", context)
    if card.state != "applying":
        response["HX-Refresh"] = "true"  # the page waited for the job: now the rest of it has changed, too
    return response


def _parallel(request: HttpRequest, card: runs.RunCard) -> HttpResponse:
    wanted = request.GET.get("xem", "")
    kind = Difference(wanted) if wanted in set(Difference) else None
    page = paginate(request, runs.differences_of(card.id, kind), per_page=PER_PAGE)
    context = {
        "run": card,
        "figures": [(one, DIFFERENCES[one], card.count(one.value)) for one in DIFFERENCES],
        "page": page,
        "rows": runs.difference_cards(page.items, clock.today()),
    }
    return render_page(request, "cutover/parallel.html", context)


@officer_required(Role.ADMIN)
@require_POST
def take_over(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Let the ready lines of an export enter."""
    services.take_over(run_id=run_id, actor=actor_from(request), at=clock.now())
    messages.success(
        request, "Đang chuyển hồ sơ. Có thể rời trang này; chuyển lại tệp cũ không tạo hồ sơ hai lần."
    )
    return redirect_after_post(request, reverse("cutover:run", args=[run_id]))


@officer_required(Role.ADMIN)
@require_GET
def differences(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Give out a day's differences."""
    services.need_province(actor_from(request), clock.now())
    with acting(Scope.system()):
        runs.get_run(run_id)
        names = {kind.value: text for kind, text in DIFFERENCES.items()}
        return _workbook(services.differences_workbook(run_id, names, at=clock.now()), "khac-biet.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
