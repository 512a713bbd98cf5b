"""Words of the counter's day."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    """How far a ticket is."""

    WAITING = "waiting"
    CALLED = "called"
    """At a window, or on the way to it."""
    DONE = "done"
    NO_SHOW = "no_show"
    """Was called and did not come; may be called again the same day."""


class TicketAct(StrEnum):
    """What an officer does with a ticket."""

    CALL = "call"
    CALL_AGAIN = "call_again"
    """Of the one at the window: the number is shown and said once more. Of one who did not come: they are here now."""
    SKIP = "skip"
    TRANSFER = "transfer"
    FINISH = "finish"


class Priority(StrEnum):
    """Why somebody is called before others; chosen at the kiosk, checked by looking. Law: unverified."""

    NONE = "none"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    SMALL_CHILD = "small_child"
    MERIT = "merit"
    """People with merit to the revolution."""
