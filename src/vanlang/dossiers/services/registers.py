"""The register of dossiers (form 07) as a table or in print: an export is a logged read with its purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.db import transaction

from vanlang.audit.api import record_read
from vanlang.documents.api import DossierRegister, Head, RegisterRow, typeset
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import ActNotAllowed, DossierNotFound, NotAcceptable
from vanlang.dossiers.queries.register import VOLUME, RegisterFilter, count_register, iter_register
from vanlang.dossiers.rules.access import OFFICERS
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency

COLUMNS = (
    ("TT", 6), ("Mã hồ sơ", 24), ("Thủ tục hành chính", 50), ("Số bộ", 8), ("Họ và tên", 28), ("Địa chỉ, điện thoại", 40),
    ("Cơ quan giải quyết", 28), ("Nhận ngày", 12), ("Hẹn trả ngày", 12), ("Trả ngày", 12), ("Cách nhận", 20),
    ("Người nhận, ký", 24), ("Ghi chú", 30),
)  # fmt: skip
"""Heads of form 07 and their widths."""


def volumes_of(count: int) -> int:
    """Return how many printed volumes so many rows fill; an empty register fills one."""
    return max(-(-count // VOLUME), 1)


@transaction.atomic
def export_register(*, asked: RegisterFilter, purpose: str, actor: Actor, at: dt.datetime) -> IO[bytes]:
    """
    Return the register as an Excel table, open at its beginning. Rows go through one by one: memory does not grow with them.

    Raises: NotAcceptable("dossiers.purpose_missing"), ActNotAllowed, DossierNotFound for another agency's register.
    """
    _record(asked, "xlsx", purpose, actor, at)
    out = TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = (
            book.add_worksheet("Sổ theo dõi hồ sơ"),
            book.add_format({"bold": True, "text_wrap": True}),
        )
        for column, (head, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 2)
        for line, row in enumerate(iter_register(asked, at=at), start=1):
            for column, cell in enumerate(_cells(row)):
                sheet.write(line, column, cell)
    out.seek(0)
    return out


@transaction.atomic
def print_register(
    *, asked: RegisterFilter, volume: int, purpose: str, actor: Actor, at: dt.datetime
) -> bytes:
    """
    Return one volume of the register as PDF/A.

    Raises: as `export_register`; DossierNotFound for a volume that there is not.
    """
    volumes = volumes_of(count_register(asked, at=at))
    if not 1 <= volume <= volumes:
        raise DossierNotFound
    _record(asked, f"pdf {volume}/{volumes}", purpose, actor, at)
    agency = get_agency(asked.agency_id, at.astimezone(VIETNAM).date())
    rows = tuple(iter_register(asked, at=at, offset=(volume - 1) * VOLUME, limit=VOLUME))
    data = DossierRegister(
        head=Head(agency=agency.name, place=_place(agency.short_name)),
        printed_at=at,
        from_on=asked.from_on,
        last_on=asked.to_on - dt.timedelta(days=1),
        volume=volume,
        volumes=volumes,
        rows=rows,
    )
    return typeset(data.template, data, agency_code=agency.code)


def _cells(row: RegisterRow) -> Iterable[str | int]:
    return (
        row.number, row.code, row.procedure, 1, row.owner, row.contact, row.agency, row.received_on, row.due_on,
        row.returned_on, row.method, row.receiver, row.note,
    )  # fmt: skip


def _record(asked: RegisterFilter, kind: str, purpose: str, actor: Actor, at: dt.datetime) -> None:
    if not viewer_of(actor).parties & OFFICERS:
        raise ActNotAllowed("dossiers.register_not_yours")
    if actor.agency_id != asked.agency_id:
        raise DossierNotFound
    if not purpose.strip():
        raise NotAcceptable("dossiers.purpose_missing")
    record_read(
        act="dossiers.export_register",
        actor=actor,
        object_type="agency",
        object_id=asked.agency_id,
        purpose=purpose.strip(),
        at=at,
        facts={
            "from_on": asked.from_on.isoformat(),
            "to_on": asked.to_on.isoformat(),
            "part": asked.part,
            "procedure": asked.procedure_code,
            "taken_in": asked.taken_in,
            "as": kind,
        },
    )


def _place(short_name: str) -> str:
    for kind in ("Phường ", "Xã ", "Đặc khu "):
        if short_name.startswith(kind):
            return short_name.removeprefix(kind)
    return "Phú Thọ"
