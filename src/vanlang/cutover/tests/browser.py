"""Administrators at a browser: Django's test client, signed in and working in one appointment."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from vanlang.identity.api import SESSION_KEY, Actor
from vanlang.identity.models import Account
from vanlang.kernel import clock

PROOFS = "account_authentication_methods"
"""Where the sign-in keeps how its owner proved who they are."""


def browser_of(actor: Actor, *, second_factor_at: dt.datetime | None = None) -> Client:
    """Return a browser in which `actor` is signed in, optionally with a second factor shown at an instant."""
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(pk=actor.account_id))
    session = client.session
    session[SESSION_KEY] = actor.appointment_id
    proofs: list[dict[str, object]] = [{"method": "password", "at": clock.now().timestamp()}]
    if second_factor_at is not None:
        proofs.append({"method": "mfa", "type": "totp", "at": second_factor_at.timestamp()})
    session[PROOFS], session[f"{PROOFS}_user"] = proofs, str(actor.account_id)
    session.save()
    return client
