from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanlang.desk import labels
from vanlang.desk.errors import NothingChosenError
from vanlang.desk.forms import inbox as addresses
from vanlang.desk.forms.inbox import InboxAddress
from vanlang.desk.queries import inbox_lines, lists, procedure_codes_of_field
from vanlang.desk.services import claim_many
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import BulkResult, DossierCode, InboxFilter
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.teamwork.api import list_followed, list_views
from vanlang.ui.rendering import redirect_after_post, render_page, render_part
from vanlang.ui.types import Choice

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
"""Roles that have dossiers."""


@officer_required(WORKERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the dossiers at which the officer's agency sits: masked, as the address narrows and orders them."""
    actor, at = actor_from(request), clock.now()
    elsewhere = _leads_elsewhere(request, actor, at)
    if elsewhere is not None:
        return redirect(elsewhere)
    address, on = addresses.read(request.GET.dict()), at.date()
    staff = lists.Staff.of(actor, on, unit_id=address.unit_id, officer_id=address.officer_id)
    codes = procedure_codes_of_field(address.field, on=on) if address.field else None
    followed = list_followed(actor) if address.word == addresses.FOLLOWED else None
    listing = dossiers.search_inbox(
        actor, address.query(procedure_codes=codes, only=followed), at=at, after=address.after
    )
    columns = lists.columns(address)
    context = {
        "lines": inbox_lines(listing.cards, agency_id=actor.agency_id, at=at),
        "listing": listing,
        "address": address,
        "tabs": lists.tabs(address, dossiers.count_inbox(actor, at=at)),
        "title": "Theo dõi" if followed is not None else labels.LISTS[address.filter][1],
        "columns": columns,
        "shown": [column for column in columns if column.place],
        "places": [Choice("", "Không hiện"), *(Choice(str(n), str(n)) for n in range(1, len(columns) + 1))],
        "narrowing": lists.narrowing(address, staff, on),
        "kept": {"loc": address.word, "xep": address.sort, "cot": ",".join(address.columns)},
        "saved": lists.saved_lists(actor, address),
        "followed": lists.followed_tab(address),
        "clear_href": address.__class__(word=address.word, columns=address.columns).href()
        if address.is_narrowed
        else "",
        "first_href": address.href(),
        "next_href": f"{address.href()}&{urlencode({'sau': listing.after})}" if listing.after else "",
        "query": address.href().removeprefix("?"),
        "empty": _empty(address),
        "empty_text": _empty_text(address),
        "bulk": _bulk_choices(actor, staff),
        "can_share": True,
    }
    return render_part(request, "desk/inbox.html", "list", context)


def _leads_elsewhere(request: HttpRequest, actor: Actor, at: dt.datetime) -> str | None:
    """Return where an address leads that is no list: a whole code, columns just chosen, nothing at all."""
    given = request.GET
    found = _find_by_code(given.get("q", "").strip(), actor)
    if found is not None:
        return reverse("desk:dossier", args=[found])
    columns = addresses.chosen_columns(given)
    if columns is not None:
        return reverse("desk:inbox") + addresses.read(given.dict()).href(columns=columns)
    if addresses.is_empty(given):
        usual = next((view for view in list_views(actor) if view.is_default), None)
        return f"{reverse('desk:inbox')}?{usual.address}" if usual else None
    return None


def _empty(address: InboxAddress) -> str:
    if address.word == addresses.FOLLOWED:
        return "Bạn chưa theo dõi hồ sơ nào."
    return (
        "Không có hồ sơ nào khớp."
        if address.is_narrowed
        else labels.EMPTY_LISTS.get(address.filter, "Chưa có hồ sơ nào.")
    )


def _empty_text(address: InboxAddress) -> str:
    """Return what can be done where a list has nothing."""
    if address.word == addresses.FOLLOWED:
        return "Mở một hồ sơ và bấm “☆ Theo dõi”: hồ sơ hiện ở đây, mỗi lần chuyển bước có trong bản tin."
    if address.is_narrowed:
        return "Bỏ bớt điều kiện lọc, hoặc tìm ở mục “Tất cả”. Gõ đủ mã hồ sơ thì mở thẳng hồ sơ."
    return labels.EMPTY_LISTS_DO.get(address.filter, "")


@officer_required(WORKERS)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Claim, hand over or assign the dossiers that were ticked; say which were left as they are, and why."""
    actor, at = actor_from(request), clock.now()
    ids = [uuid.UUID(value) for value in request.POST.getlist("ho-so")]
    if not ids:
        raise NothingChosenError
    result, said = _do(request, ids, actor, at)
    back = reverse("desk:inbox") + addresses.read(QueryDict(request.POST.get("ve", "")).dict()).href()
    if result.done:
        messages.success(request, f"{said} {len(result.done)} hồ sơ lúc {at:%H:%M}.")
    if not result.refused:
        return redirect_after_post(request, back)
    refused = [(one.dossier_id, sentence_of(one.error.code, one.error.facts)) for one in result.refused]
    context = {"refused": refused, "done": len(result.done), "said": said, "back": back}
    return render_page(request, "desk/bulk_refused.html", context, status=409)


def _do(request: HttpRequest, ids: list[uuid.UUID], actor: Actor, at: dt.datetime) -> tuple[BulkResult, str]:
    match request.POST.get("viec", ""):
        case "nhan":
            return claim_many(dossier_ids=ids, actor=actor, at=at), "Đã nhận xử lý"
        case "chuyen":
            unit_id = _number(request.POST.get("don-vi", ""))
            return (
                dossiers.hand_over_many(dossier_ids=ids, actor=actor, at=at, unit_id=unit_id),
                "Đã chuyển xử lý",
            )
        case "giao":
            officer = _number(request.POST.get("cong-chuc", "")) or 0
            return (
                dossiers.assign_many(dossier_ids=ids, to_appointment_id=officer, actor=actor, at=at),
                "Đã phân công",
            )
        case _:
            raise NothingChosenError


def _bulk_choices(actor: Actor, staff: lists.Staff) -> dict[str, object]:
    """Return what the officer's roles may do to many at once."""
    gives = actor.has(Role.COUNTER) or actor.has(Role.LEADER)
    return {
        "claim": actor.has(Role.SPECIALIST),
        "units": staff.specialist_units() if gives else [],
        "officers": staff.specialists() if gives else [],
    }


def _find_by_code(text: str, actor: Actor) -> uuid.UUID | None:
    """Return the dossier whose whole code was typed: the search box then opens it."""
    code = DossierCode.parse(text) if text else None
    if code is None:
        return None
    at = clock.now()
    try:
        cards = dossiers.list_inbox(actor, filter=InboxFilter.ALL, at=at, text=str(code)).cards
    except DomainError:
        return None
    return next((card.dossier_id for card in cards if card.code == str(code)), None)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
