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


class TrayKind(StrEnum):
    """What is carried, and to whom."""

    TO_UNIT = "to_unit"
    """Received dossiers, from the counter to the unit that works on them."""
    RESULTS = "results"
    """Issued results, from the registry clerk to the counter that returns them."""


class TrayItemState(StrEnum):
    """What became of one line of a tray."""

    ON_THE_WAY = "on_the_way"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    """Sent back with a reason: it stays with who gave it."""


class PostDirection(StrEnum):
    IN = "in"
    OUT = "out"


class PostState(StrEnum):
    """How far a postal item is."""

    REGISTERED = "registered"
    """Wanted, or announced: not yet on its way from here."""
    SENT = "sent"
    ARRIVED = "arrived"
    """An envelope that came."""
    DELIVERED = "delivered"
    RETURNED = "returned"
    """Came back undelivered."""


class PostAct(StrEnum):
    SEND = "send"
    OPEN = "open"
    DELIVER = "deliver"
    RETURN = "return"


class CashKind(StrEnum):
    TAKEN = "taken"
    COUNTER_ENTRY = "counter_entry"
    """Takes back one entry in full; the right one is written anew."""


class BatchKind(StrEnum):
    ONE_PERSON = "one_person"
    """Several procedures of one person."""
    ONE_PROCEDURE = "one_procedure"
    """One procedure for many people."""


class BatchLineState(StrEnum):
    WRITTEN = "written"
    """May be corrected; not received."""
    RECEIVED = "received"
    DROPPED = "dropped"
    """Taken off the list by the officer."""
