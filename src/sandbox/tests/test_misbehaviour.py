"""The control room: each shared misdeed bites as often as told, where told, and nobody else may give orders."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import sandbox as support

from sandbox.servers import Urls, running
from sandbox.tests.browser import Browser


@pytest.fixture(params=[
    "identity_provider", "certificate_authority", "post_office", "payment_platform", "national_portal",
])  # fmt: skip
def browser(urls: Urls, request: pytest.FixtureRequest) -> Browser:
    return Browser(getattr(urls, request.param))


PATH = {
    "identity_provider": "/jwks",
    "certificate_authority": "/root.pem",
    "post_office": "/",
    "payment_platform": "/",
    "national_portal": "/",
}


def path_of(browser: Browser) -> str:
    return PATH[str(browser.get("/_sandbox/health").json["system"])]


def test_error_500_bites_as_often_as_told(browser: Browser) -> None:
    browser.misbehave("error_500", times=2)
    path = path_of(browser)
    assert [browser.get(path).status for _ in range(3)] == [500, 500, 200]


def test_a_dropped_connection_says_nothing(browser: Browser) -> None:
    browser.misbehave("drop")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        browser.get(path_of(browser))
    assert browser.get(path_of(browser)).status == 200


def test_a_delay_is_used_up_and_the_answer_still_comes(browser: Browser) -> None:
    browser.misbehave("delay", milliseconds=1)
    assert browser.get("/_sandbox/health").json["misbehaving"] == [{"mode": "delay", "times": 1, "path": "/"}]
    assert browser.get(path_of(browser)).status == 200
    assert browser.get("/_sandbox/health").json["misbehaving"] == []


def test_a_misdeed_may_be_bound_to_a_path(browser: Browser) -> None:
    browser.misbehave("error_500", path="/elsewhere")
    assert browser.get(path_of(browser)).status == 200


def test_reset_forgets(browser: Browser) -> None:
    browser.misbehave("error_500", times=9)
    assert browser.send("/_sandbox/reset", {}).status == 200
    assert browser.get(path_of(browser)).status == 200


def test_an_unknown_mode_is_refused_with_the_known_ones(browser: Browser) -> None:
    answer = browser.send("/_sandbox/misbehave", {"mode": "sing"})
    assert answer.status == 400
    assert "drop" in str(answer.json["known"])


def test_a_form_from_a_web_page_cannot_give_orders(browser: Browser) -> None:
    assert browser.form("/_sandbox/misbehave", {"mode": "drop"}).status == 400


def test_the_process_prints_one_line_per_server_and_stops_on_sigterm(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(support.SOURCES)}
    command = [sys.executable, "-W", "error", "-m", "sandbox", "--state", str(tmp_path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        urls = support._ready(process)
        assert b'"ok": true' in support.get(f"{urls['identity_provider']['url']}/_sandbox/health")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def test_keys_and_secrets_are_kept_and_private(tmp_path: Path) -> None:
    def root() -> bytes:
        with running(tmp_path) as urls:
            return Browser(urls.certificate_authority).get("/root.pem").body

    assert root() == root()
    for path in tmp_path.rglob("*"):
        if path.suffix in {".secret", ".token"} or path.name.endswith("key.pem"):
            assert path.stat().st_mode & 0o077 == 0, path
