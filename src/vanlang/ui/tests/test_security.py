"""Headers of every answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from vanlang.ui.security import HEADERS, SecurityHeadersMiddleware, allow, policy_text


def answer_of(response: HttpResponse) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return response

    return SecurityHeadersMiddleware(view)(RequestFactory().get("/"))


def test_every_page_is_guarded(client: Client) -> None:
    answer: Any = client.get("/_gallery/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)


def test_error_pages_are_guarded_too(client: Client) -> None:
    assert "Content-Security-Policy" in client.get("/no-such-page/").headers


def test_one_answer_can_be_widened_and_only_that_one() -> None:
    response = HttpResponse()
    allow(response, "worker-src", "'self'", "blob:")
    allow(response, "object-src", "'self'")
    widened = answer_of(response).headers["Content-Security-Policy"]
    assert "worker-src 'self' blob:" in widened
    assert "object-src 'self'" in widened
    assert "blob:" not in answer_of(HttpResponse()).headers["Content-Security-Policy"]
    assert "blob:" not in policy_text()


def test_an_answers_own_header_stands() -> None:
    response = HttpResponse(headers={"Referrer-Policy": "no-referrer"})
    assert answer_of(response).headers["Referrer-Policy"] == "no-referrer"
