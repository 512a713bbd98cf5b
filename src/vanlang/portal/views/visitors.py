"""Who is at the other end, as far as limits on tries need to know. Never stored, never logged."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """
    Return the network address that the request came from, as the sign-in page takes it.

    Behind nginx every request comes from this machine: of X-Forwarded-For so many entries are believed as proxies of ours
    stand in front (VANLANG_TRUSTED_PROXIES), and none without one. Else a whole province would share one allowance.
    """
    return str(get_adapter().get_client_ip(request))
