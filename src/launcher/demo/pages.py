"""A page as a visitor reads it: headings, sentences, links, and forms whose fields are known by their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias
from urllib.parse import urljoin

from lxml import etree

Node: TypeAlias = etree._Element

_SENTENCES = (
    "//*[@id='main']//*[contains(@class,'vl-notice__title') or contains(@class,'vl-notice__body')]"
    "|//*[@class='vl-done__title' or @class='vl-done__body']"
    "|//*[contains(@class,'govuk-error-summary__list')]/li"
    "|//*[@class='vl-error-page']/*[self::h1 or self::p[@class='govuk-body']]"
)
"""Where a page says what happened: notices, what is done, what is wrong, the error page."""
_TEXTS = ".//text()[not(ancestor::*[@hidden])]"
_LINE = "ancestor::*[self::tr or self::li][1]"
Row: TypeAlias = "dict[str, str]"
"""A line of a table: words of the column → words of the cell."""


class PageError(Exception):
    """A page does not offer what its visitor looks for."""


@dataclass(frozen=True)
class Page:
    """The answer to one request."""

    url: str
    status: int
    kind: str
    """Media type without parameters."""
    content: bytes

    @cached_property
    def tree(self) -> Node:
        tree = etree.fromstring(self.content or b"<html/>", etree.HTMLParser(encoding="utf-8"))
        if tree is None:
            raise PageError(f"{self.url} không phải trang web")
        return tree

    @property
    def heading(self) -> str:
        caption = "*[contains(@class,'caption')]"
        title = [text_of(one) for one in nodes(self.tree, "//h1")]
        above = [text_of(one) for one in nodes(self.tree, f"//h1/{caption}")]
        return "".join(title[:1]).removeprefix("".join(above[:1])).strip()

    def title(self, level: int) -> str:
        """Return the first title of a level in the main part."""
        return next((text_of(one) for one in nodes(self.tree, f"//*[@id='main']//h{level}")), "")

    @property
    def text(self) -> str:
        """Everything that stands in the main part."""
        return " ".join(text_of(one) for one in nodes(self.tree, "//*[@id='main']"))

    @property
    def said(self) -> str:
        """What the page tells: notices and errors, as sentences."""
        told = dict.fromkeys(text_of(one) for one in nodes(self.tree, _SENTENCES))
        return " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in told if one)

    def after(self, label: str) -> str:
        """Return the text that stands after a heading or a term."""
        path = "//*[self::dt or self::h2 or self::h3][normalize-space()=$label]/following::*[self::dd or self::p][1]"
        return next((text_of(one) for one in nodes(self.tree, path, label=label)), "")

    def listed(self, title: str) -> list[str]:
        """Return the lines of the list below a title."""
        path = "(//*[normalize-space()=$title])[last()]/following::*[self::ol or self::ul][1]/li"
        return [text_of(one) for one in nodes(self.tree, path, title=title)]

    def link(self, text: str) -> str:
        """Return where a link leads; its text, or how it begins."""
        links = [(text_of(one), str(one.get("href"))) for one in nodes(self.tree, "//a[@href]")]
        found = [href for said, href in links if said == text] or [
            href for said, href in links if text in said
        ]
        if not found:
            raise PageError(f"“{self.heading}” ({self.url}) không có liên kết “{text}”. {self.said}")
        return urljoin(self.url, found[0])

    def has_link(self, text: str) -> bool:
        return any(text_of(one) == text for one in nodes(self.tree, "//a[@href]"))

    def link_near(self, text: str, near: str) -> str:
        """Return where a link of the line that says `near` leads."""
        for one in nodes(self.tree, "//a[@href]"):
            if text_of(one) == text and any(near in text_of(line) for line in nodes(one, _LINE)):
                return urljoin(self.url, str(one.get("href")))
        raise PageError(f"“{self.heading}” ({self.url}) không có liên kết “{text}” cạnh “{near}”")

    def carried(self, name: str) -> str:
        """Return what a form carries unseen under a name that holds this."""
        for one in nodes(self.tree, "//input[@type='hidden' and contains(@name,$name)]", name=name):
            return str(one.get("value"))
        raise PageError(f"{self.url} không mang {name}")

    def choices(self, legend: str) -> list[str]:
        """Return the answers that a question offers."""
        path = "//fieldset[legend[normalize-space()=$legend]]//label"
        return [text_of(one) for one in nodes(self.tree, path, legend=legend)]

    def rows(self) -> list[Row]:
        """Return the lines of the page's tables, each cell under the words of its column."""
        lines = [_cells(one) for one in nodes(self.tree, "//*[@id='main']//tr[*[@data-label]]")]
        return [line for line in lines if line]

    def has_button(self, text: str) -> bool:
        return bool(self._buttons(text))

    def form(self, button: str, near: str = "") -> tuple[Node, Node]:
        """Return the form that a button sends, and the button; of several, the one in the line that says `near`."""
        for found in self._buttons(button):
            if near and not any(near in text_of(one) for one in nodes(found, _LINE)):
                continue
            for form in nodes(found, "ancestor::form[1]") or nodes(
                self.tree, "//form[@id=$id]", id=found.get("form", "")
            ):
                return form, found
        beside = f" cạnh “{near}”" if near else ""
        raise PageError(f"“{self.heading}” ({self.url}) không có nút “{button}”{beside}. {self.said}")

    def _buttons(self, text: str) -> list[Node]:
        buttons = [(text_of(one), one) for one in nodes(self.tree, "//button[not(@type='button')]")]
        return [one for said, one in buttons if said == text] or [
            one for said, one in buttons if said.startswith(text)
        ]


def _cells(line: Node) -> Row:
    return {str(one.get("data-label")): text_of(one) for one in nodes(line, "./*[@data-label]")}


@lru_cache(maxsize=512)
def _question(path: str) -> etree.XPath:
    """Return a path ready to be asked: reading it costs more than asking it."""
    return etree.XPath(path)


def nodes(inside: Node, path: str, **names: str) -> list[Node]:
    """Return the elements that an XPath finds."""
    found = _question(path)(inside, **names)
    return [one for one in found if isinstance(one, Node)] if isinstance(found, list) else []


def text_of(node: Node) -> str:
    """Return the text of an element, as it is read."""
    parts = _question(_TEXTS)(node)
    text = " ".join(str(part) for part in parts) if isinstance(parts, list) else ""
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(text.split()))
