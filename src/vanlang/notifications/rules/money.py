"""The day's cap: what may still be spent, and what becomes of a message that the money does not reach for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanlang.kernel.errors import Refusal
from vanlang.notifications.types import NoticeKind


def affordable(costs: Sequence[int], *, spent: int, caps: Iterable[int | None]) -> int:
    """Return how many of the first `costs` may be spent on top of `spent`, under every cap there is. Units: đồng."""
    least = min((cap for cap in caps if cap is not None), default=None)
    if least is None:
        return len(costs)
    left, count = least - spent, 0
    for cost in costs:
        if cost > left:
            break
        left -= cost
        count += 1
    return count


def goes_by_letter_instead(kind: NoticeKind, *, has_email: bool) -> bool:
    """Return whether a message that the money does not reach for goes by e-mail instead; a duty waits for tomorrow, and rings then."""
    return has_email and kind is not NoticeKind.DUTY


def may_cap_province(*, is_province: bool) -> Refusal | None:
    """Return why an administrator may not set what all agencies together spend."""
    return None if is_province else Refusal("notifications.province_only")
