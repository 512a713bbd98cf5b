"""Words of teamwork: what is noted, moved, decided in a row, and told in the morning."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class TransferState(StrEnum):
    """Where a mass transfer is."""

    ORDERED = "ordered"
    RUNNING = "running"
    DONE = "done"


class LineState(StrEnum):
    """What became of one dossier of a transfer or a batch."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class SourceKind(StrEnum):
    """From whom work is taken."""

    OFFICER = "officer"
    UNIT = "unit"
    AGENCY = "agency"
    """Everything that lies at an agency, received there, decided there or returned there: for its successor."""


class Choice(StrEnum):
    """What a leader marks while leafing through proposals."""

    APPROVE = "approve"
    RETURN = "return"
    SKIP = "skip"


class BatchState(StrEnum):
    """Where a leader's batch is."""

    OPEN = "open"
    """Being leafed through and marked."""
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCard:
    """A saved list."""

    id: int
    name: str
    address: str
    is_default: bool
    is_own: bool
    owner: str
    unit: str
    """The unit it is shared with; empty for the owner's alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCard:
    """A note as its readers see it."""

    id: uuid.UUID
    author: str
    is_own: bool
    text: str
    """Empty for one that was struck out."""
    parts: tuple[tuple[str, bool], ...]
    """The text cut at its mentions: (words, whether they name a colleague)."""
    written_at: dt.datetime
    edited_at: dt.datetime | None
    may_edit: bool
    may_strike: bool
    struck_at: dt.datetime | None
    struck_by: str
    struck_why: str


@dataclass(frozen=True, slots=True)
class NoteOfDossier:
    """A note by itself."""

    dossier_id: uuid.UUID
    card: NoteCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What colleagues say about a dossier, for the reader."""

    dossier_id: uuid.UUID
    notes: tuple[NoteCard, ...]
    is_followed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionCard:
    """A task: somebody named the reader in a note."""

    id: int
    dossier_id: uuid.UUID
    code: str | None
    procedure_name: str
    by: str
    at: dt.datetime
    text: str
    done_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """From whom work is taken."""

    kind: SourceKind
    id: int
    """Appointment, unit or agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """To whom it goes."""

    agency_id: int
    unit_id: int | None = None
    """The tray for what nobody works on by name."""
    officer_id: int | None = None
    """Who takes over what a specialist works on."""
    leader_id: int | None = None
    """Before whom proposals lie that lay before a leader by name; None: whoever leads the agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCard:
    """A mass transfer and how far it is."""

    id: uuid.UUID
    state: TransferState
    source: str
    destination: str
    reason: str
    decision: str
    ordered_by: str
    ordered_at: dt.datetime
    finished_at: dt.datetime | None
    total: int
    done: int
    refused: int
    may_go_back: bool
    """What it moved can be ordered back."""

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLineCard:
    """One dossier of a transfer."""

    dossier_id: uuid.UUID
    code: str
    line: LineState
    why: str
    """Code of the refusal; empty when there is none."""
    facts: Mapping[str, object]
    moved_at: dt.datetime | None
