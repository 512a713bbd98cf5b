"""A stranger shows the receipt: code and secret, a few tries."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.identity.api import consume, give_back
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.actors import SenderKey, is_same, secret_mark
from vanlang.petitions.errors import PetitionNotFoundError, TooManyPetitionsError
from vanlang.petitions.models import Petition
from vanlang.petitions.rules import codes

TRIES, PER = 5, dt.timedelta(minutes=15)


def prove(*, code: str, secret: str, at: dt.datetime) -> tuple[uuid.UUID, SenderKey]:
    """
    Return the petition of a receipt and the key that its secret is.

    A wrong code and a wrong secret get one answer; a try is counted before it. Outside any transaction.
    Raises: PetitionNotFoundError("petitions.wrong_secret"), TooManyPetitionsError.
    """
    parsed = codes.parse(code)
    if parsed is None:
        raise PetitionNotFoundError("petitions.wrong_secret")
    tries = f"petitions.prove:{parsed}"
    with acting(Scope.system()):
        refuse_if(consume(tries, limit=TRIES, per=PER, at=at), TooManyPetitionsError)
        row = Petition.objects.filter(code=parsed).only("id", "secret_mark").first()
        shown = secret_mark(parsed, secret)
        if row is None or not is_same(row.secret_mark, shown):
            raise PetitionNotFoundError("petitions.wrong_secret")
        give_back(tries)
    return row.pk, SenderKey(secret_mark=shown)
