"""From rows to values that several questions need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vanlang.files.api import get_files
from vanlang.identity.api import get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies
from vanlang.petitions.cards import ClockCard, PetitionLine, SentFile, SupplementCard
from vanlang.petitions.labels import TAKEN_OUT
from vanlang.petitions.models import Petition, PetitionAttachment, PetitionSupplement
from vanlang.petitions.rules.clocks import Times, is_late, look
from vanlang.petitions.rules.names import introduced
from vanlang.petitions.rules.privacy import find, redact
from vanlang.petitions.rules.text import SHOWN, harmless
from vanlang.petitions.types import NOT_OURS, PetitionKind, PetitionSource, PetitionState, Sender


@dataclass(frozen=True, slots=True)
class Names:
    """What agencies and officers of some petitions are called, asked once."""

    agencies: dict[int, str]
    officers: dict[int, str]
    units: dict[int, str]

    @classmethod
    def of(cls, rows: Iterable[Petition], at: dt.datetime, *, officers: Iterable[int | None] = ()) -> Names:
        rows = list(rows)
        cards = get_appointments(
            [one for one in (*(row.holder_id for row in rows), *officers) if one is not None]
        )
        agencies = get_agencies({row.agency_id for row in rows}, at.astimezone(VIETNAM).date())
        return cls(
            {key: card.short_name for key, card in agencies.items()},
            {key: card.name for key, card in cards.items()},
            {key: card.unit_name for key, card in cards.items()},
        )


def sender_of(row: Petition) -> Sender:
    return Sender(**(row.contact or {}))


def known_sender_of(row: Petition) -> Sender:
    """Return the sender by everything that is known of them: who left no name may have said it in their words."""
    sender = sender_of(row)
    return sender if sender.name else replace(sender, name=introduced(row.words["text"][:SHOWN]))


def times_of(row: Petition) -> Times:
    return Times(
        decide_due_at=row.decide_due_at,
        decided_at=row.decided_at,
        ask_due_at=row.ask_due_at,
        asked_at=row.asked_at,
        handle_due_at=row.handle_due_at,
        handled_at=row.handled_at,
        publish_due_at=row.publish_due_at,
        published_at=row.published_at,
    )


def clocks_of(row: Petition, at: dt.datetime) -> tuple[ClockCard, ...]:
    """Return the clocks of a petition; one that was ended undone is not looked at."""
    return tuple(
        ClockCard(kept.clock, kept.due_at, kept.done_at, kept.is_late) for kept in look(times_of(row), at=at)
    )


def is_row_late(row: Petition, at: dt.datetime) -> bool:
    return is_late(times_of(row), at=at)


def public_title(row: Petition) -> str:
    """Return the title without anything that names somebody; of a complaint or a denunciation nothing."""
    if row.kind in NOT_OURS and row.state == PetitionState.REFERRED:
        return "Nội dung không hiển thị"
    title = harmless(row.words["title"])
    return redact(title, find(title, known_sender_of(row)), TAKEN_OUT)


def lines_of(rows: Sequence[Petition], at: dt.datetime) -> list[PetitionLine]:
    names = Names.of(rows, at)
    return [
        PetitionLine(
            id=row.pk,
            code=row.code,
            title=public_title(row),
            kind=PetitionKind(row.kind) if row.kind else None,
            state=PetitionState(row.state),
            source=PetitionSource(row.source),
            filed_at=row.filed_at,
            due_at=row.due_at,
            is_late=is_row_late(row, at),
            is_repeated=row.repeats_id is not None,
            holder=names.officers.get(row.holder_id or 0, ""),
            unit=names.units.get(row.holder_id or 0, ""),
        )
        for row in rows
    ]


def files_of(row: Petition) -> tuple[SentFile, ...]:
    sent = list(
        PetitionAttachment.objects.filter(petition=row).select_related("supplement").order_by("number")
    )
    cards = get_files([one.file_id for one in sent])
    return tuple(
        SentFile(
            one.pk,
            harmless(cards[one.file_id].name),
            cards[one.file_id].size_bytes,
            one.supplement.number if one.supplement else None,
        )
        for one in sent
    )


def supplements_of(row: Petition) -> tuple[SupplementCard, ...]:
    asked = PetitionSupplement.objects.filter(petition=row).order_by("number")
    return tuple(
        SupplementCard(
            one.number,
            one.question,
            one.asked_at,
            one.answer_by_at,
            harmless(one.answer) if one.answer else one.answer,
            one.closed_at,
        )
        for one in asked
    )
