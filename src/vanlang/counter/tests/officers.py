"""Officers of the cast at a browser: Django's test client, signed in and working in one appointment."""

from __future__ import annotations

import re

from django.test import Client

from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import SESSION_KEY, Actor
from vanlang.identity.models import Account
from vanlang.kernel import clock

INTAKE = "/can-bo/tiep-nhan/1.001193/"
PROOFS = "account_authentication_methods"
"""Where the sign-in keeps how its owner proved who they are."""


def browser_of(actor: Actor) -> Client:
    """Return a browser in which `actor` is signed in."""
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(pk=actor.account_id))
    session = client.session
    session[SESSION_KEY] = actor.appointment_id
    session[PROOFS] = [{"method": "password", "at": clock.now().timestamp()}]
    session[f"{PROOFS}_user"] = str(actor.account_id)
    session.save()
    return client


def told(client: Client, world: World) -> dict[str, object]:
    """Return what the page of intake is sent for somebody new with every paper."""
    made = re.search(r'name="c-dossier_id" value="([^"]+)"', client.get(INTAKE).content.decode())
    assert made
    return {
        "viec": "nhan",
        "c-dossier_id": made[1],
        "c-full_name": "Hà Thị Nga",
        "c-channel": "direct",
        "c-competent": str(world.viet_tri.id),
        "c-return_to": str(world.viet_tri.id),
        "all-papers": "1",
        f"paper-{world.document_id}-originals": "1",
    }
