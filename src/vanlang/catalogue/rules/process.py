"""What makes an internal process whole."""

from __future__ import annotations

from collections.abc import Sequence

from vanlang.catalogue.types import StepRole
from vanlang.kernel.errors import Refusal


def is_process(roles: Sequence[StepRole], shares: Sequence[int]) -> Refusal | None:
    """Return why these steps are no process: somebody examines, somebody else decides, and time is shared out."""
    if StepRole.SPECIALIST not in roles or StepRole.LEADER not in roles:
        return Refusal("catalogue.process_empty")
    if any(share < 0 for share in shares) or sum(shares) <= 0:
        return Refusal("catalogue.process_shares")
    return None
