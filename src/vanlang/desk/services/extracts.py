"""A printed extract of a register's entry: what the register says, with a code that is checked without a network."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.desk.queries.addresses import public_address
from vanlang.documents import api as documents
from vanlang.documents.api import Fact, Head, PaperData, Qr
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency
from vanlang.registers.api import STATES, CodeStatement, EntryPage, get_entry_page, initials, seal_code

PURPOSE = "In trích sổ kết quả"
NOTE = "In từ sổ kết quả để đối chiếu, không thay bản chính. Lần in được ghi vào nhật ký."


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterExtract(PaperData):
    """What the register says of one result."""

    template: ClassVar[str] = "desk/forms/register-extract.typ"

    head: Head
    title: str
    register: str
    printed_on: dt.date
    rows: tuple[Fact, ...]
    note: str
    verification: Qr | None = None


def print_extract(*, entry_id: uuid.UUID, actor: Actor, at: dt.datetime) -> tuple[str, bytes]:
    """Return number and PDF/A of an extract; the read is written first. Raises: UnknownEntryError, MayNotReadError."""
    page = get_entry_page(entry_id, actor=actor, purpose=PURPOSE, at=at)
    today = at.astimezone(VIETNAM).date()
    agency = get_agency(page.agency_id, today)
    paper = RegisterExtract(
        head=documents.head_of(agency),
        title=page.title,
        register=page.register.name,
        printed_on=today,
        rows=_rows(page),
        note=NOTE,
        verification=_code(page, agency.code, at),
    )
    return page.number, documents.typeset(paper.template, paper, agency_code=agency.code)


def _rows(page: EntryPage) -> tuple[Fact, ...]:
    last_on = page.expires_on - dt.timedelta(days=1) if page.expires_on else None
    about = [
        ("Kết quả", page.title),
        ("Số, ký hiệu", page.number),
        ("Ngày cấp", f"{page.valid_from:%d/%m/%Y}"),
        ("Có hiệu lực đến hết ngày", f"{last_on:%d/%m/%Y}" if last_on else "Không thời hạn"),
        ("Trạng thái khi in", STATES[page.state]),
    ]
    return tuple(Fact(label=label, value=value) for label, value in (*about, *page.rows))


def _code(page: EntryPage, agency_code: str, at: dt.datetime) -> Qr | None:
    if not page.token:
        return None
    statement = CodeStatement(
        agency_code=agency_code,
        number=page.number,
        issued_on=page.valid_from,
        expires_on=page.expires_on,
        title=page.title,
        initials=initials(page.organisation_name or page.holder_name),
        file_sha256=page.sha256,
    )
    return Qr(f"{public_address(page.token)}#{seal_code(statement, at=at)}")
