"""A portal in the test's own process: real HTTP, answers as the test scripts them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override

Call = dict[str, Any]
Reply = Callable[[str, Call], "Call | bytes | int | None"]
"""(path, call) → an object as JSON, bytes as they are, a status alone, or None: hang up after reading."""


@dataclass
class ScriptedPortal:
    """Answers "0" to whatever comes, unless `replies` say otherwise: the next first."""

    url: str = ""
    calls: list[tuple[str, Call]] = field(default_factory=list)
    connections: int = 0
    logins: int = 0
    sessions: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    usual: Reply = lambda path, call: {"error_code": "0"}
    files: dict[str, bytes] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, path: str, call: Call) -> Call | bytes | int | None:
        if path == "/adapter/login":
            self.logins += 1
            if call["password"] != "secret":
                return {"error_code": "-1"}
            self.sessions.append(f"session-{self.logins}")
            return {"error_code": "0", "session": self.sessions[-1]}
        if not self.sessions or call.get("session") != self.sessions[-1]:
            return {"error_code": "-2"}
        self.calls.append((path, call))
        return self.replies.pop(0)(path, call) if self.replies else self.usual(path, call)

    def told(self, service: str) -> list[Call]:
        return [call for _, call in self.calls if call["service"] == service]


def always(answer: Call | bytes | int | None) -> Reply:
    return lambda path, call: answer


@contextmanager
def scripted_portal(portal: ScriptedPortal | None = None) -> Iterator[ScriptedPortal]:
    portal = portal or ScriptedPortal()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        @override
        def setup(self) -> None:
            portal.connections += 1
            super().setup()

        def do_POST(self) -> None:
            portal.headers.append(dict(self.headers))
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told = portal.answer(self.path, call)
            if told is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            if isinstance(told, int):
                self._send(told, b"")
            else:
                self._send(200, told if isinstance(told, bytes) else json.dumps(told).encode())

        def do_GET(self) -> None:
            portal.headers.append(dict(self.headers))
            content = portal.files.get(self.path)
            self._send(404 if content is None else 200, content or b"")

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        portal.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield portal
        finally:
            server.shutdown()
            thread.join(timeout=5)


@dataclass
class HoldingPortal(ScriptedPortal):
    """Holds what it is told, as the portal does: known codes are "3", steps are appended whatever they say."""

    dossiers: dict[str, Call] = field(default_factory=dict)
    progress: list[Call] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """MaHoSo → the code by which every row of it is refused."""
    shown_state: Call = field(default_factory=dict)
    """What else it shows of any dossier."""

    def __post_init__(self) -> None:
        self.usual = self.do

    def do(self, path: str, call: Call) -> Call:
        match call["service"]:
            case "DongBoHoSoMC":
                return self._told(
                    [(row["MaHoSo"], self._hold(row, call["isUpdating"])) for row in call["data"]]
                )
            case "DongBoTrangThaiHoSo":
                return self._told([(row["MaHoSo"], self._change(row)) for row in call["data"]])
            case "CapNhatTienDoHoSoMC":
                return self._told([(row["MaHoSo"], self._append(row)) for row in call["data"]])
            case "TraCuuHoSo":
                return self._show(call["mahoso"])
            case _:
                return {"error_code": "7"}

    def lose_answer(self, path: str, call: Call) -> None:
        """Do it, and hang up instead of answering."""
        self.do(path, call)

    def _hold(self, row: Call, is_updating: str) -> str:
        code = row["MaHoSo"]
        if code in self.refused:
            return self.refused[code]
        if code in self.dossiers and is_updating != "True":
            return "3"
        self.dossiers[code] = row
        return "0"

    def _change(self, row: Call) -> str:
        code = row["MaHoSo"]
        if code in self.refused:
            return self.refused[code]
        if code not in self.dossiers:
            return "10"
        changed = {("TrangThaiHoSo" if name == "TrangThai" else name): value for name, value in row.items()}
        self.dossiers[code] = self.dossiers[code] | changed
        return "0"

    def _append(self, row: Call) -> str:
        if row["MaHoSo"] in self.refused:
            return self.refused[row["MaHoSo"]]
        if row["MaHoSo"] not in self.dossiers:
            return "10"
        self.progress.append(row)
        return "0"

    def _show(self, code: str) -> Call:
        if code not in self.dossiers:
            return {"error_code": "10"}
        steps = [row for row in self.progress if row["MaHoSo"] == code]
        return {"error_code": "0", "data": {"TienDo": steps, **self.shown_state}}

    @staticmethod
    def _told(each: list[tuple[str, str]]) -> Call:
        whole = next((code for _, code in each if code != "0"), "0")
        rows = [{"MaHoSo": name, "error_code": code, "error_message": ""} for name, code in each]
        return {"error_code": whole, "ketqua": rows}
