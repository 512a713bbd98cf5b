"""Piles: several dossiers of one person, one procedure for many people; received line by line."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.audit.api import record_read
from vanlang.catalogue.api import (
    CaseCard,
    ProcedureCard,
    VersionCard,
    find_procedure,
    get_version,
    list_procedures,
)
from vanlang.counter import labels
from vanlang.counter.adapters.sheets import read_sheet
from vanlang.counter.errors import CounterInvalid
from vanlang.counter.queries.lists import batch_card, list_batches, open_batch
from vanlang.counter.queries.papers import print_batch, print_receipts
from vanlang.counter.rules.sheet import PersonLine, read_pasted
from vanlang.counter.services import batches as services
from vanlang.counter.services.batches import Chosen
from vanlang.counter.views.answers import pdf_response, public_address, say_why_not
from vanlang.dossiers.api import Channel
from vanlang.identity.api import (
    Role,
    actor_from,
    check_personal_id,
    clean_personal_id,
    find_person,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.ui.rendering import paginate, redirect_after_post, render_page

ROWS = 8
"""Procedures that can be named for one person at once."""


@officer_required(Role.COUNTER)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the piles: what was begun can be gone on with."""
    return render_page(
        request, "counter/batches.html", {"page": paginate(request, list_batches(actor_from(request)))}
    )


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def one_person(request: HttpRequest) -> HttpResponse:
    """Type a person once, tick their procedures, receive everything."""
    actor, at = actor_from(request), clock.now()
    person = _typed_person(request)
    codes = [code.strip() for code in request.POST.getlist("ma") if code.strip()]
    if request.method == "POST" and request.POST.get("viec") != "tra-cuu":
        try:
            _check_person(person)
            chosen = [one for code in dict.fromkeys(codes) for one in [_chosen(code)]]
            batch_id = services.begin_for_one_person(person=person, chosen=chosen, actor=actor, at=at)
            return _receive(request, batch_id)
        except DomainError as error:
            say_why_not(request, error)
            return _one_person_page(request, person, codes, status=type(error).status)
    return _one_person_page(request, person, codes)


def _one_person_page(
    request: HttpRequest, person: PersonLine, codes: list[str], *, status: int = 200
) -> HttpResponse:
    frequent = _frequent()
    known = {card.code for card in frequent}
    context = {
        "person": person,
        "frequent": [(card, card.code in codes) for card in frequent],
        "others": [code for code in codes if code not in known] + [""] * 2,
    }
    return render_page(request, "counter/batch_one.html", context, status=status)


def _typed_person(request: HttpRequest) -> PersonLine:
    """Return the person as typed; where only the number was, who it belongs to, the read written first."""
    post = request.POST
    person = PersonLine(
        *(post.get(name, "").strip() for name in ("so", "ho-ten", "dien-thoai", "noi-cu-tru", "noi-dung"))
    )
    number = clean_personal_id(person.personal_id)
    if not number or person.full_name or check_personal_id(number) is not None:
        return person
    found = find_person(number)
    if found is None:
        return person
    record_read(
        act="counter.look_up_person", actor=actor_from(request), object_type="person", object_id=found.id,
        purpose=labels.PURPOSE, at=clock.now(),
    )  # fmt: skip
    return PersonLine(
        number, found.full_name, person.phone or found.phone, person.address or found.address, person.request
    )


def _check_person(person: PersonLine) -> None:
    if not person.full_name:
        raise CounterInvalid("counter.line_without_name")
    number = clean_personal_id(person.personal_id)
    refuse_if(check_personal_id(number) if number else None, CounterInvalid)


def _chosen(code: str, case: str = "") -> Chosen:
    """Return a procedure with its case: the one asked for, else the first. Raises: CounterInvalid when it is not ready."""
    card = find_procedure(code, clock.today())
    if card is None or not card.is_ready:
        raise CounterInvalid("counter.procedure_not_ready", procedure=code)
    cases = _taken_cases(get_version(card.version_id))
    if not cases:
        raise CounterInvalid("counter.no_limit_here", procedure=code)
    wanted = next((one.id for one in cases if str(one.id) == case), None)
    return Chosen(card.code, wanted or cases[0].id)


