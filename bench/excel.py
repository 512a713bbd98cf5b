"""
A staff list of 50,000 officers from Excel: previewed, written, and beside it what one would write oneself.

    python -m bench.excel [--rows 50000] [--own 500] [--json]

The other way is the loop that every project has: read the sheet, look each account up, `full_clean()`, `save()`, row by row
(`--own` rows of it, and the figure per row). It previews nothing, finds old names of communes nowhere, and undoes nothing.
Works in a database of its own, made and dropped by the run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from typing import Any

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

GATE_SECONDS = 10.0


def main(argv: list[str]) -> int:
    """Return 0 when the preview keeps its gate, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="bench.excel", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--own", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    with scratch_database("excel"):
        from vanlang.kernel.scope import Scope, acting

        with acting(Scope.system()):
            figures = measure(options.rows, options.own)
    right, in_budget = figures["written"] == options.rows, figures["preview_seconds"] < GATE_SECONDS
    ok = right and in_budget
    if options.json:
        print(json.dumps(figures | {"ok": ok}, ensure_ascii=False))
    else:
        print(
            f"{options.rows} officers ({figures['file_megabytes']} MB): preview {figures['preview_seconds']} s (gate "
            f"{GATE_SECONDS:.0f} s), written {figures['write_seconds']} s in {figures['batches']} batches = "
            f"{figures['write_ms_per_row']} ms a row; own loop {figures['own_ms_per_row']} ms a row. "
            f"{figures['cores']} cores, PostgreSQL {figures['postgresql']}."
        )
    return verdict(right=right, in_budget=in_budget)


def measure(rows: int, own: int) -> dict[str, Any]:
    from django.db import connection

    from vanlang.configuration import services
    from vanlang.configuration.models import ImportRun
    from vanlang.identity.models import Appointment
    from vanlang.kernel import clock

    at = clock.now()
    quan, linh, agencies = world(at)
    content = staff_list(rows, agencies, at)
    start = time.perf_counter()
    run_id = services.propose_import(
        kind_slug="can-bo", content=content, file_name="can-bo.xlsx", actor=quan, at=at
    )
    preview = time.perf_counter() - start
    assert ImportRun.objects.get(pk=run_id).totals == {"new": rows}
    before = Appointment.objects.count()
    services.apply_import(run_id=run_id, accept_former_names=False, running_dossiers="", actor=linh, at=at)
    start, batches = time.perf_counter(), 0
    while services.write_batch(run_id=run_id, at=at):
        batches += 1
    written = time.perf_counter() - start
    per_row = own_loop(staff_list(own, agencies, at, prefix="tay"), at) / own
    return {
        "rows": rows,
        "file_megabytes": round(len(content) / 1e6, 1),
        "preview_seconds": round(preview, 2),
        "write_seconds": round(written, 1),
        "write_ms_per_row": round(1000 * written / rows, 2),
        "batches": batches,
        "written": Appointment.objects.count() - before,
        "own_ms_per_row": round(1000 * per_row, 2),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": connection.pg_version // 10000,
    }


def world(at: Any) -> tuple[Any, Any, list[tuple[str, str]]]:
    """Return two administrators of the province, and (agency, unit) of a hundred communes."""
    from vanlang.identity.api import SYSTEM, Role, actor_for, add_officer_account, appoint
    from vanlang.identity.models import Account
    from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

    on = at.date()
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng", "Văn phòng"), valid_from=on
    )
    agencies = []
    for number in range(100):
        agency = add_agency(
            code=f"H44.{500 + number}", kind=AgencyKind.COMMUNE, name=NewName(f"UBND xã Số {number}", f"Xã Số {number}"), valid_from=on
        )  # fmt: skip
        agencies.append((f"Xã Số {number}", list_units(agency, on)[0].name))
    actors = []
    for username in ("quan", "linh"):
        account = add_officer_account(username=username, full_name=username)
        appoint(
            account_id=account, agency_id=office, unit_id=list_units(office, on)[0].id, title="Quản trị", roles=[Role.ADMIN],
            valid_from=on, actor=SYSTEM, at=at,
        )  # fmt: skip
        actors.append(actor_for(Account.objects.get(pk=account), on=on))
    return actors[0], actors[1], agencies


def staff_list(rows: int, agencies: list[tuple[str, str]], at: Any, *, prefix: str = "cb") -> bytes:
    from vanlang.configuration.kinds import KINDS
    from vanlang.sheets.api import workbook

    lines = (
        {
            "username": f"{prefix}{number:06d}", "full_name": f"Nguyễn Văn Số {number}", "agency": agencies[number % 100][0],
            "unit": agencies[number % 100][1], "title": "Công chức", "roles": ["specialist"], "email": f"cb{number}@example.vn",
            "valid_from": at.date().isoformat(), "valid_to": "",
        }
        for number in range(rows)
    )  # fmt: skip
    return workbook(KINDS["can-bo"].sheet, lines, at=at)


def own_loop(content: bytes, at: Any) -> float:
    """Return the seconds of the loop that one would write: look up, check and save each row by itself."""
    from vanlang.identity.models import Account, Appointment
    from vanlang.organizations.models import AgencyVersion, Unit
    from vanlang.sheets.api import grid_of

    start = time.perf_counter()
    head, *rows = grid_of(content).rows
    at_column = {str(title).replace(" (*)", ""): number for number, title in enumerate(head)}
    for row in rows:
        agency = AgencyVersion.objects.get(short_name=row[at_column["Cơ quan"]]).agency
        unit = Unit.objects.get(agency=agency, name=row[at_column["Đơn vị"]])
        account = Account(username=row[at_column["Tên đăng nhập"]], full_name=row[at_column["Họ và tên"]])
        account.set_unusable_password()
        account.full_clean(exclude=["person", "last_login"])
        account.save()
        appointment = Appointment(
            account=account, agency=agency, unit=unit, title=row[at_column["Chức danh"]], roles=["specialist"], valid_from=at.date()
        )  # fmt: skip
        appointment.full_clean(exclude=["valid_to"])
        appointment.save()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
