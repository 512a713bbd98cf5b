"""
Somebody invented whose every fact is looked for afterwards, and how to look.

Facts are looked for as they are, in pieces, without diacritics, as JSON escapes and encoded for an address. `harvest` takes what
is personal out of the tables, so that a world's own people are looked for too, not only who was invented here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.db import connection

from vanlang.kernel.vietnamese import search_key

NAME, NUMBER, PHONE = "Lò Thị Ngần Hương", "025187654321", "0987123456"
MAIL, ADDRESS, ACCOUNT = "ngan.huong@thu-nghiem.example", "Xóm Đồng Gianh, xã Thượng Cửu", "19034567890123"
ANSWER = "Cháu tôi chào đời ở nhà bà ngoại"
FACTS = (NAME, NUMBER, PHONE, MAIL, ADDRESS, ACCOUNT, ANSWER)
PIECES = (
    "Ngần", "Hương", "Ngan Huong", "ngan-huong", NUMBER, NUMBER[:9], PHONE, PHONE[1:], MAIL, "ngan.huong", "Đồng Gianh",
    "dong gianh", ACCOUNT, "bà ngoại",
)  # fmt: skip

PERSONAL_COLUMNS = (
    "full_name", "search_name", "personal_id", "phone", "email", "address", "contact", "account_number", "answers", "payer",
    "payer_name", "applicant_name", "subject_name", "recipient_name", "request", "text", "note", "body",
)  # fmt: skip
"""Where people are, in whatever table. Columns of these names that hold public things (an agency's address) are looked for as well."""
SHORTEST = 9
"""Of a value from the tables: a shorter one may be a word of the code."""


def spellings(words: Iterable[str]) -> frozenset[str]:
    """Return every way in which the words may stand in a line, in small letters."""
    ways = (
        str,
        search_key,
        quote,
        lambda word: json.dumps(word)[1:-1],
        lambda word: quote(word, safe=""),
        ascii,
    )
    return frozenset(way(word).strip("'").lower() for word in words for way in ways)


def leaks(text: str, words: Iterable[str]) -> dict[str, str]:
    """Return which of the words stand in the text, each with the first line that has it. `words`: of `spellings`."""
    small = text.lower()
    found = [word for word in words if word in small]
    return {word: next(line for line in text.splitlines() if word in line.lower()) for word in found}


def harvest() -> set[str]:
    """Return what is personal in the tables now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb') AND column_name = ANY(%s)"
            " AND table_name !~ '^(catalogue|organizations|calendars|configuration)_'",
            [list(PERSONAL_COLUMNS)],
        )
        asked = " UNION ".join(
            f'SELECT "{column}"::text, {kind == "jsonb"} FROM "{table}" WHERE "{column}"::text <> \'\''  # noqa: S608 - names from the catalogue
            for table, column, kind in cursor.fetchall()
        )
        cursor.execute(asked)
        rows = cursor.fetchall()
    found = {leaf for text, is_json in rows for leaf in (_leaves(json.loads(text)) if is_json else [text])}
    return {one for one in found if len(one) >= SHORTEST and not _is_a_code(one)}


def _leaves(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _leaves(one)
        case dict():
            for one in value.values():
                yield from _leaves(one)


def _is_a_code(word: str) -> bool:
    """Say whether it is a word of the house's own, such as `not_married`: small letters and underscores."""
    return word.isascii() and word.replace("_", "").replace(".", "").isalpha() and word.islower()
