"""One importer for every table: what there is, export, upload, preview, decision, progress, history."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.configuration import services
from vanlang.configuration.forms import UploadForm
from vanlang.configuration.kinds import KINDS, Kind
from vanlang.configuration.labels import KEEP_RUNNING, ROW_STATUSES
from vanlang.configuration.queries import runs
from vanlang.configuration.rules.authority import may_decide, may_import
from vanlang.configuration.services.world import is_province
from vanlang.configuration.types import ImportState, RowStatus
from vanlang.files.api import download_response, get_file, read
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, NotAllowed, Refusal
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.ui.rendering import paginate, redirect_after_post, render_page, render_part

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50
ROLES = (Role.ADMIN, Role.CATALOGUE_EDITOR)


@officer_required(ROLES)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show the tables that an officer may import, and what was imported lately."""
    actor = actor_from(request)
    province = is_province(actor, clock.today())
    kinds = [kind.card for kind in KINDS.values() if actor.has(kind.card.role)]
    context = {
        "kinds": [card for card in kinds if province or not card.province_only],
        "runs": [
            run for run in runs.list_runs(actor, is_province=province) if actor.has(KINDS[run.kind].card.role)
        ],
        "is_admin": actor.has(Role.ADMIN),
        "is_editor": actor.has(Role.CATALOGUE_EDITOR),
    }
    return render_page(request, "configuration/start.html", context)


@officer_required(ROLES)
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Explain one table, give it out, take it in."""
    actor, found = actor_from(request), _kind(request, kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run_id = services.propose_import(
                    kind_slug=kind, content=file.read(), file_name=file.name, actor=actor, at=clock.now()
                )
                return redirect_after_post(request, reverse("configuration:run", args=[run_id]))
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
    context = {"card": found.card, "sheet": found.sheet, "form": form, "trouble": trouble}
    return render_page(request, "configuration/kind.html", context, status=status)


@officer_required(ROLES)
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give out the empty workbook with its guide."""
    found = _kind(request, kind)
    content = services.export(kind_slug=kind, actor=actor_from(request), at=clock.now(), empty=True)
    return workbook_response(content, f"mau-{found.card.slug}.xlsx")


@officer_required(ROLES)
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give out what is there now, in the shape in which it is taken in."""
    found, at = _kind(request, kind), clock.now()
    content = services.export(kind_slug=kind, actor=actor_from(request), at=at)
    return workbook_response(content, f"{found.card.slug}-{at:%Y%m%d}.xlsx")


@officer_required(ROLES)
@require_GET
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show an import: the preview, the decision, how far the job is, what was refused."""
    actor = actor_from(request)
    card = _run(actor, run_id)
    wanted = request.GET.get("xem", "")
    status = RowStatus(wanted) if wanted in set(RowStatus) else None
    rows = paginate(
        request, runs.rows_of(run_id, status, only_refused=wanted == "tu-choi"), per_page=PER_PAGE
    )
    refusal = _may_decide(actor, card)
    context = {
        "run": card,
        "page": rows,
        "rows": runs.row_cards(rows.items, card.kind),
        "wanted": wanted,
        "figures": [(one, *ROW_STATUSES[one], card.totals.of(one)) for one in ROW_STATUSES],
        "former_names": runs.former_names(run_id) if card.state is ImportState.PROPOSED else [],
        "refused": runs.count_refused(run_id),
        "may_decide": refusal is None,
        "why_not": sentence_of(refusal.code) if refusal else None,
        "touches_procedures": KINDS[card.kind].card.role is Role.CATALOGUE_EDITOR,
        "procedures": runs.procedures_of(run_id)
        if KINDS[card.kind].card.role is Role.CATALOGUE_EDITOR
        else [],
        "keep_running": KEEP_RUNNING,
    }
    response = render_part(request, "configuration/run.html", "progress", context)
    if not card.is_running:
        response["HX-Refresh"] = "true"  # the page waited for the job: now the rest of it has changed, too
    return response


@officer_required(ROLES)
@require_GET
def file(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Give back the file as it was handed in."""
    file_id = _run(actor_from(request), run_id).file_id
    return download_response(get_file(file_id), read(file_id))


@officer_required(ROLES)
@require_POST
def decide(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Apply, withdraw or undo an import."""
    actor, at = actor_from(request), clock.now()
    _run(actor, run_id)
    match request.POST.get("viec"):
        case "duyet":
            services.apply_import(
                run_id=run_id, accept_former_names=request.POST.get("ten-cu") == "1",
                running_dossiers=KEEP_RUNNING, actor=actor, at=at,
            )  # fmt: skip
            messages.success(request, "Đã duyệt. Hệ thống đang ghi; có thể rời trang này.")
        case "hoan-tac":
            services.undo_import(run_id=run_id, actor=actor, at=at)
            messages.success(
                request, "Đang hoàn tác. Những gì đã có thay đổi mới hơn sẽ được giữ và nêu lý do."
            )
        case "bo":
            services.withdraw_import(run_id=run_id, actor=actor, at=at)
            messages.success(request, "Đã bỏ lần nhập này. Không có gì được ghi.")
    return redirect_after_post(request, reverse("configuration:run", args=[run_id]))


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _kind(request: HttpRequest, slug: str) -> Kind:
    found, actor = KINDS.get(slug), actor_from(request)
    if found is None:
        raise Http404
    refusal = may_import(
        province_only=found.card.province_only, is_province=is_province(actor, clock.today())
    )
    if refusal is not None or not actor.has(found.card.role):
        raise NotAllowed.of(refusal or Refusal("identity.role_required"))
    return found


def _run(actor: Actor, run_id: uuid.UUID) -> runs.RunCard:
    return runs.get_run(run_id, actor, is_province=is_province(actor, clock.today()))


def _may_decide(actor: Actor, card: runs.RunCard) -> Refusal | None:
    return may_decide(
        needs_second_person=KINDS[card.kind].card.needs_second_person,
        proposed_by=card.proposer_account_id,
        decides=actor.account_id or 0,
        own_agency=card.agency_id == actor.agency_id,
        is_province=is_province(actor, clock.today()),
    )
