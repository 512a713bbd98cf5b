"""
What every stand-in shares: routes, a plan of misbehaviour, and a control room at `/_sandbox/`.

    GET  /_sandbox/health     what this server is, and what it is told to do wrong
    POST /_sandbox/misbehave  {"mode": "delay", "times": 2, "milliseconds": 300, "path": "/token"}
    POST /_sandbox/behave     forget every misbehaviour
    POST /_sandbox/reset      forget every misbehaviour and everything learned since the start

A mode that any server knows (`delay`, `error_500`, `drop`) bites at the next request whose path starts with
`path`; the others bite where the protocol step they spoil is carried out. Each bites `times` times.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CONTROL = "/_sandbox/"
SHARED_MODES = frozenset({"delay", "error_500", "drop"})
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def now() -> datetime:
    """Return the present instant in UTC; the sandbox has its own clock, as the outside world does."""
    return datetime.fromtimestamp(int(time.time()), UTC)


@dataclass(slots=True)
class Misdeed:
    """One thing a server was told to do wrong."""

    mode: str
    times: int
    path: str = "/"
    milliseconds: int = 1000
    percent: int = 100
    """How many of the steps that it fits are spoiled, evenly spread: 15 spoils every seventh or so."""
    _share: int = 0

    def bites(self) -> bool:
        """Count one step; say whether it is among those spoiled."""
        self._share += self.percent
        if self._share < 100:
            return False
        self._share -= 100
        return True


@dataclass(slots=True)
class Plan:
    """The misdeeds still to come, safe to use from many threads."""

    _misdeeds: list[Misdeed] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, misdeed: Misdeed) -> None:
        """Add `misdeed` behind those already planned."""
        with self._lock:
            self._misdeeds.append(misdeed)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._misdeeds.clear()

    def take(self, modes: Iterable[str], path: str) -> Misdeed | None:
        """Use up and return the first misdeed among `modes` that applies to `path`."""
        wanted = frozenset(modes)
        with self._lock:
            for misdeed in self._misdeeds:
                if misdeed.mode in wanted and path.startswith(misdeed.path) and misdeed.bites():
                    misdeed.times -= 1
                    if misdeed.times <= 0:
                        self._misdeeds.remove(misdeed)
                    return misdeed
        return None

    def pending(self) -> list[dict[str, object]]:
        """Return what is still planned, for the health page."""
        with self._lock:
            return [{"mode": one.mode, "times": one.times, "path": one.path} for one in self._misdeeds]


class SandboxRequest(Request):
    """A request that remembers the values found in its path."""

    routing_values: dict[str, str]


Handler = Callable[[SandboxRequest], Response]


class Station:
    """A WSGI application with a control room; each stand-in subclasses it and names its routes and modes."""

    system: ClassVar[str]
    modes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.plan = Plan()
        self._handlers: dict[str, Handler] = {}
        self._map = Map(strict_slashes=False)
        self.route("GET", f"{CONTROL}health", self._health)
        self.route("POST", f"{CONTROL}misbehave", self._misbehave)
        self.route("POST", f"{CONTROL}behave", self._behave)
        self.route("POST", f"{CONTROL}reset", self._reset)

    def route(self, method: str, path: str, handler: Handler) -> None:
        """Answer `method` on `path` with `handler`; values in the path arrive as `request.routing_values`."""
        endpoint = f"{method} {path}"
        self._handlers[endpoint] = handler
        self._map.add(Rule(path, methods=[method], endpoint=endpoint))

    def misbehaves(self, mode: str, request: Request) -> bool:
        """Say whether the protocol step at hand is to be spoiled in the way of `mode`, once."""
        return self.plan.take({mode}, request.path) is not None

    def knows(self, mode: str) -> bool:
        """Say whether this server can misbehave in the way of `mode`."""
        return mode in self.modes | SHARED_MODES

    def forget(self) -> None:
        """Forget what was learned since the start; subclasses add their own memory."""

    def told(self, misdeed: Misdeed) -> None:
        """A misdeed was ordered; subclasses that must act at once do so here."""

    def ready(self) -> dict[str, object]:
        """Return the line that the entry point prints when this server answers."""
        return {"system": self.system, "url": self.base_url, "health": f"{self.base_url}{CONTROL}health"}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = SandboxRequest(environ)
        response = self._answer(request)
        return response(environ, start_response)

    def _answer(self, request: SandboxRequest) -> Response | HTTPException:
        try:
            endpoint, values = self._map.bind_to_environ(request.environ).match()
            request.routing_values = {key: str(value) for key, value in values.items()}
            if not request.path.startswith(CONTROL) and (spoiled := self._spoil(request)) is not None:
                return spoiled
            return self._handlers[endpoint](request)
        except HTTPException as refusal:
            return refusal

    def _spoil(self, request: Request) -> Response | None:
        misdeed = self.plan.take(SHARED_MODES, request.path)
        if misdeed is None:
            return None
        if misdeed.mode == "drop":
            drop(request)
        if misdeed.mode == "error_500":
            return problem("sandbox_misbehaves", status=500)
        time.sleep(misdeed.milliseconds / 1000)
        return None

    def _health(self, _request: Request) -> Response:
        return as_json({"system": self.system, "ok": True, "misbehaving": self.plan.pending()})

    def _misbehave(self, request: Request) -> Response:
        refuse_strangers(request)
        order = read_json(request)
        mode = str(order.get("mode"))
        if not self.knows(mode):
            return problem("unknown_mode", known=sorted(self.modes | SHARED_MODES))
        try:
            misdeed = Misdeed(
                mode=mode,
                times=int(str(order.get("times", 1))),
                path=str(order.get("path", "/")),
                milliseconds=int(str(order.get("milliseconds", 1000))),
                percent=int(str(order.get("percent", 100))),
            )
        except ValueError:
            return problem("times_and_milliseconds_are_whole_numbers")
        self.plan.add(misdeed)
        self.told(misdeed)
        return as_json({"misbehaving": self.plan.pending()})

    def _behave(self, request: Request) -> Response:
        refuse_strangers(request)
        self.plan.clear()
        return as_json({"misbehaving": []})

    def _reset(self, request: Request) -> Response:
        refuse_strangers(request)
        self.plan.clear()
        self.forget()
        return as_json({"misbehaving": []})


def drop(request: Request) -> None:
    """Cut the connection under the client without a word, then stop the handler."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("dropped on demand")


def refuse_strangers(request: Request) -> None:
    """Refuse the control room to anyone but this machine, and to browsers on someone else's behalf."""
    if request.remote_addr not in LOOPBACK or not request.is_json:
        raise BadRequest("The control room takes JSON from this machine.")


def read_json(request: Request) -> dict[str, object]:
    """Return the JSON object in the body, or refuse with 400."""
    try:
        body = json.loads(request.get_data(cache=True))
    except ValueError as unreadable:
        raise BadRequest("The body is not JSON.") from unreadable
    if not isinstance(body, dict):
        raise BadRequest("The body is not a JSON object.")
    return body


def as_json(value: dict[str, object], *, status: int = HTTPStatus.OK) -> Response:
    """Return `value` as a JSON answer that nobody stores."""
    return Response(
        json.dumps(value, ensure_ascii=False, indent=None),
        status=status,
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
    )


def problem(code: str, *, status: int = HTTPStatus.BAD_REQUEST, **facts: object) -> Response:
    """Return a refusal with a stable `code`."""
    return as_json({"error": code, **facts}, status=status)
