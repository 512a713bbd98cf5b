"""
How often something may be tried, counted in PostgreSQL so that it holds across processes and restarts.

One row per key says when its allowance is full again. Each try takes one share of the allowance, and shares grow
back evenly: `limit=5, per=10 minutes` lets five through at once, then one every two minutes. The row is taken and
checked in one statement, so two processes never spend the same share. Only a keyed hash of the key is stored.
"""

from __future__ import annotations

import datetime as dt
import math

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from vanlang.identity.models import Allowance
from vanlang.kernel.errors import Refusal

_TAKE = """
INSERT INTO identity_allowance AS known (key, full_at) VALUES (%(key)s, %(at)s + %(share)s)
ON CONFLICT (key) DO UPDATE SET full_at = greatest(known.full_at, %(at)s) + %(share)s
WHERE greatest(known.full_at, %(at)s) + %(share)s <= %(at)s + %(per)s
RETURNING full_at
"""


def consume(key: str, *, limit: int, per: dt.timedelta, at: dt.datetime) -> Refusal | None:
    """
    Take one try of the `limit` that `key` has in any `per`; return the refusal when none is left.

    Call it before the act and outside its transaction: a try counts even when the act is undone. What `key` names
    (an address, a dossier code, an account) is never stored.
    Shapes: the refusal's facts are `minutes` (rounded up, for the sentence) and `retry_after_seconds`.
    """
    hashed, share = _hash(key), per / limit
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": hashed, "at": at, "share": share, "per": per})  # type: ignore[dict-item] # psycopg adapts a timedelta to an interval, the stubs forget it
        if cursor.fetchone() is not None:
            return None
    full_at = Allowance.objects.filter(pk=hashed).values_list("full_at", flat=True).first() or at
    wait = max((full_at + share - per - at).total_seconds(), 1)
    return Refusal(
        "kernel.too_many_attempts",
        {"minutes": math.ceil(wait / 60), "retry_after_seconds": math.ceil(wait)},
    )


def give_back(key: str) -> None:
    """Forget the tries of `key`: after a success, the failures before it count no more."""
    Allowance.objects.filter(pk=_hash(key)).delete()


def forget_full_allowances(at: dt.datetime) -> int:
    """Delete the rows that say nothing any more; return how many. A daily job calls it."""
    return Allowance.objects.filter(full_at__lte=at).delete()[0]


def _hash(key: str) -> bytes:
    return salted_hmac("vanlang.identity.throttle", key, algorithm="sha256").digest()
