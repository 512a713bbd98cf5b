"""
Words as strangers write them: kept as they came, shown so that nothing in them acts.

A control character, a zero-width character or one that turns the direction of writing does nothing on a page but mislead;
shown, it stands there as a visible sign. Line ends are made one kind, nothing else is changed.
"""

from __future__ import annotations

import unicodedata

from vanlang.kernel.errors import Refusal

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
"""Characters that a form takes. Another system's petition is kept whole, however long."""
SHOWN = 20_000
"""Characters that a page shows; the rest is in the download."""
_KEPT = {"\n", "\t"}
_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs"}


def tidy(text: str) -> str:
    """Return `text` in NFC with one kind of line end; every character that means something stays. Idempotent."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip()


def harmless(text: str) -> str:
    """Return `text` as it may be shown: what cannot be seen is named, what turns the writing does not."""
    return "".join(_sign(character) for character in text)


def shortened(text: str, most: int = SHOWN) -> tuple[str, int]:
    """Return what a page shows of `text`, and how many characters follow."""
    return text[:most], max(0, len(text) - most)


def why_not_filed(title: str, text: str) -> Refusal | None:
    """Return why words cannot be filed by a form, or None."""
    if not _says_something(text):
        return Refusal("petitions.empty")
    if not _says_something(title):
        return Refusal("petitions.without_title")
    if len(title) > LONGEST_TITLE:
        return Refusal("petitions.title_too_long", {"most": LONGEST_TITLE, "given": len(title)})
    if len(text) > LONGEST_TEXT:
        return Refusal("petitions.text_too_long", {"most": LONGEST_TEXT, "given": len(text)})
    return None


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _sign(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"
