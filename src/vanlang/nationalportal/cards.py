"""Frozen answers of the queries: what pages and upper apps get."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.kernel.labels import Sentence
from vanlang.nationalportal.types import (
    ClaimState,
    FeedChange,
    FeedRunState,
    ListChange,
    ListKind,
    PortalState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCard:
    """A dossier whose state another system owns."""

    id: uuid.UUID
    system: str
    """As people know it, where a route names it."""
    code: str
    procedure_name: str
    applicant: str
    """Masked in an officer's list; whole for whose it is."""
    state: PortalState
    state_label: str
    submitted_at: dt.datetime
    due_at: dt.datetime | None
    heard_at: dt.datetime
    address: str
    """Where to go on with it; empty when it was not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A claim, with both sides beside each other."""

    id: uuid.UUID
    code: str
    dossier_id: uuid.UUID | None
    """Set when it is one of ours."""
    system: str
    claimed_at: dt.datetime
    state: ClaimState
    state_label: str
    rows: tuple[tuple[str, str, str], ...]
    """(what, with us or its owner, as the claimant says)."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCard:
    """Which other system processes what, from when until when."""

    id: int
    procedure_code: str
    procedure_name: str
    agency: str
    system: str
    system_name: str
    valid_from: dt.date
    valid_to: dt.date | None
    decision: str
    is_in_force: bool
    may_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceCard:
    """A code that the portal and we do not have alike."""

    kind: ListKind
    kind_label: str
    code: str
    change: ListChange
    change_label: str
    theirs: str
    ours: str
    since_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResultCard:
    """A result that the national store holds of a person, for one paper of their dossier."""

    id: uuid.UUID
    required_document_id: int
    paper: str
    """Name of the paper that it stands for."""
    title: str
    number: str
    """Masked before an officer."""
    issuer: str
    why_not: str
    """Code of why its file was not taken the last time; empty when nobody tried, or it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCard:
    """What is known of the national store for one matter."""

    is_askable: bool
    """There is a store, and papers of the case can be replaced by results."""
    papers: tuple[str, ...]
    """Names of those papers."""
    asked_at: dt.datetime | None
    failure: str
    """Code of why there was no answer; empty when there was one, or nobody asked."""
    offers: tuple[StoredResultCard, ...]
    """What it named and the dossier does not use yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOrigin:
    """That a file of a dossier was fetched from the national store, its signature valid."""

    row: uuid.UUID
    file_id: uuid.UUID
    required_document_id: int
    kind: str
    """MaKetQua."""
    title: str
    number: str
    issuer: str
    sha256: str
    verified_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRunCard:
    """One reading of the portal's catalogue."""

    id: uuid.UUID
    state: FeedRunState
    asked_at: dt.datetime
    asked_by: str
    """Empty: the night."""
    total: int
    done: int
    silent: int
    failure: Sentence | None
    finished_at: dt.datetime | None

    @property
    def is_running(self) -> bool:
        return self.state is FeedRunState.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItemCard:
    """A procedure that the portal does not have as we do."""

    code: str
    name: str
    change: FeedChange
    change_label: str
    problem: Sentence | None
    """Why it cannot be read, and what to do."""
    differing: tuple[str, ...]
    """What differs, in words."""
    since_at: dt.datetime
    is_open: bool
    is_proposed: bool
    proposed_by: str
    proposer_account_id: int | None
    proposed_at: dt.datetime | None
    valid_from: dt.date | None
    is_taken: bool
    decided_by: str
    decided_at: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One place of a procedure: what it is, ours, theirs."""

    place: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A procedure with both versions beside each other."""

    card: FeedItemCard
    lines: tuple[FeedLine, ...]
    is_beside: bool
    """Both sides have it."""
