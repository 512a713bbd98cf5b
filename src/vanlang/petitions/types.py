from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PetitionState(StrEnum):
    """Where a petition stands. Who may do what in which is the table in `rules/flow.py`."""

    FILED = "filed"
    """Arrived; nobody has looked what it is."""
    CLASSIFIED = "classified"
    """A person said what it is; whether it is handled here is not decided."""
    ACCEPTED = "accepted"
    """Being handled."""
    AWAITING_SENDER = "awaiting_sender"
    """The sender was asked for more; the clock of handling stands still."""
    PROPOSED = "proposed"
    """An answer lies before the leader."""
    ANSWERED = "answered"
    """The sender has the answer; whether the public gets it is owed."""
    PUBLISHED = "published"
    WITHHELD = "withheld"
    """Answered, and by a decision with a reason not public, or no longer."""
    REFUSED = "refused"
    RETURNED = "returned"
    """Given back to where it came from: another authority's matter."""
    REFERRED = "referred"
    """A rating, a legal complaint or a denunciation: the sender was told where it belongs."""
    MERGED = "merged"
    """Brought before: an earlier petition answers for it."""


class PetitionAct(StrEnum):
    FILE = "file"
    CLASSIFY = "classify"
    ROUTE = "route"
    """To another agency."""
    ASSIGN = "assign"
    """To a unit or an officer of the agency."""
    ACCEPT = "accept"
    REFUSE = "refuse"
    RETURN = "return"
    REFER = "refer"
    MERGE = "merge"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    GO_ON = "go_on"
    """Without what the sender was asked for."""
    PROPOSE_ANSWER = "propose_answer"
    SEND_BACK = "send_back"
    """The leader wants another answer."""
    APPROVE_ANSWER = "approve_answer"
    PUBLISH = "publish"
    WITHHOLD = "withhold"
    UNPUBLISH = "unpublish"
    SAY_SATISFACTION = "say_satisfaction"
    REISSUE_SECRET = "reissue_secret"  # noqa: S105 - the name of an act
    """At a counter, to a sender who lost it and shows who they are."""


class IdentityProof(StrEnum):
    """By what a sender who lost the secret shows at a counter who they are."""

    CARD = "card"
    """The identity card: its number is on record."""
    PHONE = "phone"
    """The telephone on record: it rings in the sender's hand."""


class PetitionKind(StrEnum):
    """What a petition is, as a person classified it."""

    REGULATION = "regulation"
    """About a rule or a procedure: what the law asks."""
    CONDUCT = "conduct"
    """About how officers behave."""
    HANDLING = "handling"
    """About how a dossier is handled."""
    OTHER = "other"
    RATING = "rating"
    """A rating of a service: said on the page of the dossier."""
    COMPLAINT = "complaint"
    """A complaint in the sense of the law, against a decision or an act."""
    DENUNCIATION = "denunciation"


NOT_OURS = frozenset({PetitionKind.RATING, PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Kinds that are not handled here (ADR 0022): told where they belong, their text not shown on."""
HIDDEN = frozenset({PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Kinds whose words nobody reads here any more once they were referred."""


class PetitionSource(StrEnum):
    PORTAL = "portal"
    COUNTER = "counter"
    NATIONAL = "national"
    HOTLINE = "hotline"


class PetitionParty(StrEnum):
    """In which capacity somebody acts."""

    SENDER = "sender"
    HANDLER = "handler"
    """An officer of the agency that holds it: counter or specialist."""
    LEADER = "leader"
    SYSTEM = "system"
    """The house, or another system that speaks for the sender."""


class PetitionClock(StrEnum):
    """The four clocks of ADR 0022."""

    DECIDE = "decide"
    """Refuse, return or accept."""
    ASK = "ask"
    """Ask the sender for more, for the first time."""
    HANDLE = "handle"
    PUBLISH = "publish"


class PetitionGround(StrEnum):
    """Why a petition is refused or returned."""

    UNCLEAR = "unclear"
    """Nothing in it can be looked into."""
    INSULT = "insult"
    """Only insults, advertising or nonsense."""
    ANSWERED_BEFORE = "answered_before"
    """The same matter was answered, and nothing new is said."""
    NOT_HERE = "not_here"
    """Another authority's matter."""
    OTHER = "other"


class RepeatGround(StrEnum):
    """Why a petition is taken for a repetition."""

    SENDER = "sender"
    """The same sender about the same matter."""
    WORDS = "words"
    """The same words."""


class AnswerState(StrEnum):
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class SatisfactionWay(StrEnum):
    """How it is known that the sender said it."""

    SECRET = "secret"  # noqa: S105 - a way, not a password
    SIGNED_IN = "signed_in"
    NATIONAL = "national"
    """Told by the national system, where the sender signed in."""


class PersonalFact(StrEnum):
    """What a published text must not contain."""

    NAME = "name"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    PLATE = "plate"
    ADDRESS = "address"
    DOSSIER_CODE = "dossier_code"
    NUMBER = "number"
    """A long number of no known shape."""


class PetitionFilter(StrEnum):
    """The piles of an inbox."""

    TO_DECIDE = "to_decide"
    HANDLING = "handling"
    MINE = "mine"
    FOR_LEADER = "for_leader"
    WAITING = "waiting"
    TO_PUBLISH = "to_publish"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, as far as they said. Personal data."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    personal_id: str = field(default="", repr=False)
    """Known of who signed in; never asked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that comes with a petition, as it was uploaded."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a petition says when it arrives."""

    title: str = field(repr=False)
    text: str = field(repr=False)
    sender: Sender
    agency_id: int
    source: PetitionSource
    external_id: str = ""
    """The code in the system it came from."""
    once: uuid.UUID | None = field(default=None, repr=False)
    """What the page of the form carried: the same is the same petition, with the same secret."""
    dossier_code: str = ""
    """Which dossier it is about, as the sender wrote it."""
    files: tuple[Sheet, ...] = ()
    stored: tuple[uuid.UUID, ...] = ()
    """Files that were kept before."""
    filed_at: dt.datetime | None = None
    """When it was sent, when that was before it arrived here."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What the sender takes away."""

    id: uuid.UUID
    code: str
    secret: str = field(repr=False)
    """Shown once; empty when somebody else's system keeps the sender."""
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer to the sender, and the version of question and answer for everybody."""

    text: str = field(repr=False)
    public_title: str = field(default="", repr=False)
    public_question: str = field(default="", repr=False)
    public_answer: str = field(default="", repr=False)

    def as_json(self) -> dict[str, str]:
        return {
            "text": self.text,
            "public_title": self.public_title,
            "public_question": self.public_question,
            "public_answer": self.public_answer,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, str] | None) -> AnswerWords:
        return cls(**told) if told else cls("")


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act left behind."""

    id: uuid.UUID
    version: int
    state: PetitionState
