from __future__ import annotations

from django.conf import settings


def public_address(token: str) -> str:
    """Return the address that a code printed on a receipt or an outcome leads to: the portal's page of verification."""
    return f"{settings.VANLANG_PUBLIC_URL}/xac-minh/{token}/"
