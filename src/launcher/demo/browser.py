"""
A small visitor of web pages: opens addresses, follows links and redirects, keeps cookies, sends the forms it finds.

It runs no script: what a visitor gets done here, everybody gets done by plain pages.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from urllib.parse import urljoin

from launcher.demo.forms import Sending, Value, encode, fill
from launcher.demo.pages import Page, PageError, nodes

PATIENCE_SECONDS = 120


class Visitor:
    """A person at a browser of their own."""

    def __init__(self, name: str, base: str) -> None:
        self.name = name
        self.base = base.rstrip("/") + "/"
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def cookies(self) -> dict[str, str]:
        """Return the cookies of this browser by name."""
        return {one.name: one.value or "" for one in self._jar}

    def open(self, address: str) -> Page:
        """Open an address, whole or from the root of the site."""
        return self._ask(Sending(urljoin(self.base, address), None), came_from="")

    def click(self, page: Page, link: str) -> Page:
        """Follow a link by its text."""
        return self._ask(Sending(page.link(link), None), came_from=page.url)

    def press(
        self, page: Page, button: str, values: Mapping[str, Value] | None = None, *, near: str = ""
    ) -> Page:
        """Fill in a form, each field by its label, and press a button by its text (and by the line where it stands)."""
        return self._ask(fill(page, button, values or {}, near=near), came_from=page.url)

    def forge(self, page: Page, address: str) -> Page:
        """Send an empty form that no page offers, with the token of a page that this person may see."""
        token = next(
            (str(one.get("value")) for one in nodes(page.tree, "//input[@name='csrfmiddlewaretoken']")), ""
        )
        body, kind = encode([("csrfmiddlewaretoken", token)], multipart=False)
        return self._ask(Sending(urljoin(self.base, address), body, kind), came_from=page.url)

    def _ask(self, sending: Sending, *, came_from: str) -> Page:
        if not sending.url.startswith(("http://", "https://")):
            raise PageError(f"Không mở được địa chỉ {sending.url}")
        headers = {"User-Agent": "van-lang-demo", "Accept-Language": "vi"}
        headers |= {"Referer": came_from} if came_from else {}
        headers |= {"Content-Type": sending.content_type} if sending.content_type else {}
        request = urllib.request.Request(sending.url, sending.body, headers)  # noqa: S310 - http(s) only, above
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return _page(answer.url, answer)
        except urllib.error.HTTPError as refused:
            with refused:
                page = _page(refused.url, refused)
        except OSError as silence:
            raise PageError(
                f"{sending.url} không trả lời; đã chạy ./vanlang run chưa? ({silence})"
            ) from silence
        if page.status >= 500:
            raise PageError(f"{page.url} trả lời {page.status}: {page.said}")
        return page


def _page(url: str, answer: http.client.HTTPResponse | urllib.error.HTTPError) -> Page:
    kind = answer.headers.get_content_type()
    return Page(url=url, status=int(answer.status or 0), kind=kind, content=answer.read())
