"""Words of the result registers: what an entry is, what may be said of it on a day, and the cards that upper apps get."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Facts = Mapping[str, object]
"""The facts of an entry by field name, JSON values, as the register's schema says."""


class EntryState(StrEnum):
    """What may be said of an entry on a day. Computed, never stored."""

    NOT_YET = "not_yet"
    """Its first day lies ahead."""
    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """Another entry stands in its place."""
    REVOKED = "revoked"


class Ending(StrEnum):
    """How an entry ended before its time."""

    REPLACED = "replaced"
    REVOKED = "revoked"


class Grade(StrEnum):
    """How good the provenance of an entry's facts is. Derived from how it came here; nothing sets it by hand."""

    A = "a"
    """From a result released on this platform, every required fact in it."""
    B = "b"
    """From a result released on this platform, completed by the agency from the original."""
    C = "c"
    """From a released result, with facts still missing: not to be relied on as data."""


class EntryChangeKind(StrEnum):
    """What happened to an entry. The history is only added to."""

    REGISTERED = "registered"
    COMPLETED = "completed"
    REPLACED = "replaced"
    REVOKED = "revoked"


class FieldKind(StrEnum):
    """How a field of a schema is shown and exported."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One typed field of a register, as its schema says."""

    name: str
    title: str
    kind: FieldKind
    is_required: bool
    words: Mapping[str, str] = field(default_factory=dict)
    """What the codes of a choice mean."""


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """A register, in the version of its schema that is written in now."""

    id: int
    code: str
    name: str
    paper: str
    """What its entries are proved by: "Giấy khai sinh"."""
    readers: frozenset[str]
    """Roles that may search it at their own agency."""
    schema_id: int
    schema_number: int
    schema: Mapping[str, object]
    fields: tuple[SchemaField, ...]
    key_fields: tuple[str, ...]
    """What makes two entries suspiciously equal."""
    valid_months: int | None
    """How long an entry holds; None: until it is replaced or revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose matter an entry is, and who keeps its paper: a parent for a child."""

    person_id: uuid.UUID
    keeper_id: uuid.UUID | None = None
    """Who else may use it: the applicant, where the holder is another person."""
    name: str
    organisation_code: str = ""
    organisation_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The document that proves an entry."""

    dossier_id: uuid.UUID
    number: str
    issued_on: dt.date
    title: str
    file_id: uuid.UUID | None = None
    token: str = ""
    """What the code printed on it leads to."""
    expires_on: dt.date | None = None
    """The first day on which it holds no longer, as it says itself; else the register's term counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry in a list: masked, no read of personal data."""

    id: uuid.UUID
    register_code: str
    register_name: str
    number: str
    holder: str
    """Masked: "N. T. L."."""
    agency_id: int
    valid_from: dt.date
    expires_on: dt.date | None
    state: EntryState
    grade: Grade
    has_gaps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEvent:
    """One line of an entry's history."""

    at: dt.datetime
    kind: EntryChangeKind
    reason: str
    who: str
    dossier_id: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCard:
    """The facts of an entry from one instant to another."""

    number: int
    facts: Facts
    missing: tuple[str, ...]
    recorded_at: dt.datetime
    superseded_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """An opened entry. Personal data: the read was written before this was made."""

    id: uuid.UUID
    register: RegisterCard
    agency_id: int
    agency: str
    number: str
    title: str
    holder_name: str
    organisation_name: str
    state: EntryState
    grade: Grade
    facts: Facts
    rows: tuple[tuple[str, str], ...]
    """Title and value in words, in the order of the schema; empty facts left out."""
    missing: tuple[str, ...]
    """Titles of required facts that nobody has yet."""
    valid_from: dt.date
    expires_on: dt.date | None
    ended_on: dt.date | None
    ended_reason: str
    replaces_id: uuid.UUID | None
    replaced_by_id: uuid.UUID | None
    twins: tuple[EntryLine, ...]
    """Other standing entries with the same key."""
    dossier_id: uuid.UUID
    file_id: uuid.UUID | None
    sha256: str
    token: str
    editions: tuple[EditionCard, ...]
    history: tuple[EntryEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry:
    """An entry as its holder sees it, to hand in by reference."""

    id: uuid.UUID
    register_code: str
    title: str
    number: str
    agency: str
    holder_name: str
    valid_from: dt.date
    expires_on: dt.date | None
    state: EntryState
    why_not: str
    """Code of the sentence that says why it cannot be used; empty when it can."""
    grade: Grade
    facts: Facts
    file_id: uuid.UUID | None
    sha256: str
    dossier_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedEntry:
    """What may be said of an entry to an officer before its holder consents: that there is one, and nothing it says."""

    id: uuid.UUID
    register_code: str
    kind: str
    """What proves it: "Giấy khai sinh"."""
    number: str
    """Its end alone."""
    agency: str
    valid_from: dt.date
    why_not: str
    """Code of the sentence that says why it cannot be used; empty when it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCard:
    """An entry that was handed in with a dossier by its holder's consent, and what may be said of it today."""

    entry_id: uuid.UUID
    dossier_id: uuid.UUID
    required_document_id: int
    title: str
    number: str
    agency: str
    sha256: str
    state: EntryState
    grade: Grade
    consented_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may be said in public of an entry on a day: no personal data."""

    entry_id: uuid.UUID
    title: str
    number: str
    agency_id: int
    agency: str
    holder_initials: str
    valid_from: dt.date
    expires_on: dt.date | None
    ended_on: dt.date | None
    ended_reason: str
    replaced_by_number: str
    state: EntryState
    file_id: uuid.UUID | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeStatement:
    """What a verification code says of a result. No name: whoever holds the paper sees whose it is."""

    agency_code: str
    number: str
    issued_on: dt.date
    title: str
    expires_on: dt.date | None = None
    initials: str = ""
    facts_sha256: str = ""
    """Of the facts as the document was numbered with them; in the code printed on it, which cannot know its own file."""
    file_sha256: str = ""
    """Of the signed file; in the code that is handed out with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAnswer:
    """What a code is worth: what it says, and what the registers say of that number today."""

    statement: CodeStatement
    agency: str
    standing: Standing | None
    """None: no register has it; the signature of the code holds all the same."""
