"""The cast and how each of them signs in: a citizen through the identity provider, officers by password and code."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from launcher.demo.browser import Visitor
from launcher.demo.pages import Page, PageError
from launcher.demo.report import Report
from launcher.secrets import installation_secrets
from launcher.settings import ROOT, STATE, Ports, environment

CITIZEN = "Nguyễn Thị Lan"
CODE_FIELD = "Mã xác thực"
CHOOSE_ROLE = "Làm việc trong vai trò này"
PERIOD_SECONDS = 30


@dataclass(frozen=True)
class Cast:
    """Everybody at a browser of their own; officers are of phường Việt Trì."""

    lan: Visitor
    hung: Visitor
    mai: Visitor
    phuc: Visitor
    thao: Visitor
    stranger: Visitor
    """Nobody: not signed in, with a paper in hand."""


def assemble(base: str, report: Report) -> Cast:
    """Sign in the officers; Bà Lan signs in when a page asks her to."""
    return Cast(
        lan=Visitor("Bà Lan", base),
        hung=officer("Anh Hùng", "hung", base, report),
        mai=officer("Chị Mai", "mai", base, report),
        phuc=officer("Ông Phúc", "phuc", base, report),
        thao=officer("Cô Thảo", "thao", base, report),
        stranger=Visitor("Người cầm giấy", base),
    )


def sign_in_as_citizen(visitor: Visitor, page: Page) -> Page:
    """Go from the sign-in page to the identity provider and back to what was wanted."""
    provider = visitor.press(page, "Tài khoản định danh điện tử")
    return visitor.press(provider, "Đăng nhập thử nghiệm", {"Người đăng nhập": _words_of(provider)})


def _words_of(provider: Page) -> str:
    """Return the words beside the citizen's name, as the provider's page shows them."""
    return next((one for one in provider.choices("Người đăng nhập") if one.startswith(CITIZEN)), CITIZEN)


def officer(name: str, username: str, base: str, report: Report, *, role: str = "") -> Visitor:
    """Sign in an officer, with the code of their authenticator where one is asked for; who has several roles works in `role`."""
    visitor = Visitor(name, base)
    door = visitor.open("/dang-nhap/?next=/can-bo/")
    page = visitor.press(door, "Đăng nhập", {"Tên đăng nhập": username, "Mật khẩu": _password()})
    if page.heading.endswith("Nhập mã xác thực"):
        early = visitor.open("/can-bo/")
        report.check(
            f"{name}: chỉ có mật khẩu thì chưa vào được", early.heading == "Đăng nhập", early.heading
        )
        page = _second_step(visitor, page, username)
    if role and page.has_button(CHOOSE_ROLE):
        page = visitor.press(page, CHOOSE_ROLE, {"Vai trò": role})
    is_in = page.url.endswith("/can-bo/") and page.status == 200
    report.check(f"{name} ({username}) đăng nhập", is_in, page.heading if is_in else page.said)
    if not is_in:
        raise PageError(f"{name} không vào được bàn làm việc: {page.said}")
    return visitor


def _second_step(visitor: Visitor, page: Page, username: str) -> Page:
    """Type the code of the authenticator; a code proves once, so one that an earlier run used is waited out."""
    for _ in range(3):
        answer = visitor.press(page, "Đăng nhập", {CODE_FIELD: _code(username)})
        if answer.status == 200:
            return answer
        time.sleep(PERIOD_SECONDS - time.time() % PERIOD_SECONDS + 1)
    return answer


def _password() -> str:
    if "VANLANG_DEMO_PASSWORD" not in os.environ and not (STATE / "secrets.json").exists():
        raise PageError(
            f"Không có mật khẩu của cán bộ: đặt VANLANG_DEMO_PASSWORD, hoặc chạy ở máy có {STATE}"
        )
    return installation_secrets(STATE)["VANLANG_DEMO_PASSWORD"]


def _code(username: str) -> str:
    """Return what the officer's authenticator shows now."""
    told = environment(Ports(), database_url=os.environ.get("VANLANG_DATABASE_URL", "postgresql:///"))
    answer = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "totp", username],
        env=told, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if answer.returncode != 0:
        raise PageError(f"Không có mã xác thực của {username}: {answer.stderr.strip()}")
    return answer.stdout.strip().splitlines()[-1]
