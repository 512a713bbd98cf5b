"""
The keys that sign verification codes, and what is published with them: the keys, and the list of what ended before its time.

One Ed25519 key of the platform is in use at a time; older ones stay published, because paper lives longer than keys. The private half
lies encrypted in a row that only the system sees.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import secrets

import jwt
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.registers.models import VerificationKey
from vanlang.registers.queries.public import list_ended
from vanlang.registers.rules import codes
from vanlang.registers.types import CodeStatement

LIST_LIVES = dt.timedelta(days=7)
"""For how long a list of ended results may be relied on without fetching a newer one."""


def seal_code(statement: CodeStatement, *, at: dt.datetime) -> str:
    """Return the code that says `statement`, signed with the key in use; of a long title its beginning."""
    kid, private = _current_key(at)
    return codes.seal(codes.fitted(statement), kid=kid, sign=private.sign)


def sealed_list(*, at: dt.datetime) -> str:
    """
    Return the list of results that were replaced or revoked, as a JWS (EdDSA): agency, number, days, how. No personal data.

    `exp` says until when a verifier without a network may rely on it.
    """
    kid, private = _current_key(at)
    ended = list_ended(on=at.astimezone(VIETNAM).date())
    said = {
        "iss": settings.VANLANG_PROVINCE_CODE,
        "iat": at,
        "exp": at + LIST_LIVES,
        "ended": [
            {
                "agency": agency,
                "number": number,
                "issued_on": str(issued),
                "ended_on": str(ended_on),
                "as": how,
            }
            for agency, number, issued, ended_on, how in ended
        ],
    }
    return jwt.encode(said, private, algorithm="EdDSA", headers={"kid": kid})


@transaction.atomic
def renew_key(*, actor: Actor, at: dt.datetime) -> str:
    """Retire the key in use and make another; what the old one signed stays valid. Return the new key's name."""
    with acting(Scope.system()):
        VerificationKey.objects.filter(retired_at__isnull=True).update(retired_at=at)
        row = _make_key(at)
    record_act(
        act="registers.renew_key", actor=actor, object_type="verification_key", object_id=row.kid, at=at
    )
    return row.kid


def _current_key(at: dt.datetime) -> tuple[str, Ed25519PrivateKey]:
    with acting(Scope.system()):
        row = VerificationKey.objects.filter(retired_at__isnull=True).first() or _first_key(at)
    private = Ed25519PrivateKey.from_private_bytes(_cipher().decrypt(bytes(row.private)))
    return row.kid, private


def _first_key(at: dt.datetime) -> VerificationKey:
    """Make the first key; of two who try at once, both get the same."""
    try:
        with transaction.atomic():
            return _make_key(at)
    except IntegrityError:
        return VerificationKey.objects.get(retired_at__isnull=True)


def _make_key(at: dt.datetime) -> VerificationKey:
    private = Ed25519PrivateKey.from_private_bytes(secrets.token_bytes(32))
    public = private.public_key().public_bytes_raw()
    row = VerificationKey(
        kid=hashlib.sha256(public).hexdigest()[:16],
        public=public,
        private=_cipher().encrypt(private.private_bytes_raw()),
        made_at=at,
    )
    row.save(force_insert=True)
    return row


def _cipher() -> Fernet:
    key = settings.VANLANG_KEY_ENCRYPTION_KEY or settings.SECRET_KEY
    derived = HKDF(SHA256(), 32, salt=None, info=b"vanlang.registers.verification-key").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
