"""Purses turned into rows of this app: one statement for each table, and what lower doors and the drawer are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import record_acts_from
from vanlang.documents.api import number_from, void_numbers_from
from vanlang.kernel.database.loading import FUNCTIONS
from vanlang.kernel.ids import id_at
from vanlang.payments import ports
from vanlang.payments.models import (
    Demand,
    DemandLine,
    Entry,
    EntryLeg,
    FeeQuestion,
    FeeReceipt,
    Inquiry,
    Payment,
    Refund,
)
from vanlang.payments.rules import ledger
from vanlang.payments.rules.purses import Purse
from vanlang.payments.rules.references import reference_of
from vanlang.payments.services.generating import statements
from vanlang.payments.services.generating.fee_book import FeeBook
from vanlang.payments.services.paying import VALID

TABLES: tuple[str, ...] = tuple(
    model._meta.db_table
    for model in (Demand, DemandLine, FeeQuestion, Payment, Inquiry, Refund, FeeReceipt, Entry, EntryLeg)
)
"""What `write_purses` writes, beside the rows that it asks of lower doors and of the drawer."""

Report = Callable[[str, int, int], None]


def write_purses(
    cursor: CursorWrapper,
    lines: Iterable[bytes],
    *,
    fee_book: FeeBook,
    payers: str,
    until: dt.datetime,
    report: Report,
) -> None:
    """
    Write the rows of purses, put in order by `lines_of`. In the caller's transaction, as the owner of the tables.

    `until`: the last instant. Shapes: `payers` is a question with columns dossier_id, payer.
    """
    cursor.execute(FUNCTIONS + statements.TEMPORARY)
    _copy(cursor, "price_line", _price_lines(fee_book))
    _copy(
        cursor,
        "posting",
        ((what.value, debit.value, credit.value) for what, (debit, credit) in ledger.POSTINGS.items()),
    )
    _copy(cursor, "taken_in", ((way.value, what.value, ledger.REFUNDED[way].value, VALID.get(way)) for way, what in ledger.PAID.items()))  # fmt: skip
    with cursor.copy("COPY purse FROM STDIN") as rows:
        for line in lines:
            rows.write(line)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Khoản phải thu", lambda: cursor.execute(statements.PREPARED % until.isoformat())),
        *((what, lambda sql=sql: cursor.execute(sql)) for what, sql in statements.ROWS),
        ("Số biên lai", lambda: number_from(cursor, statements.NUMBERED, into="receipted")),
        ("Biên lai", lambda: cursor.execute(statements.RECEIPTS.format(payers=payers))),
        ("Biên lai đã hủy", lambda: void_numbers_from(cursor, statements.VOIDED)),
        ("Két tiền mặt", lambda: _put_in(cursor, until)),
        ("Nhật ký tiền", lambda: record_acts_from(cursor, statements.RECORDS)),
    ]
    for done, (what, step) in enumerate(steps):
        report(what, done, len(steps))
        step()


def _put_in(cursor: CursorWrapper, until: dt.datetime) -> None:
    till = ports.find_till()
    if till is not None:
        till.put_in_from(cursor, statements.CASH, until=until)


def lines_of(
    purses: Iterable[Purse], *, fee_book: FeeBook, offers: Iterable[int], seed: int
) -> Iterator[bytes]:
    """Yield the lines of the table `purse`, as COPY reads them; `offers` says what each is of."""
    for purse, offer in zip(purses, offers, strict=True):
        owing = purse.owing
        price = fee_book.key(offer, is_online=owing.is_online, units=purse.units)
        yield "\t".join(
            "\\N" if one is None else str(one)
            for one in (
                owing.number, owing.dossier_id, owing.person_id, owing.agency_id, owing.filed_at,
                None if purse.gap is None else purse.gap.value, None if purse.asked_at is None else price,
                purse.asked_at, purse.exemption or None, purse.exempted_at, purse.way, purse.tried_at,
                purse.failed_at, purse.begun_at, purse.lapsed_at, purse.booked_at,
                owing.counter, owing.why_ended, purse.voided_at if purse.asked_at else None, purse.proposed_at,
                purse.refund_asked_at, owing.leader, purse.refunded_at, *_ids(purse, seed),
            )
        ).encode() + b"\n"  # fmt: skip


def _ids(purse: Purse, seed: int) -> Sequence[object]:
    """Return ids of what there is: demand, attempt before, attempt, refund; then their references and transactions."""
    key = f"{seed}:money:{purse.owing.number}"
    demand = purse.asked_at and id_at(purse.asked_at, f"{key}:demand")
    tried = purse.tried_at and id_at(purse.tried_at, f"{key}:tried")
    payment = purse.begun_at and id_at(purse.begun_at, f"{key}:payment")
    refund = purse.proposed_at and id_at(purse.proposed_at, f"{key}:refund")
    entry = purse.booked_at and id_at(purse.booked_at, f"{key}:money")
    back = purse.refunded_at and id_at(purse.refunded_at, f"{key}:back")
    references = (one and reference_of(one.int & (1 << 60) - 1) for one in (tried, payment, refund))
    return demand, tried, payment, refund, *references, entry, back


def _copy(cursor: CursorWrapper, table: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _price_lines(fee_book: FeeBook) -> Iterator[tuple[object, ...]]:
    for price, lines in fee_book.prices():
        for position, line in enumerate(lines):
            name = line.fee.name or ("Lệ phí" if line.is_charge else "Phí")
            yield (
                price, position, line.fee.id, line.is_charge, name, line.fee.per, line.quantity, line.fee.basis,
                line.full_vnd,
            )  # fmt: skip
