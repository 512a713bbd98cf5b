"""
Who may import what, and who may decide on it: business administration is two people's work.

Law: unverified
"""

from __future__ import annotations

from vanlang.kernel.errors import Refusal


def may_import(*, province_only: bool, is_province: bool) -> Refusal | None:
    """Return why an officer with the right role may not import a table of this kind."""
    return Refusal("configuration.province_only") if province_only and not is_province else None


def may_decide(
    *, needs_second_person: bool, proposed_by: int, decides: int, own_agency: bool, is_province: bool
) -> Refusal | None:
    """Return why an account may not apply what another proposed: not their own proposal, not another agency's."""
    if not (own_agency or is_province):
        return Refusal("configuration.other_agency")
    if needs_second_person and proposed_by == decides:
        return Refusal("configuration.second_person")
    return None
