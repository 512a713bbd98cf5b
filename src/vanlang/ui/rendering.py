"""
How a view answers. One address, one view, two depths: asked for a page it gives the page, asked by htmx for a part, the part.

    page = render_part(request, "dossiers/officer/dossier.html", "decision", context)
    return redirect_after_post(request, reverse("dossiers:one", args=[code]))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from vanlang.ui.types import Page

Item = TypeVar("Item")


def is_part_wanted(request: HttpRequest) -> bool:
    """Return True when htmx asks for a part: neither a whole page by htmx, nor its way back through history."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type", "partial") != "full"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a whole page."""
    return HttpResponse(render_to_string(template, dict(context or {}), request), status=status)


def render_part(
    request: HttpRequest,
    template: str,
    part: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    announce: str = "",
) -> HttpResponse:
    """
    Return the part named `part` of `template` to htmx, the whole page to everybody else.

    `announce` is said in the page's one live region after the swap: what happened, in a sentence.
    """
    wanted = is_part_wanted(request)
    values = dict(context or {})
    content = render_to_string(f"{template}#{part}" if wanted else template, values, request)
    if wanted and announce:
        content += render_to_string("ui/announcement.html", {"text": announce}, request)
    response = HttpResponse(content, status=status)
    vary_on_htmx(response)
    return response


def redirect_after_post(request: HttpRequest, to: str) -> HttpResponse:
    """Lead to `to` after a change, so that reloading repeats nothing: 303, or HX-Redirect for htmx."""
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204, headers={"HX-Redirect": to})
    else:
        response = HttpResponse(status=303, headers={"Location": to})
    vary_on_htmx(response)
    return response


def vary_on_htmx(response: HttpResponse) -> None:
    """Say to caches that one address has two depths."""
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type", "HX-History-Restore-Request"])


def paginate(
    request: HttpRequest, items: Sequence[Item] | QuerySet[Any, Item], *, per_page: int = 30
) -> Page[Item]:
    """Return the page of `items` that the address asks for by `?trang=`; a page that is not there gives the nearest."""
    found = Paginator(items, per_page).get_page(request.GET.get("trang"))
    return Page(
        items=tuple(found.object_list),
        number=found.number,
        last=found.paginator.num_pages,
        total=found.paginator.count,
        first_index=found.start_index(),
    )
