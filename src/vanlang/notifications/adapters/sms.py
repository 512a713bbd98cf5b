"""
Text messages by SMPP 3.4: one transceiver for a run of batches, several submissions on the way at a time, receipts as they come.

A long text goes in parts (UDH, 8-bit reference) with one reference for all of them and for every try, so that a handset joins a
part sent twice to its message. Submissions carry `user_message_reference`; still, a centre takes what it is given, and
after a crash or a broken connection a message that matters may arrive twice: at least once. Its receipt is asked for with its
last part.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from smpplib import client as smpp_client
from smpplib import consts, exceptions
from typing_extensions import override

from vanlang.notifications.ports import Carried, Carrier, Confirmation, Parcel
from vanlang.notifications.rules import sms
from vanlang.notifications.rules.receipts import IdNotation, read_receipt
from vanlang.notifications.rules.smpp_codes import verdict_of
from vanlang.notifications.rules.sms import SmsCoding
from vanlang.notifications.types import NoticeChannel, ProviderVerdict

BROKEN = (
    exceptions.ConnectionError,
    exceptions.PDUError,
    exceptions.UnknownCommandError,
    OSError,
    ValueError,
    KeyError,
)
"""Whatever a server that speaks no SMPP, or stops speaking it, makes the library raise."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where text messages are handed in."""

    host: str
    port: int
    system_id: str
    password: str
    sender: str
    window: int = 10
    """Submissions on the way without an answer."""
    seconds: float = 20
    quiet_seconds: float = 0.3
    """How long to listen for receipts after the last word."""
    ids: IdNotation = IdNotation.SAME


@dataclass(slots=True)
class _Pending:
    """A parcel on the way: its parts without an answer, and the worst word so far."""

    parcel: Parcel
    open_parts: int
    verdict: ProviderVerdict = ProviderVerdict.ACCEPTED
    code: str = ""
    provider_ref: str = ""


@dataclass(slots=True)
class _Line:
    """A bound connection and what is on it."""

    client: Any
    pending: dict[int, _Pending] = field(default_factory=dict)
    """By sequence number."""
    heard: list[Confirmation] = field(default_factory=list)


