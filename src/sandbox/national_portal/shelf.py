"""
What the portal holds, in one SQLite file below its state directory: it survives a restart, as the real one does.

A dossier is its record as JSON, its 24 bytes in the forest, and who may write it. A code may stand twice: that is what
tampering does.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.national_portal import forest

Record = dict[str, object]
OWN = "DVCQG"
"""NguonCapNhat of what was filed here and not yet taken by any system."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS dossier (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, agency TEXT NOT NULL, day TEXT NOT NULL, row BLOB NOT NULL,
  person TEXT NOT NULL, source TEXT NOT NULL, said BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS dossier_code ON dossier (code);
CREATE INDEX IF NOT EXISTS dossier_day ON dossier (day, row);
CREATE INDEX IF NOT EXISTS dossier_person ON dossier (person) WHERE person <> '';
CREATE TABLE IF NOT EXISTS progress (id INTEGER PRIMARY KEY, code TEXT NOT NULL, said BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS progress_code ON progress (code);
CREATE TABLE IF NOT EXISTS kept (kind TEXT, code TEXT, said BLOB NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS push (
  id INTEGER PRIMARY KEY, message TEXT NOT NULL, stream TEXT NOT NULL, service TEXT NOT NULL, state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '', said BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS push_waiting ON push (stream, id) WHERE state IN ('waiting', 'held');
"""
TABLES = ("dossier", "progress", "kept", "push")


@dataclass(frozen=True, slots=True)
class Entry:
    """One dossier as it stands here."""

    id: int
    source: str
    record: Record


class Shelf:
    """The file, one connection, used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        for told in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-65536"):
            self._database.execute(f"PRAGMA {told}").fetchall()
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._database.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do several things, or none of them."""
        with self._lock:
            if self._database.in_transaction:
                yield
                return
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def clear(self) -> None:
        with self.together():
            for table in TABLES:
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    def do(self, statement: str, *values: object) -> int:
        """Run one statement; return the id of what it inserted."""
        with self._lock:
            return self._database.execute(statement, values).lastrowid or 0

    # --- dossiers -----------------------------------------------------------------------------------

    def find(self, code: str) -> list[Entry]:
        """Return every entry of a code: one, unless somebody tampered."""
        return self._entries("SELECT id, source, said FROM dossier WHERE code = ? ORDER BY id", code)

    def find_all(self, codes: Sequence[str]) -> dict[str, Entry]:
        """Return the first entry of each code that is known."""
        marks = ",".join("?" * len(codes))
        statement = f"SELECT id, source, said FROM dossier WHERE code IN ({marks}) ORDER BY id DESC"  # noqa: S608 - marks only
        return {str(one.record["MaHoSo"]): one for one in self._entries(statement, *codes)}

    def of_person(self, number: str) -> list[Entry]:
        return self._entries("SELECT id, source, said FROM dossier WHERE person = ? ORDER BY id", number)

    def put(self, record: Record, *, source: str, replaces: Entry | None = None) -> Entry:
        """Keep a record: instead of an entry, or as one more."""
        columns = (*_place(record), forest.row_of(record), _person(record), source, packed(record))
        if replaces is None:
            number = self.do(
                "INSERT INTO dossier (code, day, agency, row, person, source, said) VALUES (?,?,?,?,?,?,?)",
                *columns,
            )
            return Entry(number, source, record)
        self.do(
            "UPDATE dossier SET code=?, day=?, agency=?, row=?, person=?, source=?, said=? WHERE id=?",
            *columns,
            replaces.id,
        )
        return Entry(replaces.id, source, record)

    def drop(self, entry: Entry) -> None:
        self.do("DELETE FROM dossier WHERE id = ?", entry.id)

    def codes(self, *, received: bool = False) -> list[str]:
        """Return the codes in their order; `received`: only of what somebody received."""
        where = "WHERE day <> ''" if received else ""
        found = self.ask(f"SELECT DISTINCT code FROM dossier {where} ORDER BY code")  # noqa: S608 - our own words
        return [str(code) for (code,) in found]

    def count(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM dossier")[0][0]))

    def page(self, day: str, number: int, size: int) -> tuple[list[Record], int]:
        """Return one page of a day's records, and how many the day has."""
        some = self._entries(
            "SELECT id, source, said FROM dossier WHERE day = ? ORDER BY row LIMIT ? OFFSET ?",
            day, size, (number - 1) * size,
        )  # fmt: skip
        total = self.ask("SELECT count(*) FROM dossier WHERE day = ?", day)[0][0]
        return [one.record for one in some], int(str(total))

    def everything(self) -> Iterator[Entry]:
        """Yield every entry in the order of their codes, some at a time: others go on writing meanwhile."""
        code, number, some = "", 0, True
        while some:
            found = self._entries(
                "SELECT id, source, said FROM dossier WHERE (code, id) > (?, ?) ORDER BY code, id LIMIT 500",
                code, number,
            )  # fmt: skip
            some = bool(found)
            for entry in found:
                code, number = str(entry.record["MaHoSo"]), entry.id
                yield entry

    def newest(self, size: int) -> list[Entry]:
        return self._entries("SELECT id, source, said FROM dossier ORDER BY id DESC LIMIT ?", size)

    # --- branches of the forest -----------------------------------------------------------------------

    def rows(self, path: forest.Path) -> list[tuple[str, bytes]]:
        """Return (day, row) of a branch, in order."""
        where, values = _branch(path)
        found = self.ask(
            f"SELECT day, row FROM dossier {where} ORDER BY day, row",  # noqa: S608 - our own words
            *values,
        )
        return [(str(day), _bytes(row)) for day, row in found]

    def records(self, path: forest.Path) -> list[Record]:
        where, values = _branch(path)
        found = self._entries(f"SELECT id, source, said FROM dossier {where}", *values)  # noqa: S608 - our own words
        return [one.record for one in found]

    # --- progress -------------------------------------------------------------------------------------

    def append(self, code: str, row: Record) -> None:
        self.do("INSERT INTO progress (code, said) VALUES (?,?)", code, packed(row))

    def progress(self, code: str) -> list[Record]:
        return [
            unpacked(said)
            for (said,) in self.ask("SELECT said FROM progress WHERE code = ? ORDER BY id", code)
        ]

    def count_progress(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM progress")[0][0]))

    # --- everything else, by kind and code --------------------------------------------------------------

    def keep(self, kind: str, items: Mapping[str, Record]) -> None:
        with self.together():
            for code, said in items.items():
                self.do(
                    "INSERT OR REPLACE INTO kept (kind, code, said) VALUES (?,?,?)", kind, code, packed(said)
                )

    def unkeep(self, kind: str, codes: Sequence[str]) -> None:
        with self.together():
            for code in codes:
                self.do("DELETE FROM kept WHERE kind = ? AND code = ?", kind, code)

    def kept(self, kind: str, code: str) -> Record | None:
        found = self.ask("SELECT said FROM kept WHERE kind = ? AND code = ?", kind, code)
        return unpacked(found[0][0]) if found else None

    def all_kept(self, kind: str) -> dict[str, Record]:
        found = self.ask("SELECT code, said FROM kept WHERE kind = ? ORDER BY code", kind)
        return {str(code): unpacked(said) for code, said in found}

    def knows(self, kind: str, code: str) -> bool:
        """Say whether `code` is on a list; a list that nobody gave knows everything."""
        return bool(
            self.ask("SELECT 1 FROM kept WHERE kind = ? AND code = ?", kind, code)
            or not self.ask("SELECT 1 FROM kept WHERE kind = ? LIMIT 1", kind)
        )

    def next_number(self, name: str) -> int:
        """Return the next number of a row of numbers that begins with 1."""
        with self.together():
            last = self.kept("number", name) or {"last": 0}
            number = int(str(last["last"])) + 1
            self.keep("number", {name: {"last": number}})
        return number

    def _entries(self, statement: str, *values: object) -> list[Entry]:
        return [
            Entry(int(str(number)), str(source), unpacked(said))
            for number, source, said in self.ask(statement, *values)
        ]


def result_kind(person: str) -> str:
    """Return under which kind the results of a person are kept: those that no synchronised dossier bears."""
    return f"result {person}"


def _place(record: Record) -> tuple[str, str, str]:
    return (
        str(record.get("MaHoSo", "")),
        str(record.get("NgayTiepNhan", ""))[:8],
        str(record.get("DonViXuLy", "")),
    )


def _person(record: Record) -> str:
    rows = record.get("DinhDanhCHS")
    first = rows[0] if isinstance(rows, list) and rows else {}
    return str(first.get("SoDinhDanh", "")) if isinstance(first, dict) else ""


def _branch(path: forest.Path) -> tuple[str, tuple[object, ...]]:
    if not path:
        return "", ()
    return "WHERE day = ? AND row BETWEEN ? AND ?", (path[0], *forest.key_range("".join(path[1:])))


def packed(value: Record) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(said: object) -> Record:
    value = json.loads(zlib.decompress(_bytes(said)))
    return value if isinstance(value, dict) else {}


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
