"""The counter's side: what waits, a new visit, a visit with its originals."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.audit.api import record_read
from vanlang.calendars.api import instant_text
from vanlang.certification import forms, labels
from vanlang.certification.api import Place, cancel, enter, get_request, list_requests, print_stamps, take_in
from vanlang.certification.errors import NoSuchEntryError, NotEnteredError
from vanlang.certification.queries import due_if_taken_in, fee_per_copy, find_version, get_entry
from vanlang.certification.rules.book import MOST_ORIGINALS, volume_of
from vanlang.certification.rules.placing import PLACES, Corner
from vanlang.certification.types import EntryState
from vanlang.certification.views.answers import pdf_response
from vanlang.dossiers import api as dossiers
from vanlang.identity.api import (
    Role,
    actor_from,
    check_personal_id,
    clean_personal_id,
    find_person,
    list_officers,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import FieldError

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)


def public_address(token: str) -> str:
    """Return where the code printed on an electronic copy leads to."""
    return f"{settings.VANLANG_PUBLIC_URL}/xac-minh/{token}/"


PER_PAGE = 50
"""Finished visits of the day on one page."""


@officer_required(WORKERS)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits for a number, and the visits of the day."""
    actor, at = actor_from(request), clock.now()
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    lines = list_requests(actor, from_at=midnight)
    waiting = [line for line in lines if line.waiting]
    context = {
        "waiting": [(line, "danger" if line.due_at < at else "neutral") for line in waiting],
        "page": paginate(request, [line for line in lines if not line.waiting], per_page=PER_PAGE),
        "may_take_in": actor.has(Role.COUNTER),
    }
    return render_page(request, "certification/start.html", context)


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in what one person brings: one page, one action, whatever the number of copies."""
    if request.method == "GET":
        return _new_page(request, _visit_form(request, None), forms.blank_rows())
    form, rows = _visit_form(request, request.POST), forms.read_rows(request.POST, request.FILES)
    if request.POST.get("viec") == "tra-cuu":
        return _new_page(request, _with_person(request), read_again(rows))
    if request.POST.get("viec") == "them-dong":
        more = min(len(rows) + forms.MORE, MOST_ORIGINALS)
        rows = read_again(rows) + [forms.OriginalRow(index) for index in range(len(rows) + 1, more + 1)]
        return _new_page(request, _visit_form(request, request.POST, quiet=True), rows)
    if not form.is_valid() or any(row.error for row in rows) or all(row.is_empty for row in rows):
        trouble = None if any(not row.is_empty for row in rows) else "certification.nothing_brought"
        return _new_page(request, form, rows, trouble=sentence_of(trouble) if trouble else None, status=422)
    try:
        visit = take_in(
            brought=forms.brought_of(form, rows, request.FILES), actor=actor_from(request), at=clock.now()
        )
    except DomainError as error:
        trouble_now = sentence_of(error.code, error.facts)
        return _new_page(request, form, rows, trouble=trouble_now, status=type(error).status)
    messages.success(request, f"Đã nhận {visit.copies} bản sao từ {len(visit.entries)} bản chính.")
    return redirect_after_post(request, reverse("certification:request", args=[visit.id]))


@officer_required(WORKERS)
@require_GET
def visit(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show a visit: its originals, where its dossiers stand, what can be done."""
    return _visit_page(request, request_id)


