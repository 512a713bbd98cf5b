"""
What can go wrong with certification.

    NotTakenInError       what was brought cannot be taken in as typed          422
    NotEnteredError       nothing is left to enter, or not by this officer      409
    NotCancelledError     the line cannot be struck out (any more, or this way) 409
    NoSuchEntryError      no such visit or line, or not of this agency          404
    PlaceError            the words would be printed off the page               422
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class NotTakenInError(Invalid):
    code = "certification.nothing_brought"


class NotEnteredError(Conflict):
    code = "certification.nothing_to_enter"


class NotCancelledError(Conflict):
    code = "certification.cancelled_already"


class NoSuchEntryError(NotFound):
    code = "certification.not_found"


class PlaceError(Invalid):
    code = "certification.outside_the_page"
