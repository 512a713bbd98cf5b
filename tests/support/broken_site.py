"""For a web server in a process of its own: the house's site, and two ways to break outside of Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from config.wsgi import application as site
from config.wsgi import sturdy

from tests.support.personal import NAME, NUMBER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    match environ["PATH_INFO"]:
        case "/before":
            raise ValueError(f"{NAME} {environ['QUERY_STRING']}")
        case "/within":
            start_response("200 OK", [])
            return _half()
    return site(environ, start_response)


def _half() -> Iterator[bytes]:
    yield b"half"
    raise ValueError(f"{NAME} {NUMBER}")


application = sturdy(_answer)
