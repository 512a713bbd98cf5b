"""Drafts of one citizen. Every look at one passes `access_draft`."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

from vanlang.catalogue.api import (
    CaseCard,
    Channel,
    DocumentCard,
    OnlineLevel,
    PaperKind,
    competent_agency_for,
    get_version,
    version_valid_on,
)
from vanlang.eforms.api import FormDefinition, UnknownFormError, get_definition, validate
from vanlang.files.api import get_files
from vanlang.identity.api import Actor, get_entity, get_mandate, get_person, may_act
from vanlang.intake.errors import DraftNotFoundError
from vanlang.intake.models import Draft, DraftPaper, DraftReuse
from vanlang.intake.rules.asking import KnownApplicant, known_answers
from vanlang.intake.rules.formal import FieldProblem, Given, WantedPaper, missing_from, missing_from_contact
from vanlang.intake.rules.offering import may_file_online
from vanlang.intake.rules.reusing import changed
from vanlang.intake.types import (
    Contact,
    DraftCard,
    DraftLine,
    DraftPaperCard,
    DraftStep,
    Missing,
    MissingKind,
    Offer,
    OtherApplicant,
    Place,
    Places,
    ReturnWay,
    ReuseCard,
)
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import AgencyCard, AgencyKind, find_agency_by_code, list_agencies
from vanlang.registers import api as registers


def access_draft(draft_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> Draft:
    """
    Return the draft, if `actor` wrote it; locked when it is to be changed.

    Raises: DraftNotFoundError, also for a draft of somebody else.
    """
    rows = Draft.objects.select_for_update(of=("self",)) if for_update else Draft.objects.all()
    row = rows.filter(pk=draft_id).first()
    if row is None or not actor.is_citizen or row.person_id != actor.person_id:
        raise DraftNotFoundError
    return row


def get_draft(draft_id: uuid.UUID, *, actor: Actor, on: dt.date) -> DraftCard:
    """Return a draft as its writer sees it. Raises: DraftNotFoundError."""
    return card_of(access_draft(draft_id, actor=actor), on)


def list_drafts(actor: Actor, *, procedure_version_id: int | None = None) -> list[DraftLine]:
    """Return the unsubmitted drafts of a citizen, the latest first."""
    if not actor.is_citizen or actor.person_id is None:
        return []
    rows = Draft.objects.filter(person_id=actor.person_id, entity_id=actor.entity_id, dossier__isnull=True)
    if procedure_version_id is not None:
        rows = rows.filter(procedure_version_id=procedure_version_id)
    rows = rows.select_related("procedure_version__procedure").order_by("-updated_at", "-id")
    return [
        DraftLine(
            id=row.pk,
            procedure_code=row.procedure_version.procedure.code,
            procedure_name=row.procedure_version.name,
            step=DraftStep(row.step),
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def find_draft_file(draft_id: uuid.UUID, paper_id: uuid.UUID, *, actor: Actor) -> uuid.UUID | None:
    """Return the id of the file behind a paper of one's own draft, or None."""
    row = access_draft(draft_id, actor=actor)
    return DraftPaper.objects.filter(draft=row, pk=paper_id).values_list("file_id", flat=True).first()


def card_of(row: Draft, on: dt.date) -> DraftCard:
    """Return the frozen card of a row."""
    papers = list(DraftPaper.objects.filter(draft=row).order_by("added_at", "id"))
    files = get_files(paper.file_id for paper in papers)
    return DraftCard(
        id=row.pk,
        procedure_version_id=row.procedure_version_id,
        case_id=row.case_id,
        intake_agency_id=row.intake_agency_id,
        return_way=ReturnWay(row.return_way),
        contact=Contact(row.phone, row.email),
        other_applicant=OtherApplicant(**row.other_applicant) if row.other_applicant else None,
        mandate_id=row.mandate_id,
        entity_id=row.entity_id,
        entity_name=get_entity(row.entity_id).name if row.entity_id else "",
        request=row.request,
        answers=dict(row.answers),
        papers=tuple(
            DraftPaperCard(
                id=paper.pk,
                required_document_id=paper.required_document_id,
                file_id=paper.file_id,
                file_name=files[paper.file_id].name,
                size_bytes=files[paper.file_id].size_bytes,
                content_type=files[paper.file_id].content_type,
                added_at=paper.added_at,
            )
            for paper in papers
            if paper.file_id in files
        ),
        step=DraftStep(row.step),
        updated_at=row.updated_at,
        dossier_id=row.dossier_id,
        reuses=_reuses(row, on),
        version_refusal=why_not_online(row.procedure_version_id, on),
    )


