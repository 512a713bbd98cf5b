from __future__ import annotations

from tests.support.sandbox import fixture_outside as outside

__all__ = ["outside"]
