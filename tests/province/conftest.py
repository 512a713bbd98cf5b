from __future__ import annotations

from vanlang.province.tests.conftest import reference

__all__ = ["reference"]
