"""What happened to a dossier. Ids and codes only: who listens asks for the rest, under its own authority."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.dossiers.rules.acts import Act
from vanlang.kernel.events import Event, event_type


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEvent(Event):
    """Base: which dossier, and the number of its movement, so that a handler called twice can tell."""

    dossier_id: uuid.UUID
    number: int
    """The dossier's version after the act."""
    code: str | None
    state: str
    agency_id: int
    """The competent agency."""


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted(DossierEvent):
    name: ClassVar[str] = "dossiers.submitted"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReceived(DossierEvent):
    name: ClassVar[str] = "dossiers.received"
    due_at: dt.datetime


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused(DossierEvent):
    name: ClassVar[str] = "dossiers.refused"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(DossierEvent):
    name: ClassVar[str] = "dossiers.supplement_requested"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementAnswered(DossierEvent):
    name: ClassVar[str] = "dossiers.supplement_answered"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(DossierEvent):
    """It changed hands inside the agencies: handed over, assigned, claimed, consulted, proposed, sent back."""

    name: ClassVar[str] = "dossiers.moved"
    act: str


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeApproved(DossierEvent):
    name: ClassVar[str] = "dossiers.outcome_approved"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSigned(DossierEvent):
    name: ClassVar[str] = "dossiers.outcome_signed"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReleased(DossierEvent):
    name: ClassVar[str] = "dossiers.outcome_released"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended(DossierEvent):
    name: ClassVar[str] = "dossiers.extended"
    due_at: dt.datetime


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(DossierEvent):
    name: ClassVar[str] = "dossiers.stopped"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(DossierEvent):
    name: ClassVar[str] = "dossiers.withdrawn"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDelivered(DossierEvent):
    name: ClassVar[str] = "dossiers.delivered"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDueMoved(DossierEvent):
    """A changed calendar moved the appointment; nobody acted on the dossier, so `number` is that of its last act."""

    name: ClassVar[str] = "dossiers.due_moved"
    from_due_at: dt.datetime
    due_at: dt.datetime
    calendar_version: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionAsked(DossierEvent):
    """Others were asked for their opinion; each has a time limit of its own."""

    name: ClassVar[str] = "dossiers.opinion_asked"
    opinion_ids: list[str]


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementProposed(DossierEvent):
    """A second request for supplements waits for the leader."""

    name: ClassVar[str] = "dossiers.supplement_proposed"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRequested(DossierEvent):
    """A phase is over: the citizen must fulfil an obligation before the next one."""

    name: ClassVar[str] = "dossiers.obligation_requested"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFulfilled(DossierEvent):
    """The second intake: the next phase began."""

    name: ClassVar[str] = "dossiers.obligation_fulfilled"
    due_at: dt.datetime


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyDrafted(DossierEvent):
    """The house drafted an apology: the appointment is a working day away and will hardly be kept."""

    name: ClassVar[str] = "dossiers.apology_drafted"
    due_at: dt.datetime
    new_due_at: dt.datetime


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReopened(DossierEvent):
    """An issued outcome is being corrected; it holds until it is replaced."""

    name: ClassVar[str] = "dossiers.reopened"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReplaced(DossierEvent):
    """A corrected outcome stands in the place of an issued one."""

    name: ClassVar[str] = "dossiers.outcome_replaced"
    outcome_id: uuid.UUID
    """The former one."""
    replaced_by_id: uuid.UUID


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRevoked(DossierEvent):
    name: ClassVar[str] = "dossiers.outcome_revoked"
    outcome_id: uuid.UUID
    revoked_on: dt.date


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStuck(Event):
    """A dossier could not move, or did not, for more than a working day."""

    name: ClassVar[str] = "dossiers.stuck"
    dossier_id: uuid.UUID
    agency_id: int
    """Who must see to it: where it lies, or who continues that agency."""
    reason: str
    """`StuckReason` value."""
    since: dt.datetime


EVENT_OF: dict[Act, type[DossierEvent]] = {
    Act.SUBMIT: DossierSubmitted,
    Act.RECEIVE: DossierReceived,
    Act.REFUSE: DossierRefused,
    Act.REQUEST_SUPPLEMENT: SupplementRequested,
    Act.ANSWER_SUPPLEMENT: SupplementAnswered,
    Act.HAND_OVER: DossierMoved,
    Act.ASSIGN: DossierMoved,
    Act.CLAIM: DossierMoved,
    Act.CONSULT: OpinionAsked,
    Act.GIVE_OPINION: DossierMoved,
    Act.PROPOSE: DossierMoved,
    Act.ENDORSE: DossierMoved,
    Act.APPROVE: OutcomeApproved,
    Act.RETURN_FOR_REWORK: DossierMoved,
    Act.SIGN: OutcomeSigned,
    Act.RELEASE: OutcomeReleased,
    Act.EXTEND: DossierExtended,
    Act.STOP: DossierStopped,
    Act.WITHDRAW: DossierWithdrawn,
    Act.DELIVER: DossierDelivered,
    Act.PROPOSE_SUPPLEMENT: SupplementProposed,
    Act.APPROVE_SUPPLEMENT: SupplementRequested,
    Act.DECLINE_SUPPLEMENT: DossierMoved,
    Act.CONSULT_UNIT: OpinionAsked,
    Act.FORGO_OPINION: DossierMoved,
    Act.CLOSE_PHASE: ObligationRequested,
    Act.FULFIL_OBLIGATION: ObligationFulfilled,
    Act.EXPLAIN_DELAY: DossierMoved,
    Act.DROP_APOLOGY: DossierMoved,
    Act.REOPEN: DossierReopened,
    Act.KEEP_OUTCOME: DossierMoved,
    Act.REVOKE: OutcomeRevoked,
    Act.TRANSFER: DossierMoved,
}
"""One event per act. Only `DRAFT` has none: no row exists yet."""
