"""Function → where it is → test: the frame of the law, for acceptance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.desk.queries.functions import address_of_page, get_functions
from vanlang.identity.api import officer_required
from vanlang.ui.rendering import render_page


@officer_required
@require_GET
def functions(request: HttpRequest) -> HttpResponse:
    """Show the 31 functions in their groups."""
    table = get_functions()
    groups = [
        (
            group,
            [(row, [(name, address_of_page(name)) for name in row.pages]) for row in rows],
        )
        for group, rows in table.groups()
    ]
    context = {"table": table, "groups": groups, "partly": len(table.rows) - table.whole}
    return render_page(request, "desk/functions.html", context)
