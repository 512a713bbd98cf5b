from __future__ import annotations

from vanlang.kernel.errors import Invalid


class SheetError(Invalid):
    """The file is no table that can be read."""

    code = "sheets.unreadable"
