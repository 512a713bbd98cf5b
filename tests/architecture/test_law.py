"""Each `Law:` line names a heading of docs/reference/law.md, and each heading is named by code."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.VANLANG_ROOT)
PAGE = ROOT / "docs" / "reference" / "law.md"
ANCHOR = re.compile(r"docs/reference/law\.md#([a-z0-9-]+)")
LINE = re.compile(r"^\s*(?:#:?\s*)?Law:\s*(.*)$", re.MULTILINE)


def sources() -> list[Path]:
    return [
        path
        for pattern in ("src/vanlang/**/*.py", "src/vanlang/**/*.typ", "reference/**/*.toml")
        for path in ROOT.glob(pattern)
        if "tests" not in path.parts
    ]


def named() -> set[str]:
    return {anchor for path in sources() for anchor in ANCHOR.findall(path.read_text(encoding="utf-8"))}


def headings() -> set[str]:
    return set(re.findall(r"^## ([a-z0-9-]+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_anchor_is_a_heading() -> None:
    assert named() - headings() == set()


def test_every_heading_is_named_by_code() -> None:
    assert headings() - named() == set()


def test_a_law_line_names_an_anchor_or_admits_it_is_unverified() -> None:
    vague = [
        f"{path.relative_to(ROOT)}: Law: {text}"
        for path in sources()
        if path.suffix == ".py"
        for text in LINE.findall(path.read_text(encoding="utf-8"))
        if not (ANCHOR.search(text) or text.startswith("unverified"))
    ]
    assert vague == []
