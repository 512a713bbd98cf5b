"""
No personal data in any line: every route is asked with it in every way, things break over it, and every line is read.

In this process every logger of every library writes at its most talkative, through the formatter that the settings name;
`test_served_lines.py` reads what real processes of the web, the jobs and the database write.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging  # noqa: TID251 - lines of libraries are read here
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from tests.architecture.test_routes import askable
from tests.support.people import sign_in
from tests.support.personal import (
    ACCOUNT,
    ADDRESS,
    ANSWER,
    FACTS,
    MAIL,
    NAME,
    NUMBER,
    PHONE,
    PIECES,
    harvest,
    leaks,
    spellings,
)
from tests.support.route_samples import START, People, Sample, make_people, samples
from vanlang.identity import api as identity
from vanlang.identity.api import SYSTEM, Role, public
from vanlang.identity.models import Account, Person
from vanlang.kernel import logs
from vanlang.kernel.clock import VIETNAM, frozen
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import list_units

MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@public
def broken(request: HttpRequest, words: str) -> HttpResponse:
    """A bug: the worst kinds of exception, which say what was in hand."""
    if words == "sql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [NAME])
    if words == "unique":
        facts = {"personal_id": NUMBER, "full_name": NAME, "search_name": NAME, "created_at": MORNING}
        with acting(Scope.system()):
            Person.objects.bulk_create([Person(**facts), Person(**facts)])
    if words == "warning":
        warnings.warn_explicit(f"{NAME} {NUMBER}", RuntimeWarning, __file__, 1)
    if words == "library":
        logging.getLogger("some.library").error("sent to %s: %r", MAIL, {"phone": PHONE}, stack_info=True)
        logging.getLogger("some.library").warning(f"{NAME} at {ADDRESS}")  # noqa: G004 - as careless libraries do
        logging.getLogger("some.library").warning(f"{NAME} at {ADDRESS}, %s times", 2)  # noqa: G004 - as above
    local = {"full_name": NAME, "phone": PHONE}
    try:
        raise IntegrityError(f"Key (personal_id)=({NUMBER}) already exists.")
    except IntegrityError as error:
        raise RuntimeError(f"{local} {request.GET} {words}") from error


urlpatterns = [path("hong/<str:words>/", broken, name="broken"), path("", include("config.urls"))]
handler400 = "vanlang.ui.errors.bad_request"
handler403 = "vanlang.ui.errors.permission_denied"
handler404 = "vanlang.ui.errors.page_not_found"
handler500 = "vanlang.ui.errors.server_error"


@dataclass
class Lines:
    """What was written, and of whom it must say nothing."""

    stream: io.StringIO = field(default_factory=io.StringIO)
    people: set[str] = field(default_factory=set)

    def leaks(self) -> dict[str, str]:
        return leaks(self.stream.getvalue(), spellings((*FACTS, *PIECES, *self.people)))

    def told(self) -> list[dict[str, Any]]:
        """Return the lines. Every one is JSON and has keys of the list alone."""
        found = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        assert all(set(line) <= logs.KEPT | {"left_out"} for line in found)
        return found

    def check(self) -> list[dict[str, Any]]:
        assert self.leaks() == {}
        return self.told()


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """Every line that is written meanwhile, by us and by libraries, at every level; and that nobody prints past them."""
    told = Lines()
    monkeypatch.setattr(logs, "write", lambda line: told.stream.write(f"{line}\n"))
    logs.configure()
    handler = logging.StreamHandler(told.stream)
    handler.setFormatter(logs.LineFormatter())
    named = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    for one in [logging.getLogger(), *named]:
        monkeypatch.setattr(one, "handlers", [handler] if one.parent is None else [])
        monkeypatch.setattr(one, "propagate", True)
        monkeypatch.setattr(one, "level", logging.DEBUG)
        one._cache.clear()  # type: ignore[attr-defined] # which levels it has found to be on
    with override_settings(ROOT_URLCONF=__name__), warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs.note_warning
        yield told
    for one in [logging.getLogger(), *named]:
        one._cache.clear()  # type: ignore[attr-defined] # as above
    printed = capfd.readouterr()
    assert leaks(printed.out + printed.err, spellings(PIECES)) == {}


def everything() -> dict[str, Any]:
    """Return form fields of many names, each full of somebody."""
    names = (
        "q", "ten", "full_name", "name", "phone", "email", "text", "title", "login", "password", "code", "second_fact", "address",
        "c-full_name", "c-personal_id", "so-dinh-danh", "agency", "noi-dung", "tim", "ho-so", "ly-do", "contact", "reason", "note",
    )  # fmt: skip
    return {name: FACTS[number % len(FACTS)] for number, name in enumerate(names)}


HEADERS = {
    "user-agent": f"{NAME} {NUMBER}".encode().decode("latin-1"),
    "referer": f"http://testserver/ho-so/?ten={quote(NAME)}&so={NUMBER}",
    "x-request-id": NUMBER + PHONE,
    "x-forwarded-for": PHONE,
    "hx-current-url": f"http://testserver/?so={NUMBER}",
    "accept-language": quote(NAME),
    "authorization": f"Bearer {ACCOUNT}",
}
QUERY = {"q": NAME, "so": NUMBER, "phone": PHONE, "next": f"/ho-so/?ten={NAME}", "noi-dung": ANSWER}


def ask(client: Client, address: str) -> None:
    """Look at an address, and send it a form, with somebody in path, query, headers and fields."""
    client.get(address, QUERY, headers=HEADERS)
    client.post(f"{address}?{quote(NAME)}", everything(), headers=HEADERS)


def a_client() -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["ghi-nho"] = quote(NAME)
    return client


# --- strangers, and what breaks ---------------------------------------------------------------------

ODD = [
    f"/{quote(NAME)}/{NUMBER}/", "/hong/sql/", "/hong/unique/", "/hong/warning/", "/hong/library/", f"/hong/{quote(NAME)}/",
    f"/static/{quote(NAME)}.js", f"/_gallery/{PHONE}/", f"/thu-tuc/{quote(NAME)}", f"//{quote(MAIL)}", f"/tra-cuu/{NUMBER}/",
]  # fmt: skip


@pytest.mark.django_db
def test_what_breaks_over_somebody(lines: Lines) -> None:
    client = a_client()
    for address in ODD:
        with transaction.atomic():
            ask(client, address)
            transaction.set_rollback(True)
    client.post("/tra-cuu/", {"sheets": SimpleUploadedFile(f"{NAME} {NUMBER}.pdf", b"x")})
    client.get("/", headers={"host": f"{NUMBER}.example"})
    client.post("/tra-cuu/", data=NAME.encode(), content_type="multipart/form-data; boundary=" + NUMBER)
    client.post(
        "/tra-cuu/", data=b"\xff" + NAME.encode("utf-16"), content_type="application/x-www-form-urlencoded"
    )
    told = lines.check()
    assert {404, 405, 500, 400} <= {line.get("status") for line in told}
    errors = {str(line.get("error")).split("<")[0] for line in told if line["event"] == "unexpected"}
    assert {"RuntimeError", "IntegrityError", "DataError"} <= errors
    assert {line["kind"] for line in told if line["event"] == "warning"} >= {"RuntimeWarning"}
    assert [line["event"] for line in told if line.get("logger") == "some.library"][:3] == [
        "sent to %s: %r",
        "said",
        "said",
    ]
    assert any(line.get("trace") and "broken" in line["trace"][-1] for line in told)


def test_what_nobody_caught(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the process, in a thread, and in a finaliser."""
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    logs.note_what_escapes()
    error = RuntimeError(f"{NAME} {NUMBER}")
    sys.excepthook(RuntimeError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail, name=NAME)
    thread.start()
    thread.join()
    sys.unraisablehook(type("Told", (), {"exc_value": error})())  # type: ignore[arg-type] # as much of it as is read
    assert [(line["event"], line["error"]) for line in lines.check()] == [("escaped", "RuntimeError")] * 3


