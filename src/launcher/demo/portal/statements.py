"""The accountant compares a day with the platform's statement: a line that is missing there is named, and found again."""

from __future__ import annotations

from collections.abc import Callable

from launcher.demo.browser import Visitor
from launcher.demo.cast import officer
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.portal.day import Exchange

BOOKS = "/can-bo/thanh-toan/doi-soat/"
FETCH, MISSING, FITS, WIRE = (
    "Lấy sao kê từ nền tảng", "Sổ có, sao kê không có", "Đã khớp", "Lấy từ nền tảng",
)  # fmt: skip


def tell(day: Exchange) -> None:
    """Fetch the whole statement, one that lacks a line, and the whole one again."""
    hanh = officer("Chị Hạnh", "hanh", day.cast.hung.base, day.report)
    address = f"{BOOKS}nen-tang/{day.today():%Y-%m-%d}/"
    whole = _fetch(day, hanh, address, lambda page: WIRE in page.text and not _missing(page))
    before = _missing(whole)
    day.check("Sao kê của ngày đã lấy về", WIRE in whole.text, f"{before} dòng lệch")
    day.platform.misbehave("drop_statement_line")
    short = _fetch(day, hanh, address, lambda page: _missing(page) > before)
    day.check("Sao kê thiếu một dòng: nêu đúng dòng ấy", _missing(short) == before + 1, MISSING)
    again = _fetch(day, hanh, address, lambda page: FITS in page.text or _missing(page) <= before)
    day.check("Sao kê đủ trở lại: chênh lệch tự khép", FITS in again.text or _missing(again) <= before)


def _fetch(day: Exchange, who: Visitor, address: str, until: Callable[[Page], bool]) -> Page:
    """Have the statement fetched, and wait until the page shows what came of it."""
    who.press(who.open(address), FETCH)
    return day.wait(lambda: who.open(address), until)


def _missing(page: Page) -> int:
    """Count the articles of lines that only our books have."""
    return sum(text_of(one).startswith(MISSING) for one in nodes(page.tree, "//article//h3"))
