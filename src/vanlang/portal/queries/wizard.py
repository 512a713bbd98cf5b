"""The filing wizard: its steps, its papers, what the last step shows."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from vanlang.catalogue.api import CaseCard, PaperKind, VersionCard, get_version
from vanlang.intake.api import STEPS, DraftCard, DraftStep, Missing, MissingKind, Offer, is_demanded
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.nationalportal.api import StoreOrigin, list_origins
from vanlang.portal.queries import reusing
from vanlang.portal.queries.procedures import paper_line
from vanlang.portal.queries.storing import origin_in_words
from vanlang.portal.rules import words
from vanlang.portal.types import FileLine, PaperSlot
from vanlang.ui.types import FieldError

URL_OF_STEP = {
    DraftStep.PLACE: "portal:draft_place",
    DraftStep.FORM: "portal:draft_form",
    DraftStep.PAPERS: "portal:draft_papers",
    DraftStep.REVIEW: "portal:draft_review",
}
_STEP_OF_MISSING = {
    MissingKind.CASE: DraftStep.PLACE,
    MissingKind.PLACE: DraftStep.PLACE,
    MissingKind.APPLICANT: DraftStep.PLACE,
    MissingKind.FIELD: DraftStep.FORM,
    MissingKind.PAPER: DraftStep.PAPERS,
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the wizard."""

    text: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One thing that is missing, with the way to where it is put right."""

    label: str
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class Wizard:
    """The frame of every step."""

    draft: DraftCard
    version: VersionCard
    case: CaseCard | None
    step: DraftStep
    steps: tuple[StepLine, ...]

    def url(self, step: DraftStep) -> str:
        return reverse(URL_OF_STEP[step], args=[self.draft.id])

    @property
    def next_url(self) -> str:
        order = list(DraftStep)
        return self.url(order[min(order.index(self.step) + 1, len(order) - 1)])

    @property
    def back_url(self) -> str:
        order = list(DraftStep)
        place = order.index(self.step)
        return self.url(order[place - 1]) if place else reverse("portal:my_dossiers")


def wizard_at(step: DraftStep, draft: DraftCard) -> Wizard:
    """Return the frame of `step`. A step is a link once it was reached."""
    version = get_version(draft.procedure_version_id)
    order = list(DraftStep)
    reached = max(order.index(draft.step), order.index(step))
    lines = tuple(
        StepLine(
            text=f"{place + 1}. {STEPS[one]}",
            state="current" if one is step else "done" if place < reached else "todo",
            href=reverse(URL_OF_STEP[one], args=[draft.id]) if place <= reached and one is not step else "",
        )
        for place, one in enumerate(order)
    )
    return Wizard(draft, version, version.case(draft.case_id), step, lines)


def slots_of(
    wizard: Wizard,
    errors: Mapping[int, Sentence] | None = None,
    *,
    touched: Collection[str] = (),
    offers: Collection[Offer] = (),
) -> tuple[PaperSlot, ...]:
    """Return the papers that can be handed in as files: demanded ones first, in the order of the procedure."""
    if wizard.case is None:
        return ()
    case = wizard.case
    origins = list_origins(wizard.draft.id)
    found = [
        PaperSlot(
            document=document,
            line=paper_line(document),
            is_demanded=is_demanded(document, has_form=bool(case.form_code)),
            files=_files(wizard.draft, document.id, origins),
            offers=tuple(
                reusing.offer_line(one) for one in offers if document.id in one.required_document_ids
            ),
            reuses=tuple(reusing.reuse_line(one, {}) for one in wizard.draft.reuses_of(document.id)),
            error=(errors or {}).get(document.id),
            touched=f"file-{document.id}" in touched,
        )
        for document in case.documents
        if document.kind in {PaperKind.PAPER, PaperKind.UNCLEAR, PaperKind.PRESENT}
        or (document.kind is PaperKind.FORM and not case.form_code)
    ]
    return tuple(sorted(found, key=lambda slot: not slot.is_demanded))


def missing_lines(wizard: Wizard, missing: tuple[Missing, ...]) -> tuple[MissingLine, ...]:
    """Return what is missing with the way to where it is put right."""
    return tuple(
        MissingLine(
            label=words.plain(one.label),
            says=one.says or _says(sentence_of(one.code)),
            href=f"{wizard.url(_STEP_OF_MISSING[one.kind])}#{_anchor(one)}",
        )
        for one in missing
    )


def slot_errors(slots: tuple[PaperSlot, ...]) -> tuple[FieldError, ...]:
    """Return the lines of an error summary for refused files."""
    return tuple(
        FieldError(f"id_{slot.input_name}", f"{slot.line.name}: {_says(slot.error)}")
        for slot in slots
        if slot.error is not None
    )


def _says(sentence: Sentence) -> str:
    return f"{sentence.says} {sentence.do_now}"


def _anchor(one: Missing) -> str:
    return f"giay-to-{one.key}" if one.kind is MissingKind.PAPER else f"id_{one.key}"


def _files(
    draft: DraftCard, document_id: int, origins: Mapping[uuid.UUID, StoreOrigin]
) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(
            id=str(paper.id),
            name=paper.file_name,
            size=words.size(paper.size_bytes),
            url=reverse("portal:draft_file", args=[draft.id, paper.id]),
            remove_url=reverse("portal:remove_file", args=[draft.id, paper.id]),
            origin=origin_in_words(origins[paper.file_id]) if paper.file_id in origins else "",
        )
        for paper in draft.papers_of(document_id)
    )
