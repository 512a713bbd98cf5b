"""
People at a screen: one browser context each, with what a journey needs to do and to prove.

`picture` is the proof of a page: axe finds nothing serious, nothing is cut off sideways, at a desk (1280 px) and on a
phone (390 px). With VANLANG_SCREENSHOTS=1 it is kept for the manual.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.journeys.provinces import ROOT, Province

PICTURES = ROOT / "docs" / "manual-vi" / "img"
DESK, PHONE, TELEVISION = 1280, 390, 1920
HEIGHTS = {DESK: 900, PHONE: 844, TELEVISION: 1080}
MOST_BYTES = 200_000
_OF_THE_MANUAL = ("nguoi-dan-", "can-bo-", "quan-tri-", "quay-", "lanh-dao-")
"""How the names of pictures begin that the manual shows; the others are looked at and not kept."""
_AXE = Axe()
_BEYOND = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.body.querySelectorAll("*")]
  .filter(one => one.getBoundingClientRect().right > window.innerWidth + 0.5)
  .map(one => one.cloneNode().outerHTML).slice(0, 5)"""
"""What reaches over the edge, when the page can be scrolled sideways."""
_WHOLE = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  window.scrollTo(0, 0);
}"""
"""Every picture of the page is there, and its top is shown."""
_HASH_OF_NOTHING = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@dataclass
class Visitor:
    """A person at a screen."""

    province: Province
    context: BrowserContext
    page: Page
    width: int
    widths: tuple[int, ...]
    """At which widths `picture` looks."""
    troubles: list[str] = field(default_factory=list)
    """Script errors and blocked content: none is expected."""

    def goto(self, path: str) -> None:
        self.page.goto(self.province.url + path)

    def press(self, name: str) -> None:
        """Press the first button or link of this name in the page."""
        main = self.page.get_by_role("main")
        main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        ).first.click()
        self.page.wait_for_load_state()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_role("main").get_by_label(label, exact=True).first.fill(text)

    def act_form(self) -> Locator:
        return self.page.get_by_role("main").locator("form").first

    def sign_in_as_citizen(self, name: str, *, next_path: str = "/") -> None:
        """Sign in at the identity provider as a person of the sandbox."""
        self.goto(f"/dang-nhap/?next={next_path}")
        self.sign_in_here_as_citizen(name)

    def sign_in_here_as_citizen(self, name: str) -> None:
        """Go on from the sign-in page that is open."""
        self.page.get_by_role("button", name="Tài khoản định danh điện tử").click()
        self.page.get_by_role("radio", name=name).check()
        self.page.get_by_role("button", name="Đăng nhập thử nghiệm").click()
        self.page.wait_for_url(f"{self.province.url}/**")

    def sign_in_as_officer(self, username: str) -> None:
        """Sign in with the password, and with the code of the authenticator where it is asked for."""
        self.goto("/dang-nhap/?next=/can-bo/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(self.province.password)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        # A code proves once: another journey may just have used this one. A period off is accepted too.
        for step in (0, 1, -1):
            if "ma-xac-thuc" in self.page.url:
                self.page.get_by_label("Mã xác thực").fill(self.province.totp(username, step=step))
                with self.page.expect_navigation():
                    self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        if "vai-tro" in self.page.url:
            self.page.get_by_role("radio").last.check()
            self.page.get_by_role("button", name="Làm việc trong vai trò này").click()
        self.page.wait_for_url(f"{self.province.url}/can-bo/**")

    def download(self, name: str) -> bytes:
        """Return the file behind a link of the page, as this person gets it."""
        link = self.page.get_by_role("main").get_by_role("link", name=name).first
        answer = self.context.request.get(self.page.evaluate("link => link.href", link.element_handle()))
        assert answer.ok
        return answer.body()

    def picture(self, name: str, *, kept: tuple[int, ...] = (DESK, PHONE)) -> None:
        """Check the page at each width, and keep its picture at those of `kept` when asked."""
        for width in self.widths:
            if len(self.widths) > 1:
                self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            check_with_axe(self.page)
            beyond = self.page.evaluate(_BEYOND)
            assert beyond == [], f"{name} is cut off sideways at {width} px"
            wanted = width in kept and name.startswith(_OF_THE_MANUAL)
            if wanted and os.environ.get("VANLANG_SCREENSHOTS"):
                keep_picture(self.page, PICTURES / f"{name}-{width}.png")
        if len(self.widths) > 1:
            self.page.set_viewport_size({"width": self.width, "height": HEIGHTS[self.width]})
        assert self.troubles == [], self.troubles


@contextmanager
def visiting(
    province: Province,
    browser: Browser,
    *,
    width: int = DESK,
    widths: tuple[int, ...] = (),
    javascript: bool = True,
    storage: Any = None,
) -> Iterator[Visitor]:
    """Lend a browser of one's own; whatever its scripts complained about fails at the end."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=javascript, storage_state=storage, reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    visitor = Visitor(province, context, context.new_page(), width, widths or (width,))
    visitor.page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
    visitor.page.on("console", lambda message: _note(visitor, message.text))
    try:
        yield visitor
    finally:
        context.close()
    assert visitor.troubles == [], visitor.troubles


def _note(visitor: Visitor, text: str) -> None:
    """Keep what the policy blocked. axe leaves empty style attributes behind, which the next swap carries over."""
    if "Content Security Policy" in text and _HASH_OF_NOTHING not in text:
        visitor.troubles.append(text)


def check_with_axe(page: Page) -> None:
    """Assert that axe finds nothing serious or critical."""
    found: list[dict[str, Any]] = _AXE.run(page).response["violations"]
    bad = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert bad == []


def keep_picture(page: Page, path: Path) -> None:
    """Write the whole page as a small PNG: 256 colours are enough for a page, and the manual stays light."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate(_WHOLE)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    for colours in (256, 64, 16):
        with_palette(picture, colours).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            return
    msg = f"{path.name} is too large for the manual: {path.stat().st_size} bytes"
    raise AssertionError(msg)


def with_palette(picture: Image.Image, colours: int) -> Image.Image:
    """Keep the commonest colours exactly, and take the nearest of them for the rest: a thin green line stays green."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    known: list[tuple[int, int, int]] = [colour for _, colour in counted[:colours]]  # type: ignore[misc] # RGB
    index = {colour: number for number, colour in enumerate(known)}
    for _, (red, green, blue) in counted[colours:]:  # type: ignore[misc] # as above
        distances = [(red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2 for r, g, b in known]
        index[red, green, blue] = distances.index(min(distances))
    small = Image.frombytes(
        "P", picture.size, bytes(index[colour] for colour in picture.get_flattened_data())
    )
    small.putpalette([level for colour in known for level in colour])
    return small
