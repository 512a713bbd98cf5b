from __future__ import annotations

import datetime as dt
import hmac

from django.db import transaction
from django.db.models import F

from vanlang.dossiers.cards import PublicStatus
from vanlang.dossiers.errors import DossierNotFound, TooManyTries
from vanlang.dossiers.models import Dossier, TrackingTries
from vanlang.dossiers.queries.public import public_status
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.kernel.scope import Scope, acting

TRIES = 5
WINDOW = dt.timedelta(minutes=15)


def track(*, code: str, second_fact: str, at: dt.datetime) -> PublicStatus:
    """
    Return the masked status of a dossier to whoever knows its code and the last four digits of the applicant's
    personal id or telephone number.

    A wrong code and a wrong second fact get one answer. Five wrong tries for a code close it for a quarter of an hour;
    a try is counted in a transaction of its own, before the answer.
    Raises: DossierNotFound("dossiers.code_malformed" or "dossiers.tracking_failed"), TooManyTries.
    """
    parsed = DossierCode.parse(code)
    if parsed is None:
        raise DossierNotFound("dossiers.code_malformed")
    with acting(Scope.system()):
        _count_try(str(parsed), at)
        row = Dossier.objects.filter(code=str(parsed)).first()
        if row is None or not _knows(row, second_fact):
            raise DossierNotFound("dossiers.tracking_failed")
        TrackingTries.objects.filter(code=str(parsed)).delete()
        return public_status(row, at=at)


def _knows(row: Dossier, second_fact: str) -> bool:
    given = "".join(letter for letter in second_fact if letter.isdigit())
    facts = [number[-4:] for number in (row.applicant_personal_id, row.applicant_phone) if len(number) >= 4]
    matches = [hmac.compare_digest(fact, given) for fact in facts]
    return len(given) == 4 and any(matches)


@transaction.atomic(durable=False)
def _count_try(code: str, at: dt.datetime) -> None:
    tries, _ = TrackingTries.objects.select_for_update().get_or_create(code=code, defaults={"since_at": at})
    if at - tries.since_at >= WINDOW:
        tries.since_at, tries.wrong = at, 0
    if tries.wrong >= TRIES:
        left = tries.since_at + WINDOW - at
        raise TooManyTries(minutes=max(1, -(-int(left.total_seconds()) // 60)))
    tries.wrong = F("wrong") + 1 if tries.wrong else 1
    tries.save()
