"""Load versions back into content: what editing and carrying over start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch, Q

from vanlang.catalogue.models import (
    Case,
    Fee,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
    TimeLimit,
    VersionLegalBasis,
    VersionOutcome,
)
from vanlang.catalogue.rules.content import (
    CaseContent,
    Content,
    FeeContent,
    LimitContent,
    OutcomeContent,
    PaperContent,
    StepContent,
    TakeContent,
    YieldContent,
)
from vanlang.catalogue.types import (
    Audience,
    Channel,
    FeeKind,
    Level,
    Limit,
    LimitUnit,
    Money,
    OnlineLevel,
    Origin,
    PaperKind,
    StepRole,
    VersionState,
)


def load_contents(version_ids: Sequence[int]) -> dict[int, Content]:
    """Return the contents of several versions; a constant number of queries."""
    if not version_ids:
        return {}
    rows = (
        ProcedureVersion.objects.filter(pk__in=version_ids)
        .select_related("field")
        .prefetch_related(
            Prefetch("cases", Case.objects.order_by("position")),
            Prefetch("cases__documents", RequiredDocument.objects.order_by("position")),
            "limits",
            "fees",
            Prefetch("process", ProcessStep.objects.order_by("position")),
            Prefetch("outcomes", VersionOutcome.objects.order_by("position").select_related("outcome_kind")),
            Prefetch(
                "legal_basis", VersionLegalBasis.objects.order_by("position").select_related("legal_basis")
            ),
        )
    )
    return {row.pk: content_of(row) for row in rows}


def list_contents(on: date, *, department_code: str = "") -> dict[str, Content]:
    """Return what every procedure says that is in force on a day, by code; a constant number of queries."""
    rows = (
        ProcedureVersion.objects.exclude(state=VersionState.DRAFT)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
        .order_by("procedure__code")
        .values_list("procedure__code", "pk")
    )
    if department_code:
        rows = rows.filter(department_code=department_code)
    ids: dict[str, int] = dict(rows)
    contents = load_contents(list(ids.values()))
    return {code: contents[pk] for code, pk in ids.items()}


def content_of(row: ProcedureVersion) -> Content:
    """Return the content of a version whose parts are loaded."""
    cases = list(row.cases.all())
    index = {case.pk: position for position, case in enumerate(cases)}
    return Content(
        name=row.name,
        field=row.field.name,
        levels=tuple(Level(level) for level in row.levels),
        audience=tuple(Audience(word) for word in row.audience),
        online_level=OnlineLevel(row.online_level),
        department=row.department_code,
        source=row.source,
        origin=Origin(row.origin),
        cases=tuple(_case(case) for case in cases),
        limits=tuple(_limit(item, index) for item in sorted(row.limits.all(), key=lambda limit: limit.pk)),
        fees=tuple(_fee(item, index) for item in sorted(row.fees.all(), key=lambda fee: fee.pk)),
        process=tuple(
            StepContent(step.name, StepRole(step.role), step.share, _index(index, step.case_id), step.phase)
            for step in row.process.all()
        ),
        outcomes=tuple(
            OutcomeContent(item.outcome_kind.code, item.outcome_kind.name, item.outcome_kind.template)
            for item in row.outcomes.all()
        ),
        legal_basis=tuple((item.legal_basis.number, item.legal_basis.name) for item in row.legal_basis.all()),
        kind=row.kind,
        decision=row.decision,
        authority=row.authority,
        receiving_place=row.receiving_place,
        steps=row.steps,
        conditions=row.conditions,
        source_url=row.source_url,
    )


def _case(case: Case) -> CaseContent:
    return CaseContent(
        case.title,
        _papers(case.documents.all()),
        case.form_code,
        YieldContent(**case.yields) if case.yields else None,
        tuple(TakeContent(**one) for one in case.takes),
    )


def _limit(row: TimeLimit, index: dict[int, int]) -> LimitContent:
    return LimitContent(
        Channel(row.channel),
        Limit(row.amount, LimitUnit(row.unit)),
        row.source,
        Origin(row.origin),
        _index(index, row.case_id),
    )


def _fee(row: Fee, index: dict[int, int]) -> FeeContent:
    return FeeContent(
        Money(row.amount_vnd, FeeKind(row.kind), row.per, row.first_units, row.then_vnd, row.most_vnd),
        row.source,
        Origin(row.origin),
        Channel(row.channel) if row.channel else None,
        row.name,
        row.basis,
        _index(index, row.case_id),
    )


def _papers(documents: Iterable[RequiredDocument]) -> tuple[PaperContent, ...]:
    return tuple(
        PaperContent(
            document.name,
            PaperKind(document.kind),
            document.originals,
            document.copies,
            tuple(document.form_files),
            document.section,
            document.condition,
            document.is_required,
            document.note,
        )
        for document in documents
    )


def _index(index: dict[int, int], case_id: int | None) -> int | None:
    return None if case_id is None else index[case_id]
