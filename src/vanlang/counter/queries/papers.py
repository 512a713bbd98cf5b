"""What the counter prints: lists that two hands sign. Whole names are on them, so each look at a dossier is written first."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pikepdf

from vanlang.counter import labels
from vanlang.counter.models import CashDrawer, PostalItem, Tray
from vanlang.counter.queries.lists import batch_card, drawer_card, tray_row
from vanlang.counter.rules.cash import DENOMINATIONS
from vanlang.counter.types import PostDirection, PostState, TrayItemState, TrayKind
from vanlang.documents.api import Head, PaperData, Signer, typeset
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import DossierPage, Form
from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency

AddressOf = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    head: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper(PaperData):
    """A list with its two signatures."""

    template: ClassVar[str] = "counter/list.typ"

    head: Head
    printed_at: dt.datetime
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    giver: Signer
    taker: Signer
    note: str | None = None
    about: tuple[tuple[str, str], ...] = ()
    totals: tuple[tuple[str, str], ...] = ()
    wide: bool = True


_ORDER = Column(head="TT", width=0.5, align="center")


def print_tray(tray_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> bytes:
    """Return the list of a tray. Raises: CounterNotFound."""
    tray = tray_row(tray_id, actor)
    items = list(tray.items.order_by("position"))
    pages = _open([item.dossier_id for item in items], actor, at)
    by_post = set(
        PostalItem.objects.filter(
            pieces__dossier_id__in=list(pages), direction=PostDirection.OUT
        ).values_list("pieces__dossier_id", flat=True)
    )
    officers = get_appointments([key for key in (tray.given_by_id, tray.taken_by_id) if key])
    giver = officers[tray.given_by_id]
    taker = officers.get(tray.taken_by_id) if tray.taken_by_id else None
    is_results = tray.kind == TrayKind.RESULTS
    rows = [
        (str(item.position), page.code or "", page.request or page.procedure_name, _result(page),
         page.applicant.full_name, page.applicant.address, "×" if item.dossier_id in by_post else "",
         labels.tray_note(TrayItemState(item.state), item.reason))
        for item, page in ((item, pages[item.dossier_id]) for item in items)
    ]  # fmt: skip
    return _typeset(
        ListPaper(
            head=_head(tray.agency_id, at),
            printed_at=tray.given_at,
            title="Danh sách bàn giao kết quả" if is_results else "Danh sách bàn giao hồ sơ",
            note=f"Số {tray.number}, ngày {tray.day:%d/%m/%Y}",
            about=(("Bên giao", f"{giver.name}, {giver.title}"), ("Bên nhận", _receiver(tray, at))),
            columns=(
                _ORDER, Column(head="Mã hồ sơ", width=2.5), Column(head="Nội dung", width=3.2),
                Column(head="Kết quả", width=1.8), Column(head="Người nộp", width=1.8),
                Column(head="Địa chỉ", width=2.2), Column(head="Bưu chính", width=0.9, align="center"),
                Column(head="Ghi chú", width=1.4),
            ),
            rows=tuple(rows),
            totals=(("Cộng", f"{len(rows)} {'kết quả' if is_results else 'hồ sơ'}"),),
            giver=Signer(title="Bên giao", name=giver.name),
            taker=Signer(title="Bên nhận", name=taker.name if taker else ""),
        ),
        tray.agency_id,
        at,
    )  # fmt: skip


def print_dispatch(*, actor: Actor, on: dt.date, at: dt.datetime) -> bytes:
    """Return the list of what was handed to the carrier on a day."""
    agency_id = actor.agency_id or 0
    begins = dt.datetime.combine(on, dt.time(), tzinfo=VIETNAM)
    items = list(
        PostalItem.objects.filter(
            agency_id=agency_id,
            direction=PostDirection.OUT,
            sent_at__gte=begins,
            sent_at__lt=begins + dt.timedelta(days=1),
        )
        .exclude(state=PostState.REGISTERED)
        .order_by("sent_at", "id")
        .prefetch_related("pieces")
    )
    pages = _open([piece.dossier_id for item in items for piece in item.pieces.all()], actor, at)
    rows = [
        (str(place), item.tracking, item.name, item.address, item.phone,
         ", ".join(pages[piece.dossier_id].code or "" for piece in item.pieces.all()), item.carrier)
        for place, item in enumerate(items, 1)
    ]  # fmt: skip
    return _typeset(
        ListPaper(
            head=_head(agency_id, at),
            printed_at=at,
            title="Bảng kê bưu gửi trả kết quả",
            note=f"Ngày {on:%d/%m/%Y}",
            columns=(
                _ORDER, Column(head="Số hiệu bưu gửi", width=1.8), Column(head="Người nhận", width=1.9),
                Column(head="Địa chỉ", width=3), Column(head="Điện thoại", width=1.3),
                Column(head="Hồ sơ", width=2.4), Column(head="Đơn vị chuyển phát", width=1.5),
            ),
            rows=tuple(rows),
            totals=(("Cộng", f"{len(rows)} bưu gửi"),),
            giver=Signer(title="Người giao", name=actor.name),
            taker=Signer(title="Nhân viên bưu chính", name=""),
        ),
        agency_id,
        at,
    )  # fmt: skip


def print_drawer(drawer_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> bytes:
    """Return the day's cash: its book, the count by notes, the hand-over. Raises: CounterNotFound."""
    card = drawer_card(drawer_id, actor)
    drawer = CashDrawer.objects.get(pk=card.id)
    rows = [
        (
            str(entry.number),
            f"{entry.at.astimezone(VIETNAM):%H:%M}",
            entry.what_for,
            entry.code,
            money(entry.amount),
        )
        for entry in card.entries
    ]
    notes = "; ".join(
        f"{money(value)} × {drawer.counted[str(value)]}"
        for value in DENOMINATIONS
        if str(value) in drawer.counted
    )
    totals = [("Tiền đầu ngày", money(card.opening)), ("Thu trong ngày", money(card.taken)),
              ("Phải có", money(card.expected))]  # fmt: skip
    if card.closed_at is not None:
        totals += [("Kiểm đếm", f"{notes or 'không có tiền'}; cộng {money(card.counted or 0)}"),
                   ("Chênh lệch", f"{money(card.difference)}. {card.explanation}" if card.difference else "không")]  # fmt: skip
    return _typeset(
        ListPaper(
            head=_head(drawer.agency_id, at),
            printed_at=drawer.closed_at or at,
            title="Bảng kê thu tiền mặt và biên bản giao nhận",
            note=f"Ngày {drawer.day:%d/%m/%Y}" + ("" if card.closed_at else " – ngăn tiền chưa khóa"),
            about=(("Người thu", card.officer),),
            columns=(
                _ORDER, Column(head="Giờ", width=0.8, align="center"), Column(head="Nội dung thu", width=4),
                Column(head="Mã hồ sơ", width=3.1), Column(head="Số tiền (đồng)", width=1.6, align="right"),
            ),
            rows=tuple(rows),
            totals=tuple(totals),
            giver=Signer(title="Người giao", name=card.officer),
            taker=Signer(title="Thủ quỹ", name=card.treasurer),
            wide=False,
        ),
        drawer.agency_id,
        at,
    )  # fmt: skip