# --- everybody at every door -------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A world with somebody in it who may open every door."""

    people: People
    clients: tuple[Client, ...]


@pytest.fixture
def asked(db: None) -> Iterator[Asked]:
    with acting(Scope.system()), frozen(MORNING):
        people = make_people(MORNING)
        person = Person.objects.get(pk=people.citizen.person_id)
        person.phone, person.email, person.address = (
            "0913579246",
            "lan.nguyen@thu-nghiem.example",
            "Tổ 7, phố Tiên Cát",
        )
        person.save(update_fields=["phone", "email", "address"])
        officer = _of_every_role(people)
        clients = (
            a_client(),
            sign_in(a_client(), people.citizen),
            sign_in(a_client(), officer, second_factor=True),
        )
        yield Asked(people, clients)


def _of_every_role(people: People) -> identity.Actor:
    account_id = identity.add_officer_account(username="moi-cua", full_name="Hà Thị Mọi Cửa")
    identity.appoint(
        account_id=account_id, agency_id=people.home, unit_id=list_units(people.home, START)[0].id, title="Công chức",
        roles=list(Role), valid_from=START, actor=SYSTEM, at=MORNING,
    )  # fmt: skip
    return identity.actor_for(Account.objects.get(pk=account_id), on=MORNING.date())


def test_everybody_at_every_door(asked: Asked, lines: Lines) -> None:
    routes = askable()
    known = samples()
    for route in routes:
        with transaction.atomic():
            sample = known.get(route.name, Sample())
            address = reverse(route.name, kwargs=sample.arguments(asked.people)) + sample.query
            lines.people |= harvest()
            for client in asked.clients:
                ask(client, address.split("?")[0])
            transaction.set_rollback(True)
    told = lines.check()
    requests = [line for line in told if line["event"] == "request"]
    assert len(requests) >= len(routes) * len(asked.clients)
    assert {line["actor"] for line in requests} >= {"citizen", "officer"}
    assert len({line["account"] for line in requests} - {""}) >= 2, "one account, one pseudonym"
    assert {200, 302, 404, 422} <= {line["status"] for line in requests}
    assert lines.people >= {
        "Nguyễn Thị Lan",
        "025185000001",
        "Hà Thị Mọi Cửa",
        "lan.nguyen@thu-nghiem.example",
    }
    assert len(lines.people) > 30, "the world has people to look for"