class SmsCarrier(Carrier):
    """One centre."""

    channel = NoticeChannel.SMS

    def __init__(self, name: str, centre: Centre) -> None:
        self.name, self._centre = name, centre
        self._own = threading.local()
        """The line of this thread, bound from its first batch until it rests."""
        self._heard: list[Confirmation] = []

    @override
    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        if not parcels:
            return
        line: _Line | None = getattr(self._own, "line", None)
        if line is None:
            try:
                line = self._own.line = self._bind()
            except BROKEN as silence:
                yield Carried(parcels[0].reference, ProviderVerdict.UNREACHABLE, _code(silence))
                return
        try:
            yield from self._carry(line, parcels)
        finally:
            self._take_heard(line)

    @override
    def rest(self) -> None:
        """Hear what the centre still has to say, and leave."""
        line: _Line | None = getattr(self._own, "line", None)
        if line is not None:
            self._own.line = None
            with contextlib.suppress(*BROKEN):
                self._listen(line)
            self._take_heard(line)
            _close(line)

    @override
    def heard(self) -> list[Confirmation]:
        heard, self._heard = self._heard, []
        return heard

    @override
    def confirmations(self) -> list[Confirmation]:
        """Return the receipts heard so far, and those that the centre kept for us until now."""
        with contextlib.suppress(*BROKEN):
            self._own.line = getattr(self._own, "line", None) or self._bind()
        self.rest()
        return self.heard()

    def _take_heard(self, line: _Line) -> None:
        self._heard += line.heard
        line.heard = []

    def _bind(self) -> _Line:
        centre = self._centre
        client = smpp_client.Client(
            centre.host, centre.port, timeout=centre.seconds, allow_unknown_opt_params=True
        )
        try:
            client.connect()
            client.bind_transceiver(system_id=centre.system_id, password=centre.password)
        except BROKEN:
            client.disconnect()
            raise
        return _Line(client)

    def _carry(self, line: _Line, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        """Keep the window full; when the line breaks, what is on it is unclear and the rest was not handed over."""
        waiting = list(parcels)
        try:
            while waiting or line.pending:
                while waiting and len(line.pending) < self._centre.window:
                    self._submit(line, waiting.pop(0))
                done = self._read(line)
                if done is not None:
                    yield _carried(done)
                    if done.verdict is ProviderVerdict.THROTTLED:
                        waiting.clear()
        except BROKEN as silence:
            self._own.line, code = None, _code(silence)
            _close(line)
            for reference in {pending.parcel.reference for pending in line.pending.values()}:
                yield Carried(reference, ProviderVerdict.UNCLEAR, code)

    def _submit(self, line: _Line, parcel: Parcel) -> None:
        shape = sms.shape_of(parcel.letter.short)
        reference = zlib.crc32(parcel.reference.encode())
        pending = _Pending(parcel, len(shape.parts))
        for number, text in enumerate(shape.parts, start=1):
            is_last = number == len(shape.parts)
            sent = self._part(shape, text, number, reference)
            pdu = line.client.send_message(
                source_addr_ton=consts.SMPP_TON_ALNUM,
                source_addr=self._centre.sender,
                dest_addr_ton=consts.SMPP_TON_INTL,
                dest_addr_npi=consts.SMPP_NPI_ISDN,
                destination_addr=parcel.to,
                registered_delivery=1 if is_last else 0,
                user_message_reference=reference & 0xFFFF,
                **sent,
            )
            line.pending[pdu.sequence] = pending

    def _part(self, shape: sms.SmsShape, text: str, number: int, reference: int) -> dict[str, object]:
        is_gsm = shape.coding is SmsCoding.GSM7
        content = sms.encode_gsm7(text) if is_gsm else text.encode("utf-16-be")
        coding = consts.SMPP_ENCODING_DEFAULT if is_gsm else consts.SMPP_ENCODING_ISO10646
        if len(shape.parts) == 1:
            return {"data_coding": coding, "esm_class": 0, "short_message": content}
        header = bytes((5, 0, 3, reference & 0xFF, len(shape.parts), number))
        return {
            "data_coding": coding,
            "esm_class": consts.SMPP_GSMFEAT_UDHI,
            "short_message": header + content,
        }

    def _read(self, line: _Line) -> _Pending | None:
        """Read one word; return the parcel that it finishes, if it does. Raises: one of BROKEN."""
        pdu = line.client.read_pdu()
        match pdu.command:
            case "submit_sm_resp":
                return _answered(line, pdu)
            case "deliver_sm":
                _receive(line, pdu, self._centre.ids)
            case "enquire_link":
                line.client._enquire_link_received(pdu)
            case "generic_nack":
                raise exceptions.PDUError("generic_nack", int(pdu.status))
            case _:
                pass
        return None

    def _listen(self, line: _Line) -> None:
        """Hear receipts until the centre falls silent; ask once whether it is still there."""
        line.client._socket.settimeout(self._centre.quiet_seconds)
        with contextlib.suppress(TimeoutError, socket.timeout):
            while True:
                self._read(line)


def _answered(line: _Line, pdu: Any) -> _Pending | None:
    pending = line.pending.pop(pdu.sequence, None)
    if pending is None:
        return None
    pending.open_parts -= 1
    status = int(pdu.status)
    if status:
        pending.verdict, pending.code = verdict_of(status), f"0x{status:08x}"
    elif pending.verdict is ProviderVerdict.ACCEPTED:
        pending.provider_ref = _text(pdu.message_id)
    return pending if pending.open_parts == 0 else None


def _receive(line: _Line, pdu: Any, notation: IdNotation) -> None:
    """Take a receipt and say so; whatever else comes in is acknowledged and let go."""
    message_id = _text(getattr(pdu, "receipted_message_id", ""))
    said = read_receipt(_text(pdu.short_message), message_id=message_id, notation=notation)
    if said is not None:
        line.heard.append(Confirmation(said.ids, said.arrived, said.code))
    line.client.set_message_received_handler(lambda pdu: None)
    line.client._message_received(pdu)


def _carried(pending: _Pending) -> Carried:
    accepted = pending.verdict is ProviderVerdict.ACCEPTED
    return Carried(
        pending.parcel.reference, pending.verdict, pending.code, pending.provider_ref if accepted else ""
    )


def _close(line: _Line) -> None:
    with contextlib.suppress(*BROKEN):
        line.client.unbind()
    with contextlib.suppress(*BROKEN):
        line.client.disconnect()


def _code(silence: Exception) -> str:
    status = silence.args[1] if len(silence.args) > 1 and isinstance(silence.args[1], int) else None
    return f"0x{status:08x}" if status is not None else type(silence).__name__


def _text(value: object) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    return text.strip("\x00")
