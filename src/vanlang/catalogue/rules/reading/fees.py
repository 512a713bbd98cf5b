"""
Read a fee.

A column says "Miễn phí", "50,000 Việt Nam Đồng", "145 USD", or nothing; prose beside it may add amounts, reductions
until a date, exemptions, or that the provincial council decides. "Miễn phí" is also what the portal shows when nobody
filled the fee in, and "20 VNĐ" is a mistyped 20.000: so a column is believed only while the prose does not object.
"""

from __future__ import annotations

import re

from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import FeeKind, Money, Reason

_NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)"
_AMOUNT = re.compile(
    _NUMBER
    + r"\s*(?P<scale>nghìn|ngàn|triệu|tỷ)?\s*(?P<currency>việt nam đồng|đồng|vnđ|vnd|đ(?![\wà-ỹ])|usd|đô la|euro)",
    re.IGNORECASE,
)
_SCALES = {"": 1, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_FREE = re.compile(r"^\s*miễn phí\s*$", re.IGNORECASE)
_DENIES = re.compile(
    r"^(?:-\s*)?(?:phí|lệ phí|phí, lệ phí)?\s*:?\s*"
    r"(?:không|không có|không quy định|không thu(?: phí| lệ phí|, nộp phí)?(?:[^.;]{0,40})?|miễn (?:phí|lệ phí)(?:\s*\(.{0,60}\))?"
    r"|(?:không có )?phí, lệ phí: không)\W*$",
    re.IGNORECASE,
)
_SET_LOCALLY = re.compile(
    r"hội đồng nhân dân|hđnd|theo quy định|theo các quy định|thông tư số|quy định tại", re.IGNORECASE
)
_DATED = re.compile(r"đến hết ngày|kể từ ngày|từ ngày|áp dụng mức|mức phí kể từ|giảm|%", re.IGNORECASE)
_EXEMPTS = re.compile(r"miễn|trường hợp|đối với", re.IGNORECASE)
_SPEAKS_OF_FEES = re.compile(r"(?<!kinh )(?<!chi )\bphí\b|giá dịch vụ|mức thu", re.IGNORECASE)
_NOT_YET = re.compile(r"chưa (?:có )?quy định", re.IGNORECASE)
_PER = re.compile(r"(?:đồng|vnđ|đ)\s*/\s*(?:0?1\s*)?(?P<per>[^\W\d][^\d.,;:()/]{1,30})", re.IGNORECASE)
_LEADING_FEE = re.compile(r"(?:miễn phí|[\d.,]+\s*(?:việt nam đồng|vnđ|usd))", re.IGNORECASE)
_ENUMERATOR = re.compile(r"\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*", re.IGNORECASE)
_SMALLEST_PLAUSIBLE = 1_000


def amounts_in(prose: str) -> list[tuple[int, bool]]:
    """Return the amounts that `prose` names as (amount, is it Vietnamese money)."""
    found = []
    for match in _AMOUNT.finditer(prose):
        domestic = match["currency"].lower() not in {"usd", "đô la", "euro"}
        found.append((_number(match["number"], match["scale"] or ""), domestic))
    return found


def split_prose(column: str | None, text: str) -> tuple[str | None, str, str]:
    """
    Return (fee column, note on the fee, the rest) of one row's prose.

    The portal prints the fee's note in brackets before the description, and, in rows without a duration, the fee
    itself before both: "Miễn phí(Không có)Trong ngày làm việc …".
    """
    text = text.strip()
    if column is None and (glued := _LEADING_FEE.match(text)):
        column, text = glued[0].strip(), text[glued.end() :].strip()
    if not text.startswith("("):
        return column, "", text
    end = _closing(text)
    if _ENUMERATOR.fullmatch(text[1:end]):
        return column, "", text
    return column, text[1:end].strip(), text[end + 1 :].strip()


def read_fee(column: str | None, note: str, rest: str = "") -> Certain[Money] | Uncertain:
    """Return the fee of one row of channels, from the three parts that `split_prose` finds."""
    prose = " ".join(part for part in (note, _lines_on_fees(rest)) if part)
    raw = " | ".join(part for part in (column or "", note, rest) if part)
    if column and _FREE.match(column):
        return _free(prose, raw)
    if column:
        return _stated(column, prose, raw)
    return _from_prose(prose, raw)


def _free(prose: str, raw: str) -> Certain[Money] | Uncertain:
    if not prose or _DENIES.match(prose):
        return Certain(Money(0))
    if amounts_in(prose):
        return Uncertain(Reason.FEE_CONTRADICTED, raw)
    return Uncertain(Reason.FEE_SET_LOCALLY if _SET_LOCALLY.search(prose) else Reason.FEE_PROSE, raw)


def _stated(column: str, prose: str, raw: str) -> Certain[Money] | Uncertain:
    stated = amounts_in(column)
    if len(stated) != 1:
        return Uncertain(Reason.FEE_PROSE, raw)
    amount, domestic = stated[0]
    named = amounts_in(prose)
    if not domestic or any(not home for _, home in named):
        return Uncertain(Reason.FEE_FOREIGN_CURRENCY, raw)
    if amount < _SMALLEST_PLAUSIBLE:
        return Uncertain(Reason.FEE_TOO_SMALL, raw)
    if {value for value, _ in named} - {amount}:
        return Uncertain(Reason.FEE_DATED if _DATED.search(prose) else Reason.FEE_SEVERAL, raw)
    if _DATED.search(prose):
        return Uncertain(Reason.FEE_DATED, raw)
    if re.search(r"miễn", prose, re.IGNORECASE):
        return Uncertain(Reason.FEE_SEVERAL, raw)
    return Certain(Money(amount, kind_of(prose), _per(prose)))


def _from_prose(prose: str, raw: str) -> Certain[Money] | Uncertain:
    """Read a fee that stands in prose only: one amount, said to be a fee, with no condition beside it."""
    if not prose:
        return Uncertain(Reason.FEE_MISSING, raw)
    named = amounts_in(prose)
    if _DENIES.match(prose) and not named:
        return Certain(Money(0))
    if not named:
        return Uncertain(Reason.FEE_SET_LOCALLY if _SET_LOCALLY.search(prose) else Reason.FEE_PROSE, raw)
    if any(not home for _, home in named):
        return Uncertain(Reason.FEE_FOREIGN_CURRENCY, raw)
    if len(set(named)) > 1:
        return Uncertain(Reason.FEE_SEVERAL, raw)
    if _DATED.search(prose) or _EXEMPTS.search(prose) or named[0][0] < _SMALLEST_PLAUSIBLE:
        return Uncertain(Reason.FEE_PROSE, raw)
    return Certain(Money(named[0][0], kind_of(prose), _per(prose)))


def kind_of(prose: str) -> FeeKind:
    """Return whether `prose` speaks of a fee, of a levy, or leaves it open."""
    folded = prose.lower()
    levies = folded.count("lệ phí")
    fees = len(re.findall(r"\bphí\b", folded)) - levies
    if levies and not fees:
        return FeeKind.CHARGE
    return FeeKind.FEE if fees and not levies else FeeKind.UNSTATED


def _lines_on_fees(rest: str) -> str:
    """Return the lines of a description that speak of money."""
    lines = re.split(r"\n|(?<=[.;])\s", rest)
    return " ".join(
        line.strip()
        for line in lines
        if _SPEAKS_OF_FEES.search(line) or amounts_in(line) or _NOT_YET.search(line)
    )


def _closing(text: str) -> int:
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position
    return len(text)


def _per(prose: str) -> str:
    match = _PER.search(prose)
    return " ".join(match["per"].split()) if match else ""


def _number(digits: str, scale: str) -> int:
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
    value = float(re.sub(r"[.,]", "", digits)) if grouped else float(digits.replace(",", "."))
    return round(value * _SCALES[scale.lower()])
