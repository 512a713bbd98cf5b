"""Files of a dossier: each look is recorded before it is answered, under the purpose of working on the dossier."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.desk import labels
from vanlang.desk.queries import public_address
from vanlang.desk.services.extracts import print_extract
from vanlang.desk.views.inbox import WORKERS
from vanlang.documents.api import read_outcome
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Form
from vanlang.files.api import download_response, get_file, page_picture, read
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.vietnamese import search_key

PURPOSE = labels.PURPOSES[labels.PURPOSE]


@officer_required(WORKERS)
@require_GET
def paper(request: HttpRequest, dossier_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """Hand out a paper of a dossier: shown in the page for `?xem`, else saved."""
    card = dossiers.open_paper(
        dossier_id, attachment_id=attachment_id, actor=actor_from(request), purpose=PURPOSE, at=clock.now()
    )
    if card.file_id is None:
        raise Http404
    return download_response(get_file(card.file_id), read(card.file_id), inline="xem" in request.GET)


@officer_required(WORKERS)
@require_GET
def paper_page(
    request: HttpRequest, dossier_id: uuid.UUID, attachment_id: uuid.UUID, number: int
) -> HttpResponse:
    """Hand out one page of a PDF as a picture."""
    card = dossiers.open_paper(
        dossier_id, attachment_id=attachment_id, actor=actor_from(request), purpose=PURPOSE, at=clock.now()
    )
    if card.file_id is None:
        raise Http404
    return picture_response(page_picture(read(card.file_id), number))


@officer_required(WORKERS)
@require_GET
def outcome(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Hand out the outcome as it stands: a marked draft, or the signed file."""
    return pdf_response(_outcome_pdf(request, dossier_id), "ket-qua.pdf")


@officer_required(WORKERS)
@require_GET
def outcome_page(request: HttpRequest, dossier_id: uuid.UUID, number: int) -> HttpResponse:
    """Hand out one page of the outcome as a picture."""
    return picture_response(page_picture(_outcome_pdf(request, dossier_id), number))


@officer_required(WORKERS)
@require_GET
def printed(request: HttpRequest, dossier_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out a printed form of a dossier as PDF."""
    if form not in {one.value for one in Form}:
        raise Http404
    pdf = dossiers.print_form(
        dossier_id, form=Form(form), address_of=public_address, actor=actor_from(request), at=clock.now()
    )
    name = search_key(dossiers.FORMS[Form(form)]).replace(" ", "-")
    return pdf_response(pdf, f"mau-{form}-{name}.pdf")


@officer_required(WORKERS)
@require_GET
def extract(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Hand out an extract of a result register as PDF; the read is recorded first."""
    _, pdf = print_extract(entry_id=entry_id, actor=actor_from(request), at=clock.now())
    return pdf_response(pdf, "trich-so-ket-qua.pdf")


def picture_response(picture: bytes | None) -> HttpResponse:
    """Return the answer that carries a page's picture; nobody keeps a copy."""
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that carries a PDF made or signed by this house, shown by the browser itself."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def _outcome_pdf(request: HttpRequest, dossier_id: uuid.UUID) -> bytes:
    info = dossiers.open_outcome(dossier_id, actor=actor_from(request), purpose=PURPOSE, at=clock.now())
    if info is None:
        raise Http404
    if info.document_id is not None:
        return read_outcome(info.document_id)
    if info.file_id is None:
        raise Http404
    return read(info.file_id)