def print_batch(batch_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> bytes:
    """Return one receipt list for everything that a pile brought. Raises: CounterNotFound."""
    card = batch_card(batch_id, actor)
    received = [line for line in card.lines if line.dossier_id is not None]
    pages = _open([line.dossier_id for line in received if line.dossier_id], actor, at)
    found = [pages[line.dossier_id] for line in received if line.dossier_id]
    rows = [
        (str(place), page.code or "", page.applicant.full_name, page.request or page.procedure_name,
         f"{page.received_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if page.received_at else "",
         f"{page.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if page.due_at else "", "1")
        for place, page in enumerate(found, 1)
    ]  # fmt: skip
    return _typeset(
        ListPaper(
            head=_head(actor.agency_id or 0, at),
            printed_at=card.begun_at,
            title="Danh sách hồ sơ đã tiếp nhận",
            about=(("Lượt tiếp nhận", card.title),),
            columns=(
                _ORDER, Column(head="Mã hồ sơ", width=2.3), Column(head="Người nộp", width=2),
                Column(head="Nội dung", width=3.4), Column(head="Tiếp nhận", width=1.5),
                Column(head="Hẹn trả", width=1.5), Column(head="Số bộ", width=0.6, align="center"),
            ),
            rows=tuple(rows),
            totals=(("Cộng", f"{len(rows)} hồ sơ"),),
            giver=Signer(title="Người nộp", name=found[0].applicant.full_name if card.is_one_person and found else ""),
            taker=Signer(title="Người tiếp nhận", name=actor.name),
        ),
        actor.agency_id or 0,
        at,
    )  # fmt: skip


def print_receipts(batch_id: uuid.UUID, *, address_of: AddressOf, actor: Actor, at: dt.datetime) -> bytes:
    """Return the receipts (form 01) of a pile, one after the other, as one file for the printer."""
    card = batch_card(batch_id, actor)
    out, whole = io.BytesIO(), pikepdf.Pdf.new()
    for line in card.lines:
        if line.dossier_id is None:
            continue
        sheet = dossiers.print_form(
            line.dossier_id, form=Form.RECEIPT, address_of=address_of, actor=actor, at=at
        )
        with pikepdf.Pdf.open(io.BytesIO(sheet)) as one:
            whole.pages.extend(one.pages)
    whole.save(out)
    return out.getvalue()


def money(amount: int) -> str:
    """Return an amount as it is printed: 15.000, -15.000."""
    return f"{amount:,}".replace(",", ".")


def _open(dossier_ids: Sequence[uuid.UUID], actor: Actor, at: dt.datetime) -> dict[uuid.UUID, DossierPage]:
    return {
        key: dossiers.get_dossier_page(key, actor=actor, purpose=labels.PURPOSE, at=at)
        for key in dict.fromkeys(dossier_ids)
    }


def _result(page: DossierPage) -> str:
    if page.outcome is None or page.released_at is None:
        return ""
    return " ".join(part for part in (page.outcome.title, page.outcome.number) if part)


def _receiver(tray: Tray, at: dt.datetime) -> str:
    return tray.unit.name if tray.unit is not None else "Bộ phận Một cửa"


def _head(agency_id: int, at: dt.datetime) -> Head:
    agency = get_agency(agency_id, at.astimezone(VIETNAM).date())
    place = agency.short_name
    for kind in ("Phường ", "Xã ", "Đặc khu "):
        place = place.removeprefix(kind)
    return Head(agency=agency.name, place=place if place != agency.short_name else "Phú Thọ")


def _typeset(data: ListPaper, agency_id: int, at: dt.datetime) -> bytes:
    agency = get_agency(agency_id, at.astimezone(VIETNAM).date())
    return typeset(data.template, data, agency_code=agency.code)
