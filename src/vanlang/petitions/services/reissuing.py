"""A sender who lost the secret: at a counter they show who they are, and get a new one. The officer reads nothing of the petition."""

from __future__ import annotations

import datetime as dt
import hmac

from django.db import transaction

from vanlang.identity.api import Actor, consume, give_back
from vanlang.kernel import events
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.api import mobile
from vanlang.petitions.actors import secret_mark
from vanlang.petitions.errors import PetitionNotAcceptableError, PetitionNotFoundError, TooManyPetitionsError
from vanlang.petitions.events import PetitionSecretReissued
from vanlang.petitions.models import Petition
from vanlang.petitions.queries.access import facts_of
from vanlang.petitions.rules import codes
from vanlang.petitions.services.acting import Step, allow
from vanlang.petitions.services.filing import new_secret
from vanlang.petitions.types import Filed, IdentityProof, PetitionAct

TRIES, PER = 5, dt.timedelta(minutes=15)
_ON_RECORD = {IdentityProof.CARD: "personal_id", IdentityProof.PHONE: "phone"}


def reissue_secret(*, code: str, proof: IdentityProof, shown: str, actor: Actor, at: dt.datetime) -> Filed:
    """
    Return a petition's code and a new secret, shown this once; the old one opens nothing any more, the sender is told.

    At any counter: what was shown (number of the card, telephone) is compared with what is on record, and only that is
    said. An unknown code and another number get one answer; a try is counted before it. Outside any transaction.
    Raises: PetitionNotFoundError("petitions.identity_differs"), PetitionNotAcceptableError("petitions.reissue_impossible",
    "petitions.has_no_secret"), PetitionNotAllowedError, TooManyPetitionsError.
    """
    parsed = codes.parse(code)
    if parsed is None:
        raise PetitionNotFoundError("petitions.identity_differs")
    tries = f"petitions.reissue:{parsed}"
    with acting(Scope.system()):
        refuse_if(consume(tries, limit=TRIES, per=PER, at=at), TooManyPetitionsError)
        with transaction.atomic():
            row = Petition.objects.select_for_update(of=("self",)).filter(code=parsed).first()
            if row is None:
                raise PetitionNotFoundError("petitions.identity_differs")
            filed = _reissue(row, proof, shown, actor, at)
        give_back(tries)
    return filed


def _reissue(row: Petition, proof: IdentityProof, shown: str, actor: Actor, at: dt.datetime) -> Filed:
    facts = facts_of(row, actor=actor, at=at)
    allow(PetitionAct.REISSUE_SECRET, facts)
    refuse_if(_why_not(row), PetitionNotAcceptableError)
    if not _is_on_record(row, proof, shown):
        raise PetitionNotFoundError("petitions.identity_differs")
    secret = new_secret()
    row.secret_mark = secret_mark(row.code, secret)
    moved = Step(row, PetitionAct.REISSUE_SECRET, actor, facts, at).finish(proof=proof)
    events.publish(PetitionSecretReissued(at=at, petition_id=row.pk, number=moved.version))
    return Filed(row.pk, row.code, codes.secret_of(secret), is_new=False)


def _why_not(row: Petition) -> Refusal | None:
    """Return why nobody can get a new secret: there was none, or nothing is on record to compare with."""
    if not row.secret_mark:
        return Refusal("petitions.has_no_secret")
    contact = row.contact or {}
    known = any(_plain(proof, contact.get(name, "")) for proof, name in _ON_RECORD.items())
    return None if known else Refusal("petitions.reissue_impossible")


def _is_on_record(row: Petition, proof: IdentityProof, shown: str) -> bool:
    known = _plain(proof, (row.contact or {}).get(_ON_RECORD[proof], ""))
    return bool(known) and hmac.compare_digest(known, _plain(proof, shown))


def _plain(proof: IdentityProof, text: str) -> str:
    """Return a number without what people write between its digits; a mobile one without its ways to begin."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return (mobile(text) or digits) if proof is IdentityProof.PHONE else digits
