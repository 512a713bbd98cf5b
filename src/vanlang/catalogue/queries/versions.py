"""A version with all that it says."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Prefetch

from vanlang.catalogue.errors import UnknownProcedureError
from vanlang.catalogue.models import (
    Case,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
    VersionLegalBasis,
    VersionOutcome,
)
from vanlang.catalogue.queries.procedures import card_of, timed_over
from vanlang.catalogue.types import (
    CaseCard,
    Channel,
    DocumentCard,
    FeeCard,
    FeeKind,
    Limit,
    LimitCard,
    LimitUnit,
    Money,
    Origin,
    OutcomeKindCard,
    PaperKind,
    StepCard,
    StepRole,
    TakeCard,
    VersionCard,
    VersionState,
    YieldCard,
)


def get_version(version_id: int) -> VersionCard:
    """
    Return a version with all that it says. One small query once it is cached: a version changes only by revision,
    by state and by the end of its validity.

    Raises: UnknownProcedureError.
    """
    stamp = (
        ProcedureVersion.objects.filter(pk=version_id).values_list("revision", "state", "valid_to").first()
    )
    if stamp is None:
        raise UnknownProcedureError(procedure=version_id)
    return _cached(version_id, *stamp)


@lru_cache(maxsize=4096)
def _cached(version_id: int, revision: int, state: str, valid_to: object) -> VersionCard:
    row = (
        ProcedureVersion.objects.select_related("procedure", "field")
        .annotate(timed_over=timed_over())
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
        .get(pk=version_id)
    )
    return _version_card(row)


def _version_card(row: ProcedureVersion) -> VersionCard:
    line = card_of(row)
    return VersionCard(
        id=row.pk,
        revision=row.revision,
        number=row.number,
        procedure_id=row.procedure_id,
        code=line.code,
        name=row.name,
        field=line.field,
        state=VersionState(row.state),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        levels=line.levels,
        audience=line.audience,
        online_level=line.online_level,
        kind=row.kind,
        decision=row.decision,
        authority=row.authority,
        receiving_place=row.receiving_place,
        steps=row.steps,
        conditions=row.conditions,
        origin=Origin(row.origin),
        source=row.source,
        source_url=row.source_url,
        department_code=row.department_code,
        is_ready=row.is_ready,
        lacks=line.lacks,
        cases=tuple(_case(case) for case in row.cases.all()),
        limits=_limits(row),
        fees=_fees(row),
        process=tuple(
            StepCard(
                step.pk, step.case_id, step.position, step.name, StepRole(step.role), step.share, step.phase
            )
            for step in row.process.all()
        ),
        outcome_kinds=tuple(
            OutcomeKindCard(
                item.outcome_kind_id,
                item.outcome_kind.code,
                item.outcome_kind.name,
                item.outcome_kind.template,
            )
            for item in row.outcomes.all()
        ),
        legal_basis=tuple((item.legal_basis.number, item.legal_basis.name) for item in row.legal_basis.all()),
    )


def _case(case: Case) -> CaseCard:
    documents = tuple(_document(document) for document in case.documents.all())
    by_name = {document.name: document.id for document in documents}
    return CaseCard(
        case.pk,
        case.title,
        case.form_code,
        documents,
        YieldCard(**case.yields) if case.yields else None,
        tuple(
            TakeCard(one["register"], by_name.get(one["paper"]), one["fills"])
            for one in case.takes
            if not one["paper"] or one["paper"] in by_name
        ),
    )


def _document(document: RequiredDocument) -> DocumentCard:
    return DocumentCard(
        id=document.pk,
        name=document.name,
        kind=PaperKind(document.kind),
        originals=document.originals,
        copies=document.copies,
        form_files=tuple(document.form_files),
        section=document.section,
        condition=document.condition,
        is_required=document.is_required,
        note=document.note,
    )


def _limits(row: ProcedureVersion) -> tuple[LimitCard, ...]:
    order = list(Channel)
    cards = [
        LimitCard(
            Channel(item.channel),
            item.case_id,
            Limit(item.amount, LimitUnit(item.unit)),
            Origin(item.origin),
            item.source,
        )
        for item in row.limits.all()
    ]
    return tuple(sorted(cards, key=lambda card: (card.case_id or 0, order.index(card.channel))))


def _fees(row: ProcedureVersion) -> tuple[FeeCard, ...]:
    return tuple(
        FeeCard(
            id=item.pk,
            channel=Channel(item.channel) if item.channel else None,
            case_id=item.case_id,
            name=item.name,
            money=Money(
                item.amount_vnd, FeeKind(item.kind), item.per, item.first_units, item.then_vnd, item.most_vnd
            ),
            basis=item.basis,
            origin=Origin(item.origin),
            source=item.source,
        )
        for item in sorted(row.fees.all(), key=lambda fee: fee.pk)
    )
