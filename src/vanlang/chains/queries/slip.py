"""One appointment slip for a whole chain: its legs with who settles each, one date, one code that leads to its page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from vanlang.audit.api import record_read
from vanlang.chains import labels
from vanlang.chains.models import Chain
from vanlang.chains.queries.chains import get_chain
from vanlang.chains.types import LegCard
from vanlang.documents.api import Head, PaperData, Qr, head_of, typeset
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency

AddressOf = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLeg:
    """One leg as the citizen reads it."""

    title: str
    agency: str
    code: str
    """Of its dossier; empty while it has none."""
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSlip(PaperData):
    """The slip. No annex prescribes its layout."""

    template: ClassVar[str] = "chains/slip.typ"

    head: Head
    title: str
    applicant: str
    opened_at: dt.datetime
    printed_at: dt.datetime
    legs: tuple[SlipLeg, ...]
    due_at: dt.datetime | None
    tracking: Qr


def print_slip(chain_id: uuid.UUID, *, address_of: AddressOf, actor: Actor, at: dt.datetime) -> bytes:
    """Return the slip of a chain that the officer's agency took in; the read is written first. Raises: ChainNotFoundError."""
    card = get_chain(chain_id, actor=actor, at=at)
    record_read(
        act="chains.print_slip", actor=actor, object_type="chain", object_id=chain_id,
        purpose=labels.INTAKE_PURPOSE, at=at,
    )  # fmt: skip
    row = Chain.objects.get(pk=chain_id)
    agency = get_agency(row.intake_agency_id, at.astimezone(VIETNAM).date())
    slip = ChainSlip(
        head=head_of(agency),
        title=card.title,
        applicant=row.applicant_name,
        opened_at=card.opened_at,
        printed_at=at,
        legs=tuple(_leg(leg) for leg in card.legs),
        due_at=card.due_at or card.forecast_at,
        tracking=Qr(address_of(card.token)),
    )
    return typeset(slip.template, slip, agency_code=agency.code)


def _leg(leg: LegCard) -> SlipLeg:
    return SlipLeg(
        title=leg.title,
        agency=leg.agency_name,
        code=leg.code or "",
        state=labels.LEG_STATES[leg.state],
    )
