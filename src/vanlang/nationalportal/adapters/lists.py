"""Pull the portal's code lists, page by page, and have them compared with ours."""

from __future__ import annotations

import datetime as dt

from vanlang.nationalportal.adapters.client import PortalClient, client
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.services.lists import note_lists
from vanlang.nationalportal.types import ListKind

SERVICES = {
    ListKind.PROCEDURE: ("LayDanhSachTTHC", "MATTHC", "TENTTHC"),
    ListKind.AGENCY: ("LayDanhMucCoQuan", "MADONVI", "TENDONVI"),
    ListKind.SECTOR: ("LayDanhMucLinhVuc", "MALINHVUC", "TENLINHVUC"),
}
MOST_PAGES = 50


def pull_lists(*, at: dt.datetime, line: PortalClient | None = None) -> dict[ListKind, int | None]:
    """
    Compare every list; return how many codes differ. None for a list that came empty or in part: it would close everything.

    Raises: PortalError.
    """
    pulled = {kind: pull_list(line or client(), kind) for kind in ListKind}
    return {
        kind: None if theirs is None else note_lists(kind=kind, theirs=theirs, at=at)
        for kind, theirs in pulled.items()
    }


def pull_list(line: PortalClient, kind: ListKind) -> dict[str, str] | None:
    """Return code → name of a whole list; None when it came empty or in part. Raises: PortalError."""
    service, code, name = SERVICES[kind]
    found: dict[str, str] = {}
    total = 0
    for page in range(1, MOST_PAGES + 1):
        told = line.ask(service, {"trang": str(page)}, share=True)
        rows = reading.rows(told, "data")
        found |= {reading.text(row, code): reading.text(row, name) for row in rows if reading.text(row, code)}
        total = int(str(told.get("tong", "0"))) if str(told.get("tong", "0")).isdecimal() else 0
        if not rows or len(found) >= total:
            break
    return found if found and len(found) >= total else None
