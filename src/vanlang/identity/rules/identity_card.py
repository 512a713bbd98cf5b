"""
What the QR code of an identity card says, as a reader types it into a field.

Seven fields between upright strokes: number of the card (the personal id), number of the former card, full name, day of
birth, gender, place of residence, day of issue; newer cards may carry more, which nobody here needs. Sources and what is
uncertain: docs/reference/identity-card-qr.md.

A reader stands between the card and us: it types. So what comes may be cut, or mangled by the keyboard it believes to
have: an input method that turns letters into others, a code page that tears letters apart, another key for the stroke,
Caps Lock. Each is named, because each is put right in another way, and nothing is guessed back.

Law: unverified
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import normalise

STROKE = "|"
OF_FIGURES = (0, 1, 3, 6)
"""Places of fields that hold figures alone: what other fields hold, and those after them, is theirs."""
FIELDS = (
    "số định danh",
    "số chứng minh cũ",
    "họ và tên",
    "ngày sinh",
    "giới tính",
    "nơi thường trú",
    "ngày cấp",
)
MAY_BE_EMPTY = {1}
"""The former card's number: whoever never had one."""
GENDERS = {"nam": "male", "nữ": "female"}

_AIM = re.compile(r"^\](?:Q|d)\d")
"""Some readers announce the kind of code before it."""
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))
_TORN = re.compile(
    r"[ÃÄÆáÂ][\u0080-\u00bf\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2122]"
)
_LOST = re.compile("[\ufffd¿]|[^\\W\\d_]\\?|\\?[^\\W\\d_]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BETWEEN_WORDS = re.compile(r"[\s,.;:/()'’-]+")
_STROKE_LOST = re.compile(r"^(\d{12})([^\w\s])(?:.*\2){4}")


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a card says of its holder."""

    number: str
    """The personal id: twelve digits."""
    old_number: str
    """Of the former card, nine or twelve digits; empty when there was none."""
    full_name: str
    born_on: dt.date
    gender: str
    """ "male" or "female"."""
    address: str
    issued_on: dt.date


def read_card(text: str, *, on: dt.date) -> IdentityCard | Refusal:
    """
    Return what the text of a card's code says, or why it cannot be trusted.

    `on` is today: a card is neither issued nor its holder born after it. What is named missing can be typed by hand.
    """
    plain = _plain(text)
    if not plain:
        return Refusal("identity.card_empty")
    if (refusal := _mangled(plain)) is not None:
        return refusal
    fields = [normalise(field) for field in plain.split(STROKE)]
    if len(fields) == 1:
        return Refusal("identity.card_unknown_code")
    missing = [
        name
        for index, name in enumerate(FIELDS)
        if index >= len(fields) or (not fields[index] and index not in MAY_BE_EMPTY)
    ]
    if missing:
        return Refusal("identity.card_cut", {"missing": ", ".join(missing)})
    return _card_of(fields, on)


def write_card(card: IdentityCard) -> str:
    """Return the text that a card's code holds: the inverse of reading, for tests and demonstration cards."""
    gender = next(word.capitalize() for word, value in GENDERS.items() if value == card.gender)
    return STROKE.join(
        (
            card.number,
            card.old_number,
            card.full_name,
            f"{card.born_on:%d%m}{card.born_on.year:04d}",
            gender,
            card.address,
            f"{card.issued_on:%d%m}{card.issued_on.year:04d}",
        )
    )


def _plain(text: str) -> str:
    """Return one line without what a reader puts around it: line ends, a mark of order, the name of the code."""
    line = unicodedata.normalize("NFC", text).translate(_UNSEEN).strip()
    return _AIM.sub("", line).strip()


def _card_of(fields: list[str], on: dt.date) -> IdentityCard | Refusal:
    number, old_number, name, born, gender, address, issued = fields[:7]
    if not re.fullmatch(r"[0-9]{12}", number):
        return Refusal("identity.card_number", {"figures": sum(letter.isdigit() for letter in number)})
    if old_number and not re.fullmatch(r"[0-9]{9}([0-9]{3})?", old_number):
        return Refusal("identity.card_cut", {"missing": FIELDS[1]})
    born_on, issued_on = _day(born), _day(issued)
    if born_on is None or issued_on is None:
        unread = [FIELDS[index] for index, day in ((3, born_on), (6, issued_on)) if day is None]
        return Refusal("identity.card_cut", {"missing": ", ".join(unread)})
    if not born_on <= issued_on <= on:
        return Refusal("identity.card_days_impossible")
    if gender.casefold() not in GENDERS:
        return Refusal("identity.card_cut", {"missing": FIELDS[4]})
    return IdentityCard(
        number=number,
        old_number=old_number,
        full_name=_name(name),
        born_on=born_on,
        gender=GENDERS[gender.casefold()],
        address=address,
        issued_on=issued_on,
    )


def _day(text: str) -> dt.date | None:
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return dt.date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def _name(text: str) -> str:
    """Return a name as the house writes it: cards of some years have it in capitals."""
    return " ".join(word[:1] + word[1:].lower() for word in text.split()) if text.isupper() else text


def _mangled(text: str) -> Refusal | None:
    """Return which setting of the reader or the keyboard changed the letters, or None."""
    if _TORN.search(text):
        return Refusal("identity.card_torn_letters")
    if _LOST.search(text):
        return Refusal("identity.card_lost_letters")
    if _STROKE_LOST.match(text) and STROKE not in text:
        return Refusal("identity.card_stroke_changed")
    fields = text.split(STROKE)
    words = [word for field in (*fields[2:3], *fields[5:6]) for word in _BETWEEN_WORDS.split(field)]
    if any(_is_inverted(word) for word in words):
        return Refusal("identity.card_caps_lock")
    if any(_is_retyped(word) for word in words) or (
        len(fields) > 2
        and any(_is_toned_number(fields[place]) for place in OF_FIGURES if place < len(fields))
    ):
        return Refusal("identity.card_input_method")
    return None


def _is_inverted(word: str) -> bool:
    return len(word) > 1 and word[0].islower() and word[1:].isupper()


def _is_retyped(word: str) -> bool:
    """Tell whether an input method worked on a word: two tones in one syllable, or đ where no syllable has it."""
    lower = word.lower()
    tones = sum(letter in _TONES for letter in unicodedata.normalize("NFD", lower))
    return tones > 1 or "đ" in lower[1:]


def _is_toned_number(field: str) -> bool:
    """Tell whether a field of figures alone has letters among them: an input method that types tones by figures."""
    figures = sum(letter.isdigit() for letter in field)
    return figures >= 6 and figures < len(field) <= 13 and " " not in field and "," not in field
