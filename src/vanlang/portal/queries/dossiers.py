"""A citizen's own dossier as one page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from vanlang.calendars.api import Explanation
from vanlang.catalogue.api import get_version
from vanlang.dossiers.api import (
    HATS,
    PAPER_STATES,
    RATEABLE,
    Act,
    AttachmentCard,
    AttachmentKind,
    DossierPage,
    Hat,
    PaperCopyCard,
    Party,
    State,
    SupplementCard,
    explain_due,
    find_paper_copy,
    get_for_citizen,
)
from vanlang.eforms.api import answers_by_group
from vanlang.files.api import FileCard, get_files
from vanlang.identity.api import Actor
from vanlang.intake.api import form_of
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.api import StoreOrigin, list_origins
from vanlang.petitions.api import AboutCard, list_about_dossier
from vanlang.portal.queries.reusing import NextStep, next_steps
from vanlang.portal.queries.storing import origin_in_words
from vanlang.portal.rules import words
from vanlang.portal.types import FileLine
from vanlang.ui.types import Tone

_HANDED_IN = {AttachmentKind.SUBMITTED, AttachmentKind.SUPPLEMENT}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A paper that was handed in, with when and why."""

    name: str
    added_at: dt.datetime
    as_supplement: bool
    counts: str
    """ "1 bản chính"; empty when nothing was counted."""
    file: FileLine | None
    """None: handed in on paper and not scanned."""


@dataclass(frozen=True, slots=True)
class MyDossier:
    """What its applicant sees of a dossier."""

    dossier: DossierPage
    needs_answer: bool
    open_supplement: SupplementCard | None
    may_withdraw: bool
    has_receipt: bool
    has_outcome: bool
    explanation: Explanation | None
    papers: tuple[HandedIn, ...]
    places: tuple[tuple[str, str], ...]
    """(what for, agency); one line where one agency is all of it."""
    answers: list[tuple[str, list[tuple[str, str]]]]
    next_steps: tuple[NextStep, ...]
    """Procedures that take this result."""
    paper_copy: PaperCopyCard | None
    """The paper of an electronic outcome: its second delivery."""
    paper_label: str
    paper_tone: Tone
    paper_wish: str
    """ "want" or "decline", whichever its citizen may do now; empty when neither."""
    may_rate: bool
    petitions: tuple[AboutCard, ...]
    """That petitions about it exist; their words are their senders'."""


def dossier_page(dossier_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> MyDossier:
    """Return one's own dossier. Raises: DossierNotFound."""
    dossier = get_for_citizen(dossier_id, actor=actor, at=at)
    acts = {button.act for button in dossier.acts}
    outcome = dossier.outcome
    paper = find_paper_copy(dossier_id, actor=actor)
    return MyDossier(
        dossier=dossier,
        needs_answer=dossier.owner.party is Party.APPLICANT and Act.ANSWER_SUPPLEMENT in acts,
        open_supplement=open_supplement(dossier),
        may_withdraw=Act.WITHDRAW in acts,
        has_receipt=dossier.received_at is not None,
        has_outcome=outcome is not None
        and outcome.released_at is not None
        and bool(outcome.file_id or outcome.document_id)
        and dossier.state in {State.RELEASED, State.DELIVERED},
        explanation=explain_due(dossier_id, actor=actor),
        papers=_papers(dossier),
        places=_places(dossier),
        answers=_answers(dossier),
        next_steps=next_steps(dossier, at.astimezone(VIETNAM).date()),
        paper_copy=paper,
        paper_label=PAPER_STATES[paper.state] if paper else "",
        paper_tone="success" if paper and paper.ready_at else "pending",
        paper_wish=paper.acts[0].value if paper and paper.acts else "",
        may_rate=dossier.state in RATEABLE,
        petitions=tuple(list_about_dossier(dossier_id, actor=actor)),
    )


def open_supplement(dossier: DossierPage) -> SupplementCard | None:
    """Return the request that waits for an answer, or None."""
    return next((one for one in dossier.supplements if one.answered_at is None), None)


def _places(dossier: DossierPage) -> tuple[tuple[str, str], ...]:
    agencies = {hat: name for hat, name in dossier.agencies.items() if hat is not Hat.OPINION}
    if len(set(agencies.values())) == 1:
        return (("Nơi tiếp nhận, giải quyết và trả kết quả", next(iter(agencies.values()))),)
    return tuple((HATS[hat], name) for hat, name in agencies.items())


def _papers(dossier: DossierPage) -> tuple[HandedIn, ...]:
    handed_in = [one for one in dossier.attachments if one.kind in _HANDED_IN]
    cards = get_files(one.file_id for one in handed_in if one.file_id is not None)
    origins = list_origins(dossier.id)
    return tuple(
        _handed_in(dossier, one, cards.get(one.file_id) if one.file_id else None, origins)
        for one in handed_in
    )


def _handed_in(
    dossier: DossierPage, one: AttachmentCard, card: FileCard | None, origins: Mapping[uuid.UUID, StoreOrigin]
) -> HandedIn:
    """Return a paper; without a file when it was handed in on paper and not scanned."""
    return HandedIn(
        name=words.plain(one.name),
        added_at=one.added_at,
        as_supplement=one.kind is AttachmentKind.SUPPLEMENT,
        counts=words.counts(one.originals, one.copies),
        file=FileLine(
            id=str(one.id),
            name=card.name,
            size=words.size(card.size_bytes),
            url=reverse("portal:attachment", args=[dossier.id, one.id]),
            origin=origin_in_words(origins[card.id]) if card.id in origins else "",
        )
        if card is not None
        else None,
    )


def _answers(dossier: DossierPage) -> list[tuple[str, list[tuple[str, str]]]]:
    version = get_version(dossier.procedure_version_id)
    on = dossier.submitted_at.date()
    definition = form_of(version.case(dossier.case_id), on)
    return answers_by_group(definition, dossier.answers, on=on) if definition else []  # type: ignore[arg-type] # stored by eforms
