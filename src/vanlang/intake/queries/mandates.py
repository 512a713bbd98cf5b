"""Mandates as they are shown and printed: the confirmation in words, the paper behind it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from vanlang.catalogue.api import find_procedure
from vanlang.documents.api import Head, PaperData
from vanlang.files.api import FileCard, get_files
from vanlang.identity.api import MANDATE_KINDS, MandateCard, get_appointments, get_mandate
from vanlang.intake.models import MandateEvidence
from vanlang.intake.rules.mandate_words import confirmation
from vanlang.organizations.api import get_agency


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSlip(PaperData):
    """The slip that a principal signs at the counter. No form of a circular: the house's own."""

    template: ClassVar[str] = "intake/forms/mandate-slip.typ"

    head: Head
    on: dt.datetime
    kind: str
    ground: str | None
    principal: str
    agent: str
    sentences: tuple[str, ...]
    officer_name: str


def procedure_names(codes: Sequence[str], on: dt.date) -> tuple[str, ...]:
    """Return the names of procedures as they are called on a day; a code whose procedure is gone stays a code."""
    found = ((code, find_procedure(code, on)) for code in codes)
    return tuple(card.name if card else code for code, card in found)


def words_of_mandate(card: MandateCard, on: dt.date) -> tuple[str, ...]:
    """Return what the principal agreed to, in sentences."""
    return confirmation(
        principal=card.principal_name,
        agent=card.agent_name,
        procedures=procedure_names(card.procedure_codes, on),
        valid_from=card.valid_from,
        valid_to=card.valid_to,
    )


def mandate_slip(mandate_id: uuid.UUID, *, agency_id: int, at: dt.datetime) -> MandateSlip:
    """Return what the slip of a mandate prints. Raises: UnknownMandateError."""
    card, agency = get_mandate(mandate_id), get_agency(agency_id, at.date())
    officer = get_appointments([card.recorded_by_id] if card.recorded_by_id else []).get(
        card.recorded_by_id or 0
    )
    return MandateSlip(
        head=Head(agency=agency.name, place=agency.short_name.split(" ", 1)[-1]),
        on=card.given_at,
        kind=MANDATE_KINDS[card.kind],
        ground=card.ground or None,
        principal=card.principal_name,
        agent=card.agent_name,
        sentences=words_of_mandate(card, at.date()),
        officer_name=officer.name if officer else "",
    )


def list_evidence(mandate_id: uuid.UUID) -> list[FileCard]:
    """Return the scanned papers of a mandate, oldest first."""
    ids = list(
        MandateEvidence.objects.filter(mandate_id=mandate_id)
        .order_by("added_at", "id")
        .values_list("file_id", flat=True)
    )
    known = get_files(ids)
    return [known[file_id] for file_id in ids]
