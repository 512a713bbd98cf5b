"""By which code the portal knows our dossiers, and which of them it holds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.models import PortalFiling, Told
from vanlang.nationalportal.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Filed:
    """That a dossier was filed at the portal."""

    dossier_id: uuid.UUID
    code: str
    """MaHoSo."""
    account: str
    arrival_id: int
    filed_at: dt.datetime


def get_filings(dossier_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Filed]:
    """Return those of some dossiers that were filed at the portal. One query."""
    with acting(Scope.system()):
        return {
            row.dossier_id: _filed(row)
            for row in PortalFiling.objects.filter(dossier_id__in=set(dossier_ids))
        }


def find_filing(dossier_id: uuid.UUID) -> Filed | None:
    """Return that a dossier was filed at the portal, or None. For whoever sees the dossier."""
    return get_filings([dossier_id]).get(dossier_id)


def portal_code_of(dossier_id: uuid.UUID) -> str:
    """Return by which code the portal knows a dossier that was filed there; nothing for any other. For whoever sees it."""
    found = find_filing(dossier_id)
    return found.code if found else ""


def find_by_code(external_code: str) -> Filed | None:
    """Return the filing that the portal calls `external_code`, or None."""
    with acting(Scope.system()):
        row = PortalFiling.objects.filter(external_code=external_code).first()
    return _filed(row) if row else None


def known_there(dossier_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of some dossiers that the portal holds: told before, or filed there."""
    wanted = set(dossier_ids)
    told = Told.objects.filter(dossier_id__in=wanted).values_list("dossier_id", flat=True)
    filed = PortalFiling.objects.filter(dossier_id__in=wanted).values_list("dossier_id", flat=True)
    return frozenset(told.union(filed))


def standings_there(dossier_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Return what the portal took of some dossiers when they were last told whole; only those of which it is known."""
    rows = Told.objects.filter(dossier_id__in=set(dossier_ids), rest__isnull=False)
    return {
        row.dossier_id: Standing(bytes(row.rest), frozenset(filter(None, row.days.split(","))))
        for row in rows
        if row.rest is not None
    }


def _filed(row: PortalFiling) -> Filed:
    return Filed(row.dossier_id, row.external_code, row.portal_account, row.arrival_id, row.filed_at)
