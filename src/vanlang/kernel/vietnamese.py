"""
Vietnamese text: one spelling for storing, one key for finding, one key for sorting.

NFC does not unify `hòa` and `hoà`; house rule is the spelling of place names (`hòa`, `thủy`, `khỏe`).
Text from outside is normalised at the door; signed content is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OLD_TO_NEW = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# Only open syllables differ between the two schools: `hoà` → `hòa`, but `hoàn` stays. `quý` keeps its tone on y.
_TONE = re.compile(r"(?<![qQ])(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET, start=20)}


_BARE = str.maketrans(
    {
        "đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "\u00a0": " ",
    }
)  # fmt: skip


def _place_tone(match: re.Match[str]) -> str:
    pair = match.group(0)
    new = _OLD_TO_NEW[pair.lower()]
    if pair.isupper():
        return new.upper()
    return new[0].upper() + new[1] if pair[0].isupper() else new


def normalise(text: str) -> str:
    """Return `text` in NFC, tones placed by the house's orthography, white space folded. Idempotent."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return _TONE.sub(_place_tone, folded)


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """Return `text` lower-case without diacritics, đ as d: what a person types who has no Vietnamese keyboard."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.replace("đ", "d").split())


def bare(text: str) -> str:
    """Return `text` in bare letters and plain quotation marks, for machines that know no others. Idempotent."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARE))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """Return a key that sorts bytewise in the order of Vietnamese dictionaries: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", text.casefold()):
        decomposed = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in decomposed if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", decomposed.replace(tone, "")) if tone else character
        letters.append(_LETTER_RANK.get(letter, f"00{ord(letter[0]):05x}" if not letter.isspace() else "00"))
        tones.append(str(_TONES.index(tone) + 1) if tone else "0")
    return "".join(letters) + "!" + "".join(tones)
