"""What the log of sign-ins bears out: that an account was vouched for, and which accounts are officers'."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings

from vanlang.audit.api import list_acts
from vanlang.identity.models import Appointment

VOUCHED = "socialaccount"
"""The way by which the national identity provider signs somebody in."""


def find_vouched_sign_ins(moments: Iterable[tuple[int, dt.datetime]]) -> dict[tuple[int, dt.datetime], int]:
    """
    Return (account, instant) → the line in the log by which the national provider had signed that account in then.

    Left out where no such session could still have been open. One query, whatever the number.
    """
    asked = set(moments)
    if not asked:
        return {}
    first, last = min(at for _, at in asked), max(at for _, at in asked)
    life = settings.VANLANG_SESSION_LIFE
    lines: defaultdict[str, list[tuple[dt.datetime, int]]] = defaultdict(list)
    for line in list_acts(
        act="identity.sign_in",
        object_type="account",
        object_ids={account for account, _ in asked},
        from_at=first - life,
        to_at=last,
    ):
        ways = line.facts.get("ways")
        if isinstance(ways, list) and VOUCHED in ways:
            lines[line.object_id].append((line.at, line.id))
    found = {}
    for account, at in asked:
        open_then = [line_id for signed_at, line_id in lines[str(account)] if at - life <= signed_at <= at]
        if open_then:
            found[account, at] = open_then[-1]
    return found


def officers_among(account_ids: Iterable[int]) -> frozenset[int]:
    """Return those of some accounts that hold or held an appointment."""
    held = Appointment.objects.filter(account_id__in=set(account_ids))
    return frozenset(held.values_list("account_id", flat=True))
