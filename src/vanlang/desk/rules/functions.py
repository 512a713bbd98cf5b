"""The table of the 31 functions of the legal frame: function → where it is → test. Read from data, pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

COUNT = 31


@dataclass(frozen=True, slots=True)
class Function:
    """One function that the legal frame asks for."""

    number: int
    group: str
    name: str
    does: str
    pages: tuple[str, ...]
    """Names of routes."""
    tests: tuple[str, ...]
    """Test files, from the root of the project."""
    lacks: str = ""
    """What is not there yet; empty when it is whole."""

    @property
    def is_whole(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Functions:
    """The whole table, and where it is from."""

    source: str
    rows: tuple[Function, ...]

    @property
    def whole(self) -> int:
        return sum(row.is_whole for row in self.rows)

    def groups(self) -> list[tuple[str, list[Function]]]:
        """Return the rows under their groups, in order."""
        found: dict[str, list[Function]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return list(found.items())


def read_functions(text: str) -> Functions:
    """Return the table that `text` (TOML) holds."""
    told = tomllib.loads(text)
    rows = (
        Function(
            number=row["number"],
            group=row["group"],
            name=row["name"],
            does=row["does"],
            pages=tuple(row["pages"]),
            tests=tuple(row["tests"]),
            lacks=row.get("lacks", ""),
        )
        for row in told["function"]
    )
    return Functions(told["source"], tuple(sorted(rows, key=lambda row: row.number)))


def as_markdown(functions: Functions) -> str:
    """Return the table as a page of the reference."""
    lines = [
        "# 31 chức năng của hệ thống giải quyết thủ tục hành chính",
        "",
        "<!-- Printed by `manage.py functions` from reference/functions.toml; a test keeps it equal. Do not edit. -->",
        "",
        f"Khung: {functions.source}. Đủ: {functions.whole}/{len(functions.rows)}; cột cuối nói điều còn thiếu.",
    ]
    for group, rows in functions.groups():
        lines += [
            "",
            f"## {group}",
            "",
            "| Số | Chức năng | Có gì | Ở đâu | Phép thử | Còn thiếu |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {row.number} | {row.name} | {row.does} | {_code(row.pages)} | {_code(row.tests)} | {row.lacks or '–'} |"
            for row in rows
        ]
    return "\n".join(lines) + "\n"


def _code(names: tuple[str, ...]) -> str:
    return "<br>".join(f"`{name}`" for name in names) or "–"
