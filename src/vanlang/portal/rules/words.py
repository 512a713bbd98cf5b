"""How figures of the catalogue are said to a citizen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

_BULLET = re.compile(r"^[\s\u200e\-–—+*•]+")


def number(amount: int | Decimal) -> str:
    """Return 2.153, or 1,5."""
    whole = f"{amount:,f}" if isinstance(amount, Decimal) else f"{amount:,}"
    if "." in whole:
        whole = whole.rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))


def listed(names: Iterable[str]) -> str:
    """Return "Trực tuyến, trực tiếp": only what begins the line begins with a capital."""
    return ", ".join(name if index == 0 else name[0].lower() + name[1:] for index, name in enumerate(names))


def time_limit(amount: Decimal, unit: str, *, same_day: bool) -> str:
    """Return "5 ngày làm việc", or "Trong ngày làm việc"."""
    return "Trong ngày làm việc" if same_day else f"{number(amount)} {unit}"


def fee(
    *, amount_vnd: int, per: str = "", first_units: int | None = None, then_vnd: int | None = None,
    most_vnd: int | None = None,
) -> str:  # fmt: skip
    """
    Return a fee in words: "8.000 đồng/bản", "2.000 đồng/trang; từ trang thứ 3: 1.000 đồng/trang; nhiều nhất 200.000 đồng".
    """
    if amount_vnd == 0 and not then_vnd:
        return "Miễn phí"
    each = f"/{per}" if per else ""
    parts = [f"{number(amount_vnd)} đồng{each}"]
    if first_units is not None and then_vnd is not None:
        parts.append(f"từ {per or 'đơn vị'} thứ {first_units + 1}: {number(then_vnd)} đồng{each}")
    if most_vnd is not None:
        parts.append(f"nhiều nhất {number(most_vnd)} đồng")
    return "; ".join(parts)


def counts(originals: int | None, copies: int | None) -> str:
    """Return "1 bản chính, 2 bản sao"; nothing when nothing was said."""
    said = ((originals, "bản chính"), (copies, "bản sao"))
    return ", ".join(f"{count} {word}" for count, word in said if count)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text of the catalogue without their bullets; empty ones are left out."""
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def plain(text: str) -> str:
    """Return one line of the catalogue without its bullet and its last semicolon."""
    return _BULLET.sub("", text).strip().rstrip(";").strip()


def size(size_bytes: int) -> str:
    """Return "1,2 MB" or "340 KB"."""
    if size_bytes >= 1_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB".replace(".", ",")
    return f"{max(1, round(size_bytes / 1000))} KB"


def said(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts with days as a reader writes them: 22/11/2026."""
    return {key: f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value for key, value in facts.items()}
