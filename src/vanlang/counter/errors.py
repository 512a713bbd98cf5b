"""What the counter's day refuses."""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class CounterConflict(Conflict):
    code = "counter.ticket_not_so"


class CounterInvalid(Invalid):
    code = "counter.not_so"


class CounterNotFound(NotFound):
    code = "counter.unknown"