def _reuses(row: Draft, on: dt.date) -> tuple[ReuseCard, ...]:
    """Return what the draft uses from registers, with what may be said of it today."""
    cards = []
    for one in DraftReuse.objects.filter(draft=row).order_by("consented_at", "id"):
        held = registers.find_held(one.entry_id, person_id=row.person_id, on=on)
        cards.append(
            ReuseCard(
                id=one.pk,
                entry_id=one.entry_id,
                required_document_id=one.required_document_id,
                title=held.title,
                number=held.number,
                agency=held.agency,
                file_id=held.file_id,
                why_not=held.why_not,
                filled=one.filled,
                changed=changed(one.filled, row.answers),
            )
        )
    return tuple(cards)


def list_offers(card: DraftCard, *, actor: Actor, on: dt.date) -> tuple[Offer, ...]:
    """Return the results that the writer of a draft holds and its case takes, usable ones first; those already used are left out."""
    case = get_version(card.procedure_version_id).case(card.case_id)
    if case is None or not case.takes or actor.person_id is None:
        return ()
    used = {one.entry_id for one in card.reuses}
    held = registers.list_held(actor.person_id, on=on, registers={take.register for take in case.takes})
    return tuple(
        Offer(
            entry_id=one.id,
            register_code=one.register_code,
            required_document_ids=frozenset(
                take.required_document_id
                for take in case.takes
                if take.register == one.register_code and take.required_document_id is not None
            ),
            fills=any(take.register == one.register_code and take.fills for take in case.takes),
            title=one.title,
            number=one.number,
            agency=one.agency,
            valid_from=one.valid_from,
            why_not=one.why_not,
        )
        for one in held
        if one.id not in used
    )


def check_draft(draft_id: uuid.UUID, *, actor: Actor, on: dt.date) -> tuple[Missing, ...]:
    """Return everything that keeps a draft from being submitted, in the order of the steps."""
    return missing_in(get_draft(draft_id, actor=actor, on=on), on)


def missing_in(card: DraftCard, on: dt.date) -> tuple[Missing, ...]:
    """Return everything that is missing in a draft: one look at the catalogue and the form, then the rule."""
    version = get_version(card.procedure_version_id)
    case = version.case(card.case_id)
    definition = form_of(case, on)
    found = missing_from(
        Given(
            has_case=case is not None or not version.cases,
            has_place=card.intake_agency_id is not None,
            phone=card.contact.phone,
            other_applicant=card.other_applicant,
            field_problems=_field_problems(definition, card, on),
            wanted=[
                WantedPaper(paper.id, paper.name, is_demanded(paper, has_form=definition is not None))
                for paper in (case.documents if case else ())
            ],
            files=Counter(
                [paper.required_document_id for paper in card.papers]
                + [
                    one.required_document_id
                    for one in card.reuses
                    if one.required_document_id and not one.why_not
                ]
            ),
        )
    ) + tuple(
        Missing(
            MissingKind.PAPER,
            str(one.required_document_id or ""),
            f"{one.title} số {one.number}",
            one.why_not,
        )
        for one in card.reuses
        if one.why_not
    )
    return (*found, *_from_mandate(card, version.code, on))


