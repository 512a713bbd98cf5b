"""Agencies, their units and officers; dated reorganizations. Who may do what: rules/authority.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.desk.errors import NotYoursToAdministerError
from vanlang.desk.forms.agencies import (
    AGENCY_KINDS,
    UNIT_KINDS,
    AgencyForm,
    AppointForm,
    ReorganizeForm,
    UnitForm,
)
from vanlang.desk.rules.authority import may_reorganize, may_staff
from vanlang.identity.api import (
    ROLE_LABELS,
    Actor,
    Role,
    actor_from,
    add_officer_account,
    appoint,
    end_appointment,
    get_appointments,
    list_officers,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AgencyCard, AgencyKind, NewName, UnitKind
from vanlang.ui.forms import Form
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import Choice

PER_PAGE = 40


def is_province(actor: Actor) -> bool:
    """Tell whether an officer works at the office of the province."""
    if actor.agency_id is None:
        return False
    return organizations.get_agency(actor.agency_id, clock.today()).kind is AgencyKind.PROVINCE


@officer_required(Role.ADMIN)
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies of the province with their codes."""
    on, text = clock.today(), request.GET.get("q", "").strip()
    kinds = {kind.value: kind for kind in AgencyKind}
    kind = kinds.get(request.GET.get("loai", ""))
    found = organizations.list_agencies(on, kind=kind, text=text)
    context = {
        "page": paginate(
            request, [{"card": card, "kind": AGENCY_KINDS[card.kind]} for card in found], per_page=PER_PAGE
        ),
        "text": text,
        "kind": kind.value if kind else "",
        "kinds": [Choice("", "Mọi loại"), *(Choice(one.value, name) for one, name in AGENCY_KINDS.items())],
        "may_reorganize": is_province(actor_from(request)),
        "changes": organizations.list_changes()[-8:][::-1],
    }
    return render_page(request, "desk/agencies.html", context)


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show an agency's units and officers; add a unit, appoint an officer."""
    card, actor = _agency(code), actor_from(request)
    may = may_staff(own_agency_id=actor.agency_id, agency_id=card.id, is_province=is_province(actor))
    if request.method == "GET":
        return _agency_page(request, card, may_change=may is None)
    refuse_if(may, NotYoursToAdministerError)
    wanted = request.POST.get("viec", "")
    form: Form = _appoint_form(card, request.POST) if wanted == "phan-cong" else UnitForm(request.POST)
    if not form.is_valid():
        return _agency_page(request, card, may_change=True, form=form, status=422)
    if isinstance(form, UnitForm):
        told = form.cleaned_data
        organizations.add_unit(
            agency_id=card.id, name=told["name"], kind=UnitKind(told["kind"]), valid_from=clock.today()
        )
        messages.success(request, f"Đã thêm đơn vị {told['name']}.")
    else:
        _appoint(card, form.cleaned_data, actor, clock.now())
        messages.success(request, f"Đã phân công {form.cleaned_data['full_name']}.")
    return redirect_after_post(request, reverse("desk:agency", args=[code]))


