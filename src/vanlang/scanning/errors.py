"""
What can go wrong while scanning.

    NoSuchBatchError    there is no such batch or page, or not yours     404
    NotFiledError       pages cannot be filed as papers yet              422
    TooMuchError        more pages than one batch holds                  422
"""

from __future__ import annotations

from vanlang.kernel.errors import Invalid, NotFound


class NoSuchBatchError(NotFound):
    code = "scanning.not_found"


class NotFiledError(Invalid):
    code = "scanning.no_pages"


class TooMuchError(Invalid):
    code = "scanning.too_many_pages"
