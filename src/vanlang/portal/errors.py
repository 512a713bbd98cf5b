from __future__ import annotations

from vanlang.kernel.errors import Conflict


class NoOutcomeYetError(Conflict):
    """There is no electronic outcome to hand out."""

    code = "portal.no_outcome_yet"
