"""The source's closed vocabularies, translated once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from vanlang.catalogue.types import Audience, Level

LEVELS: dict[str, Level] = {
    "cấp bộ": Level.MINISTRY,
    "cấp tỉnh": Level.PROVINCE,
    "cấp xã": Level.COMMUNE,
    "cơ quan khác": Level.OTHER,
}

AUDIENCES: dict[str, Audience] = {
    "công dân việt nam": Audience.CITIZEN,
    "người việt nam định cư ở nước ngoài": Audience.OVERSEAS_VIETNAMESE,
    "người nước ngoài": Audience.FOREIGNER,
    "người nước ngoài cư trú tại việt nam": Audience.RESIDENT_FOREIGNER,
    "cán bộ, công chức, viên chức": Audience.OFFICIAL,
    "doanh nghiệp": Audience.ENTERPRISE,
    "doanh nghiệp việt nam": Audience.VIETNAMESE_ENTERPRISE,
    "doanh nghiệp có vốn đầu tư nước ngoài": Audience.FOREIGN_INVESTED_ENTERPRISE,
    "tổ chức (không bao gồm doanh nghiệp, htx)": Audience.ORGANISATION,
    "tổ chức nước ngoài": Audience.FOREIGN_ORGANISATION,
    "hợp tác xã": Audience.COOPERATIVE,
    "đảng viên": Audience.PARTY_MEMBER,
    "tổ chức đảng": Audience.PARTY_ORGANISATION,
}

PROVINCE_OFFICE = "H44.01"
DEPARTMENTS: tuple[tuple[str, str], ...] = (
    ("tư pháp", "H44.19"),
    ("tài chính", "H44.43"),
    ("nông nghiệp", "H44.45"),
    ("xây dựng", "H44.44"),
    ("công thương", "H44.07"),
    ("giáo dục", "H44.08"),
    ("ngoại giao", "H44.13"),
    ("văn hóa", "H44.20"),
    ("y tế", "H44.22"),
    ("thanh tra", "H44.23"),
    ("khoa học", "H44.41"),
    ("nội vụ", "H44.42"),
    ("dân tộc", "H44.46"),
)
"""Which department of the province answers for an issuing ministry's procedures. Police, State Bank and courts have
none among the province's agencies: the Office of the People's Committee answers."""

W = TypeVar("W", Level, Audience)


def read_words(words: Iterable[str], vocabulary: Mapping[str, W]) -> tuple[tuple[W, ...], tuple[str, ...]]:
    """Return (known words in the vocabulary's order, words that it does not know)."""
    asked = {word.strip().lower(): word for word in words if word.strip()}
    known = tuple(dict.fromkeys(value for key, value in vocabulary.items() if key in asked))
    return known, tuple(word for key, word in asked.items() if key not in vocabulary)


def department_of(issuing_body: str) -> str:
    """Return the code of the department that answers for procedures issued by `issuing_body`."""
    folded = issuing_body.lower()
    return next((code for word, code in DEPARTMENTS if word in folded), PROVINCE_OFFICE)


def read_legal_basis(numbers: Iterable[str], text: str) -> tuple[tuple[str, str], ...]:
    """
    Return (number, title) of each legal document.

    The portal prints title and number without a space: "Luật Quản lý thuế38/2019/QH14". A number after a space is part
    of a title. A number whose title cannot be told keeps an empty one.
    """
    asked = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    titles = dict.fromkeys(asked, "")
    if asked and text:
        pattern = re.compile("|".join(re.escape(number) for number in sorted(asked, key=len, reverse=True)))
        start = 0
        for match in pattern.finditer(text):
            if match.start() > start and not text[match.start() - 1].isspace():
                titles[match[0]] = titles[match[0]] or " ".join(text[start : match.start()].split())[:500]
                start = match.end()
    return tuple(titles.items())
