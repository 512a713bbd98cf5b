"""The manual shows every picture that the journeys take, and no other; all of it stays light."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

MANUAL = Path(settings.VANLANG_ROOT) / "docs" / "manual-vi"
PICTURES = {path.name for path in (MANUAL / "img").glob("*.png")}
LINK = re.compile(r"\]\(([^)#]+)\)")


def links() -> dict[str, set[str]]:
    """Return what each page of the manual links to."""
    return {page.name: set(LINK.findall(page.read_text(encoding="utf-8"))) for page in MANUAL.glob("*.md")}


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{page}: {to}" for page, found in links().items() for to in found if not (MANUAL / to).exists()
    ]
    assert broken == []


def test_every_picture_is_shown() -> None:
    shown = {to.removeprefix("img/") for found in links().values() for to in found}
    assert sorted(PICTURES - shown) == []


def test_every_page_is_found_from_the_first() -> None:
    assert set(links()) - {"README.md"} == {to for to in links()["README.md"] if to.endswith(".md")}


def test_the_pictures_are_light() -> None:
    sizes = [(MANUAL / "img" / name).stat().st_size for name in PICTURES]
    assert max(sizes) < 200_000
    assert sum(sizes) < 12_000_000
