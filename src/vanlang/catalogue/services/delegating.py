"""Say by a dated decision who settles some procedures: delegated to the communes, to the province, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.errors import CatalogueConflictError, CatalogueInvalidError, UnknownProcedureError
from vanlang.catalogue.models import Competence, Delegation
from vanlang.catalogue.queries.delegations import find_overlap
from vanlang.catalogue.rules.competence import may_delegate, may_end
from vanlang.catalogue.services.editing import check_editor
from vanlang.catalogue.services.publishing import last_versions
from vanlang.catalogue.services.storing import lock_catalogue, raise_edition
from vanlang.catalogue.types import Level
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.organizations.api import AgencyKind, get_agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationOrder:
    """What a decision says."""

    decision: str
    """Number and symbol: "12/2026/QĐ-UBND"."""
    decided_on: date
    procedure_codes: tuple[str, ...]
    level: Level
    """Who settles from then on: the communes, or the department of the province."""
    valid_from: date
    valid_to: date | None = None
    """The first day on which it no longer holds; None: until it is taken back."""
    commune_ids: tuple[int, ...] = ()
    """For what is taken in at these communes; empty: everywhere."""
    agency_id: int | None = None
    """One agency by name that settles instead of the level."""
    abstract: str = ""


@transaction.atomic
def delegate(*, order: DelegationOrder, actor: Actor, at: datetime) -> int:
    """
    Say who settles procedures during a period, by a decision; return the delegation. Running dossiers keep their agency.

    Raises: CatalogueInvalidError for an order that is not whole; CatalogueConflictError when another decision rules the
    same procedure, place and day; CatalogueNotAllowedError; UnknownProcedureError.
    """
    lock_catalogue()
    refuse_if(
        may_delegate(
            decision=order.decision,
            procedures=order.procedure_codes,
            level=order.level,
            agency_id=order.agency_id,
            decided_on=order.decided_on,
            valid_from=order.valid_from,
            valid_to=order.valid_to,
        ),
        CatalogueInvalidError,
    )
    procedures = _procedures(order.procedure_codes, actor, at)
    communes = _communes(order.commune_ids, order.valid_from)
    overlap = find_overlap(procedures.values(), communes, order.valid_from, order.valid_to)
    if overlap is not None:
        raise CatalogueConflictError(
            "catalogue.delegation_overlaps", procedure=overlap.procedure, decision=overlap.decision
        )
    head = _store(order, procedures.values(), communes)
    raise_edition()
    record_act(
        act="catalogue.delegate",
        actor=actor,
        object_type="delegation",
        object_id=str(head.pk),
        at=at,
        facts={
            "decision": head.decision,
            "level": order.level,
            "agency": order.agency_id,
            "procedures": sorted(procedures),
            "communes": list(communes),
            "valid_from": order.valid_from.isoformat(),
        },
    )
    return head.pk


@transaction.atomic
def end_delegation(*, delegation_id: int, ended_on: date, decision: str, actor: Actor, at: datetime) -> None:
    """
    Take a delegation back: from `ended_on` on the procedures are settled as before it, by the decision that says so.

    Raises: CatalogueInvalidError when it ends after its end, or before the decision exists; UnknownProcedureError.
    """
    lock_catalogue()
    head = Delegation.objects.select_for_update().filter(pk=delegation_id).first()
    if head is None:
        raise UnknownProcedureError(procedure=str(delegation_id))
    codes = list(head.competences.values_list("procedure__code", flat=True).distinct())
    _procedures(codes, actor, at)
    refuse_if(
        may_end(
            decision=decision,
            ended_on=ended_on,
            valid_to=head.valid_to,
            ended_already=head.ended_on is not None,
        ),
        CatalogueInvalidError,
    )
    head.ended_on, head.ended_by = ended_on, decision.strip()
    head.save(update_fields=["ended_on", "ended_by"])
    if ended_on <= head.valid_from:
        head.competences.all().delete()  # it never came into force; the decision itself stays in the history
    else:
        head.competences.update(valid_to=ended_on)
    raise_edition()
    record_act(
        act="catalogue.end_delegation",
        actor=actor,
        object_type="delegation",
        object_id=str(head.pk),
        at=at,
        facts={"decision": decision.strip(), "ended_on": ended_on.isoformat(), "procedures": codes},
    )


def _procedures(codes: Sequence[str], actor: Actor, at: datetime) -> dict[str, int]:
    """Return the procedures by code when the actor may edit each of them."""
    versions = last_versions(codes)
    for code in codes:
        if code not in versions:
            raise UnknownProcedureError(procedure=code)
    for department_code in sorted({row.department_code for row in versions.values()}):
        check_editor(actor, department_code, at)
    return {code: versions[code].procedure_id for code in sorted(set(codes))}


def _communes(ids: Sequence[int], on: date) -> tuple[int, ...]:
    cards = get_agencies(ids, on)
    if any(one not in cards or cards[one].kind is not AgencyKind.COMMUNE for one in ids):
        raise CatalogueInvalidError("catalogue.delegation_not_a_commune")
    return tuple(sorted(set(ids)))


def _store(order: DelegationOrder, procedure_ids: Iterable[int], communes: tuple[int, ...]) -> Delegation:
    head = Delegation(
        decision=order.decision.strip(),
        decided_on=order.decided_on,
        abstract=order.abstract.strip(),
        level=order.level,
        agency_id=order.agency_id,
        valid_from=order.valid_from,
        valid_to=order.valid_to,
    )
    try:
        with transaction.atomic():
            head.save(force_insert=True)
            Competence.objects.bulk_create(
                Competence(
                    delegation=head,
                    procedure_id=procedure_id,
                    level=order.level,
                    agency_id=order.agency_id,
                    commune_id=commune_id,
                    valid_from=order.valid_from,
                    valid_to=order.valid_to,
                    decision=head.decision,
                )
                for procedure_id in procedure_ids
                for commune_id in communes or (None,)
            )
    except IntegrityError as error:
        raise CatalogueConflictError(
            "catalogue.delegation_overlaps", procedure="", decision=head.decision
        ) from error
    return head
