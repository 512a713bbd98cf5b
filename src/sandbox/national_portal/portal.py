"""
The portal's addresses.

    POST /adapter/login         {username, password}, header dstcode → session
    POST /adapter/share         {session, madonvi, service, …}                 questions
    POST /adapter/integration   {session, madonvi, service, data, …}           what it is told
    GET  /tep/<id>              a file that somebody handed in; bearer token   GET /  what it holds, for people
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from typing_extensions import override
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.wrappers import Request, Response

from sandbox.identity_provider.pages import STYLE
from sandbox.national_portal import checking, pages, pushing
from sandbox.national_portal.checking import Answer
from sandbox.national_portal.control import ControlRoom
from sandbox.national_portal.filing import Files
from sandbox.national_portal.integrating import Integration, Told
from sandbox.national_portal.pushing import Pusher
from sandbox.national_portal.sharing import Share
from sandbox.national_portal.shelf import Shelf
from sandbox.wire import SandboxRequest, Station, as_json, drop, read_json

NONSENSE = (
    ("<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html; charset=utf-8"),
    ('{"error_code": "0", "data": [', "application/json"),
)
CODE_MODE = "code:"
MODES = (
    frozenset({"nonsense", "expire_session", "lose_call", "answer_lost", "lost_file", "altered_file"})
    | pushing.MODES
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What both sides must know."""

    password: str
    token: str


class NationalPortal(Station):
    """One base URL; a thread that pushes runs between `start` and `stop`."""

    system: ClassVar[str] = "national_portal"
    modes: ClassVar[frozenset[str]] = MODES

    def __init__(
        self, base_url: str, state: Path, known: Secrets, *, province: str = "", session_seconds: int = 1800
    ) -> None:
        super().__init__(base_url)
        self._known, self._session_seconds = known, session_seconds
        self._sessions: dict[str, tuple[str, float]] = {}
        self._lock, self._nonsense = threading.Lock(), 0
        self.shelf = Shelf(state / "portal.sqlite")
        self.files = Files(state / "files", base_url)
        self.pusher = Pusher(self.shelf, self.plan, token=known.token, agency="DVCQG", province=province)
        self.share, self.integration = Share(self.shelf), Integration(self.shelf)
        self.control = ControlRoom(self)
        self.route("POST", "/adapter/login", self.login)
        self.route("POST", "/adapter/share", self.ask)
        self.route("POST", "/adapter/integration", self.tell)
        self.route("GET", "/tep/<id>", self.file)
        self.route("GET", "/", lambda _: pages.front(self.shelf, self.pusher))
        self.route("GET", "/provider.css", lambda _: Response(STYLE, content_type="text/css; charset=utf-8"))
        self.route("GET", "/ho-so/<code>", lambda one: pages.dossier(self.shelf, one.routing_values["code"]))

    def start(self) -> None:
        self.pusher.start()

    def stop(self) -> None:
        self.pusher.stop()
        self.shelf.close()

    @override
    def forget(self) -> None:
        self._sessions.clear()
        self.shelf.clear()

    @override
    def knows(self, mode: str) -> bool:
        return super().knows(mode) or mode.startswith(CODE_MODE)

    # --- the adapter --------------------------------------------------------------------------------

    def login(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (spoiled := self._spoiled(request, "")) is not None:
            return spoiled
        given = str(told.get("password", "")).encode()
        if not (
            told.get("username")
            and request.headers.get("dstcode")
            and hmac.compare_digest(given, self._known.password.encode())
        ):
            return as_json(Answer(checking.LOGIN_REFUSED).told())
        session = secrets.token_urlsafe(24)
        with self._lock:
            self._sessions[session] = (str(told["username"]), time.monotonic() + self._session_seconds)
        return as_json({"session": session, "error_code": checking.OK})

    def ask(self, request: SandboxRequest) -> Response:
        asked = read_json(request)
        service = str(asked.get("service", ""))
        early = self._early(request, asked, service)
        if early is not None:
            return early
        if service not in self.share.services:
            return as_json(Answer(checking.MISFIT, f"service: không có dịch vụ {service[:40]}").told())
        try:
            return as_json(self.share.services[service](asked))
        except ValueError as wrong:
            return as_json(Answer(checking.MISFIT, f"{wrong}: không đọc được").told())

    def tell(self, request: SandboxRequest) -> Response:
        asked = read_json(request)
        service = str(asked.get("service", ""))
        early = self._early(request, asked, service)
        if early is not None:
            return early
        if service not in self.integration.services:
            return as_json(Answer(checking.MISFIT, f"service: không có dịch vụ {service[:40]}").told())
        if self._misbehaves("lose_call", request, service):
            return as_json(_pretended(asked).shown())
        told = self.integration.tell(service, asked, system=self._system_of(asked) or "")
        if self._misbehaves("answer_lost", request, service):
            drop(request)
        return as_json(told.shown())

    def file(self, request: SandboxRequest) -> Response:
        """Hand out a file to whoever holds the token."""
        given = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._known.token}".encode()):
            raise Unauthorized
        found = self.files.read(request.routing_values["id"])
        if found is None or self.plan.take({"lost_file"}, request.path):
            raise NotFound
        if self.plan.take({"altered_file"}, request.path):
            found = _altered(found)
        return Response(found, content_type="application/octet-stream")

    # --- sessions, and what goes wrong ----------------------------------------------------------------

    def _early(self, request: Request, asked: Mapping[str, object], service: str) -> Response | None:
        """Return what is answered before the service is looked at: nonsense, an error, a session that is over."""
        if (spoiled := self._spoiled(request, service)) is not None:
            return spoiled
        if self._misbehaves("expire_session", request, service):
            with self._lock:
                self._sessions.clear()
        if self._system_of(asked) is None:
            return as_json(Answer(checking.SESSION_UNKNOWN).told())
        return None

    def _spoiled(self, request: Request, service: str) -> Response | None:
        path = f"{request.path}/{service}"
        if self.plan.take({"nonsense"}, path):
            self._nonsense += 1
            body, content_type = NONSENSE[self._nonsense % len(NONSENSE)]
            return Response(body, content_type=content_type)
        codes = {str(one["mode"]) for one in self.plan.pending() if str(one["mode"]).startswith(CODE_MODE)}
        misdeed = self.plan.take(codes, path)
        if misdeed is None:
            return None
        return as_json(Answer(misdeed.mode.removeprefix(CODE_MODE), "Lỗi giả lập").told())

    def _misbehaves(self, mode: str, request: Request, service: str) -> bool:
        return self.plan.take({mode}, f"{request.path}/{service}") is not None

    def _system_of(self, asked: Mapping[str, object]) -> str | None:
        """Return the system that a session belongs to, None when it is unknown or over."""
        with self._lock:
            system, ends_at = self._sessions.get(str(asked.get("session", "")), ("", 0.0))
        return system if ends_at > time.monotonic() else None


def _altered(content: bytes) -> bytes:
    """Return a file in which somebody changed a letter, near its beginning: no signature covers it any more."""
    at = min(len(content) // 4, len(content) - 1)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _pretended(asked: Mapping[str, object]) -> Told:
    rows = asked.get("data")
    codes = [
        str(row.get("MaHoSo", ""))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]
    return Told(Answer(), tuple((code, Answer()) for code in codes))
