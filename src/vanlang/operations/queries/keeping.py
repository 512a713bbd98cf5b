"""What must still be there tomorrow: outcomes of backups and drills, certificates, some contents of the file store."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from vanlang.operations import ports
from vanlang.operations.models import Upkeep
from vanlang.operations.rules.keeping import Certificate
from vanlang.operations.types import UpkeepCard, UpkeepKind
from vanlang.signing.api import list_credentials_in_use


def find_last(kind: UpkeepKind, *, good: bool = False) -> UpkeepCard | None:
    """Return the last outcome of a kind, or the last good one."""
    rows = Upkeep.objects.filter(kind=kind, **({"is_good": True} if good else {}))
    row = rows.order_by("-began_at", "-id").first()
    return _card(row) if row else None


def list_upkeep(limit: int = 20) -> list[UpkeepCard]:
    """Return what was done, the newest first."""
    return [_card(row) for row in Upkeep.objects.order_by("-began_at", "-id")[:limit]]


def list_certificates(at: dt.datetime) -> tuple[list[Certificate], bool]:
    """Return the certificates that we sign with and the site's own, and whether the site's could not be read."""
    found = [
        Certificate(of=one.agency_name, ends_at=one.valid_to)
        for one in list_credentials_in_use(ends_before=at + _FAR)
    ]
    address = settings.VANLANG_TLS_CERTIFICATE or (
        settings.VANLANG_PUBLIC_URL if settings.VANLANG_PUBLIC_URL.startswith("https://") else ""
    )
    if not address:
        return found, False
    ends_at = ports.web_certificate_ends_at(address)
    if ends_at is None:
        return found, True
    return [*found, Certificate(of="trang web", ends_at=ends_at, is_web=True)], False


_FAR = dt.timedelta(days=60)


def _card(row: Upkeep) -> UpkeepCard:
    return UpkeepCard(
        kind=UpkeepKind(row.kind),
        began_at=row.began_at,
        ended_at=row.ended_at,
        is_good=row.is_good,
        facts=row.facts,
    )
