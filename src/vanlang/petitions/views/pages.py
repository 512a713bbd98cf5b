"""One petition on the officer's desk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.calendars.api import badge, calendar_of, remaining
from vanlang.files.api import download_response, read
from vanlang.identity.api import actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.labels import Sentence
from vanlang.petitions import labels
from vanlang.petitions.api import PetitionAct, get_petition, get_text, open_attachment
from vanlang.petitions.cards import ClockCard, PetitionPage
from vanlang.petitions.forms import WORDS_OF_ACTS
from vanlang.petitions.types import PetitionClock, PetitionKind, PetitionState
from vanlang.petitions.views.common import WORKERS, private
from vanlang.ui.rendering import render_page
from vanlang.ui.types import Choice, FieldError

_KEYS = {PetitionAct.ACCEPT: "Alt+Enter", PetitionAct.REFER: "Alt+Enter", PetitionAct.PROPOSE_ANSWER: "Alt+T"}
_FIRST = (PetitionAct.ACCEPT, PetitionAct.REFER, PetitionAct.PROPOSE_ANSWER, PetitionAct.PUBLISH)


@dataclass(frozen=True, slots=True)
class ActLink:
    """An act that is allowed now, as a button."""

    text: str
    href: str
    tone: str
    shortcut: str


@officer_required(WORKERS)
@require_GET
def petition(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Show a petition: its words, clocks, what may be done; earlier ones that are alike beside it."""
    return petition_page(request, petition_id)


@dataclass(frozen=True, slots=True)
class Note:
    """What a leader typed to send an answer back, and why it is not taken."""

    typed: str = ""
    error: str = ""

    def told(self) -> list[FieldError]:
        return [FieldError("id_note", self.error)] if self.error else []


NO_NOTE = Note()


def petition_page(
    request: HttpRequest,
    petition_id: uuid.UUID,
    *,
    trouble: Sentence | None = None,
    note: Note = NO_NOTE,
    status: int = 200,
) -> HttpResponse:
    """Return the page, with what went wrong on it."""
    page = get_petition(petition_id, actor=actor_from(request), purpose="Giải quyết phản ánh", at=clock.now())
    answer = page.answer
    context = {
        "page": page,
        "trouble": trouble,
        "note": note,
        "errors": note.told(),
        "state": labels.STATES[page.state],
        "tone": labels.TONES[page.state],
        "kind": labels.KINDS[page.kind] if page.kind else "",
        "source": labels.SOURCES[page.source],
        "clocks": [_clock(one, page) for one in page.clocks],
        "acts": _links(page),
        "kinds": _kinds(page) if PetitionAct.CLASSIFY in page.acts else [],
        "about_value": str(page.about_id or ""),
        "officers": _officers(page) if PetitionAct.CLASSIFY in page.acts else [],
        "likes": [(one, labels.STATES[one.state], labels.REPEATS[one.ground]) for one in page.likes],
        "answer": answer,
        "answer_state": labels.ANSWER_STATES[answer.state] if answer else "",
        "may_decide": PetitionAct.APPROVE_ANSWER in page.acts or PetitionAct.SEND_BACK in page.acts,
        "movements": [(one, labels.ACTS[one.act]) for one in page.movements],
    }
    return private(render_page(request, "petitions/petition.html", context, status=status))


@officer_required(WORKERS)
@require_GET
def whole_text(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Hand out the whole text, however long, as a plain file that nothing in it can make act."""
    text = get_text(petition_id, actor=actor_from(request), at=clock.now())
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="noi-dung.txt"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


@officer_required(WORKERS)
@require_GET
def attachment(request: HttpRequest, petition_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """Hand out a file of the sender, to be saved."""
    card = open_attachment(petition_id, attachment_id, actor=actor_from(request), at=clock.now())
    return download_response(card, read(card.id))


def _clock(one: ClockCard, page: PetitionPage) -> tuple[str, ClockCard, str, str]:
    """Return a clock with its name, what is left of it, and its tone."""
    name = labels.CLOCKS[one.clock]
    if one.done_at is not None:
        return name, one, "trễ" if one.is_late else "đúng hạn", "danger" if one.is_late else "success"
    if one.clock is PetitionClock.HANDLE and page.state is PetitionState.AWAITING_SENDER:
        return name, one, "tạm dừng", "neutral"
    left = badge(remaining(calendar_of(page.agency_id), due_at=one.due_at, at=clock.now()))
    return name, one, left, "danger" if one.is_late else "neutral"


def _kinds(page: PetitionPage) -> list[tuple[PetitionKind, str, str, str, bool]]:
    """Return the kinds as buttons: each with its key, one press classifies."""
    return [
        (kind, labels.KINDS[kind], labels.KIND_HINTS[kind], f"Alt+{number}", kind is page.kind)
        for number, kind in enumerate(PetitionKind, start=1)
    ]


def _officers(page: PetitionPage) -> list[Choice]:
    """Return whom a petition may complain of: nobody by name, or an officer of the agency that holds it."""
    here = list_officers(page.agency_id, clock.today())
    named = [Choice(str(one.id), f"{one.name}, {one.title}") for one in here]
    if page.about_id is not None and page.about_id not in {one.id for one in here}:
        named.append(Choice(str(page.about_id), page.about))
    return [Choice("", "Không nêu cán bộ cụ thể"), *named]


def _links(page: PetitionPage) -> list[ActLink]:
    """Return the acts that have a page of their own, what is likeliest first."""
    pages = {PetitionAct.PROPOSE_ANSWER: "petitions:draft", PetitionAct.PUBLISH: "petitions:publish"}
    found = []
    for act in sorted(page.acts, key=lambda one: one not in _FIRST):
        if act is PetitionAct.MERGE and not page.likes:
            continue
        if act in WORDS_OF_ACTS:
            href = reverse("petitions:act", args=[page.id, WORDS_OF_ACTS[act]])
        elif act in pages:
            href = reverse(pages[act], args=[page.id])
        else:
            continue
        text = "Viết trả lời" if act is PetitionAct.PROPOSE_ANSWER else labels.ACTS[act]
        found.append(ActLink(text, href, "primary" if act in _FIRST else "secondary", _KEYS.get(act, "")))
    return found
