"""
What can go wrong in operation.

    SampleSpoiledError    the invented sample does not open as it was planted    409
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict


class SampleSpoiledError(Conflict):
    code = "operations.sample_missing"