# --- and the reader finds what should not be there ---------------------------------------------------


def _tells_messages(error: BaseException) -> dict[str, object]:
    return {"error": str(error)}


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "every value is harmless": lambda patch: patch.setattr(logs, "harmless", str),
    "messages of exceptions": lambda patch: patch.setattr(logs, "told_of", _tells_messages),
    "values of libraries": lambda patch: patch.setattr(logs, "_sentence", lambda record: record.getMessage()),
    "words of warnings": lambda patch: patch.setattr(warnings, "showwarning", _tells_words),
}


def _tells_words(message: Warning | str, *rest: object, **more: object) -> None:
    logs.write(json.dumps({"event": str(message)}))


@pytest.mark.django_db
@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_that_is_put_in_is_found(leak: str, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[leak](monkeypatch)
    client = a_client()
    for address in ODD[1:6]:
        with transaction.atomic():
            client.get(address, QUERY, headers=HEADERS)
            transaction.set_rollback(True)
    assert lines.leaks() != {}


def test_a_key_that_nobody_reviewed_is_found(lines: Lines) -> None:
    lines.stream.write(json.dumps({"event": "x", "full_name": "…"}) + "\n")
    with pytest.raises(AssertionError):
        lines.told()


def test_every_handler_of_the_settings_writes_these_lines() -> None:
    assert settings.LOGGING is logs.LOGGING
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} == {"line"}
    assert settings.LOGGING["formatters"]["line"]["()"].endswith(".LineFormatter")