@officer_required(Role.SPECIALIST)
@require_POST
def enter_visit(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Enter a visit in the book and lay it before the leader."""
    actor, at = actor_from(request), clock.now()
    form = _enter_form(request, request.POST)
    if not form.is_valid():
        return _visit_page(
            request, request_id, trouble=sentence_of("certification.no_such_leader"), status=422
        )
    try:
        entered = enter(
            request_id=request_id,
            leader_id=form.cleaned_data["leader"],
            address_of=public_address,
            actor=actor,
            at=at,
        )
    except NoSuchEntryError:
        raise
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _visit_page(request, request_id, trouble=trouble, status=type(error).status)
    messages.success(request, f"Đã vào sổ {len(entered.entered)} bản chính và trình ký.")
    return redirect_after_post(request, reverse("certification:request", args=[request_id]))


@officer_required(WORKERS)
@require_GET
def stamps(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Hand out the words of certification as PDF, a page for each copy, at the place that was chosen."""
    form = forms.PlaceForm(request.GET)
    if not form.is_valid():
        return _visit_page(
            request, request_id, trouble=sentence_of("certification.outside_the_page", _LIMITS), status=422
        )
    left, top = form.cleaned_data["trai"], form.cleaned_data["tren"]
    named = left is not None and top is not None
    place = Place(float(left), float(top)) if named else PLACES[form.corner()]
    try:
        pdf = print_stamps(request_id, place=place, actor=actor_from(request))
    except NoSuchEntryError:
        raise
    except (DomainError, NotEnteredError) as error:
        trouble = sentence_of(error.code, error.facts)
        return _visit_page(request, request_id, trouble=trouble, status=type(error).status)
    return pdf_response(pdf, "loi-chung.pdf")


_LIMITS = {"least": 5, "most_x": 119, "most_y": 230}


@officer_required((Role.SPECIALIST, Role.CLERK))
@require_http_methods(["GET", "POST"])
def cancel_entry(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Strike an original out, with a note that stays in the book."""
    actor = actor_from(request)
    entry = get_entry(entry_id, actor=actor)
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            cancel(
                entry_id=entry_id,
                note=form.cleaned_data["note"],
                again=form.cleaned_data["again"],
                actor=actor,
                at=clock.now(),
            )
        except DomainError as error:
            trouble, status = sentence_of(error.code, error.facts), type(error).status
        else:
            messages.success(request, "Đã hủy, có ghi ngày và lý do.")
            return redirect_after_post(request, reverse("certification:request", args=[entry.request_id]))
    elif request.method == "POST":
        status = 422
    context = {"entry": entry, "form": form, "trouble": trouble, "action": request.path}
    return render_page(request, "certification/cancel.html", context, status=status)


def read_again(rows: list[forms.OriginalRow]) -> list[forms.OriginalRow]:
    """Return rows as typed, not judged yet."""
    return [replace(row, error="") for row in rows]


def _with_person(request: HttpRequest) -> forms.VisitForm:
    """Fill in what the house knows of the typed number; the read is written before anything is shown."""
    number = clean_personal_id(request.POST.get("personal_id", ""))
    known = find_person(number) if number and check_personal_id(number) is None else None
    typed = request.POST.copy()
    if known is not None:
        record_read(
            act="certification.look_up_person",
            actor=actor_from(request),
            object_type="person",
            object_id=known.id,
            purpose="Nhận yêu cầu chứng thực",
            at=clock.now(),
        )
        for name, value in (
            ("full_name", known.full_name),
            ("phone", known.phone),
            ("address", known.address),
        ):
            typed[name] = typed.get(name) or value
    return _visit_form(request, typed, quiet=True)


def _visit_form(request: HttpRequest, data: QueryDict | None, *, quiet: bool = False) -> forms.VisitForm:
    """Return the form; `quiet` shows what was typed without judging it."""
    actor = actor_from(request)
    specialists = list_officers(actor.agency_id or 0, clock.today(), role=Role.SPECIALIST)
    if quiet and data is not None:
        return forms.VisitForm(initial={**data.dict()}, specialists=specialists)
    return forms.VisitForm(data, initial=forms.blank(), specialists=specialists)


def _enter_form(request: HttpRequest, data: QueryDict | None) -> forms.EnterForm:
    actor = actor_from(request)
    return forms.EnterForm(data, leaders=list_officers(actor.agency_id or 0, clock.today(), role=Role.LEADER))


def _new_page(
    request: HttpRequest,
    form: forms.VisitForm,
    rows: list[forms.OriginalRow],
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_from(request), clock.now()
    version = find_version(at.date())
    due_at = due_if_taken_in(actor.agency_id or 0, at).due_at
    errors = [
        FieldError(f"id_{row.prefix}-name", f"Dòng {row.index}: {row.error}") for row in rows if row.error
    ]
    if status == 422:
        errors = [
            FieldError(f"id_{name}", str(told[0])) for name, told in form.errors.items()
        ] + errors  # the person stands above the rows
    context = {
        "form": form,
        "rows": rows,
        "row_count": len(rows),
        "errors": errors,
        "trouble": trouble,
        "version": version,
        "fee_one_page": fee_per_copy(version, 1) if version else None,
        "due_text": instant_text(due_at) if due_at else "",
        "is_today": due_at is not None and due_at.date() == at.date(),
    }
    return render_page(request, "certification/new.html", context, status=status)


def _visit_page(
    request: HttpRequest, request_id: uuid.UUID, *, trouble: Sentence | None = None, status: int = 200
) -> HttpResponse:
    actor, at = actor_from(request), clock.now()
    card = get_request(request_id, actor=actor, at=at)
    briefs = dossiers.get_briefs({entry.dossier_id for entry in card.entries}, actor=actor)
    in_work = {key for key, brief in briefs.items() if brief.state is dossiers.State.IN_PROGRESS}
    active = [entry for entry in card.entries if entry.cancelled_at is None]
    to_enter = [entry for entry in active if entry.dossier_id in in_work]
    context = {
        "visit": card,
        "lines": [
            {
                "entry": entry,
                "state": labels.ENTRY_STATES[entry.state],
                "tone": _TONES[entry.state],
                "may_cancel": entry.cancelled_at is None and not (entry.electronic and entry.number),
            }
            for entry in card.entries
        ],
        "dossiers": list(briefs.values()),
        "volume": volume_of(card.taken_in_at.astimezone(clock.VIETNAM).year),
        "enter_form": _enter_form(request, None) if to_enter and actor.has(Role.SPECIALIST) else None,
        "to_enter": len(to_enter),
        "may_strike": bool(actor.roles & {Role.SPECIALIST, Role.CLERK}),
        "on_paper_entered": any(not one.electronic for one in card.entered),
        "place_form": forms.PlaceForm(initial={"goc": Corner.BOTTOM_RIGHT.value}),
        "trouble": trouble,
    }
    return render_page(request, "certification/request.html", context, status=status)


_TONES = {
    EntryState.WAITING: "pending",
    EntryState.ENTERED: "success",
    EntryState.CANCELLED: "neutral",
}
