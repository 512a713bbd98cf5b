"""The scanning page of a dossier. Every button keeps what is typed first, so nothing is lost by pressing the wrong one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, NotFound, refuse_if
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.scanning.api import (
    add_files,
    arrange,
    discard,
    file_batch,
    find_batch,
    paper_choices,
    picture_of,
)
from vanlang.scanning.forms import page_named, read_arrangement
from vanlang.scanning.labels import ADVICE, WARNINGS
from vanlang.scanning.rules import arranging
from vanlang.scanning.rules.arranging import PlacedPage
from vanlang.scanning.types import PageWarning, ScanBatchCard, ScanPageCard
from vanlang.ui.rendering import redirect_after_post, render_part

SCANNERS = (Role.COUNTER, Role.SPECIALIST)
PURPOSE = "Quét giấy tờ vào hồ sơ"
_WIDTHS = {"nho": 260, "lon": 1400}
Then = Callable[[list[PlacedPage]], list[PlacedPage]]


@officer_required(SCANNERS)
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show what is being scanned for a dossier, and do what a button says."""
    actor, at = actor_from(request), clock.now()
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=PURPOSE, at=at)
    refuse_if(dossiers.why_no_scans(dossier_id, actor=actor), dossiers.ActNotAllowed)
    if request.method == "GET":
        return _page(request, page, actor)
    try:
        return _done(request, page, actor, request.POST.get("viec", ""))
    except NotFound:
        raise
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _page(request, page, actor, trouble=trouble, status=type(error).status)


@officer_required(SCANNERS)
@require_GET
def picture(request: HttpRequest, page_id: uuid.UUID) -> HttpResponse:
    """Hand out a page as a picture, small or large; nobody keeps a copy."""
    width = _WIDTHS["lon" if "lon" in request.GET else "nho"]
    content = picture_of(page_id, actor=actor_from(request), width=width)
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _done(request: HttpRequest, page: dossiers.DossierPage, actor: Actor, wants: str) -> HttpResponse:
    """Keep what was typed, do what was pressed, and lead back to the page."""
    at, here = clock.now(), reverse("scanning:batch", args=[page.id])
    known = find_batch(page.id, actor=actor)
    if known is not None:
        then = _then(wants, known)
        arrangement = read_arrangement(request.POST, known)
        if wants.startswith("lay-lai:") and (back := page_named(wants, [one.id for one in known.pages])):
            arrangement = replace(arrangement, removed=arrangement.removed - {back})
        arrange(dossier_id=page.id, arrangement=arrangement, actor=actor, at=at, then=then)
    scans = [(scan.name or "trang", scan.read()) for scan in request.FILES.getlist("scans") if scan.size]
    if scans:
        added = add_files(dossier_id=page.id, scans=scans, actor=actor, at=at)
        messages.success(request, f"Đã nhận {len(scans)} tệp, lượt này có {len(added.kept)} trang.")
    elif wants == "tai-len":
        messages.warning(request, "Chưa chọn tệp nào.")
    if wants == "bo":
        discard(dossier_id=page.id, actor=actor, at=at)
        messages.success(request, "Đã bỏ lượt quét.")
    if wants == "luu":
        names = file_batch(dossier_id=page.id, choices=paper_choices(page), actor=actor, at=at)
        messages.success(request, f"Đã lưu vào hồ sơ: {', '.join(names)}.")
    return redirect_after_post(request, here)


def _then(wants: str, known: ScanBatchCard) -> Then:
    """Return what a page's own button does after everything typed is kept."""
    key = page_named(wants, [one.id for one in known.pages])
    verb = wants.partition(":")[0]
    if verb == "bo-trang-trang":
        blank = {one.id for one in known.kept if PageWarning.BLANK in one.warnings}
        return lambda pages: [replace(one, removed=one.removed or one.id in blank) for one in pages]
    if key is None:
        return list
    match verb:
        case "len":
            return lambda pages: arranging.moved(pages, key, -1)
        case "xuong":
            return lambda pages: arranging.moved(pages, key, +1)
        case "xoay":
            return lambda pages: [arranging.turned(one, 90) if one.id == key else one for one in pages]
        case "xoa":
            return lambda pages: [replace(one, removed=one.removed or one.id == key) for one in pages]
        case _:
            return list


def _page(
    request: HttpRequest,
    page: dossiers.DossierPage,
    actor: Actor,
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    known = find_batch(page.id, actor=actor)
    choices = paper_choices(page)
    context = {
        "page": page,
        "batch": known,
        "lines": [_line(one) for one in known.kept] if known else [],
        "removed": known.removed if known else (),
        "choices": choices,
        "has_blank": any(PageWarning.BLANK in one.warnings for one in known.kept) if known else False,
        "trouble": trouble,
        "action": reverse("scanning:batch", args=[page.id]),
    }
    return render_part(request, "scanning/batch.html", "checks", context, status=status)


def _line(card: ScanPageCard) -> dict[str, object]:
    return {
        "card": card,
        "warnings": [(WARNINGS[one], ADVICE[one]) for one in card.warnings],
    }
