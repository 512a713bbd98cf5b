"""
For whom the database is being asked: the net under the permission layer.

A scope travels with the request or the job; the database backend (`kernel.database`) writes it into the
connection as `vanlang.scope`, `vanlang.agency`, `vanlang.person` and `vanlang.entity` before the next query, and
row-level security policies compare rows with it. Outside any scope the answer is *nobody*: no rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ScopeKind(StrEnum):
    NOBODY = "nobody"
    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"
    """Jobs, set-up, and queries that name exactly one public thing (a token, a code with its second fact)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be seen."""

    kind: ScopeKind = ScopeKind.NOBODY
    agency_id: int | None = None
    person_id: UUID | None = None
    entity_id: UUID | None = None
    """The legal entity for which a citizen acts."""

    @classmethod
    def nobody(cls) -> Scope:
        return cls()

    @classmethod
    def citizen(cls, person_id: UUID, *, entity_id: UUID | None = None) -> Scope:
        return cls(ScopeKind.CITIZEN, person_id=person_id, entity_id=entity_id)

    @classmethod
    def officer(cls, agency_id: int) -> Scope:
        return cls(ScopeKind.OFFICER, agency_id=agency_id)

    @classmethod
    def system(cls) -> Scope:
        return cls(ScopeKind.SYSTEM)

    def settings(self) -> tuple[str, str, str, str]:
        """Return the values of `vanlang.scope`, `.agency` (0 for none), `.person` and `.entity` (zeros for none)."""
        return (
            self.kind.value,
            str(self.agency_id or 0),
            str(self.person_id or UUID(int=0)),
            str(self.entity_id or UUID(int=0)),
        )


_NOBODY = Scope()
_current: ContextVar[Scope] = ContextVar("database_scope", default=_NOBODY)


def current() -> Scope:
    return _current.get()


@contextmanager
def acting(scope: Scope) -> Iterator[Scope]:
    """Ask the database as `scope` inside the block."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)
