"""
What can go wrong when two sides are compared.

    NotFound  SystemNotComparedError, RunNotFoundError, DifferenceNotFoundError
    Conflict  RunGoesOnError            two comparisons of one system never run at once
              RemedyNotPossibleError    the other side owns it, or there is nothing to send
    Invalid   RangeError, ExportError   days that are none; a file with lines that cannot be read
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class SystemNotComparedError(NotFound):
    code = "sentinel.system_not_compared"


class RunNotFoundError(NotFound):
    code = "sentinel.run_not_found"


class DifferenceNotFoundError(NotFound):
    code = "sentinel.difference_not_found"


class RunGoesOnError(Conflict):
    code = "sentinel.run_goes_on"


class RemedyNotPossibleError(Conflict):
    code = "sentinel.remedy_not_possible"


class RangeError(Invalid):
    code = "sentinel.range_is_none"


class ExportError(Invalid):
    code = "sentinel.export_unreadable"
