from __future__ import annotations

import datetime as dt
import hmac

from vanlang.dossiers.cards import PublicStatus
from vanlang.dossiers.errors import DossierNotFound, TooManyTries
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries.public import public_status
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.identity.api import consume, give_back
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting

TRIES = 5
WINDOW = dt.timedelta(minutes=15)


def track(*, code: str, second_fact: str, at: dt.datetime) -> PublicStatus:
    """
    Return the masked status of a dossier to whoever knows its code and the last four digits of the applicant's
    personal id or telephone number, or of the telephone of who handed it in. An enterprise code is no second fact:
    it is public.

    A wrong code and a wrong second fact get one answer. Five tries for a code, then one every three minutes; a try
    is counted before the answer, in a transaction of its own, and forgotten when it was right.
    Raises: DossierNotFound("dossiers.code_malformed" or "dossiers.tracking_failed"), TooManyTries.
    """
    parsed = DossierCode.parse(code)
    if parsed is None:
        raise DossierNotFound("dossiers.code_malformed")
    key = f"dossiers.track:{parsed}"
    with acting(Scope.system()):
        refuse_if(consume(key, limit=TRIES, per=WINDOW, at=at), TooManyTries)
        row = Dossier.objects.filter(code=str(parsed)).first()
        if row is None or not _knows(row, second_fact):
            raise DossierNotFound("dossiers.tracking_failed")
        give_back(key)
        return public_status(row, at=at)


def _knows(row: Dossier, second_fact: str) -> bool:
    given = "".join(letter for letter in second_fact if letter.isdigit())
    known = (row.applicant_personal_id, row.applicant_phone, row.agent_phone)
    facts = [number[-4:] for number in known if len(number) >= 4]
    matches = [hmac.compare_digest(fact, given) for fact in facts]
    return len(given) == 4 and any(matches)
