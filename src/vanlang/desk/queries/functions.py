"""The table of the 31 functions, read once."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from vanlang.desk.rules.functions import Functions, read_functions


@cache
def get_functions() -> Functions:
    """Return the table of `reference/functions.toml`."""
    path = settings.VANLANG_REFERENCE / "functions.toml"
    return read_functions(path.read_text(encoding="utf-8"))


def address_of_page(name: str) -> str:
    """Return the address of a page that needs no argument; empty for one that does."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
