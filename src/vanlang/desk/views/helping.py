"""For the head: how often help was given without a mandate being shown."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.dossiers.api import count_help
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.ui.rendering import render_page

MONTHS = 12


@officer_required(Role.LEADER)
@require_GET
def helped(request: HttpRequest) -> HttpResponse:
    """Show twelve months of help by the right on which it was given; figures, nobody's name."""
    now = clock.now().astimezone(VIETNAM)
    this = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = count_help(actor=actor_from(request), from_at=_months_before(this, MONTHS - 1), to_at=now)
    context = {
        "rows": [(row, _percent(row.unshown, row.filed)) for row in rows],
        "filed": sum(row.filed for row in rows),
        "unshown": sum(row.unshown for row in rows),
    }
    return render_page(request, "desk/helped.html", context)


def _months_before(first: dt.datetime, months: int) -> dt.datetime:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return first.replace(year=year, month=month + 1)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}".replace(".", ",") + " %" if whole else "–"
