"""Results that a citizen holds, as lines of the filing wizard, and what can be done next with one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from vanlang.catalogue.api import get_version, list_takers
from vanlang.dossiers.api import DossierPage, State
from vanlang.eforms.api import FormDefinition
from vanlang.intake.api import Offer, ReuseCard
from vanlang.kernel.labels import sentence_of
from vanlang.portal.types import OfferLine, ReuseLine
from vanlang.registers.api import EntryState, find_standing_of_dossier


@dataclass(frozen=True, slots=True)
class NextStep:
    """A procedure that takes the result of a dossier."""

    name: str
    url: str
    """Where it is begun, the result in hand."""
    is_ready: bool


def offer_line(one: Offer) -> OfferLine:
    """Return a result that may be handed in by reference, or why not."""
    return OfferLine(
        entry_id=str(one.entry_id),
        name=f"{one.title} số {one.number}",
        about=f"{one.agency} cấp ngày {one.valid_from:%d/%m/%Y}",
        why_not=sentence_of(one.why_not) if one.why_not else None,
    )


def reuse_line(one: ReuseCard, labels: Mapping[str, str]) -> ReuseLine:
    """Return a result that the draft uses; `labels` are the questions of its form."""
    return ReuseLine(
        id=str(one.id),
        name=f"{one.title} số {one.number}",
        about=one.agency,
        why_not=sentence_of(one.why_not) if one.why_not else None,
        filled=tuple((key, labels[key], key in one.changed) for key in one.filled if key in labels),
    )


def form_reuses(reuses: tuple[ReuseCard, ...], definition: FormDefinition | None) -> tuple[ReuseLine, ...]:
    """Return the results that filled the form, each once, with the questions they filled."""
    labels = {field.name: field.label for field in definition.fields} if definition else {}
    lines = (reuse_line(one, labels) for one in reuses if one.filled)
    return tuple(line for line in lines if line.filled)


def next_steps(dossier: DossierPage, on: dt.date) -> tuple[NextStep, ...]:
    """Return what the holder of a released result can do next: computed from the catalogue, nothing is drawn by hand."""
    if dossier.state not in {State.RELEASED, State.DELIVERED}:
        return ()
    case = get_version(dossier.procedure_version_id).case(dossier.case_id)
    standing = (
        find_standing_of_dossier(dossier.id, on=on) if case is not None and case.yields is not None else None
    )
    if case is None or case.yields is None or standing is None or standing.state is not EntryState.VALID:
        return ()
    return tuple(
        NextStep(
            name=card.name,
            url=f"{reverse('portal:new_draft', args=[card.code])}?tu={standing.entry_id}"
            if card.is_ready
            else reverse("portal:procedure", args=[card.code]),
            is_ready=card.is_ready,
        )
        for card in list_takers(case.yields.register, on)
        if card.code != dossier.procedure_code
    )