@officer_required(Role.ADMIN)
@require_POST
def end(request: HttpRequest, code: str, appointment_id: int) -> HttpResponse:
    """End an officer's appointment from tomorrow on; what the officer did stays."""
    card, actor, at = _agency(code), actor_from(request), clock.now()
    found = get_appointments([appointment_id]).get(appointment_id)
    if found is None or found.agency_id != card.id:
        raise organizations.UnknownAgencyError(agency=code)
    refuse_if(
        may_staff(own_agency_id=actor.agency_id, agency_id=card.id, is_province=is_province(actor)),
        NotYoursToAdministerError,
    )
    on = at.date() + dt.timedelta(days=1)
    end_appointment(appointment_id=appointment_id, on=on, actor=actor, at=at)
    messages.success(request, f"Phân công của {found.name} kết thúc từ {on:%d/%m/%Y}.")
    return redirect_after_post(request, reverse("desk:agency", args=[code]))


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def add_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency with its code and its standard units."""
    refuse_if(may_reorganize(is_province=is_province(actor_from(request))), NotYoursToAdministerError)
    form = AgencyForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": clock.today()}
    )

    def do() -> str:
        told = form.cleaned_data
        name = NewName(told["name"], told["short_name"], told["address"])
        organizations.add_agency(
            code=told["code"], kind=AgencyKind(told["kind"]), name=name, valid_from=told["valid_from"]
        )
        messages.success(request, f"Đã thêm cơ quan {told['name']}.")
        return reverse("desk:agency", args=[told["code"]])

    return _form_page(request, form, do, title="Thêm cơ quan", action=reverse("desk:add_agency"))


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def reorganize(request: HttpRequest) -> HttpResponse:
    """Rename, merge or split agencies from a day on, by a decision. What is older keeps the old name."""
    actor, at = actor_from(request), clock.now()
    refuse_if(may_reorganize(is_province=is_province(actor)), NotYoursToAdministerError)
    form = ReorganizeForm(
        request.POST if request.method == "POST" else None,
        initial={"effective_on": clock.today(), "act": "rename", "codes": request.GET.get("ma", "")},
    )

    def do() -> str:
        _reorganize(form, actor, at)
        messages.success(request, f"Đã ghi sắp xếp cơ quan theo {form.cleaned_data['decision']}.")
        return reverse("desk:agencies")

    return _form_page(request, form, do, title="Sắp xếp cơ quan", action=reverse("desk:reorganize"))


def _reorganize(form: ReorganizeForm, actor: Actor, at: dt.datetime) -> None:
    told = form.cleaned_data
    names = {code: NewName(name, short, address) for code, name, short, address in told["into"]}
    first = next(iter(names))
    by = {
        "effective_on": told["effective_on"],
        "decision": told["decision"],
        "actor": actor,
        "at": at,
    }
    match told["act"]:
        case "rename":
            organizations.rename(code=form.code_list[0], name=names[first], **by)
        case "merge":
            organizations.merge(codes=form.code_list, into=first, name=names[first], **by)
        case _:
            organizations.split(code=form.code_list[0], into=names, **by)


def _form_page(
    request: HttpRequest, form: Form, do: Callable[[], str], *, title: str, action: str
) -> HttpResponse:
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect_after_post(request, do())
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
    context = {
        "form": form,
        "fields": list(form),
        "title": title,
        "action": action,
        "trouble": trouble,
        "back": reverse("desk:agencies"),
    }
    return render_page(request, "desk/admin_form.html", context, status=status)


def _agency(code: str) -> AgencyCard:
    found = organizations.find_agency_by_code(code, clock.today())
    if found is None:
        raise organizations.UnknownAgencyError(agency=code)
    return found


def _appoint(card: AgencyCard, told: dict[str, object], actor: Actor, at: dt.datetime) -> None:
    account_id = add_officer_account(username=str(told["username"]), full_name=str(told["full_name"]))
    roles = told["roles"]
    appoint(
        account_id=account_id,
        agency_id=card.id,
        unit_id=int(str(told["unit"])),
        title=str(told["title"]),
        roles=[Role(role) for role in roles] if isinstance(roles, list) else [],
        valid_from=told["valid_from"] if isinstance(told["valid_from"], dt.date) else at.date(),
        actor=actor,
        at=at,
    )


def _appoint_form(card: AgencyCard, data: object = None) -> AppointForm:
    units = [(int(unit.id), unit.name) for unit in organizations.list_units(card.id, clock.today())]
    return AppointForm(data, units=units, initial={"valid_from": clock.today()})


def _agency_page(
    request: HttpRequest,
    card: AgencyCard,
    *,
    may_change: bool,
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    on = clock.today()
    officers = list_officers(card.id, on)
    context = {
        "agency": card,
        "kind": AGENCY_KINDS[card.kind],
        "units": [
            {
                "name": unit.name,
                "kind": UNIT_KINDS[unit.kind],
                "officers": sum(one.unit_id == unit.id for one in officers),
            }
            for unit in organizations.list_units(card.id, on)
        ],
        "officers": [
            {"card": one, "roles": ", ".join(sorted(ROLE_LABELS[role] for role in one.roles))}
            for one in officers
        ],
        "may_change": may_change,
        "unit_form": form if isinstance(form, UnitForm) else UnitForm(),
        "appoint_form": form if isinstance(form, AppointForm) else _appoint_form(card),
        "form": form,
    }
    return render_page(request, "desk/agency.html", context, status=status)
