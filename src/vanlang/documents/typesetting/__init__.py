"""
Typesetting: facts in, an official PDF out (PDF/A-3a and PDF/UA-1), the same bytes for the same facts.

typst sets the page. Templates come from the apps (`<app>/templates/<app>/….typ`), and an agency may put its own
in place of any of them (`VANLANG_TEMPLATE_OVERRIDES/<agency code>/<app>/….typ`). What a person typed travels as
JSON beside the template and is never read as markup. The only fonts are the four that we ship: a system font
that lacks a letter would be mixed in without a word.
"""

from __future__ import annotations

from .engine import compose, typeset
from .joining import join
from .marks import find_marks
from .qr import qr_svg
from .values import as_json, plain

__all__ = ["as_json", "compose", "find_marks", "join", "plain", "qr_svg", "typeset"]
