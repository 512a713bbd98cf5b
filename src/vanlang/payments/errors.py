"""
What can go wrong with money.

    MoneyNotAllowed    who you are forbids it                                   403
    MoneyNotFound      there is no such demand, payment or refund, or not for you  404
    MoneyNotPossible   the state of things forbids it now                       409
    MoneyNotAcceptable what was typed cannot be booked                          422
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class MoneyNotAllowed(NotAllowed):
    code = "payments.not_allowed"


class MoneyNotFound(NotFound):
    code = "payments.not_found"


class MoneyNotPossible(Conflict):
    code = "payments.not_possible"


class MoneyNotAcceptable(Invalid):
    code = "payments.not_acceptable"
