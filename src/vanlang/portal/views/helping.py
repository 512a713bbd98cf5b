"""Pages that only say something."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vanlang.identity.api import public
from vanlang.ui.rendering import render_page


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render_page(request, "portal/help.html", {"takes_filings": settings.VANLANG_PORTAL_FILING})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render_page(request, "portal/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render_page(request, "portal/privacy.html")
