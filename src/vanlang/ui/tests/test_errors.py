"""What went wrong becomes an answer: a page for a page, a notice for htmx, never the bug's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import structlog
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, override_settings
from django.urls import path

from vanlang.kernel import labels
from vanlang.kernel.database.away import is_away
from vanlang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, OutsideSystemError
from vanlang.kernel.labels import Sentence
from vanlang.ui import errors

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}

TROUBLES: dict[str, Exception] = {
    "not-allowed": NotAllowed(),
    "not-found": NotFound(),
    "conflict": Conflict("test.taken", by="bộ phận Một cửa"),
    "invalid": Invalid(),
    "outside": OutsideSystemError("payments", retryable=True),
    "away": OperationalError("server closed the connection unexpectedly"),
    "closed": InterfaceError("connection already closed"),
    "bug": RuntimeError("Nguyễn Thị Lan 025190001234"),
    "http404": Http404("mật"),
    "denied": PermissionDenied("mật"),
}


def raising(request: HttpRequest, what: str) -> HttpResponse:
    raise TROUBLES[what]


def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])


def limited(request: HttpRequest) -> HttpResponse:
    return errors.too_many_requests(request, retry_after_seconds=90)


urlpatterns = [path("raise/<what>/", raising), path("only-post/", only_post), path("limited/", limited)]
handler400 = "vanlang.ui.errors.bad_request"
handler403 = "vanlang.ui.errors.permission_denied"
handler404 = "vanlang.ui.errors.page_not_found"
handler500 = "vanlang.ui.errors.server_error"


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    sentence = Sentence("Hồ sơ đã được %(by)s tiếp nhận.", "Hãy tải lại trang để xem ai đang giữ hồ sơ.")
    monkeypatch.setitem(labels._sentences, "test.taken", sentence)
    with override_settings(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["vanlang.ui.security.SecurityHeadersMiddleware", "vanlang.ui.errors.ErrorsMiddleware"],
    ):
        yield


def ask(where: str, **headers: Any) -> HttpResponse:
    client = Client(raise_request_exception=False)
    answer: Any = client.get(where, headers=headers or None)
    return answer


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("not-allowed", 403), ("not-found", 404), ("conflict", 409), ("invalid", 422), ("outside", 503),
        ("bug", 500), ("http404", 404), ("denied", 403),
    ],
)  # fmt: skip
def test_each_error_has_its_status_its_sentence_and_what_to_do_now(what: str, status: int) -> None:
    answer = ask(f"/raise/{what}/")
    html = answer.content.decode()
    code = getattr(TROUBLES[what], "code", errors.CODE_OF_STATUS[status])
    sentence = labels.sentence_of(code, {"by": "bộ phận Một cửa"})
    assert answer.status_code == status
    assert sentence.says in html
    assert sentence.do_now in html
    assert code in html
    assert answer.headers["X-Request-ID"] in html
    assert 'lang="vi"' in html


def test_facts_are_filled_in() -> None:
    assert "Hồ sơ đã được bộ phận Một cửa tiếp nhận." in ask("/raise/conflict/").content.decode()


def test_htmx_gets_a_notice_led_to_the_notices() -> None:
    answer = ask("/raise/conflict/", **HTMX)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert "HX-Request" in answer.headers["Vary"]
    assert 'class="vl-notice"' in html
    assert "<html" not in html


def test_htmx_that_wants_a_whole_page_gets_one() -> None:
    answer = ask("/raise/conflict/", **{"HX-Request": "true", "HX-Request-Type": "full"})
    assert "<html" in answer.content.decode()
    assert "HX-Retarget" not in answer.headers


def test_a_bug_is_logged_with_its_place_and_without_its_words() -> None:
    with structlog.testing.capture_logs() as lines:
        answer = ask("/raise/bug/")
    line = next(one for one in lines if one["event"] == "unexpected")
    assert line["error"] == "RuntimeError"
    assert "test_errors.py" in line["place"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "025190001234" not in str(lines)
    assert "025190001234" not in answer.content.decode()


def test_a_refusal_is_logged_by_its_code_and_not_by_its_facts() -> None:
    with structlog.testing.capture_logs() as lines:
        ask("/raise/conflict/")
    assert [(one["event"], one["code"]) for one in lines] == [("refused", "test.taken")]
    assert "Một cửa" not in str(lines)


def test_a_refusal_of_a_middleware_is_answered_too(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.refusing_middleware"]
    assert ask("/only-post/").status_code == 409


def refusing_middleware(get_response: Any) -> Any:
    def refuse(request: HttpRequest) -> HttpResponse:
        raise Conflict

    return refuse


def test_a_wrong_method_is_explained_and_still_says_what_is_right() -> None:
    answer = ask("/only-post/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Trang này không nhận cách gửi vừa dùng." in answer.content.decode()


def test_a_rate_limit_says_how_long() -> None:
    answer = ask("/limited/")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "90"
    assert "đợi 2 phút" in answer.content.decode()


def test_a_sound_request_id_of_the_proxy_is_kept_and_a_strange_one_is_not() -> None:
    assert (
        ask("/limited/", **{"X-Request-ID": "abcdef-0123456789"}).headers["X-Request-ID"]
        == "abcdef-0123456789"
    )
    assert ask("/limited/", **{"X-Request-ID": "a b<script>"}).headers["X-Request-ID"] != "a b<script>"


def test_every_branch_of_the_tree_has_an_answer() -> None:
    branches = {DomainError, *DomainError.__subclasses__()}
    assert {branch.status for branch in branches if branch.__module__ == DomainError.__module__} <= set(
        errors.CODE_OF_STATUS
    )
    assert all(labels.has_sentence(code) for code in errors.CODE_OF_STATUS.values())


# --- the database is away -------------------------------------------------------------------------


def as_django_raises(error: psycopg.Error) -> DatabaseError:
    """As Django's wrapper raises it, out of the driver's own."""
    raised = OperationalError(str(error))
    raised.__cause__ = error
    return raised


@pytest.mark.parametrize("what", ["away", "closed"])
def test_a_database_that_is_away_is_a_calm_page_that_says_try_again(what: str) -> None:
    with structlog.testing.capture_logs() as lines:
        answer = ask(f"/raise/{what}/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(errors.AWAY_SECONDS)
    assert labels.sentence_of("kernel.database_away", {}).says in answer.content.decode()
    assert [one["event"] for one in lines] == ["database_away"]


def test_a_session_that_cannot_be_read_is_the_same_page(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.asking_middleware"]
    answer = ask("/only-post/")
    assert answer.status_code == 503
    assert "kernel.database_away" in answer.content.decode()


def asking_middleware(get_response: Any) -> Any:
    def ask_first(request: HttpRequest) -> HttpResponse:
        raise OperationalError("the connection is lost")

    return ask_first


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (psycopg.errors.AdminShutdown("terminating connection"), True),
        (psycopg.errors.CannotConnectNow("starting up"), True),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute UPDATE"), True),
        (psycopg.errors.ConnectionFailure("gone"), True),
        (psycopg.OperationalError("connection is bad"), True),
        (psycopg.errors.DeadlockDetected("deadlock"), False),
        (psycopg.errors.DiskFull("no space left"), False),
        (psycopg.errors.LockNotAvailable("lock timeout"), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_only_the_way_to_the_database_counts_as_away(error: psycopg.Error, away: bool) -> None:
    assert is_away(as_django_raises(error)) is away
    assert not is_away(RuntimeError("a bug"))
