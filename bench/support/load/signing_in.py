"""Signing in as everybody does: officers by password (and code), citizens at the identity provider."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Mapping

from bench.support.load.browser import Browser, Reply, WrongAnswerError
from launcher.demo.forms import Sending, fill
from launcher.demo.pages import Page

PERIOD = 30
CODE_TRIES = 3


def officer(browser: Browser, who: Mapping[str, str], password: str) -> Page:
    """Sign an officer in; return their desk. Raises: WrongAnswerError."""
    browser.send.forget()
    door = browser.look("sign in: page", "/dang-nhap/?next=/can-bo/", shows="Đăng nhập")
    typed = {"Tên đăng nhập": who["username"], "Mật khẩu": password}
    reply = browser.send("sign in: password", fill(door, "Đăng nhập", typed), door.url, _not_let_in)
    page = browser.look("desk: start", reply.location)
    for step in range(CODE_TRIES):
        if not (who["secret"] and page.has_button("Đăng nhập")):
            break
        code = totp(who["secret"], at=time.time() + (0, PERIOD, -PERIOD)[step])  # each proves once
        sending = fill(page, "Đăng nhập", {"Mã xác thực": code})
        answer = browser.send("sign in: code", sending, page.url, lambda _: "")
        page = browser.look("desk: start", answer.location) if answer.leads_on else answer.page
    if not page.url.endswith("/can-bo/"):
        raise WrongAnswerError(f"{who['username']}: {page.heading} {page.said}")
    return page


def _not_let_in(reply: Reply) -> str:
    """A password that is right leads on: to the desk, or to the second factor."""
    if reply.leads_on and not reply.location.endswith("/dang-nhap/"):
        return ""
    return f"not let in: {reply.page.status} {reply.page.said}"


def citizen(browser: Browser, who: Mapping[str, str]) -> Page:
    """Sign a citizen in at the identity provider; return the page of their dossiers. Raises: WrongAnswerError."""
    browser.send.forget()
    door = browser.look("sign in: page", "/dang-nhap/?next=/ho-so/", shows="Đăng nhập")
    out = browser.ask("sign in: to the provider", door, "Tài khoản định danh điện tử")
    provider = _outside(browser, Sending(out.location, None), "")
    choice = next(one for one in provider.page.choices("Người đăng nhập") if who["personal_id"] in one)
    chosen = fill(provider.page, "Đăng nhập thử nghiệm", {"Người đăng nhập": choice})
    back = _outside(browser, chosen, provider.page.url)
    return browser.look("sign in: back from the provider", back.location, shows="Hồ sơ của tôi")


def _outside(browser: Browser, sending: Sending, came_from: str) -> Reply:
    """Ask the stand-in: it is no part of the house, its time is counted nowhere."""
    return browser.send(
        "", sending, came_from, lambda reply: "" if reply.page.status < 400 else str(reply.page.status)
    )


def totp(secret: str, *, at: float) -> str:
    """Return what an authenticator shows (RFC 6238, SHA-1, six digits)."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(at) // PERIOD), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
