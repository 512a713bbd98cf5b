from __future__ import annotations

import secrets

from vanlang.payments.rules.references import reference_of


def new_reference() -> str:
    """Return a reference that nobody has: sixty random bits, and the database refuses a repetition."""
    return reference_of(secrets.randbits(60))