def _from_mandate(card: DraftCard, procedure_code: str, on: dt.date) -> tuple[Missing, ...]:
    """Return why the mandate under which it is written does not hold any more; without one it can go on."""
    if card.mandate_id is None:
        return ()
    refusal = may_act(get_mandate(card.mandate_id), procedure_code=procedure_code, on=on)
    if refusal is None:
        return ()
    said = sentence_of(refusal.code, refusal.facts)
    return (
        Missing(MissingKind.APPLICANT, "mandate_id", "Ủy quyền", refusal.code, f"{said.says} {said.do_now}"),
    )


def is_demanded(paper: DocumentCard, *, has_form: bool) -> bool:
    """Tell whether everybody hands this paper in as a file. A form that is filled in here needs no file."""
    if not paper.is_required or paper.condition:
        return False
    return paper.kind is PaperKind.PAPER or (paper.kind is PaperKind.FORM and not has_form)


def list_places(version_id: int, on: dt.date) -> Places:
    """Return where a procedure can be filed: any commune's counter, and that of the department that settles it."""
    version = get_version(version_id)
    communes = list_agencies(on, kind=AgencyKind.COMMUNE)
    department = find_agency_by_code(version.department_code, on)
    takes_communes = bool(communes) and competent_agency_for(version_id, communes[0].id, on) is not None
    takes_department = (
        department is not None
        and department.kind is not AgencyKind.COMMUNE
        and competent_agency_for(version_id, department.id, on) is not None
    )
    return Places(
        communes=tuple(_place(card) for card in communes) if takes_communes else (),
        department=_place(department) if department is not None and takes_department else None,
    )


def _place(card: AgencyCard) -> Place:
    return Place(card.id, card.name, card.short_name, card.address)


def form_of(case: CaseCard | None, on: dt.date) -> FormDefinition | None:
    """Return the electronic form of a case as it is filled in on a day, or None when the case has none."""
    if case is None or not case.form_code:
        return None
    try:
        return get_definition(case.form_code, on=on)
    except UnknownFormError:
        return None


def why_not_online(version_id: int, on: dt.date, *, case_id: int | None = None) -> Refusal | None:
    """
    Return why nothing can be filed online under a version on a day, or None.

    Before a case is chosen, one case that can be filed is enough.
    """
    refusal = version_valid_on(version_id, on)
    if refusal is not None:
        return refusal
    version = get_version(version_id)
    every: list[int | None] = [case.id for case in version.cases] or [None]
    cases = every if case_id is None else [case_id]
    return may_file_online(
        only_informs=version.online_level is OnlineLevel.INFORMATION,
        has_online_limit=any(version.limit_for(Channel.ONLINE, case) is not None for case in cases),
    )


def answers_to_show(card: DraftCard, definition: FormDefinition, *, actor: Actor) -> dict[str, object]:
    """Return the answers of one's own draft, with the form's defaults and what is known of the applicant laid into untouched questions."""
    if actor.person_id is None or card.answers:
        return dict(card.answers)
    if card.entity_id is not None:
        entity = get_entity(card.entity_id)
        known = KnownApplicant(entity.name, "", entity.address, card.contact.phone, card.contact.email)
    elif card.other_applicant is not None:
        other = card.other_applicant
        known = KnownApplicant(
            other.full_name, other.personal_id, other.address, other.phone, card.contact.email
        )
    else:
        me = get_person(actor.person_id)
        known = KnownApplicant(
            me.full_name, me.personal_id, me.address, card.contact.phone, card.contact.email
        )
    return {
        **definition.defaults,
        **known_answers(known, {field.name for field in definition.fields}, card.answers),
    }


def check_contact(contact: Contact, other: OtherApplicant | None) -> tuple[Missing, ...]:
    """Return what is missing about who files and for whom: the last step's own rule, for the first step."""
    return missing_from_contact(contact.phone, other)


def _field_problems(
    definition: FormDefinition | None, card: DraftCard, on: dt.date
) -> tuple[FieldProblem, ...]:
    if definition is None:
        return ()
    labels = {field.name: field.label for field in definition.fields}
    errors = validate(definition, card.answers, on=on).errors
    return tuple(
        FieldProblem(name, labels.get(name, definition.title), says) for name, says in errors.items()
    )
