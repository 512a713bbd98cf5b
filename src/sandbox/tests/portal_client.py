"""A system of a province at the national portal, and a province that the portal pushes to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sandbox.tests.browser import Browser

CODE = "000.00.04.H44-260803-0001"


def record(code: str = CODE, **changed: object) -> dict[str, object]:
    """Return a dossier as it is synchronised."""
    plain: dict[str, object] = {
        "MaHoSo": code,
        "MaTTHC": "1.001234",
        "TenTTHC": "Cấp giấy phép",
        "ChuHoSo": "Nguyễn Thị Lan",
        "LoaiDoiTuong": "1",
        "KenhThucHien": "2",
        "TrichYeuHoSo": "Đề nghị cấp giấy phép",
        "NgayNopHoSo": "20260803080000",
        "NgayTiepNhan": "20260803081500",
        "NgayHenTra": "20260810170000",
        "TrangThaiHoSo": "2",
        "DonViXuLy": "H44.4",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "025190000019"}],
    }
    return {name: value for name, value in (plain | changed).items() if value is not None}


def step(code: str = CODE, **changed: object) -> dict[str, object]:
    plain = {
        "MaHoSo": code,
        "NguoiXuLy": "Lê Thị Mai",
        "ThoiDiemXuLy": "20260804090000",
        "NoiDungXuLy": "Thẩm định",
        "TrangThai": "4",
    }
    return plain | changed


@dataclass
class System:
    """One system of a province: its user name is what the portal knows it by."""

    browser: Browser
    password: str
    name: str = "h44"
    session: str = ""

    def login(self, password: str | None = None, **headers: str) -> dict[str, Any]:
        told = {"username": self.name, "password": password or self.password}
        answer = self.browser.send("/adapter/login", told, {"dstcode": "VN:GOV:DVCQG", **headers}).json
        self.session = str(answer.get("session", ""))
        return answer

    def call(self, place: str, service: str, **told: object) -> dict[str, Any]:
        body = {"session": self.session, "madonvi": "H44", "service": service, **told}
        return self.browser.send(f"/adapter/{place}", body).json

    def ask(self, service: str, **told: object) -> dict[str, Any]:
        return self.call("share", service, **told)

    def tell(self, *records: dict[str, object], updating: bool = False, **told: object) -> dict[str, Any]:
        return self.call("integration", "DongBoHoSoMC", isUpdating=str(updating), data=list(records), **told)

    def progress(self, *steps: dict[str, object]) -> dict[str, Any]:
        return self.call("integration", "CapNhatTienDoHoSoMC", data=list(steps))

    def order(self, deed: str, **body: object) -> dict[str, Any]:
        answer = self.browser.send(f"/_sandbox/{deed}", body)
        assert answer.status == 200, answer.text
        return answer.json

    def codes(self) -> list[str]:
        return list(self.browser.get("/_sandbox/dossiers?codes").json["codes"])


def system(base: str, state: Path, name: str = "h44") -> System:
    """Return a system that is signed in."""
    known = System(Browser(base), (state / "portal" / "password.secret").read_text().strip(), name)
    assert known.login()["error_code"] == "0"
    return known


@dataclass
class Province:
    """Takes pushes, and answers what it is told to answer: then that the push was taken."""

    url: str
    arrived: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.arrived) >= count, timeout=20), self.arrived
            return list(self.arrived)


@contextmanager
def province() -> Iterator[Province]:
    here = Province("")

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with here.changed:
                here.arrived.append(body)
                here.tokens.add(self.headers["Authorization"])
                status, answer = here.answers.pop(0) if here.answers else (200, b'{"error_code": "0"}')
                here.changed.notify_all()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    here.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
