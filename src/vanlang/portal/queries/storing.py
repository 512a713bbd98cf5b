"""What the national store can replace in a draft, in whose name it is asked, and where a file came from."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.catalogue.api import CaseCard
from vanlang.identity.api import Actor, get_person
from vanlang.intake.api import DraftCard
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.nationalportal.api import FiledBy, Matter, StoreCard, StoredResultCard, StoreOrigin, get_store

SILENT = "nationalportal.store_is_silent"


@dataclass(frozen=True, slots=True)
class StoreOffer:
    """A result of the store as a line of the page."""

    id: uuid.UUID
    name: str
    """ "Giấy chứng nhận kết hôn số 15/GCN-KH"."""
    issuer: str
    paper: str
    why_not: Sentence | None
    """Why its file was not taken the last time."""


@dataclass(frozen=True, slots=True)
class StoreSection:
    """What the page of papers says of the national store."""

    papers: tuple[str, ...]
    asked_at: dt.datetime | None
    trouble: Sentence | None
    offers: tuple[StoreOffer, ...]


def store_section(
    draft: DraftCard, case: CaseCard | None, *, actor: Actor, on: dt.date
) -> StoreSection | None:
    """Return what is said of the store, None where it can replace nothing: for somebody else nobody is asked."""
    if actor.person_id is None or not _is_for_oneself(draft):
        return None
    card = get_store(draft.id, case=case, on=on, owner=actor.person_id)
    return _section(card) if card.is_askable else None


def matter_of(draft: DraftCard, case: CaseCard, procedure: tuple[str, str], *, actor: Actor) -> Matter | None:
    """Return in whose name the store is asked for a draft (`procedure`: code, name); None where it may not be."""
    if actor.person_id is None or not _is_for_oneself(draft):
        return None
    person, (code, name) = get_person(actor.person_id), procedure
    return Matter(
        id=draft.id,
        person_id=person.id,
        personal_id=person.personal_id,
        full_name=person.full_name,
        procedure_code=code,
        case=case,
        filed_by=FiledBy.ONLINE,
        purpose=f"Nộp hồ sơ: {name}",
    )


def origin_in_words(origin: StoreOrigin) -> str:
    """Return where a file of a dossier came from."""
    issuer = f", {origin.issuer} cấp" if origin.issuer else ""
    return f"Lấy từ kho dữ liệu quốc gia: {origin.title} số {origin.number}{issuer}; chữ ký số hợp lệ"


def _is_for_oneself(draft: DraftCard) -> bool:
    return draft.entity_id is None and draft.mandate_id is None and draft.other_applicant is None


def _section(card: StoreCard) -> StoreSection:
    return StoreSection(
        papers=card.papers,
        asked_at=card.asked_at,
        trouble=sentence_of(SILENT) if card.failure else None,
        offers=tuple(_offer(one) for one in card.offers),
    )


def _offer(one: StoredResultCard) -> StoreOffer:
    return StoreOffer(
        id=one.id,
        name=f"{one.title} số {one.number}",
        issuer=one.issuer,
        paper=one.paper,
        why_not=sentence_of(one.why_not) if one.why_not else None,
    )
