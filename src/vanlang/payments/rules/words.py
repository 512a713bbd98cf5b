"""An amount in Vietnamese words, as a receipt writes it."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
MOST = 10**15 - 1


def in_words(number: int) -> str:
    """
    Return `number` in words: 1 205 000 is "một triệu hai trăm linh năm nghìn".

    Raises: ValueError below zero or above `MOST`.
    """
    if not 0 <= number <= MOST:
        msg = f"{number} is not written in words"
        raise ValueError(msg)
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, 10**9)
    words = [*_below_billion(billions, is_first=True), "tỷ"] if billions else []
    words += _below_billion(rest, is_first=not billions)
    return " ".join(words)


def dong_in_words(vnd: int) -> str:
    """Return an amount as a receipt has it: "Một trăm nghìn đồng"."""
    words = in_words(vnd)
    return f"{words[0].upper()}{words[1:]} đồng"


def _below_billion(number: int, *, is_first: bool) -> list[str]:
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if not group:
            continue
        words += _group(group, is_first=is_first and not words)
        if _GROUPS[power]:
            words.append(_GROUPS[power])
    return words


def _group(number: int, *, is_first: bool) -> list[str]:
    """Return three digits in words; only the first group of a number leaves out hundreds of zero."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        return words if not ones else [*words, *(["linh"] if words else []), _DIGITS[ones]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    return [*words, _one(ones, tens)]


def _one(ones: int, tens: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    return "tư" if tens > 1 and ones == 4 else _DIGITS[ones]
