"""
The line to the national payment platform.

    begin(bill)        → where to send the payer       the same reference again is the same payment
    query(reference)   → what became of it             UNKNOWN, still open, or a notice under its seal
    get_bill(reference)→ where the platform's own receipt is
    refund(…)          accepted now, told later by a callback; the same own reference again is the same refund
    statement(day)     → the transactions of a day, and the rows that could not be read

Every failure is a `PlatformError` with the verdict that `connectors` judges rows and the system's health by. All that is
said here may be said again without harm, so a line that broke is tried again and asks for nobody.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from vanlang.connectors.api import System, SystemVerdict
from vanlang.kernel.errors import OutsideSystemError, Refusal
from vanlang.kernel.http import Line, SilenceError
from vanlang.payments.rules import platform as words
from vanlang.payments.types import SYSTEM, Bill, Notice, StatementTold

THE_PLATFORM = System(
    SYSTEM,
    "Nền tảng thanh toán quốc gia",
    "Thanh toán trực tuyến, báo có của ngân hàng, hoàn tiền, đối soát.",
    {"begin": "Bắt đầu thanh toán", "refund": "Yêu cầu hoàn tiền", "callback": "Báo có tiền"},
)
SECONDS = 20.0
LONGEST_ADDRESS = 1000
NONSENSE = "nonsense"
_REFUSED = frozenset({
    words.UNKNOWN_REFERENCE, words.NOT_YET, words.FAILED, words.OTHER_AMOUNT, words.TOO_MUCH, words.UNREADABLE,
})  # fmt: skip
_AGAIN = frozenset({SystemVerdict.TEMPORARY, SystemVerdict.UNREACHABLE, SystemVerdict.UNCLEAR})


class PlatformError(OutsideSystemError):
    """The platform said no, nothing, or nonsense. Carries its code, never its text, which may name people."""

    code = "payments.platform_did_not_answer"

    def __init__(self, verdict: SystemVerdict, platform_code: str, field: str = "") -> None:
        self.verdict, self.platform_code = verdict, platform_code
        super().__init__(
            SYSTEM, retryable=verdict in _AGAIN, platform_code=f"{platform_code} {field}".strip()
        )


@dataclass(frozen=True, slots=True)
class PlatformAddress:
    """Where the platform is, and who we are there."""

    url: str
    partner: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class StillOpen:
    """The platform knows the payment, and nobody has decided it."""


@dataclass(frozen=True, slots=True)
class NeverBegun:
    """The platform does not know the reference."""


class PlatformClient:
    """One platform, one kept connection."""

    def __init__(self, address: PlatformAddress, *, seconds: float = SECONDS) -> None:
        self.address = address
        self._line = Line(address.url, seconds=seconds)

    def begin(self, bill: Bill, *, at: dt.datetime) -> str:
        """Return the address to send the payer to. Raises: PlatformError."""
        message = words.init(bill, partner=self.address.partner, at=at)
        address = str(self._done("/init", message, words.INIT_FIELDS).get("UrlThanhToan", ""))
        if urlsplit(address).scheme not in {"http", "https"} or len(address) > LONGEST_ADDRESS:
            raise PlatformError(SystemVerdict.UNCLEAR, NONSENSE)
        return address

    def query(self, reference: str, *, at: dt.datetime) -> Notice | StillOpen | NeverBegun:
        """Return what became of a payment. Raises: PlatformError, also for an answer without its seal."""
        told = self._ask(
            "/query", words.query(reference, partner=self.address.partner, at=at), words.QUERY_FIELDS
        )
        _pass_on_failures(told)
        if not words.is_sealed(told, words.CALLBACK_FIELDS, self.address.secret):
            raise PlatformError(SystemVerdict.TEMPORARY, "answer_without_seal")
        match str(told["MaLoi"]):
            case words.UNKNOWN_REFERENCE:
                return NeverBegun()
            case words.NOT_YET:
                return StillOpen()
        notice = words.read_notice(told)
        if isinstance(notice, Refusal) or notice.reference != reference:
            raise PlatformError(SystemVerdict.TEMPORARY, NONSENSE)
        return notice

    def get_bill(self, reference: str, *, at: dt.datetime) -> str:
        """Return where the platform's own receipt is. Raises: PlatformError."""
        message = words.query(reference, partner=self.address.partner, at=at, kind="GET_BILL")
        return str(self._done("/get_bill", message, words.QUERY_FIELDS).get("UrlBienLai", ""))

    def refund(self, *, reference: str, transaction: str, own: str, vnd: int, at: dt.datetime) -> None:
        """Order that money goes back. Raises: PlatformError."""
        message = words.refund(
            reference=reference,
            transaction=transaction,
            own=own,
            vnd=vnd,
            partner=self.address.partner,
            at=at,
        )
        self._done("/refund", message, words.REFUND_FIELDS)

    def statement(self, day: dt.date, *, at: dt.datetime) -> StatementTold:
        """Return what the platform says of a day, the rows that could not be read beside it. Raises: PlatformError."""
        message = words.statement(day, partner=self.address.partner, at=at)
        rows = self._done("/statement", message, words.STATEMENT_FIELDS).get("data")
        if not isinstance(rows, list):
            raise PlatformError(SystemVerdict.TEMPORARY, NONSENSE)
        return words.read_statement(rows)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _done(self, path: str, message: Mapping[str, object], fields: Sequence[str]) -> Mapping[str, object]:
        told = self._ask(path, message, fields)
        code = str(told["MaLoi"])
        _pass_on_failures(told)
        if code != words.SUCCESS:
            raise PlatformError(SystemVerdict.REFUSED, code, str(told.get("Truong", "")))
        return told

    def _ask(self, path: str, message: Mapping[str, object], fields: Sequence[str]) -> Mapping[str, object]:
        """Return an answer that has a code, whatever it is."""
        body = json.dumps(words.sealed(message, fields, self.address.secret), ensure_ascii=False).encode()
        kind = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        try:
            answer = self._line.ask("POST", path, body=body, headers=kind)
        except SilenceError as silence:
            verdict = SystemVerdict.UNCLEAR if silence.was_asked else SystemVerdict.UNREACHABLE
            raise PlatformError(verdict, str(silence)) from silence
        if answer.status != 200:
            raise PlatformError(SystemVerdict.TEMPORARY, str(answer.status))
        try:
            told = json.loads(answer.body)
        except ValueError as nonsense:
            raise PlatformError(SystemVerdict.UNCLEAR, NONSENSE) from nonsense
        if not isinstance(told, dict) or "MaLoi" not in told:
            raise PlatformError(SystemVerdict.UNCLEAR, NONSENSE)
        return told


def _pass_on_failures(told: Mapping[str, object]) -> None:
    """Raise for codes that say nothing of the payment: a wrong seal is ours to mend and uses up nobody's tries."""
    code = str(told["MaLoi"])
    if code == words.WRONG_SEAL:
        raise PlatformError(SystemVerdict.UNREACHABLE, code)
    if code != words.SUCCESS and code not in _REFUSED:
        raise PlatformError(SystemVerdict.TEMPORARY, code)


@lru_cache(maxsize=4)
def _client(address: PlatformAddress) -> PlatformClient:
    return PlatformClient(address)


def client() -> PlatformClient:
    """Return the line of this process to the platform that the settings name."""
    return _client(address())


def address() -> PlatformAddress:
    return PlatformAddress(**settings.VANLANG_PAYMENT_PLATFORM)


def is_named() -> bool:
    """Say whether the settings name a platform at all."""
    return bool(settings.VANLANG_PAYMENT_PLATFORM["url"])
