"""
Whether a procedure can be filed on a screen at all.

The catalogue says how far a procedure goes online, and how long it takes in each way of filing. What only informs is
filed at the counter; and what has no confirmed time limit for filing online could not be received, so it is not taken.
"""

from __future__ import annotations

from vanlang.kernel.errors import Refusal


def may_file_online(*, only_informs: bool, has_online_limit: bool) -> Refusal | None:
    """Return why a procedure cannot be filed online, or None."""
    if only_informs:
        return Refusal("intake.counter_only")
    if not has_online_limit:
        return Refusal("intake.no_online_limit")
    return None
