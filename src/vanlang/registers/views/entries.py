"""One entry: what it says, since when, from which dossier; its document; what it still lacks."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.files.api import download_response, get_file, read
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.registers.api import FactsInvalidError, complete_entry, get_entry_page
from vanlang.registers.forms import CompleteForm, purpose_of
from vanlang.registers.labels import CHANGES, GRADES, PURPOSES, STATES, TONES
from vanlang.registers.types import EntryPage, EntryState, SchemaField
from vanlang.registers.views.searching import READERS
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

WRITERS = (Role.SPECIALIST, Role.CLERK)


@officer_required(READERS)
@require_GET
def entry(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Show an entry. The read is recorded first, for the purpose chosen."""
    word, purpose = purpose_of(request.GET.get("muc-dich", ""))
    actor = actor_from(request)
    page = get_entry_page(entry_id, actor=actor, purpose=purpose, at=clock.now())
    context = {
        "page": page,
        "state_label": STATES[page.state],
        "tone": TONES[page.state],
        "grade_label": GRADES[page.grade],
        "history": [(event, CHANGES[event.kind]) for event in page.history],
        "twins": [(line, STATES[line.state]) for line in page.twins],
        "may_complete": bool(page.missing) and _stands(page) and bool(actor.roles & set(WRITERS)),
        "purpose": word,
        "purposes": [Choice(one, text) for one, text in PURPOSES.items()],
    }
    return render_page(request, "registers/entry.html", context)


@officer_required(READERS)
@require_GET
def document(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Hand out the document that proves an entry; the read is recorded first."""
    page = get_entry_page(
        entry_id, actor=actor_from(request), purpose="Xem bản điện tử của kết quả", at=clock.now()
    )
    if page.file_id is None:
        raise Http404
    return download_response(get_file(page.file_id), read(page.file_id), inline=True)


@officer_required(WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Add what is missing from the original; what the entry already says is not changed here."""
    actor, purpose = actor_from(request), PURPOSES["sua-du-lieu"]
    page = get_entry_page(entry_id, actor=actor, purpose=purpose, at=clock.now())
    here = reverse("registers:entry", args=[entry_id])
    if not page.missing or not _stands(page):
        return redirect_after_post(request, here)
    form = CompleteForm(request.POST if request.method == "POST" else None, _lacking(page))
    if request.method == "POST" and form.is_valid():
        try:
            complete_entry(
                entry_id=entry_id,
                facts=form.facts(),
                reason=form.cleaned_data["reason"],
                actor=actor,
                at=clock.now(),
            )
        except FactsInvalidError as error:
            sentence = sentence_of(error.code, error.facts)
            form.add_error(None, f"{sentence.says} {sentence.do_now}")
        else:
            messages.success(request, f"Đã bổ sung dữ liệu vào kết quả số {page.number}.")
            return redirect_after_post(request, here)
    context = {"page": page, "form": form, "fields": [form[name] for name in form.fields]}
    return render_page(
        request, "registers/complete.html", context, status=422 if request.method == "POST" else 200
    )


def _stands(page: EntryPage) -> bool:
    return page.state not in {EntryState.REPLACED, EntryState.REVOKED}


def _lacking(page: EntryPage) -> list[SchemaField]:
    return [one for one in page.register.fields if one.title in page.missing]
