"""Answer a supplement request as a whole: field by field, paper by paper, in one form that loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.dossiers.api import (
    Answer,
    ItemKind,
    Paper,
    SupplementCard,
    SupplementItemCard,
    answer_supplement,
    get_for_citizen,
)
from vanlang.eforms.api import error_lines, validate
from vanlang.files.api import FileRefusedError, store
from vanlang.identity.api import Actor, actor_from, citizen_required
from vanlang.kernel import clock
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.portal.queries.dossiers import open_supplement
from vanlang.portal.queries.supplements import asked_form, asked_items, input_name
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import FieldError

_SEAL = "portal.supplement"
_KEPT_FOR_SECONDS = 6 * 3600


@dataclass(slots=True)
class Files:
    """What came of the files of one try."""

    papers: dict[str, Paper] = field(default_factory=dict)
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By input: sealed reference and name, to be sent again without choosing the file again."""
    refused: dict[str, Sentence] = field(default_factory=dict)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show what is asked for; take the answers together. What was good in a refused try need not be given again."""
    actor, now = actor_from(request), clock.now()
    dossier = get_for_citizen(dossier_id, actor=actor, at=now)
    asked = open_supplement(dossier)
    if asked is None:
        return redirect("portal:my_dossier", dossier_id)
    form = asked_form(dossier, asked, now.date())
    context = {"dossier": dossier, "asked": asked}
    if request.method != "POST":
        items = asked_items(form, asked, now.date())
        return render_page(request, "portal/supplement.html", {**context, "items": items, "errors": ()})
    given = validate(form, request.POST, on=now.date())
    files = _files(request, asked, actor)
    if given.errors or files.refused:
        items = asked_items(
            form,
            asked,
            now.date(),
            typed=given.typed,
            errors=given.errors,
            files=files.kept,
            refused=files.refused,
        )
        errors = (*error_lines(given.errors), *_lines(files.refused))
        return render_page(
            request, "portal/supplement.html", {**context, "items": items, "errors": errors}, status=422
        )
    answer_supplement(
        dossier_id=dossier_id,
        answers=[_answer(item, given.values, files) for item in asked.items],
        actor=actor,
        at=now,
        note=request.POST.get("note", "")[:1000],
        expected_version=dossier.version,
    )
    messages.success(request, "Đã gửi nội dung bổ sung. Thời hạn giải quyết được tính tiếp.")
    return redirect_after_post(request, reverse("portal:my_dossier", args=[dossier_id]))


def _answer(item: SupplementItemCard, values: Mapping[str, object], files: Files) -> Answer:
    if item.kind is ItemKind.FIELD:
        return Answer(kind=item.kind, key=item.key, value=values.get(item.key))
    return Answer(kind=item.kind, key=item.key, paper=files.papers.get(input_name(item)))


def _files(request: HttpRequest, asked: SupplementCard, actor: Actor) -> Files:
    """Store what was chosen, take up what was stored by an earlier try, and say what is refused or still missing."""
    result = Files()
    for item in asked.items:
        if item.kind is not ItemKind.DOCUMENT:
            continue
        name = input_name(item)
        upload = request.FILES.get(name)
        try:
            if upload is not None:
                card = store(
                    content=upload.read(),
                    name=upload.name or "",
                    at=clock.now(),
                    uploaded_by=actor.account_id,
                )
                kept = (_seal(str(card.id), card.name, actor, name), card.name)
            else:
                kept = _unsealed(request.POST.get(f"kept-{name}", ""), actor, name)
        except FileRefusedError as error:
            said = sentence_of(error.code, error.facts)
            result.refused[name] = Sentence(f"“{upload.name if upload else ''}”: {said.says}", said.do_now)
            continue
        if not kept[0]:
            result.refused[name] = sentence_of("intake.no_file_chosen")
            continue
        result.kept[name] = kept
        result.papers[name] = Paper(
            file_id=uuid.UUID(_reference(kept[0])["file"]),
            name=item.label,
            required_document_id=int(item.key) if item.key.isdecimal() else None,
        )
    return result


def _seal(file_id: str, file_name: str, actor: Actor, name: str) -> str:
    return signing.dumps(
        {"file": file_id, "called": file_name, "person": str(actor.person_id), "for": name}, salt=_SEAL
    )


def _reference(sealed: str) -> dict[str, str]:
    found: dict[str, str] = signing.loads(sealed, salt=_SEAL, max_age=_KEPT_FOR_SECONDS)
    return found


def _unsealed(sealed: str, actor: Actor, name: str) -> tuple[str, str]:
    """Return a sealed reference that this person was given for this paper, with the file's name; else nothing."""
    try:
        found = _reference(sealed)
    except signing.BadSignature:
        return "", ""
    if found["person"] != str(actor.person_id) or found["for"] != name:
        return "", ""
    return sealed, found["called"]


def _lines(refused: Mapping[str, Sentence]) -> tuple[FieldError, ...]:
    return tuple(FieldError(f"id_{name}", f"{one.says} {one.do_now}") for name, one in refused.items())
