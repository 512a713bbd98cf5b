"""Write versions, many at once: the only place that turns content into rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from vanlang.catalogue.models import (
    Case,
    CatalogueEdition,
    Fee,
    Field,
    LegalBasis,
    OutcomeKind,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
    TimeLimit,
    ToDo,
    VersionLegalBasis,
    VersionOutcome,
)
from vanlang.catalogue.rules.content import CaseContent, Content, Question, digest
from vanlang.catalogue.rules.readiness import BLOCKS, lacks, unpriced
from vanlang.catalogue.types import PaperKind, ToDoState, VersionState
from vanlang.kernel.vietnamese import search_key

BATCH = 2000


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """An answer that is carried over to a new version: who gave it, and when."""

    question: Question
    state: ToDoState
    answer: Mapping[str, object] | None
    answered_by_id: int | None
    answered_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """A version to be stored."""

    procedure_id: int
    number: int
    valid_from: date
    content: Content
    questions: tuple[Question, ...] = ()
    answered: tuple[AnsweredQuestion, ...] = ()
    valid_to: date | None = None
    """When a later version is planned together with it."""
    content_hash: str = ""
    """Of what it was made from, when that is not the content itself."""


def lock_catalogue() -> int:
    """Queue behind every other change of the catalogue; return the edition. Held until the transaction ends."""
    row, _ = CatalogueEdition.objects.select_for_update().get_or_create(pk=1)
    return row.edition


def raise_edition() -> None:
    """Tell every cache that the catalogue changed."""
    CatalogueEdition.objects.filter(pk=1).update(edition=F("edition") + 1)


def store_versions(
    plans: Sequence[VersionPlan], *, at: datetime, account_id: int | None
) -> list[ProcedureVersion]:
    """Store published versions with all that they contain; a constant number of queries per batch."""
    fields = _ensure_fields({plan.content.field for plan in plans})
    versions = ProcedureVersion.objects.bulk_create(
        [_version(plan, fields[plan.content.field], at, account_id) for plan in plans], batch_size=BATCH
    )
    contents = [(version, plan.content) for version, plan in zip(versions, plans, strict=True)]
    cases = store_cases(contents)
    _store_outcomes(contents)
    _store_legal_basis(contents)
    store_process(contents, cases)
    ToDo.objects.bulk_create(
        (todo for version, plan in zip(versions, plans, strict=True) for todo in _todos(version, plan)),
        batch_size=BATCH,
    )
    raise_edition()
    return versions


def store_cases(contents: Sequence[tuple[ProcedureVersion, Content]]) -> dict[int, list[Case]]:
    """Store cases, papers, limits and fees; return the cases of each version, in order."""
    cases = Case.objects.bulk_create(
        (
            Case(
                version=version,
                position=position,
                title=case.title,
                form_code=case.form_code,
                yields=dataclasses.asdict(case.yields) if case.yields else None,
                takes=[dataclasses.asdict(one) for one in case.takes],
            )
            for version, content in contents
            for position, case in enumerate(content.cases)
        ),
        batch_size=BATCH,
    )
    of_version: dict[int, list[Case]] = {version.pk: [] for version, _ in contents}
    for row in cases:
        of_version[row.version_id].append(row)
    RequiredDocument.objects.bulk_create(
        (
            document
            for version, content in contents
            for row, case in zip(of_version[version.pk], content.cases, strict=True)
            for document in _documents(row, case)
        ),
        batch_size=BATCH,
    )
    store_limits_and_fees(contents, of_version)
    return of_version


def store_limits_and_fees(
    contents: Sequence[tuple[ProcedureVersion, Content]], cases: Mapping[int, Sequence[Case]]
) -> None:
    """Store what is confirmed of clocks and fees; `cases` are those of each version, in order."""
    TimeLimit.objects.bulk_create(
        (
            TimeLimit(
                version=version,
                case=None if item.case is None else cases[version.pk][item.case],
                channel=item.channel,
                amount=item.limit.amount,
                unit=item.limit.unit,
                origin=item.origin,
                source=item.source,
            )
            for version, content in contents
            for item in content.limits
        ),
        batch_size=BATCH,
    )
    Fee.objects.bulk_create(
        (
            Fee(
                version=version,
                case=None if item.case is None else cases[version.pk][item.case],
                channel=item.channel or "",
                name=item.name,
                kind=item.money.kind,
                amount_vnd=item.money.amount_vnd,
                per=item.money.per,
                first_units=item.money.first_units,
                then_vnd=item.money.then_vnd,
                most_vnd=item.money.most_vnd,
                basis=item.basis,
                origin=item.origin,
                source=item.source,
            )
            for version, content in contents
            for item in content.fees
        ),
        batch_size=BATCH,
    )


def store_process(
    contents: Sequence[tuple[ProcedureVersion, Content]], cases: Mapping[int, Sequence[Case]]
) -> None:
    """Store the internal processes; `cases` are those of each version, in order."""
    ProcessStep.objects.bulk_create(
        (
            ProcessStep(
                version=version,
                case=None if step.case is None else cases[version.pk][step.case],
                position=position,
                name=step.name,
                role=step.role,
                share=step.share,
                phase=step.phase,
            )
            for version, content in contents
            for position, step in enumerate(content.process)
        ),
        batch_size=BATCH,
    )


def lacks_of(content: Content, open_questions: Iterable[Question]) -> list[str]:
    """Return what keeps `content` from being ready while `open_questions` are not answered."""
    has_papers = any(paper.kind is not PaperKind.NOTE for case in content.cases for paper in case.papers)
    found = lacks(
        (question.reason for question in open_questions),
        has_limit=bool(content.limits),
        has_fee=not unpriced(content),
        has_papers=has_papers,
    )
    return [reason.value for reason in found]


def _version(plan: VersionPlan, field: Field, at: datetime, account_id: int | None) -> ProcedureVersion:
    content = plan.content
    missing = lacks_of(content, plan.questions)
    return ProcedureVersion(
        procedure_id=plan.procedure_id,
        number=plan.number,
        state=VersionState.PUBLISHED if plan.valid_to is None else VersionState.RETIRED,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        name=content.name,
        name_key=search_key(content.name),
        field=field,
        levels=list(content.levels),
        audience=list(content.audience),
        online_level=content.online_level,
        kind=content.kind,
        decision=content.decision,
        authority=content.authority,
        receiving_place=content.receiving_place,
        steps=content.steps,
        conditions=content.conditions,
        origin=content.origin,
        source=content.source,
        source_url=content.source_url,
        content_hash=plan.content_hash or digest(content),
        department_code=content.department,
        is_ready=not missing,
        lacks=missing,
        published_at=at,
        published_by_id=account_id,
    )


def _documents(row: Case, case: CaseContent) -> Iterable[RequiredDocument]:
    for position, paper in enumerate(case.papers):
        yield RequiredDocument(
            case=row,
            position=position,
            name=paper.name,
            kind=paper.kind,
            form_files=list(paper.form_files),
            originals=paper.originals,
            copies=paper.copies,
            is_required=paper.is_required,
            section=paper.section,
            condition=paper.condition,
            note=paper.note,
        )


def _ensure_fields(names: set[str]) -> dict[str, Field]:
    Field.objects.bulk_create((Field(name=name) for name in sorted(names)), ignore_conflicts=True)
    return {field.name: field for field in Field.objects.filter(name__in=names)}


def _store_outcomes(contents: Sequence[tuple[ProcedureVersion, Content]]) -> None:
    asked = {(item.code, item.name[:1000]): item for _, content in contents for item in content.outcomes}
    if not asked:
        return
    OutcomeKind.objects.bulk_create(
        (OutcomeKind(code=code, name=name, template=item.template) for (code, name), item in asked.items()),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    codes = {code for code, _ in asked}
    known = {(row.code, row.name): row for row in OutcomeKind.objects.filter(code__in=codes)}
    VersionOutcome.objects.bulk_create(
        (
            VersionOutcome(
                version=version, outcome_kind=known[item.code, item.name[:1000]], position=position
            )
            for version, content in contents
            for position, item in enumerate(content.outcomes)
        ),
        batch_size=BATCH,
    )


def _store_legal_basis(contents: Sequence[tuple[ProcedureVersion, Content]]) -> None:
    titles: dict[str, str] = {}
    for _, content in contents:
        for number, title in content.legal_basis:
            titles[number[:100]] = titles.get(number[:100]) or title
    if not titles:
        return
    LegalBasis.objects.bulk_create(
        (LegalBasis(number=number, name=title) for number, title in titles.items()),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    known = {row.number: row for row in LegalBasis.objects.filter(number__in=titles)}
    VersionLegalBasis.objects.bulk_create(
        (
            VersionLegalBasis(version=version, legal_basis=known[number[:100]], position=position)
            for version, content in contents
            for position, (number, _) in enumerate(content.legal_basis)
        ),
        batch_size=BATCH,
    )


def _todos(version: ProcedureVersion, plan: VersionPlan) -> Iterable[ToDo]:
    for question in plan.questions:
        yield todo_of(version, question)
    for carried in plan.answered:
        todo = todo_of(version, carried.question)
        todo.state = carried.state
        todo.answer = None if carried.answer is None else dict(carried.answer)
        todo.answered_by_id = carried.answered_by_id
        todo.answered_at = carried.answered_at
        todo.note = carried.note
        yield todo


def todo_of(version: ProcedureVersion, question: Question) -> ToDo:
    """Return the open to-do that asks `question` of the version's department."""
    return ToDo(
        version=version,
        department_code=version.department_code,
        aspect=BLOCKS[question.reason] or "",
        reason=question.reason,
        path=question.path,
        raw=question.raw,
    )
