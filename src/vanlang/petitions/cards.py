"""What other apps and pages get of a petition: values, drawn once."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from vanlang.petitions.types import (
    AnswerState,
    AnswerWords,
    PersonalFact,
    PetitionAct,
    PetitionClock,
    PetitionKind,
    PetitionSource,
    PetitionState,
    RepeatGround,
    Sender,
)


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """A line of the inbox: no personal data."""

    id: uuid.UUID
    code: str
    title: str
    """Without anything that names somebody."""
    kind: PetitionKind | None
    state: PetitionState
    source: PetitionSource
    filed_at: dt.datetime
    due_at: dt.datetime | None
    is_late: bool
    """The clock that runs now is missed, or one that ran was."""
    is_repeated: bool
    holder: str
    unit: str


@dataclass(frozen=True, slots=True)
class ClockCard:
    """One clock as a page shows it."""

    clock: PetitionClock
    due_at: dt.datetime
    done_at: dt.datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the sender."""

    id: uuid.UUID
    name: str
    size_bytes: int
    supplement: int | None


@dataclass(frozen=True, slots=True)
class SupplementCard:
    """What the sender was asked, and what they sent. Personal data."""

    number: int
    question: str = field(repr=False)
    asked_at: dt.datetime
    answer_by_at: dt.datetime
    answer: str | None = field(repr=False)
    closed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One version of the answer. Personal data."""

    number: int
    words: AnswerWords
    state: AnswerState
    drafted_by: str
    drafted_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class MovementCard:
    """One act of its life."""

    number: int
    act: PetitionAct
    at: dt.datetime
    who: str
    agency: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LikeCard:
    """An earlier petition that may be the same, as far as the officer may see it. Personal data."""

    id: uuid.UUID
    code: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    state: PetitionState
    filed_at: dt.datetime
    ground: RepeatGround
    likeness_percent: int
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Everything an officer's page of a petition shows. Personal data: the read was written."""

    id: uuid.UUID
    code: str
    version: int
    state: PetitionState
    kind: PetitionKind | None
    source: PetitionSource
    external_id: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    more_characters: int
    """Characters of the text that are not shown here."""
    is_hidden: bool
    """A referred complaint or denunciation: its words are not shown on."""
    sender: Sender
    agency_id: int
    agency: str
    unit: str
    holder: str
    about_id: int | None
    """The officer complained of."""
    about: str
    must_go_above: bool
    """They lead the agency that holds it: it goes to the province."""
    dossier_id: uuid.UUID | None
    dossier_code: str
    filed_at: dt.datetime
    due_at: dt.datetime | None
    clocks: tuple[ClockCard, ...]
    acts: tuple[PetitionAct, ...]
    files: tuple[SentFile, ...]
    supplements: tuple[SupplementCard, ...]
    answers: tuple[AnswerCard, ...]
    movements: tuple[MovementCard, ...]
    likes: tuple[LikeCard, ...]
    repeats_code: str
    repeats_id: uuid.UUID | None
    repeated_by: int
    """How many later ones repeat this one."""
    merged_code: str
    published: AnswerWords | None
    publication_id: uuid.UUID | None
    is_satisfied: bool | None
    why: str = field(repr=False)

    @property
    def answer(self) -> AnswerCard | None:
        """Return the version that stands."""
        return next((one for one in self.answers if one.state is not AnswerState.SENT_BACK), None)


@dataclass(frozen=True, slots=True)
class SenderPage:
    """What the sender sees of their petition."""

    id: uuid.UUID
    code: str
    state: PetitionState
    title: str = field(repr=False)
    text: str = field(repr=False)
    agency: str
    filed_at: dt.datetime
    answer_by_at: dt.datetime | None
    """Until when it is to be answered; None while it waits for the sender, or when it will not be."""
    question: SupplementCard | None
    supplements: tuple[SupplementCard, ...]
    files: tuple[SentFile, ...]
    answer: str = field(repr=False)
    answered_at: dt.datetime | None
    end_says: str
    end_do_now: str
    end_reason: str = field(repr=False)
    publication_id: uuid.UUID | None
    is_satisfied: bool | None
    why: str = field(repr=False)
    may_say: bool


@dataclass(frozen=True, slots=True)
class PublishedCard:
    """A question and its answer, for everybody."""

    id: uuid.UUID
    title: str
    question: str
    answer: str
    kind: PetitionKind
    agency: str
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AboutCard:
    """That a petition about a dossier exists. No words, nobody's name."""

    id: uuid.UUID
    code: str
    state: PetitionState
    filed_at: dt.datetime
    agency_id: int


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """What an agency made of the petitions of a period."""

    agency_id: int
    agency: str
    filed: int
    open: int
    answered: int
    on_time: int
    """Of those that are closed or answered: with no clock missed."""
    late: int
    """Answered or closed late, or open and past a clock."""
    not_taken: int
    """Refused, returned, referred, merged."""
    satisfied: int
    unsatisfied: int
    """Who said so."""
    repeated: int
    counts_unsatisfied: int
    """As the national measure counts: who said so, or answered late, or brought before."""

    @property
    def measured(self) -> int:
        return self.on_time + self.late

    @property
    def on_time_percent(self) -> int | None:
        return round(100 * self.on_time / self.measured) if self.measured else None

    @property
    def satisfied_percent(self) -> int | None:
        said = self.satisfied + self.unsatisfied
        return round(100 * self.satisfied / said) if said else None


@dataclass(frozen=True, slots=True)
class Told:
    """What another system is told about a petition that it brought."""

    id: uuid.UUID
    version: int
    external_id: str
    state: PetitionState
    text: str = field(repr=False)
    """The answer, or why there is none."""
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain, or marked as what must not be published."""

    text: str = field(repr=False)
    fact: PersonalFact | None = None
    certain: bool = False
