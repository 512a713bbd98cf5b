"""Keep what the portal pushes, before it is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from django.db import transaction

from vanlang.connectors.api import accept, digest_of
from vanlang.nationalportal.models import Push
from vanlang.nationalportal.types import SYSTEM


class Kept(StrEnum):
    """What is answered to a push."""

    NEW = "0"
    HAD = "3"
    """The same message, or another with the same words about the same object."""
    OTHER = "4"
    """This id was another message."""


@transaction.atomic
def keep(
    *, message_id: str, service: str, about: str, content: Mapping[str, object], at: dt.datetime
) -> Kept:
    """Keep one pushed message. Raises: LookupError for a service that nobody here applies."""
    digest = digest_of(content)
    known = Push.objects.select_for_update().filter(pk=message_id).first()
    if known is not None:
        is_same = bytes(known.digest) == digest and known.service == service
        return Kept.HAD if is_same else Kept.OTHER
    accepted = accept(system=SYSTEM, kind=service, external_id=about, content=content, at=at)
    Push.objects.bulk_create(
        [Push(message_id=message_id, service=service, digest=digest, arrival_id=accepted.id, at=at)],
        ignore_conflicts=True,  # the same push twice at one moment: one of the two was first
    )
    return Kept.NEW if accepted.is_new else Kept.HAD
