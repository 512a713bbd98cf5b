"""
Who may administer what: each agency its own units and officers; the office of the province every agency.

Law: unverified
"""

from __future__ import annotations

from vanlang.kernel.errors import Refusal


def may_staff(*, own_agency_id: int | None, agency_id: int, is_province: bool) -> Refusal | None:
    """Return why an administrator may not change units and officers of an agency."""
    if is_province or own_agency_id == agency_id:
        return None
    return Refusal("desk.other_agency")


def may_reorganize(*, is_province: bool) -> Refusal | None:
    """Return why an administrator may not add, rename, merge or split agencies, or change days off."""
    return None if is_province else Refusal("desk.province_only")
