"""
People at the keyboard, for tests of pages: an account made, a session begun, in one call.

    client = sign_in(Client(), world.leader, second_factor=True)
"""

from __future__ import annotations

import time

from django.test import Client

from vanlang.identity.api import SESSION_KEY, Actor
from vanlang.identity.models import Account


def sign_in(client: Client, actor: Actor, *, second_factor: bool = False) -> Client:
    """Begin a session of `actor`, in its appointment; with a second factor shown just now when asked for."""
    account = Account.objects.get(pk=actor.account_id)
    client.force_login(account)
    session = client.session
    if actor.appointment_id is not None:
        session[SESSION_KEY] = actor.appointment_id
    if second_factor:
        session["account_authentication_methods_user"] = str(account.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client
