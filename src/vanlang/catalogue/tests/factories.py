"""Rows of the national catalogue in its own shape, made by hand; editors of departments."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from vanlang.catalogue import api
from vanlang.identity.api import (
    SYSTEM,
    Actor,
    Role,
    actor_of,
    add_officer_account,
    appoint,
    list_officers,
)
from vanlang.organizations.api import (
    AgencyKind,
    NewName,
    UnitKind,
    add_agency,
    find_agency_by_code,
    find_unit,
)

START = dt.date(2025, 7, 1)


def row(code: str = "1.999001", **changes: object) -> dict[str, object]:
    """Return a tidy row: everything in it is certain."""
    tidy: dict[str, object] = {
        "code": code,
        "name": "Xác nhận nơi trồng cây ăn quả",
        "field": "Trồng trọt",
        "levels": ["Cấp xã"],
        "audience": ["Công dân Việt Nam"],
        "kind": "Loại khác",
        "decision": "1/QĐ-THU",
        "issuing_agency": "Bộ Nông nghiệp và Môi trường",
        "authority": None,
        "performing_agencies": ["Ủy ban nhân dân cấp xã"],
        "receiving_place": None,
        "steps": "Bước 1: nộp. Bước 2: nhận.",
        "conditions": "",
        "channels": [channel("Trực tiếp"), channel("Trực tuyến")],
        "documents": [document("Đơn đề nghị xác nhậnMau don.docx", has_form=True)],
        "legal_refs": ["1/2026/TT-THU"],
        "legal_text": "Thông tư thử1/2026/TT-THU",
        "results": [{"code": "KQ.G10.999001", "name": "Văn bản xác nhận"}],
        "portal_url": "",
    }
    return tidy | changes


def channel(
    name: str,
    duration: float | None = 5,
    unit: str | None = "Ngày làm việc",
    fee: str | None = "Miễn phí",
    text: str | None = None,
) -> dict[str, object]:
    return {"channel": name, "duration": duration, "unit": unit, "fee": fee, "text": text}


def document(
    name: str, *, group: str | None = None, originals: int = 1, copies: int = 0, has_form: bool = False
) -> dict[str, object]:
    return {"group": group, "name": name, "originals": originals, "copies": copies, "has_form": has_form}


def write_file(folder: Path, *rows: Mapping[str, object] | str, name: str = "thu.jsonl") -> Path:
    path = folder / name
    lines = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def import_file(path: Path, at: dt.datetime, **options: bool) -> api.ImportReport:
    return api.import_rows(
        rows=api.read_source_file(path),
        file_name=path.name,
        cited_as=f"Tệp {path.name}",
        valid_from=at.date(),
        actor=SYSTEM,
        at=at,
        **options,
    )


def make_agency(code: str, kind: AgencyKind = AgencyKind.DEPARTMENT) -> int:
    found = find_agency_by_code(code, START)
    if found:
        return found.id
    return add_agency(code=code, kind=kind, name=NewName(f"Cơ quan {code}", code), valid_from=START)


def make_editor(code: str, at: dt.datetime, role: Role = Role.CATALOGUE_EDITOR) -> Actor:
    """Return an officer of the agency `code` in `role`."""
    agency_id = make_agency(code)
    unit = find_unit(agency_id, UnitKind.SPECIALIST, at.date())
    assert unit is not None
    account_id = add_officer_account(username=f"{code}-{role}", full_name="Lê Thị Mai")
    appointment_id = appoint(
        account_id=account_id,
        agency_id=agency_id,
        unit_id=unit.id,
        title="Chuyên viên",
        roles={role},
        valid_from=START,
        actor=SYSTEM,
        at=at,
    )
    return actor_of(next(card for card in list_officers(agency_id, at.date()) if card.id == appointment_id))
