"""An export that a person hands in: its columns, and how a line becomes a record. What cannot be read is named by its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from vanlang.kernel.vietnamese import search_key
from vanlang.sentinel.types import Record
from vanlang.sheets.api import CellKind, Column, Problem, Reading, ReadRow, Sheet

INSTANT_HELP = "Ngày và giờ: 03/08/2026 08:15:00. Chỉ có ngày cũng được, khi đó so theo ngày."
COLUMNS = (
    Column("code", "Mã hồ sơ", CellKind.CODE, required=True, example="000.15.H44-261116-0007", most=80),
    Column("agency", "Mã cơ quan", CellKind.CODE, required=True, example="H44.100", aliases=("Đơn vị xử lý", "Mã đơn vị"), most=35),
    Column("state", "Trạng thái", CellKind.CODE, required=True, example="9", aliases=("Mã trạng thái",), most=40,
           help="Mã trạng thái quốc gia, từ 1 đến 10."),
    Column("received", "Ngày tiếp nhận", required=True, example="16/11/2026 09:00:00", aliases=("Tiếp nhận",), help=INSTANT_HELP),
    Column("due", "Ngày hẹn trả", example="19/11/2026 17:00:00", aliases=("Hẹn trả",), help=INSTANT_HELP),
    Column("finished", "Ngày xử lý xong", example="", aliases=("Ngày kết thúc xử lý", "Ngày kết thúc"), help=INSTANT_HELP),
    Column("returned", "Ngày trả", example="", aliases=("Ngày trả kết quả",), help=INSTANT_HELP),
    Column("results", "Kết quả", example="KQ.G02.000001=12/GP-UBND", aliases=("Giấy tờ kết quả",), most=4000,
           help="Mã loại kết quả, dấu bằng, số ký hiệu; nhiều kết quả cách nhau bằng dấu chấm phẩy."),
)  # fmt: skip
EXPORT = Sheet(
    "Hồ sơ ở bên kia",
    key=(),
    note="Mỗi dòng là một hồ sơ như hệ thống kia đang giữ. Không cần, và không nên có, tên hay số định danh của ai.",
    columns=COLUMNS,
)
INSTANTS = ("received", "due", "finished", "returned")
_PATTERNS = (
    (re.compile(r"\d{14}", re.ASCII), "%Y%m%d%H%M%S", "%Y%m%d%H%M%S"),
    (re.compile(r"\d{8}", re.ASCII), "%Y%m%d", "%Y%m%d"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}", re.ASCII), "%d/%m/%Y", "%Y%m%d"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}", re.ASCII), "%d/%m/%Y %H:%M", "%Y%m%d%H%M"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2}", re.ASCII), "%d/%m/%Y %H:%M:%S", "%Y%m%d%H%M%S"),
    (re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), "%Y-%m-%d", "%Y%m%d"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", re.ASCII), "%Y-%m-%d %H:%M", "%Y%m%d%H%M"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}", re.ASCII), "%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"),
)


def records_of(
    reading: Reading, states: Mapping[str, str], first_on: date, last_on: date
) -> tuple[list[Record], list[Problem]]:
    """
    Return the records of an export and everything that is wrong with it; a line that is wrong is no record.

    `states` are the codes of states by the key of every word for them.
    """
    records: list[Record] = []
    problems = list(reading.problems)
    for row in reading.rows:
        record = row.problems or _record(row, reading.letters, states, first_on, last_on)
        if isinstance(record, Record):
            records.append(record)
        else:
            problems += record
    return records, problems


def instant_of(text: str) -> str | None:
    """Return an instant as digits, as many as are known; "" for an empty one, None for one that is none."""
    said = " ".join(text.split())
    if not said:
        return ""
    for pattern, read, write in _PATTERNS:
        if pattern.fullmatch(said):
            try:
                return datetime.strptime(said.replace("T", " "), read).strftime(write)  # noqa: DTZ007 - Vietnam's time, as digits
            except ValueError:
                return None
    return None


def results_of(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return results as (code of the kind, number), None when one is none."""
    found = []
    for one in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        kind, equals, number = (part.strip() for part in one.partition("="))
        if not equals or not number:
            return None
        found.append((kind, number))
    return tuple(found)


def _record(
    row: ReadRow, letters: Mapping[str, str], states: Mapping[str, str], first_on: date, last_on: date
) -> Record | list[Problem]:
    told = {key: str(value or "") for key, value in row.values.items()}
    problems: list[Problem] = []

    def wrong(key: str, code: str, **facts: object) -> None:
        problems.append(Problem(f"{letters[key]}{row.number}", code, facts))

    for key in INSTANTS:
        at = instant_of(told.get(key, ""))
        if at is None:
            wrong(key, "sentinel.not_an_instant", said=told[key][:40])
        told[key] = at or ""
    state = states.get(search_key(told["state"]))
    if state is None:
        wrong("state", "sentinel.not_a_state", said=told["state"][:40])
    results = results_of(told.get("results", ""))
    if results is None:
        wrong("results", "sentinel.not_a_result", said=told["results"][:40])
    day = told["received"][:8]
    if day and not f"{first_on:%Y%m%d}" <= day <= f"{last_on:%Y%m%d}":
        wrong("received", "sentinel.outside_the_days", on=f"{day[6:]}/{day[4:6]}/{day[:4]}")
    if problems or state is None or results is None:
        return problems
    return Record(
        told["code"], told["agency"], state, told["received"], told["due"], told["finished"], told["returned"], results
    )  # fmt: skip
