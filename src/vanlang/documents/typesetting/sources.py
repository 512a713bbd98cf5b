"""Where templates come from: the apps' own, and over them an agency's."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_HOUSE = Path(__file__).resolve().parents[2]
_TEMPLATE = re.compile(r"[a-z_]+(/[a-z0-9_-]+)*/[a-z0-9_-]+\.typ")
_AGENCY = re.compile(r"[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*")


def is_template_name(name: str) -> bool:
    """Say whether `name` can be a template's: lower case, no dots but the last, no way up."""
    return _TEMPLATE.fullmatch(name) is not None


@lru_cache(maxsize=1)
def shipped() -> dict[str, bytes]:
    """Return the templates of all apps of the house by name ("documents/layout.typ")."""
    found: dict[str, bytes] = {}
    for folder in sorted(_HOUSE.glob("*/templates")):
        found |= _read(folder)
    return found


def overrides(agency_code: str | None) -> dict[str, bytes]:
    """Return what the agency put in place of shipped templates. Read anew each time: a new file counts at once."""
    folder = getattr(settings, "VANLANG_TEMPLATE_OVERRIDES", None)
    if folder is None or agency_code is None or _AGENCY.fullmatch(agency_code) is None:
        return {}
    return _read(Path(folder) / agency_code)


def _read(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    names = ((file, file.relative_to(folder).as_posix()) for file in sorted(folder.rglob("*.typ")))
    return {name: file.read_bytes() for file, name in names if is_template_name(name)}
