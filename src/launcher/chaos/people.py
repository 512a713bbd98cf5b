"""Who takes part: officers of phường Việt Trì, citizens of the identity provider, each signed in once and again when worn."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from launcher.chaos.clients import Client
from launcher.chaos.province import Province
from launcher.demo.browser import Visitor
from launcher.demo.forms import Value
from launcher.demo.pages import PageError

OFFICERS = ("hung", "mai", "phuc", "thao", "linh")
CITIZENS = ("Nguyễn Thị Lan", "Đỗ Văn Thịnh", "Trần Mạnh Hùng", "Hà Thị Mỷ")
"""Grown up, living in the province, at the second level."""
CODE_TRIES = 3


@dataclass(slots=True)
class People:
    """Cookies of everybody; a client takes a copy."""

    province: Province
    _cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self, name: str, numbers: random.Random) -> Client:
        """Return a browser of one person, signed in."""
        with self._lock:
            if name not in self._cookies:
                self._cookies[name] = self._enter(name)
            return Client(name, self.province.url + "/", dict(self._cookies[name]), numbers)

    def renew(self, name: str, worn: dict[str, str]) -> None:
        """Sign somebody in once more, unless somebody did it since these cookies were handed out."""
        with self._lock:
            if self._cookies.get(name) in (None, worn):
                self._cookies[name] = self._enter(name)

    def _enter(self, name: str) -> dict[str, str]:
        enter: Callable[[str], Visitor] = self._officer if name in OFFICERS else self._citizen
        return enter(name).cookies()

    def _officer(self, username: str) -> Visitor:
        visitor = Visitor(username, self.province.url)
        password = self.province.told["VANLANG_DEMO_PASSWORD"]
        who: dict[str, Value] = {"Tên đăng nhập": username, "Mật khẩu": password}
        page = visitor.press(visitor.open("/dang-nhap/?next=/can-bo/"), "Đăng nhập", who)
        for step in range(CODE_TRIES):
            if not page.has_button("Đăng nhập"):
                break
            # A code proves once: the one after it is good too, and so is the one before
            code = self.province.manage("totp", username, f"--step={(0, 1, -1)[step]}").stdout.split()[-1]
            page = visitor.press(page, "Đăng nhập", {"Mã xác thực": code})
        if not page.url.endswith("/can-bo/"):
            raise PageError(f"{username}: {page.said}")
        return visitor

    def _citizen(self, name: str) -> Visitor:
        visitor = Visitor(name, self.province.url)
        provider = visitor.press(visitor.open("/dang-nhap/?next=/ho-so/"), "Tài khoản định danh điện tử")
        words = next(one for one in provider.choices("Người đăng nhập") if one.startswith(name))
        page = visitor.press(provider, "Đăng nhập thử nghiệm", {"Người đăng nhập": words})
        if page.status != 200 or "/ho-so" not in page.url:
            raise PageError(f"{name}: {page.heading} {page.said}")
        return visitor
