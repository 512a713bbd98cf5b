"""
The line to the portal, through the province's security server: log in once, ask, log in again when the session is over.

    POST {url}/adapter/login         {username, password}   header dstcode   → {session, error_code}
    POST {url}/adapter/share         {session, madonvi, service, …}          questions
    POST {url}/adapter/integration   {session, madonvi, service, …}          what we tell

Every failure is a `PortalError` with the verdict that `connectors` judges rows and the system's health by. A broken
connection is *unreachable* as long as nothing was sent and *unclear* from then on: it may have been taken.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from vanlang.connectors.api import System, SystemVerdict
from vanlang.kernel.http import Line, SilenceError, ask
from vanlang.nationalportal.adapters.verdicts import DONE, SESSION_OVER, verdict_of, verdict_of_status
from vanlang.nationalportal.errors import PortalError
from vanlang.nationalportal.types import SYSTEM

THE_PORTAL = System(
    SYSTEM,
    "Cổng Dịch vụ công quốc gia",
    "Đồng bộ hồ sơ, tiến độ, kết quả; nhận hồ sơ nộp tại Cổng quốc gia.",
    {
        "dossier": "Hồ sơ",
        "progress": "Tiến độ xử lý",
        "appointment": "Ngày hẹn trả",
        "money": "Phí, lệ phí",
        "petition": "Trả lời phản ánh",
        "NopHoSo": "Hồ sơ nộp tại Cổng",
        "BoSungHoSo": "Bổ sung hồ sơ",
        "RutHoSo": "Rút hồ sơ",
        "DanhGiaHoSo": "Đánh giá hồ sơ",
        "ThanhToanHoSo": "Thanh toán tại Cổng",
        "PhanAnh": "Phản ánh, kiến nghị",
        "BoSungPhanAnh": "Bổ sung phản ánh",
        "DanhGiaPhanAnh": "Đánh giá trả lời phản ánh",
    },
)
LOGIN, SHARE, INTEGRATION = "/adapter/login", "/adapter/share", "/adapter/integration"
SECONDS = 30.0
LARGEST_FILE = 50 * 1024 * 1024
NONSENSE = "nonsense"


@dataclass(frozen=True, slots=True)
class PortalAddress:
    """Where the portal is, and who we are there."""

    url: str
    user: str = ""
    password: str = ""
    dstcode: str = ""
    agency: str = ""
    """`madonvi`."""
    token: str = ""


class PortalClient:
    """One portal, asked from as many threads as there are: they share the session."""

    def __init__(self, address: PortalAddress, *, seconds: float = SECONDS) -> None:
        self.address, self._seconds = address, seconds
        self._line = Line(address.url, seconds=seconds)
        self._lock = threading.Lock()
        self._session = ""

    def ask(self, service: str, payload: Mapping[str, object], *, share: bool) -> Mapping[str, object]:
        """
        Return the answer of a service: a question (`share`), or something we tell.

        Raises: PortalError.
        """
        session = self._session or self._log_in("")
        try:
            return self._ask(session, service, payload, share=share)
        except PortalError as refused:
            if refused.portal_code != SESSION_OVER:
                raise
        return self._ask(self._log_in(session), service, payload, share=share)

    def fetch(self, url: str) -> bytes:
        """Return a paper that the portal keeps. Raises: PortalError, also for an address that is not the portal's."""
        if _origin(url) != _origin(self.address.url):
            raise PortalError(SystemVerdict.REFUSED, "foreign_address")
        headers = {"Authorization": f"Bearer {self.address.token}"}
        try:
            answer = ask("GET", url, headers=headers, seconds=self._seconds, largest=LARGEST_FILE)
        except SilenceError as silence:
            raise PortalError(SystemVerdict.UNREACHABLE, str(silence)) from silence
        if answer.status in {404, 410}:
            raise PortalError(SystemVerdict.REFUSED, "paper_is_gone")
        if answer.status != 200:
            raise PortalError(verdict_of_status(answer.status) or SystemVerdict.TEMPORARY, str(answer.status))
        return answer.body

    @property
    def line(self) -> Line:
        """The connection, which counts what went over it."""
        return self._line

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _ask(
        self, session: str, service: str, payload: Mapping[str, object], *, share: bool
    ) -> Mapping[str, object]:
        call = {"session": session, "madonvi": self.address.agency, "service": service, **payload}
        return self._post(SHARE if share else INTEGRATION, call)

    def _log_in(self, former: str) -> str:
        """Return a session other than `former`: another thread may have it already."""
        with self._lock:
            if self._session == former:
                self._session = ""
                self._session = self._new_session()
            return self._session

    def _new_session(self) -> str:
        who = {"username": self.address.user, "password": self.address.password}
        try:
            told = self._post(LOGIN, who, {"dstcode": self.address.dstcode})
        except PortalError as refused:
            if refused.verdict is SystemVerdict.UNCLEAR:  # a login that may have been heard harms nobody
                raise PortalError(SystemVerdict.TEMPORARY, refused.portal_code) from refused
            raise
        session = told.get("session")
        if not isinstance(session, str) or not session:
            raise PortalError(SystemVerdict.TEMPORARY, NONSENSE)
        return session

    def _post(
        self, path: str, call: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Mapping[str, object]:
        body = json.dumps(call, ensure_ascii=False).encode()
        kind = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        try:
            answer = self._line.ask("POST", path, body=body, headers=kind | dict(headers or {}))
        except SilenceError as silence:
            verdict = SystemVerdict.UNCLEAR if silence.was_asked else SystemVerdict.UNREACHABLE
            raise PortalError(verdict, str(silence)) from silence
        if (verdict_by_status := verdict_of_status(answer.status)) is not None:
            raise PortalError(verdict_by_status, str(answer.status))
        told = _read(answer.body)
        code = str(told["error_code"])
        if code != DONE:
            raise PortalError(verdict_of(code), code, told)
        return told


@lru_cache(maxsize=8)
def _client(address: PortalAddress, seconds: float) -> PortalClient:
    return PortalClient(address, seconds=seconds)


def client(*, seconds: float = SECONDS) -> PortalClient:
    """Return the line of this process to the portal that the settings name; one for each patience."""
    return _client(address(), seconds)


def address() -> PortalAddress:
    """Return where the settings say that the portal is."""
    return PortalAddress(**settings.VANLANG_NATIONAL_PORTAL)


def is_named() -> bool:
    """Say whether the settings name a portal at all."""
    return bool(settings.VANLANG_NATIONAL_PORTAL["url"])


def _read(body: bytes) -> Mapping[str, object]:
    """Return an answer. Raises: PortalError for what is none: it may have been taken all the same."""
    try:
        told = json.loads(body)
    except ValueError as nonsense:
        raise PortalError(SystemVerdict.UNCLEAR, NONSENSE) from nonsense
    if not isinstance(told, dict) or "error_code" not in told:
        raise PortalError(SystemVerdict.UNCLEAR, NONSENSE)
    return told


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
