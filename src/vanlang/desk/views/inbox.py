from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanlang.catalogue.api import list_fields
from vanlang.desk import labels
from vanlang.desk.errors import NothingChosenError
from vanlang.desk.queries import inbox_lines, procedure_codes_of_field
from vanlang.desk.services import claim_many
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import BulkResult, Channel, DossierCode, InboxFilter
from vanlang.identity.api import Actor, Role, actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import UnitKind, list_units
from vanlang.ui.rendering import redirect_after_post, render_page, render_part
from vanlang.ui.types import Choice, Page

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
"""Roles that have dossiers."""
PER_PAGE = 50
_FILTER_OF = {word: kind for kind, (word, _) in labels.LISTS.items()}


@officer_required(WORKERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the dossiers at which the officer's agency sits: masked, the most pressing first."""
    actor, at = actor_from(request), clock.now()
    text = request.GET.get("q", "").strip()
    found = _find_by_code(text, actor)
    if found is not None:
        return redirect("desk:dossier", found)
    chosen = _FILTER_OF.get(request.GET.get("loc", ""), InboxFilter.ALL if text else InboxFilter.MINE)
    field, channel = request.GET.get("linh-vuc", ""), _channel(request.GET.get("kenh", ""))
    page = dossiers.list_inbox(
        actor,
        filter=chosen,
        at=at,
        text=text,
        page=_page_number(request),
        channel=channel,
        procedure_codes=procedure_codes_of_field(field, on=at.date()) if field else None,
    )
    counts = dossiers.count_inbox(actor, at=at)
    context = {
        "lines": inbox_lines(page.cards, agency_id=actor.agency_id, at=at),
        "page": Page(page.cards, page.number, max(1, -(-page.total // PER_PAGE)), page.total, _first(page)),
        "tabs": _tabs(chosen, counts, text),
        "chosen": chosen,
        "title": labels.LISTS[chosen][1],
        "word": labels.LISTS[chosen][0],
        "text": text,
        "field": field,
        "channel": channel.value if channel else "",
        "fields": [Choice("", "Mọi lĩnh vực"), *(Choice(card.name, card.name) for card in list_fields(at.date()))],
        "channels": [Choice("", "Mọi kênh"), *(Choice(kind.value, dossiers.CHANNELS[kind]) for kind in Channel)],
        "empty": "Không có hồ sơ nào khớp." if text or field or channel else labels.EMPTY_LISTS.get(chosen, "Chưa có hồ sơ nào."),
        "bulk": _bulk_choices(actor, at),
        "here": request.get_full_path(),
    }  # fmt: skip
    return render_part(request, "desk/inbox.html", "list", context)


@officer_required(WORKERS)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Claim, hand over or assign the dossiers that were ticked; say which were left as they are, and why."""
    actor, at = actor_from(request), clock.now()
    ids = [uuid.UUID(value) for value in request.POST.getlist("ho-so")]
    if not ids:
        raise NothingChosenError
    result, said = _do(request, ids, actor, at)
    back = reverse("desk:inbox") + "?" + urlencode({"loc": request.POST.get("loc", "")})
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


def _bulk_choices(actor: Actor, at: dt.datetime) -> dict[str, object]:
    """Return what the officer's roles may do to many at once."""
    if actor.agency_id is None:
        return {}
    on = at.date()
    units = [
        Choice(str(unit.id), unit.name)
        for unit in list_units(actor.agency_id, on)
        if unit.kind is UnitKind.SPECIALIST
    ]
    officers = [
        Choice(str(card.id), f"{card.name} ({card.unit_name})")
        for card in list_officers(actor.agency_id, on, role=Role.SPECIALIST)
    ]
    return {
        "claim": actor.has(Role.SPECIALIST),
        "units": units if actor.has(Role.COUNTER) or actor.has(Role.LEADER) else [],
        "officers": officers if actor.has(Role.LEADER) or actor.has(Role.COUNTER) else [],
    }


def _tabs(chosen: InboxFilter, counts: dict[InboxFilter, int], text: str) -> list[dict[str, object]]:
    return [
        {
            "text": label,
            "href": "?" + urlencode({"loc": word, **({"q": text} if text else {})}),
            "current": kind is chosen,
            "count": None if text else counts.get(kind),
        }
        for kind, (word, label) in labels.LISTS.items()
    ]


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


def _channel(word: str) -> Channel | None:
    return Channel(word) if word in {kind.value for kind in Channel} else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _page_number(request: HttpRequest) -> int:
    return _number(request.GET.get("trang", "")) or 1


def _first(page: dossiers.Page) -> int:
    return (page.number - 1) * PER_PAGE + 1 if page.cards else 0
