"""
Which petitions a visitor without account has opened: kept in the session for half an hour, sealed.

The secret itself is kept for the page that shows it once, and forgotten with it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import MutableMapping
from typing import Any

from cryptography.exceptions import InvalidTag

from vanlang.kernel.sealing import seal, unseal
from vanlang.petitions.actors import SenderKey, secret_mark
from vanlang.petitions.types import Filed

KEY = "petitions"
OPEN_FOR = dt.timedelta(minutes=30)
MOST = 8
_BOUND_TO = "petitions.receipts"
Session = MutableMapping[str, Any]


def keep_receipt(session: Session, filed: Filed, *, at: dt.datetime) -> None:
    """Remember a petition that was just sent, with the secret that its receipt shows."""
    _write(session, filed.id, {"mark": secret_mark(filed.code, filed.secret), "secret": filed.secret}, at)


def open_receipt(session: Session, petition_id: uuid.UUID, key: SenderKey, *, at: dt.datetime) -> None:
    """Remember a petition whose secret was shown."""
    _write(session, petition_id, {"mark": key.secret_mark}, at)


def receipt_mark(session: Session, petition_id: uuid.UUID, *, at: dt.datetime) -> str:
    """Return the mark of the secret that was shown a while ago, or nothing."""
    return _read(session, petition_id, at).get("mark", "")


def receipt_secret(session: Session, petition_id: uuid.UUID, *, at: dt.datetime) -> str:
    """Return the secret of a petition that was just sent, or nothing."""
    return _read(session, petition_id, at).get("secret", "")


def _write(session: Session, petition_id: uuid.UUID, told: dict[str, str], at: dt.datetime) -> None:
    sealed = seal({**told, "at": at.isoformat()}, bound_to=_BOUND_TO).hex()
    known = {**session.get(KEY, {}), str(petition_id): sealed}
    session[KEY] = dict(list(known.items())[-MOST:])


def _read(session: Session, petition_id: uuid.UUID, at: dt.datetime) -> dict[str, str]:
    sealed = session.get(KEY, {}).get(str(petition_id))
    if not sealed:
        return {}
    try:
        told: dict[str, str] = unseal(bytes.fromhex(sealed), bound_to=_BOUND_TO)
    except (InvalidTag, ValueError):
        return {}
    return told if at - dt.datetime.fromisoformat(told["at"]) < OPEN_FOR else {}
