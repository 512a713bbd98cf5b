"""The stand-ins as the demo orders them: what people do at the portal and in their bank, and what goes wrong there."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from launcher.demo.forms import File
from launcher.demo.pages import PageError

SECONDS = 90


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system answered."""

    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        """The portal's or the platform's code of what became of it."""
        return str(self.body.get("error_code", self.body.get("MaLoi", "")))


def post(url: str, body: object, headers: dict[str, str] | None = None) -> Reply:
    """Send JSON, whatever is answered. Raises: PageError when nobody answers."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return _ask(urllib.request.Request(url, raw, {"Content-Type": "application/json", **(headers or {})}))  # noqa: S310 - addresses of the demo


def get(url: str) -> Reply:
    return _ask(urllib.request.Request(url))  # noqa: S310 - as above


def _ask(request: urllib.request.Request) -> Reply:
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            return _reply(answer.status, answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return _reply(refused.code, refused.read())
    except OSError as silence:
        raise PageError(f"{request.full_url} không trả lời ({silence})") from silence


def _reply(status: int, raw: bytes) -> Reply:
    try:
        body = json.loads(raw)
    except ValueError:
        body = {"text": raw.decode(errors="replace")[:200]}
    return Reply(status, body if isinstance(body, dict) else {"value": body})


@dataclass
class StandIn:
    """One system of the sandbox and its control room."""

    url: str

    def order(self, deed: str, **told: object) -> dict[str, Any]:
        """Give an order. Raises: PageError when it is refused."""
        reply = post(f"{self.url}/_sandbox/{deed}", told)
        if reply.status != 200:
            raise PageError(f"{self.url}/_sandbox/{deed}: {reply.status} {reply.body}")
        return reply.body

    def look(self, what: str) -> dict[str, Any]:
        return get(f"{self.url}/_sandbox/{what}").body

    def misbehave(self, mode: str, *, times: int = 1, **told: object) -> None:
        self.order("misbehave", mode=mode, times=times, **told)

    def behave(self) -> None:
        self.order("behave")

    @property
    def pending(self) -> list[dict[str, Any]]:
        """What it was told to do wrong and has not done yet."""
        return list(self.look("health")["misbehaving"])


@dataclass
class Portal(StandIn):
    """The national portal: asked as a system asks it, ordered as people act at it."""

    password: str = ""
    token: str = ""
    sessions: dict[str, str] = field(default_factory=dict)

    def call(self, place: str, service: str, *, system: str = "kiem-tra", **told: object) -> Reply:
        """Call a service as a system, by its user name; log in when there is no session."""
        for _ in range(2):
            if system not in self.sessions:
                self._log_in(system)
            body = {"session": self.sessions[system], "madonvi": "H44", "service": service, **told}
            reply = post(f"{self.url}/adapter/{place}", body)
            if reply.code != "-2":
                break
            del self.sessions[system]
        return reply

    def _log_in(self, system: str) -> None:
        who = {"username": system, "password": self.password}
        reply = post(f"{self.url}/adapter/login", who, {"dstcode": "VN:GOV:demo"})
        if "session" not in reply.body:
            raise PageError(f"Cổng quốc gia giả lập không cho đăng nhập: {reply.body}")
        self.sessions[system] = str(reply.body["session"])

    def find(self, code: str) -> dict[str, Any]:
        """Return what the portal says of a dossier (TraCuuHoSo); nothing when it does not know it."""
        data = self.call("share", "TraCuuHoSo", mahoso=code).body.get("data")
        return data if isinstance(data, dict) else {}

    def held(self, code: str) -> dict[str, Any]:
        """Return the record itself."""
        records = self.look(f"dossiers/{code}").get("records") or [{}]
        return dict(records[0])

    def file(self, record: dict[str, object], files: list[tuple[File, str]]) -> str:
        """Let somebody file a dossier, each file for a paper; return its code."""
        sent = [
            {"name": file.name, "content_base64": base64.b64encode(file.content).decode(), "document": paper}
            for file, paper in files
        ]
        return str(self.order("file", record=record, files=sent)["MaHoSo"])

    def push(self, service: str, files: list[File] | None = None, **data: object) -> dict[str, Any]:
        """Let something else happen at the portal."""
        sent = [
            {"name": one.name, "content_base64": base64.b64encode(one.content).decode()}
            for one in files or []
        ]
        return self.order("push", service=service, data=data, files=sent)

    def pushed(self, message: str, *, seconds: float = 30) -> dict[str, Any]:
        """Return what became of a push, when all have ended or after a while."""
        items = self.look(f"pushes?wait={seconds}")["items"]
        return next((dict(one) for one in reversed(items) if one["id"] == message), {})
