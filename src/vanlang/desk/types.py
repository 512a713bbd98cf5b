"""Words of the desk: what its pages are made of, and what is brought to the counter."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from vanlang.catalogue.api import ProcedureCard
from vanlang.dossiers.api import AttachmentCard, Channel, DossierPage, Form, OutcomeInfo, SeatCard
from vanlang.files.api import FileCard
from vanlang.intake.api import Doubles, PartiesTold
from vanlang.nationalportal.api import Brought
from vanlang.petitions.api import AboutCard
from vanlang.registers.api import UseCard
from vanlang.ui.types import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """A line of a list with its due date in words."""

    card: SeatCard
    left: str
    """"còn 2 ngày làm việc", "quá hạn 1 ngày làm việc", "tạm dừng"."""
    tone: Tone
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper of a dossier as it is listed and shown."""

    card: AttachmentCard
    file: FileCard | None
    """None for papers that were not scanned."""
    page_numbers: tuple[int, ...] = ()
    """Pages that are drawn as pictures; empty for pictures and files that are only downloaded."""
    origin: str = ""
    """Where it came from when nobody handed it in."""

    @property
    def counts(self) -> str:
        """What was handed over: "1 bản chính, 2 bản sao", "bản điện tử"."""
        parts = [f"{self.card.originals} bản chính"] * bool(self.card.originals)
        parts += [f"{self.card.copies} bản sao"] * bool(self.card.copies)
        return ", ".join(parts) or "bản điện tử"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """The outcome of a dossier with what can be looked at."""

    info: OutcomeInfo
    page_numbers: tuple[int, ...]
    verdict: str = ""
    """What the signature is worth, in words; empty before it was signed."""
    verdict_tone: Tone = "neutral"
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """How long results of a kind hold, as their register says, and the day on which the draft is written."""

    months: int
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One thing that somebody was told of a dossier, and what became of it on each way."""

    title: str
    told_at: dt.datetime
    is_read: bool
    ways: tuple[tuple[str, str, str, Tone], ...]
    """(channel, masked address, state in words, tone)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything that the page of a dossier shows."""

    page: DossierPage
    left: str
    tone: Tone
    due_lines: tuple[str, ...]
    papers: tuple[PaperView, ...]
    shown: PaperView | None
    """The paper that is open beside the acts."""
    answers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Answers of the form in words, group by group."""
    forms: tuple[tuple[Form, str], ...]
    """Printed forms that there is something to print on."""
    outcome: OutcomeView | None
    uses: tuple[tuple[UseCard, str, Tone], ...] = ()
    """Results of registers that the applicant handed in by reference: (use, state in words, tone)."""
    messages: tuple[MessageLine, ...] = ()
    """What was told of it, newest first."""
    next_steps: tuple[ProcedureCard, ...] = ()
    """Procedures that take this result; for the counter."""
    petitions: tuple[tuple[AboutCard, str, bool], ...] = ()
    """Petitions about it: (card, state in words, whether this agency holds it). That they exist; nothing waits for them."""
    portal_code: str = ""
    """By which code the national portal knows it, when it was filed there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedPaper:
    """One line of papers as it was handed over the counter."""

    document_id: int
    name: str
    originals: int
    copies: int
    scans: tuple[tuple[str, bytes], ...] = ()
    """(name, content) of each scanned file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUse:
    """The consent of who stands at the counter: this result instead of that paper."""

    entry_id: uuid.UUID
    holder_id: uuid.UUID
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterIntake:
    """A dossier as it is brought to the counter."""

    dossier_id: uuid.UUID
    """Made with the page: pressed twice, the same dossier is answered."""
    version_id: int
    case_id: int | None
    procedure_code: str
    parties: PartiesTold
    request: str
    channel: Channel
    competent_agency_id: int
    return_agency_id: int
    papers: tuple[HandedPaper, ...]
    answers: Mapping[str, object] = field(default_factory=dict)
    visit_id: uuid.UUID | None = None
    """The ticket of the queue, or the envelope, with which it came."""
    by_post: bool = False
    """The result goes back by post."""
    doubles: Doubles = field(default_factory=Doubles)
    """What may be there already; the officer saw it and goes on."""
    uses: tuple[HeldUse, ...] = ()
    """Results of registers that the person at the counter lets it use instead of papers."""
    brought: tuple[Brought, ...] = ()
    """Files of the national store, fetched by their consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What the counter tells the citizen."""

    page: DossierPage
    due_lines: tuple[str, ...]
    next_unit_ids: tuple[tuple[int, str], ...]
    """Units to which it can be handed over at once."""
    at: dt.datetime
