"""Before a procedure is published: simulate it, see which dossiers it touches, and what each department still lacks."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.catalogue.api import CHANNELS
from vanlang.configuration.labels import KEEP_RUNNING
from vanlang.configuration.queries import coverage, impact
from vanlang.configuration.services.simulating import MOST, simulate
from vanlang.configuration.views.imports import workbook_response
from vanlang.dossiers.api import STATES
from vanlang.identity.api import ROLE_LABELS, Role, officer_required
from vanlang.kernel import clock
from vanlang.organizations.api import get_agencies
from vanlang.sheets.api import Table, tables
from vanlang.ui.rendering import paginate, render_page

PER_PAGE = 50
ROLES = (Role.CATALOGUE_EDITOR, Role.ADMIN)


@officer_required(ROLES)
@require_GET
def departments(request: HttpRequest) -> HttpResponse:
    """Show what is missing until procedures can run, by department; one department's list; agencies without people."""
    on, code, part = clock.today(), request.GET.get("co-quan", ""), request.GET.get("thieu", "")
    found = coverage.lines(on, department=code)
    wanted = (
        [line for line in found if part in line.missing]
        if part in coverage.PARTS
        else [line for line in found if line.missing]
    )
    page = paginate(request, wanted if code or part else [], per_page=PER_PAGE)
    context = {
        "summaries": coverage.summaries(found, on),
        "parts": coverage.PARTS.items(),
        "page": page,
        "lines": [(line, [(one, coverage.PARTS[one]) for one in line.missing]) for line in page.items],
        "code": code,
        "part": part,
        "part_name": coverage.PARTS.get(part, ""),
        "total": len(found),
        "ready": sum(line.is_ready for line in found),
        "unstaffed": [
            (one, ", ".join(ROLE_LABELS[role] for role in one.roles)) for one in coverage.unstaffed(on)
        ],
    }
    return render_page(request, "configuration/coverage.html", context)


@officer_required(ROLES)
@require_GET
def departments_file(request: HttpRequest) -> HttpResponse:
    """Give out the coverage as a workbook."""
    at, code = clock.now(), request.GET.get("co-quan", "")
    found = coverage.lines(at.date(), department=code)
    rows = [
        (line.code, line.name, line.department, "sẵn sàng" if line.is_ready else "chưa", *("thiếu" if part in line.missing else "" for part in coverage.PARTS))
        for line in found
    ]  # fmt: skip
    people = [
        (one.code, one.name, ", ".join(ROLE_LABELS[role] for role in one.roles))
        for one in coverage.unstaffed(at.date())
    ]
    content = tables(
        [
            Table(
                "Thủ tục", ("Mã", "Thủ tục", "Cơ quan chủ quản", "Tình trạng", *coverage.PARTS.values()), rows
            ),
            Table("Chưa có người", ("Mã cơ quan", "Cơ quan", "Vai trò chưa có ai"), people),
        ],
        at=at,
    )
    return workbook_response(content, "do-phu.xlsx")


@officer_required(ROLES)
@require_GET
def simulation(request: HttpRequest, code: str) -> HttpResponse:
    """Walk made-up filings through the procedure and say what would stop real ones."""
    asked = request.GET.get("so", "100")
    filings = min(int(asked), MOST) if asked.isdecimal() and int(asked) else 100
    found = simulate(
        procedure_code=code, run_id=_uuid(request.GET.get("lan-nhap", "")), filings=filings, at=clock.now()
    )
    most = max((count for _, count in found.flow), default=1)
    context = {
        "found": found,
        "asked": filings,
        "flow": [(STATES[state], count, round(100 * count / most)) for state, count in found.flow],
        "unstaffed": [
            (code_, name, ", ".join(ROLE_LABELS[role] for role in roles))
            for code_, name, roles in found.unstaffed[:100]
        ],
        "samples": [(one, CHANNELS[one.channel], STATES[one.ended]) for one in found.samples],
    }
    return render_page(request, "configuration/simulation.html", context)


@officer_required(ROLES)
@require_GET
def touched(request: HttpRequest, code: str) -> HttpResponse:
    """Show the open dossiers of a procedure by version, agency and state, and in what their version differs."""
    on = clock.today()
    current, found = impact.impact_of(code, on)
    version, agency, state = (request.GET.get(key, "") for key in ("phien-ban", "co-quan", "trang-thai"))
    opened = bool(version or agency or state)
    lines = (
        impact.open_lines(code, version_id=_number(version), agency_id=_number(agency), state=state)
        if opened
        else []
    )
    page = paginate(request, lines, per_page=PER_PAGE)
    names = get_agencies({one.agency_id for each in found for one in each.counts}, on)
    context = {
        "current": current,
        "keep_running": KEEP_RUNNING,
        "versions": [
            (one, [(count, names[count.agency_id].short_name, STATES[count.state]) for count in one.counts])
            for one in found
        ],
        "opened": opened,
        "page": page,
        "lines": [(line, names[line.agency_id].short_name, STATES[line.state]) for line in page.items],
    }
    return render_page(request, "configuration/touched.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
