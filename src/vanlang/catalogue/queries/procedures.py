"""Procedures in force: one, many, by field; who is competent; whether a version may be received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from vanlang.catalogue.errors import UnknownProcedureError
from vanlang.catalogue.models import Case, Competence, Field, ProcedureVersion, TimeLimit
from vanlang.catalogue.rules.competence import CompetenceRule, competent_agency
from vanlang.catalogue.rules.validity import may_be_received_on
from vanlang.catalogue.types import (
    Audience,
    Channel,
    FieldCard,
    Level,
    OnlineLevel,
    ProcedureCard,
    ReadinessReport,
    Reason,
    VersionState,
)
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import sort_key
from vanlang.organizations.api import AgencyKind, find_agency_by_code, get_agency


def in_force(on: date) -> QuerySet[ProcedureVersion]:
    """Return the versions in force on a day, one per procedure."""
    return (
        ProcedureVersion.objects.exclude(state=VersionState.DRAFT)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
        .select_related("procedure", "field")
        .annotate(timed_over=timed_over())
    )


def timed_over() -> ArraySubquery:
    """Return the expression for the channels in which a version has a time limit, in one case at least."""
    limits = TimeLimit.objects.filter(version=OuterRef("pk")).order_by("channel")
    return ArraySubquery(limits.values_list("channel", flat=True).distinct())


def get_procedure(code: str, on: date) -> ProcedureCard:
    """
    Return a procedure as it stands on a day.

    Raises: UnknownProcedureError when no version is in force then.
    """
    row = in_force(on).filter(procedure__code=code).first()
    if row is None:
        raise UnknownProcedureError(procedure=code)
    return card_of(row)


def find_procedure(code: str, on: date) -> ProcedureCard | None:
    """Return a procedure as it stands on a day, or None."""
    row = in_force(on).filter(procedure__code=code).first()
    return card_of(row) if row else None


def get_procedures(codes: Iterable[str], on: date) -> dict[str, ProcedureCard]:
    """Return several procedures by code, in one query; those not in force are left out."""
    return {row.procedure.code: card_of(row) for row in in_force(on).filter(procedure__code__in=list(codes))}


def list_procedures(
    on: date,
    *,
    field: str = "",
    level: Level | None = None,
    only_ready: bool = False,
    only_frequent: bool = False,
) -> list[ProcedureCard]:
    """Return the procedures in force, most asked for first, then in Vietnamese order."""
    rows = in_force(on)
    if field:
        rows = rows.filter(field__name=field)
    if level:
        rows = rows.filter(levels__contains=[level])
    if only_ready:
        rows = rows.filter(is_ready=True)
    if only_frequent:
        rows = rows.filter(procedure__is_frequent=True)
    cards = [card_of(row) for row in rows]
    return sorted(cards, key=lambda card: (-card.popularity, sort_key(card.name), card.code))


def list_takers(register: str, on: date) -> list[ProcedureCard]:
    """
    Return the procedures in force that take a result of a register, most asked for first: what its holder can do next.

    The graph of procedures: an edge leads from each that yields into the register to each of these. It is computed, never drawn by hand.
    """
    taking = Case.objects.filter(takes__contains=[{"register": register}]).values("version_id")
    cards = [card_of(row) for row in in_force(on).filter(pk__in=taking)]
    return sorted(cards, key=lambda card: (not card.is_ready, -card.popularity, card.code))


def list_fields(on: date, *, level: Level | None = None) -> list[FieldCard]:
    """Return the fields that have procedures in force, in Vietnamese order."""
    rows = in_force(on)
    if level:
        rows = rows.filter(levels__contains=[level])
    counts = dict(rows.order_by().values_list("field_id").annotate(Count("id")))
    cards = [
        FieldCard(row.pk, row.code, row.name, counts[row.pk]) for row in Field.objects.filter(pk__in=counts)
    ]
    return sorted(cards, key=lambda card: sort_key(card.name))


def version_valid_on(version_id: int, on: date) -> Refusal | None:
    """Return why a new dossier may not be received under this version on a day, or None."""
    row = ProcedureVersion.objects.filter(pk=version_id).select_related("procedure").first()
    if row is None:
        return Refusal("catalogue.unknown_procedure", {"procedure": version_id})
    return may_be_received_on(
        VersionState(row.state), row.valid_from, row.valid_to, on, is_ready=row.is_ready
    )


def competent_agency_for(version_id: int, intake_agency_id: int, on: date) -> int | None:
    """
    Return the agency that settles a dossier received at `intake_agency_id`, or None when it must be named.

    A dated delegation that covers the place of receipt comes first; else the level: the commune that receives, or the
    department of the field. `on` is the day of receipt: a running dossier keeps the agency that was found then.
    """
    row = ProcedureVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise UnknownProcedureError(procedure=version_id)
    intake = get_agency(intake_agency_id, on)
    department = find_agency_by_code(row.department_code, on)
    rules = [
        CompetenceRule(Level(item.level), item.agency_id)
        for item in Competence.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            Q(commune__isnull=True) | Q(commune_id=intake_agency_id),
            procedure_id=row.procedure_id,
            valid_from__lte=on,
        ).order_by("-valid_from", "id")
    ] or [CompetenceRule(Level(level), None) for level in row.levels]
    return competent_agency(
        rules,
        intake_id=intake.id,
        intake_is_commune=intake.kind is AgencyKind.COMMUNE,
        department_id=department.id if department else None,
    )


def readiness_report(on: date) -> ReadinessReport:
    """Return how much of the catalogue in force can run, and what the rest lacks."""
    rows = list(in_force(on).order_by("procedure__code"))
    local = [row for row in rows if {Level.PROVINCE, Level.COMMUNE} & set(row.levels)]
    counts = Counter(reason for row in rows for reason in row.lacks)
    return ReadinessReport(
        total=len(rows),
        ready=sum(row.is_ready for row in rows),
        local_total=len(local),
        local_ready=sum(row.is_ready for row in local),
        lacks=tuple((Reason(reason), count) for reason, count in counts.most_common()),
        lacking=tuple(
            (row.procedure.code, row.name, tuple(Reason(reason) for reason in row.lacks))
            for row in rows
            if not row.is_ready
        ),
    )


def card_of(row: ProcedureVersion) -> ProcedureCard:
    """Return the line of a version; its procedure and field are loaded, and `timed_over` annotated."""
    return ProcedureCard(
        procedure_id=row.procedure_id,
        version_id=row.pk,
        code=row.procedure.code,
        name=row.name,
        field=row.field.name,
        levels=tuple(Level(level) for level in row.levels),
        audience=tuple(Audience(word) for word in row.audience),
        online_level=OnlineLevel(row.online_level),
        is_ready=row.is_ready,
        lacks=tuple(Reason(reason) for reason in row.lacks),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        popularity=row.procedure.popularity,
        is_frequent=row.procedure.is_frequent,
        timed_over=tuple(Channel(word) for word in row.timed_over),  # type: ignore[attr-defined] # annotated
    )
