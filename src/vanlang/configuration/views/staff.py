"""Accounts of officers: who has set a password, slips to set one, and taking a password or a second factor away."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.configuration.errors import ImportNotAllowedError
from vanlang.configuration.forms import ReasonForm
from vanlang.configuration.services.world import is_province
from vanlang.documents.api import Qr, typeset
from vanlang.identity.api import (
    Actor,
    IssuedActivation,
    Role,
    StaffCard,
    actor_from,
    issue_activations,
    list_slip_holders,
    list_staff,
    lock_out,
    officer_required,
    require_fresh_second_factor,
    reset_second_factor,
)
from vanlang.kernel import clock
from vanlang.organizations.api import AgencyCard, find_agency_by_code, get_agency, list_units
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import Choice

PER_PAGE = 50
MOST_SLIPS = 500


@officer_required(Role.ADMIN)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the officers of an agency with how their accounts stand."""
    actor, on = actor_from(request), clock.today()
    agency = _agency(request.GET.get("co-quan", ""), actor, on)
    units = list_units(agency.id, on)
    unit = next((one for one in units if str(one.id) == request.GET.get("don-vi", "")), None)
    staff = [
        card for card in list_staff(on, agency_ids=[agency.id]) if unit is None or card.unit_id == unit.id
    ]
    names = {int(one.id): one.name for one in units}
    context = {
        "agency": agency,
        "page": paginate(
            request,
            [{"card": card, "unit": names.get(card.unit_id, "")} for card in staff],
            per_page=PER_PAGE,
        ),
        "units": [Choice("", "Mọi đơn vị"), *(Choice(str(one.id), one.name) for one in units)],
        "unit": str(unit.id) if unit else "",
        "waiting": len({card.account_id for card in staff if not card.has_password}),
        "is_province": is_province(actor, on),
    }
    return render_page(request, "configuration/accounts.html", context)


@officer_required(Role.ADMIN)
@never_cache
@require_POST
def slips(request: HttpRequest) -> HttpResponse:
    """Print a slip for every officer of the agency, or of one unit, who has not set a password yet."""
    actor, at = actor_from(request), clock.now()
    agency = _agency(request.POST.get("co-quan", ""), actor, at.date())
    unit_id = request.POST.get("don-vi", "")
    waiting = [
        card
        for card in list_staff(at.date(), agency_ids=[agency.id])
        if not card.has_password and unit_id in {"", str(card.unit_id)}
    ]
    have = list_slip_holders([card.account_id for card in waiting], at=at)
    staff = sorted(waiting, key=lambda card: card.account_id in have)[:MOST_SLIPS]
    if len(waiting) > MOST_SLIPS:
        messages.warning(
            request,
            f"Tệp vừa in có {len(staff)} phiếu trong số {len(waiting)} người chờ kích hoạt. In lần nữa để có phiếu"
            " của những người còn lại; ai chưa có phiếu được in trước.",
        )
    if not staff:
        messages.info(request, "Mọi cán bộ ở đây đã đặt mật khẩu, không có phiếu nào cần in.")
        return redirect_after_post(request, f"{reverse('configuration:accounts')}?co-quan={agency.code}")
    accounts = list(dict.fromkeys(card.account_id for card in staff))
    issued = issue_activations(account_ids=accounts, reason="In phiếu kích hoạt", actor=actor, at=at)
    return _slips(request, issued, {card.account_id: card for card in staff}, agency, at)


@officer_required(Role.ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take a password, or a second factor, away from an officer, with a reason; a new slip is printed."""
    actor, at = actor_from(request), clock.now()
    card = _staff(account_id, actor, at.date())
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"card": card, "form": form, "agency": get_agency(card.agency_id, at.date())}
        return render_page(
            request, "configuration/reset.html", context, status=422 if request.method == "POST" else 200
        )
    require_fresh_second_factor(request)
    reason = form.cleaned_data["reason"]
    if request.POST.get("viec") == "hai-buoc":
        reset_second_factor(account_id=account_id, reason=reason, actor=actor, at=at)
        messages.success(
            request, f"Đã gỡ xác thực hai bước của {card.full_name}. Lần đăng nhập tới sẽ phải bật lại."
        )
        return redirect_after_post(request, reverse("configuration:accounts"))
    issued = lock_out(account_id=account_id, reason=reason, actor=actor, at=at)
    return _slips(request, [issued], {account_id: card}, get_agency(card.agency_id, at.date()), at)


def _agency(code: str, actor: Actor, on: dt.date) -> AgencyCard:
    """Return the agency asked for, the actor's own by default. Raises: ImportNotAllowedError for another's."""
    own = get_agency(actor.agency_id or 0, on)
    found = find_agency_by_code(code, on) if code else own
    if found is None or (found.id != own.id and not is_province(actor, on)):
        raise ImportNotAllowedError("configuration.other_agency")
    return found


def _staff(account_id: int, actor: Actor, on: dt.date) -> StaffCard:
    wanted = None if is_province(actor, on) else [actor.agency_id or 0]
    for card in list_staff(on, agency_ids=wanted):
        if card.account_id == account_id:
            return card
    raise ImportNotAllowedError("configuration.other_agency")


def _slips(
    request: HttpRequest,
    issued: list[IssuedActivation],
    staff: dict[int, StaffCard],
    agency: AgencyCard,
    at: dt.datetime,
) -> HttpResponse:
    units = {int(unit.id): unit.name for unit in list_units(agency.id, at.date())}
    lines = []
    for one in issued:
        url = request.build_absolute_uri(reverse("identity:activate_account", args=[one.token]))
        card = staff[one.account_id]
        unit = units.get(card.unit_id, "")
        lines.append(
            {
                "name": one.full_name,
                "username": one.username,
                "unit": unit,
                "title": card.title,
                "url": url,
                "qr": Qr(url),
            }
        )
    lines.sort(key=lambda line: (str(line["unit"]), str(line["name"])))
    data = {"agency": agency.name, "on": at.date(), "until": issued[0].expires_at, "slips": lines}
    pdf = typeset("configuration/slips.typ", data, archival=False)
    headers = {"Content-Disposition": 'inline; filename="phieu-kich-hoat.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
