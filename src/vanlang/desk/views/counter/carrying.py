"""What every page of an intake hands on to the next one in its address: the visit, and the channel it came by."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.utils.http import urlencode

from vanlang.dossiers.api import Channel


def visit_of(request: HttpRequest) -> uuid.UUID | None:
    """Return the visit that the page was opened for: a ticket of the queue, whose pages carry it along as `luot`."""
    try:
        return uuid.UUID(request.GET.get("luot", ""))
    except ValueError:
        return None


def with_visit(address: str, request: HttpRequest) -> str:
    """Return `address` with the visit of this page, and the channel by which it came."""
    carried = carried_by(request)
    return f"{address}?{carried}" if carried else address


def carried_by(request: HttpRequest) -> str:
    """Return what every page of an intake hands on to the next one, as it stands in an address."""
    visit, channel = visit_of(request), request.GET.get("kenh")
    told = {"luot": str(visit)} if visit else {}
    return urlencode(told | ({"kenh": channel} if channel == Channel.POSTAL else {}))
