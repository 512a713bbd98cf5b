"""
What a saved list must have.

Law: unverified
"""

from __future__ import annotations

from vanlang.kernel.errors import Refusal

LONGEST_NAME = 60
LONGEST_ADDRESS = 1000


def check_view(name: str, address: str) -> Refusal | None:
    """Return why a list cannot be kept under `name`, or None."""
    if not name.strip():
        return Refusal("teamwork.view_without_name")
    if len(name) > LONGEST_NAME or len(address) > LONGEST_ADDRESS:
        return Refusal("teamwork.view_too_long", {"most": LONGEST_NAME})
    return None
