"""Numbers from the books for a whole set at once: the second way into the register, beside `take_number`."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import record_acts_from
from vanlang.documents.rules.numbering import mark_of, symbol_of

_ASKED = """
CREATE TEMPORARY TABLE {into} ON COMMIT DROP AS
    SELECT told.*, on_day, row_number() OVER (
        PARTITION BY agency_id, kind, extract(year FROM on_day) ORDER BY at, key
    ) AS number, NULL::text AS symbol,
    (SELECT COALESCE(max(id), 0) FROM documents_registerentry) + row_number() OVER (
        ORDER BY agency_id, kind, extract(year FROM on_day), at, key
    ) AS entry_id
    FROM ({question}) AS told, LATERAL (SELECT (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_day) AS day;
ALTER TABLE {into} ADD PRIMARY KEY (key);
CREATE TEMPORARY TABLE {into}_book ON COMMIT DROP AS
    SELECT agency_id, kind, extract(year FROM on_day)::int AS year, max(number) AS last, ''::text AS mark,
        (SELECT version.name FROM organizations_agencyversion AS version
         WHERE version.agency_id = asked.agency_id AND version.valid_to IS NULL) AS name
    FROM {into} AS asked GROUP BY 1, 2, 3;
"""
_BOOKS = "INSERT INTO documents_book (agency_id, kind, year, agency_mark, last_number) SELECT agency_id, kind, year, mark, last FROM {into}_book ORDER BY 1, 2, 3"
_SYMBOLS = """
UPDATE {into} AS asked SET symbol = lpad(number::text, greatest(2, length(number::text)), '0') || book.tail
FROM (SELECT agency_id, kind, year, name AS tail FROM {into}_book) AS book
WHERE book.agency_id = asked.agency_id AND book.kind = asked.kind AND book.year = extract(year FROM asked.on_day)
"""
_ENTRIES = """
INSERT INTO documents_registerentry (
    id, book_id, agency_id, number, symbol, issued_on, taken_at, title, signer, recipients, void_reason
)
SELECT asked.entry_id, book.id, asked.agency_id, asked.number, asked.symbol, asked.on_day, asked.at, asked.title, '', '{{}}', ''
FROM {into} AS asked JOIN documents_book AS book
    ON book.agency_id = asked.agency_id AND book.kind = asked.kind AND book.year = extract(year FROM asked.on_day)
ORDER BY asked.entry_id
"""
_COUNT_ON = "SELECT setval(pg_get_serial_sequence('documents_registerentry', 'id'), max(id)) FROM documents_registerentry"
_VOID = """
CREATE TEMPORARY TABLE voided ON COMMIT DROP AS {question};
UPDATE documents_registerentry AS entry SET voided_at = voided.at, void_reason = voided.reason
FROM voided WHERE entry.id = voided.entry_id AND entry.voided_at IS NULL;
"""
_VOIDED = """
    SELECT at, 'documents.void_number' AS act, 'system' AS actor_kind, NULL::bigint AS account_id, NULL::uuid AS person_id,
        NULL::bigint AS appointment_id, NULL::int AS agency_id, 'documents.entry' AS object_type,
        entry_id::text AS object_id, '{}'::jsonb AS facts
    FROM voided
"""


def number_from(cursor: CursorWrapper, question: str, *, into: str) -> None:
    """
    Number what `question` names, each book from one on without a gap in the order of the instants, and enter it in the register.

    In the caller's transaction, as the owner of the tables; the books must be new.
    Shapes: `question` has columns key, agency_id, kind, at, title; the temporary table `into` gains them with number, symbol and entry_id.
    """
    cursor.execute(_ASKED.format(question=question, into=into))
    cursor.execute(f"SELECT DISTINCT agency_id, kind, name FROM {into}_book")  # noqa: S608 - the caller's table
    for agency_id, kind, name in cursor.fetchall():
        mark = mark_of(name)
        first = symbol_of(1, kind=kind, agency_mark=mark)
        cursor.execute(
            f"UPDATE {into}_book SET mark = %s, name = %s WHERE agency_id = %s AND kind = %s",  # noqa: S608 - as above
            [mark, first.removeprefix("01"), agency_id, kind],
        )
    for statement in (_SYMBOLS, _BOOKS, _ENTRIES, _COUNT_ON):
        cursor.execute(statement.format(into=into))


def void_numbers_from(cursor: CursorWrapper, question: str) -> None:
    """
    Declare the numbers that `question` names void, by the house; as the owner of the tables.

    Shapes: `question` has columns entry_id, reason, at.
    """
    cursor.execute(_VOID.format(question=question))
    record_acts_from(cursor, _VOIDED)
    cursor.execute("DROP TABLE voided")
