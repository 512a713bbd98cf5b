from __future__ import annotations

from vanlang.kernel.errors import Conflict


class ProvinceNotEmptyError(Conflict):
    """There is something in the database already, and a synthetic province is never mixed with anything."""
