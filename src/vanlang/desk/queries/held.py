"""What the state has already issued to who stands at the counter, and for which paper of the procedure it stands."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.audit.api import record_read
from vanlang.catalogue.api import CaseCard
from vanlang.desk import labels
from vanlang.identity.api import Actor, check_personal_id, clean_personal_id, find_person
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.labels import sentence_of
from vanlang.registers import api as registers
from vanlang.registers.api import MaskedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOffer:
    """An entry that its holder may let the dossier use. Masked: what it says is shared by consent."""

    entry: MaskedEntry
    holder_id: uuid.UUID
    papers: tuple[tuple[int, str], ...]
    """(id, name) of the papers that it stands for."""
    why_not: str = ""
    """Why it cannot be used; empty when it can."""


def list_held_offers(
    number: str, *, case: CaseCard | None, actor: Actor, at: dt.datetime
) -> tuple[HeldOffer, ...]:
    """
    Return what the person of a number holds that stands for papers of a case; the look is written first.

    Nothing for a number that is nobody's, and nothing where the case takes no result instead of a paper.
    """
    takes = [take for take in case.takes if take.required_document_id is not None] if case else []
    clean = clean_personal_id(number)
    if case is None or not takes or not clean or check_personal_id(clean) is not None:
        return ()
    holder = find_person(clean)
    if holder is None:
        return ()
    record_read(
        act="desk.list_held", actor=actor, object_type="person", object_id=holder.id,
        purpose=labels.COUNTER_PURPOSE, at=at,
    )  # fmt: skip
    names = {paper.id: paper.name for paper in case.documents}
    found = registers.list_masked(
        holder.id, on=at.astimezone(VIETNAM).date(), registers={take.register for take in takes}
    )
    return tuple(
        HeldOffer(
            entry=one,
            holder_id=holder.id,
            papers=tuple(
                (take.required_document_id, names[take.required_document_id])
                for take in takes
                if take.register == one.register_code and take.required_document_id in names
            ),
            why_not=sentence_of(one.why_not).says if one.why_not else "",
        )
        for one in found
    )
