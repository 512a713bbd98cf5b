"""
People in a text, found by how they are written: who introduces themselves, who is called by a title or by a family name.

An introduction ("Tôi là Đỗ Văn Thịnh") is certain. Two or more capital words behind a title or beginning with a family name may
be a street or an officer: proposed, and a person decides.

Law: unverified
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanlang.petitions.rules.folding import Folded, fold

MOST_WORDS = 4
_INTRODUCED = re.compile(
    r"(?<![a-z])(?:(?:toi|em|chau|con|minh) (?:ten )?la|ten (?:toi |em )?la|toi ten|ho (?:va )?ten|nguoi (?:gui|phan anh|viet))\s?:?\s"
)
_CAPITALS = re.compile(r"[^\W\d_]+(?:[ \u00a0]{1,2}[^\W\d_]+){1,11}")
_WORD = re.compile(r"[^\W\d_]+")
_TITLE = re.compile(r"(?<![a-z])(?:ong|ba|anh|chi|co|chu|bac)\s$")
FAMILIES = frozenset({
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "ly", "dinh", "ha", "truong", "luu", "mai", "dao", "trinh", "dam", "cao", "luong", "chu", "ta",
    "kieu", "quach", "tong", "thai", "lam", "doan", "trieu", "nghiem", "phung", "hua", "vuong", "to", "cu",
    "bach", "khuat",
})  # fmt: skip


def find_people(text: str, folded: Folded) -> Iterator[tuple[int, int, bool]]:
    """Yield stretches of `text`, half-open, that name somebody, and whether that is certain."""
    plain = folded.plain
    for match in _INTRODUCED.finditer(plain):
        start = folded.at[match.end() - 1] + 1
        name = _capitals(text, start)
        if name is not None:
            yield *name, True
    for run in _CAPITALS.finditer(text):
        for word in _WORD.finditer(text, run.start(), run.end()):
            before = fold(text[max(0, word.start() - 8) : word.start()]).plain
            if fold(word[0]).plain in FAMILIES or _TITLE.search(before):
                name = _capitals(text, word.start())
                if name is not None:
                    yield *name, False


def introduced(text: str) -> str:
    """Return the name by which somebody introduces themselves in a text, or nothing."""
    certain = (text[start:end] for start, end, is_certain in find_people(text, fold(text)) if is_certain)
    return next(certain, "")


def _capitals(text: str, start: int) -> tuple[int, int] | None:
    """Return the two to four capital words that stand at a place, or None."""
    end, count = start, 0
    while count < MOST_WORDS:
        word = _WORD.match(text, end if not count else _next(text, end))
        if word is None or not word[0][0].isupper():
            break
        end, count = word.end(), count + 1
    return (start, end) if count > 1 else None


def _next(text: str, end: int) -> int:
    """Return where the next word begins: behind one white space or two; nothing else may stand between the words of a name."""
    gap = re.compile(r"[ \u00a0]{1,2}").match(text, end)
    return gap.end() if gap else len(text)
