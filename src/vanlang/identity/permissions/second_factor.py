"""
Whether the person at the keyboard has shown a second factor, and how long ago.

The session keeps a line for each way in which its owner proved who they are (allauth writes them). A role that
`VANLANG_SECOND_FACTOR_ROLES` names is only worked in with a second factor; an act as grave as signing wants a fresh one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from vanlang.identity.errors import SecondFactorRequiredError
from vanlang.identity.types import Actor, Role
from vanlang.kernel import clock

FRESH = dt.timedelta(minutes=15)
RECENT = dt.timedelta(minutes=5)
SKEW = dt.timedelta(minutes=1)
"""Two servers' clocks may differ: a proof this little in the future still counts."""


def require_fresh_second_factor(request: HttpRequest, *, max_age: dt.timedelta = FRESH) -> None:
    """
    Raise unless a second factor was shown in this session within `max_age`.

    Call it in the view, on the page that asks for confirmation and again on the act. The visitor is led to the page
    that takes the code and back; a form that was on its way is sent again with everything in it but files.
    Raises: SecondFactorRequiredError.
    """
    if not has_fresh_second_factor(request, max_age=max_age):
        raise SecondFactorRequiredError


def has_fresh_second_factor(request: HttpRequest, *, max_age: dt.timedelta = FRESH) -> bool:
    """Return whether a second factor was shown within `max_age`."""
    age = _age(request, "mfa")
    return age is not None and -SKEW <= age <= max_age


def has_recent_sign_in(request: HttpRequest, *, max_age: dt.timedelta = RECENT) -> bool:
    """Return whether its owner proved who they are, in any way, within `max_age`."""
    ages = [age for method in ("password", "mfa") if (age := _age(request, method)) is not None]
    return any(-SKEW <= age <= max_age for age in ages)


def lacks_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Return whether `actor` works in a role that needs a second factor, in a session that never saw one."""
    return needs_second_factor(actor.roles) and _age(request, "mfa") is None


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Return whether one of `roles` is only worked in with a second factor."""
    return any(role.value in settings.VANLANG_SECOND_FACTOR_ROLES for role in roles)


def _age(request: HttpRequest, method: str) -> dt.timedelta | None:
    """Return how long ago `method` was last used in this session, or None."""
    moments = [
        record["at"]
        for record in get_authentication_records(request, getattr(request, "user", None))
        if record.get("method") == method
    ]
    return clock.now() - dt.datetime.fromtimestamp(max(moments), clock.VIETNAM) if moments else None
