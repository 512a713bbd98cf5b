"""What the database and the file store hold of a run."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from launcher.chaos import questions
from launcher.chaos.judging import Found, Trace

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the province still has to do by itself."""

    jobs: int
    outgoing: int
    claims: int
    """Messages that a worker claimed: one that was killed, when nothing else is left; its claim runs out."""
    incoming: int

    @property
    def is_nothing(self) -> bool:
        return not (self.jobs or self.outgoing or self.incoming or self.claims)

    @property
    def is_only_claims(self) -> bool:
        return not (self.jobs or self.outgoing or self.incoming)


def read(url: str, files: Path, since: datetime) -> Found:
    """Return what the installation holds since an instant."""
    with psycopg.connect(url) as connection:
        return read_in(connection, files, since)


def read_in(connection: Connection, files: Path, since: datetime) -> Found:
    """Return what the running transaction holds."""
    asked = {"since": since}
    audit = connection.execute(questions.AUDIT, asked).fetchall()
    stored = connection.execute(questions.FILES, asked).fetchall()
    return Found(
        traces={
            kind: {
                key: Trace(count, frozenset(told))
                for key, count, told in connection.execute(question, asked).fetchall()
            }
            for kind, question in questions.TRACES.items()
        },
        codes=_counted(connection, questions.CODES),
        unrecorded=[f"{what}: {told}" for done, told, what in audit if done],
        invented=[f"{what}: {told}" for done, told, what in audit if not done],
        damaged=[sha256 for (sha256,) in stored if not _is_whole(files, sha256)],
        outbox=_counted(connection, questions.OUTBOX),
        letters=[str(line) for (line,) in connection.execute(questions.LETTERS).fetchall()],
        jobs=_counted(connection, questions.JOBS),
    )


def waiting(url: str) -> Waiting | None:
    """Return what is still to be done; nothing can be said while the database is away."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(questions.WAITING).fetchone()
    except psycopg.OperationalError:
        return None
    return Waiting(*row) if row else None


def states(connection: Connection, since: datetime) -> tuple[dict[str, str], set[str]]:
    """Return the state of every dossier of the run by the national portal's code for it, and of which something is on its way."""
    found = connection.execute(questions.STATES, {"since": since}).fetchall()
    return {code: state for code, state, _ in found}, {
        code for code, _, is_under_way in found if is_under_way
    }


def now(url: str) -> datetime:
    """Return the database's clock."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT now()").fetchone()
    assert row is not None  # noqa: S101 - a SELECT without a table has one row
    moment = row[0]
    assert isinstance(moment, datetime)  # noqa: S101 - as above
    return moment


def _counted(connection: Connection, question: LiteralString) -> Counter[str]:
    return Counter({str(key): int(count) for key, count in connection.execute(question).fetchall()})


def _is_whole(files: Path, sha256: str) -> bool:
    try:
        content = (files / sha256[:2] / sha256[2:4] / sha256).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == sha256
