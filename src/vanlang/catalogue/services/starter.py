"""Load the starter catalogue: procedures that people use most, complete enough to run from the first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.models import Procedure, ProcedureVersion
from vanlang.catalogue.rules.content import digest
from vanlang.catalogue.rules.starter import StarterProcedure, read_registers, read_starter, with_registers
from vanlang.catalogue.services.publishing import last_versions, retire
from vanlang.catalogue.services.registering import check_registers
from vanlang.catalogue.services.storing import VersionPlan, lock_catalogue, store_versions
from vanlang.catalogue.types import Origin
from vanlang.identity.api import Actor
from vanlang.registers.api import load_registers


@dataclass(frozen=True, slots=True)
class StarterReport:
    """What loading the starter catalogue did."""

    total: int
    published: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]
    """Edited by a department since: left as they are."""


@transaction.atomic
def load_starter(*, actor: Actor, at: datetime, folder: Path | None = None) -> StarterReport:
    """
    Publish every procedure of the starter catalogue that is new or has changed; idempotent.

    A procedure that the import brought before is succeeded from today on; one that a department edited is left.
    """
    lock_catalogue()
    starters = read_folder(folder or settings.VANLANG_REFERENCE / "catalogue" / "starter")
    codes = [starter.code for starter in starters]
    last = last_versions(codes)
    fresh, kept = [], []
    for starter in starters:
        known = last.get(starter.code)
        if known is None or (
            known.origin != Origin.DEPARTMENT and known.content_hash != digest(starter.content)
        ):
            fresh.append(starter)
        elif known.origin == Origin.DEPARTMENT:
            kept.append(starter.code)
    if fresh:
        load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    for starter in fresh:
        for _, content in starter.editions:
            check_registers(content)
    procedures = _ensure_procedures(starters)
    for starter in fresh:
        if (known := last.get(starter.code)) is not None:
            retire([known], max(at.date(), known.valid_from))
    plans = [
        plan
        for starter in fresh
        for plan in _plans(starter, procedures[starter.code], last.get(starter.code), at.date())
    ]
    store_versions(plans, at=at, account_id=actor.account_id)
    record_act(
        act="catalogue.load_starter",
        actor=actor,
        object_type="catalogue",
        object_id="starter",
        at=at,
        facts={"published": len(fresh), "kept": len(kept)},
    )
    published = tuple(starter.code for starter in fresh)
    return StarterReport(len(starters), published, len(starters) - len(fresh) - len(kept), tuple(kept))


def read_folder(folder: Path) -> list[StarterProcedure]:
    """Return the procedures of every file of `folder`, in order of file and place, with their registers (`registers.toml` beside it)."""
    beside = folder.parent / "registers.toml"
    links = read_registers(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    return [
        with_registers(starter, links.get(starter.code))
        for path in sorted(folder.glob("*.toml"))
        for starter in read_starter(path.read_text(encoding="utf-8"))
    ]


def _ensure_procedures(starters: list[StarterProcedure]) -> dict[str, int]:
    Procedure.objects.bulk_create(
        (
            Procedure(code=starter.code, popularity=starter.popularity, is_frequent=starter.is_frequent)
            for starter in starters
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["popularity", "is_frequent"],
    )
    return dict(
        Procedure.objects.filter(code__in=[starter.code for starter in starters]).values_list("code", "id")
    )


def _plans(
    starter: StarterProcedure, procedure_id: int, known: ProcedureVersion | None, today: date
) -> Iterator[VersionPlan]:
    """Yield one version per edition; those that would end before the known version is succeeded are left out."""
    begins = starter.editions[0][0] if known is None else max(today, known.valid_from)
    number = 1 if known is None else known.number + 1
    ends = [valid_from for valid_from, _ in starter.editions[1:]] + [None]
    for (valid_from, content), valid_to in zip(starter.editions, ends, strict=True):
        if valid_to is not None and valid_to <= begins:
            continue
        yield VersionPlan(
            procedure_id, number, max(begins, valid_from), content, starter.questions, valid_to=valid_to
        )
        number += 1