def _taken_cases(version: VersionCard) -> list[CaseCard]:
    """Return the cases that have a time limit when they are brought to the counter; the others could not be received."""
    return [case for case in version.cases if version.is_timed(Channel.DIRECT, case.id)]


def _frequent() -> list[ProcedureCard]:
    """Return the frequent procedures that can be received here."""
    cards = list_procedures(clock.today(), only_ready=True, only_frequent=True)
    return [card for card in cards if Channel.DIRECT in card.timed_over]


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def one_procedure(request: HttpRequest) -> HttpResponse:
    """Choose a procedure once, paste or upload the table of people, look it over."""
    actor, at = actor_from(request), clock.now()
    if request.method == "POST":
        upload = request.FILES.get("bang")
        try:
            chosen = _chosen(request.POST.get("ma", "").strip(), request.POST.get("truong-hop", ""))
            people = _people(request, upload)
            batch_id = services.begin_for_many(chosen=chosen, people=people, actor=actor, at=at)
            return redirect_after_post(request, reverse("counter:batch", args=[batch_id]))
        except DomainError as error:
            say_why_not(request, error)
            return _one_procedure_page(request, status=type(error).status)
    return _one_procedure_page(request)


def _people(request: HttpRequest, upload: UploadedFile[bytes] | None) -> list[PersonLine]:
    if upload is not None and upload.size:
        return read_sheet(upload.read())
    return read_pasted(request.POST.get("danh-sach", ""))


def _one_procedure_page(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    typed = request.POST or request.GET
    code = typed.get("ma", "").strip()
    card = find_procedure(code, clock.today()) if code else None
    cases = _taken_cases(get_version(card.version_id)) if card is not None else []
    if card is not None and not cases and request.method == "GET":
        say_why_not(request, CounterInvalid("counter.no_limit_here", procedure=code))
    context = {
        "code": code,
        "procedure": card if cases else None,
        "cases": cases if len(cases) > 1 else (),
        "case": typed.get("truong-hop", ""),
        "pasted": request.POST.get("danh-sach", ""),
        "frequent": _frequent(),
    }
    return render_page(request, "counter/batch_many.html", context, status=status)


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Show a pile; receive what can be, correct or drop what cannot."""
    actor, at = actor_from(request), clock.now()
    if request.method == "POST":
        number = int(request.POST["dong"]) if request.POST.get("dong", "").isdecimal() else 0
        try:
            match request.POST.get("viec"):
                case "sua":
                    names = ("so", "ho-ten", "dien-thoai", "noi-cu-tru", "noi-dung")
                    person = PersonLine(*(request.POST.get(name, "").strip() for name in names))
                    services.change_line(batch_id=batch_id, number=number, person=person, actor=actor, at=at)
                case "bo":
                    services.drop_line(batch_id=batch_id, number=number, actor=actor, at=at)
                case _:
                    return _receive(request, batch_id)
        except DomainError as error:
            say_why_not(request, error)
        return redirect_after_post(request, reverse("counter:batch", args=[batch_id]))
    return render_page(request, "counter/batch.html", {"batch": open_batch(batch_id, actor, at=at)})


def _receive(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    done = services.receive_lines(batch_id=batch_id, actor=actor_from(request), at=clock.now())
    if done.received:
        messages.success(request, f"Đã tiếp nhận {done.received} hồ sơ.")
    if done.wrong:
        messages.warning(
            request, f"{done.wrong} dòng chưa nhận được: sửa theo lý do ghi ở dòng rồi tiếp nhận tiếp."
        )
    return redirect_after_post(request, reverse("counter:batch", args=[batch_id]))


@officer_required(Role.COUNTER)
@require_GET
def printed(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Hand out one receipt list of a pile, or its receipts one after the other."""
    actor, at = actor_from(request), clock.now()
    batch_card(batch_id, actor)
    if "tung-giay" in request.GET:
        pdf = print_receipts(batch_id, address_of=public_address, actor=actor, at=at)
        return pdf_response(pdf, "giay-tiep-nhan.pdf")
    return pdf_response(print_batch(batch_id, actor=actor, at=at), "danh-sach-tiep-nhan.pdf")
