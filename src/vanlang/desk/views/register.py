"""The register of dossiers (form 07): looked at, printed by volumes, taken out as a table."""

from __future__ import annotations

import datetime as dt

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanlang.desk.forms.register import ExportForm, RegisterForm
from vanlang.desk.views.inbox import WORKERS
from vanlang.dossiers import api as dossiers
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.ui.rendering import render_page

SHOWN = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer_required(WORKERS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the beginning of a period's register, masked, and how it can be taken out."""
    form = RegisterForm(_told(request))
    return _page(request, form, ExportForm())


@officer_required(WORKERS)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Take the register out: the whole as a table, or a volume in print. The read is written first, with its purpose."""
    form, why = RegisterForm(_told(request)), ExportForm(request.POST)
    if not form.is_valid() or not why.is_valid():
        return _page(request, form, why, status=422)
    actor, at = actor_from(request), clock.now()
    asked = form.asked(actor.agency_id or 0)
    purpose, name = why.cleaned_data["purpose"], f"so-theo-doi-{asked.from_on:%Y%m%d}"
    volume = request.POST.get("volume", "")
    if not volume.isdecimal():
        table = dossiers.export_register(asked=asked, purpose=purpose, actor=actor, at=at)
        return FileResponse(table, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)
    pdf = dossiers.print_register(asked=asked, volume=int(volume), purpose=purpose, actor=actor, at=at)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}-quyen-{int(volume)}.pdf"'},
    )


def _told(request: HttpRequest) -> dict[str, str]:
    """Return the period and filters of the address; without any, the present month."""
    today = clock.today()
    first = today.replace(day=1)
    return {
        "from_on": f"{first:%d/%m/%Y}",
        "last_on": f"{today:%d/%m/%Y}",
        "part": dossiers.RegisterPart.ALL.value,
        "role": "nhan",
        "procedure": "",
    } | {key: value for key, value in request.GET.items() if isinstance(value, str)}


def _page(request: HttpRequest, form: RegisterForm, why: ExportForm, *, status: int = 200) -> HttpResponse:
    actor, at = actor_from(request), clock.now()
    context: dict[str, object] = {
        "form": form,
        "why": why,
        "action": f"{reverse('desk:export_register')}?{request.GET.urlencode()}",
        "rows": [],
        "total": 0,
        "volumes": [],
        "shown": SHOWN,
    }
    if form.is_valid():
        asked = form.asked(actor.agency_id or 0)
        total = dossiers.count_register(asked, at=at)
        context |= {
            "rows": dossiers.list_register(asked, at=at, limit=SHOWN),
            "total": total,
            "volumes": list(range(1, dossiers.volumes_of(total) + 1)),
            "last": asked.to_on - dt.timedelta(days=1),
        }
    return render_page(request, "desk/register.html", context, status=status if form.is_valid() else 422)
