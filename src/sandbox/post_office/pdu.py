"""
SMPP 3.4 on the wire, as much of it as a text message centre needs to be one.

    PDU = length (4) | command (4) | status (4) | sequence (4) | body; numbers big-endian, strings ended by a zero byte
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import IntEnum

HEADER = struct.Struct(">IIII")
LARGEST = 64 * 1024
RESPONSE = 0x80000000


class Command(IntEnum):
    GENERIC_NACK = 0x80000000
    BIND_RECEIVER = 0x00000001
    BIND_TRANSMITTER = 0x00000002
    SUBMIT_SM = 0x00000004
    DELIVER_SM = 0x00000005
    UNBIND = 0x00000006
    BIND_TRANSCEIVER = 0x00000009
    ENQUIRE_LINK = 0x00000015


class Status(IntEnum):
    OK = 0x00
    INVALID_BIND_STATUS = 0x04
    SYSTEM_ERROR = 0x08
    INVALID_DESTINATION = 0x0B
    BIND_FAILED = 0x0D
    INVALID_PASSWORD = 0x0E
    QUEUE_FULL = 0x14
    SUBMIT_FAILED = 0x45
    THROTTLED = 0x58


USER_MESSAGE_REFERENCE, MESSAGE_PAYLOAD, RECEIPTED_MESSAGE_ID, MESSAGE_STATE = 0x0204, 0x0424, 0x001E, 0x0427
UDH_INDICATOR, RECEIPT_TYPE = 0x40, 0x04
GSM7_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = {
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}


class MalformedError(ValueError):
    """What came is no SMPP."""


@dataclass(frozen=True, slots=True)
class Pdu:
    """One message of the protocol."""

    command: int
    status: int = Status.OK
    sequence: int = 0
    body: bytes = b""

    def encoded(self) -> bytes:
        return HEADER.pack(16 + len(self.body), self.command, self.status, self.sequence) + self.body

    def answer(self, *, status: int = Status.OK, body: bytes = b"") -> Pdu:
        return Pdu(self.command | RESPONSE, status, self.sequence, body)


@dataclass(frozen=True, slots=True)
class Submission:
    """A text message, or a part of one, as it was handed in."""

    sender: str
    to: str
    wants_receipt: bool
    text: str
    own_reference: int | None = None
    part: tuple[int, int, int] | None = None
    """Reference, how many parts, which one (from 1), when it is one of several."""
    options: dict[int, bytes] = field(default_factory=dict)


def read_header(raw: bytes) -> tuple[int, Pdu]:
    """Return how many bytes follow, and the message without its body. Raises: MalformedError."""
    length, command, status, sequence = HEADER.unpack(raw)
    if not 16 <= length <= LARGEST:
        raise MalformedError(f"length {length}")
    return length - 16, Pdu(command, status, sequence)


class Reader:
    """Takes fields off a body, one after another. Raises: MalformedError when it ends too early."""

    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 0

    def text(self) -> str:
        end = self._body.find(b"\0", self._at)
        if end < 0:
            raise MalformedError("a string without its end")
        found, self._at = self._body[self._at : end], end + 1
        return found.decode("latin-1")

    def byte(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> bytes:
        found = self._body[self._at : self._at + count]
        if len(found) < count:
            raise MalformedError("the body ends too early")
        self._at += count
        return found

    def options(self) -> dict[int, bytes]:
        found = {}
        while self._at < len(self._body):
            tag, length = struct.unpack(">HH", self.take(4))
            found[tag] = self.take(length)
        return found


def read_bind(body: bytes) -> tuple[str, str]:
    """Return system id and password of a bind."""
    reader = Reader(body)
    return reader.text(), reader.text()


def read_submission(body: bytes) -> Submission:
    """Return what a submit_sm holds (SMPP 3.4 §4.4.1)."""
    reader = Reader(body)
    reader.text()  # service type
    reader.take(2)
    sender = reader.text()
    reader.take(2)
    to = reader.text()
    esm_class = reader.byte()
    reader.take(2)
    reader.text()  # schedule
    reader.text()  # validity
    registered, _, coding, _ = reader.take(4)
    content = reader.take(reader.byte())
    options = reader.options()
    part = None
    if esm_class & UDH_INDICATOR:
        header, content = content[: content[0] + 1], content[content[0] + 1 :]
        part = _part(header)
    content = options.get(MESSAGE_PAYLOAD, content)
    reference = options.get(USER_MESSAGE_REFERENCE)
    return Submission(
        sender=sender,
        to=to,
        wants_receipt=registered & 0x03 == 1,
        text=_decoded(content, coding),
        own_reference=int.from_bytes(reference, "big") if reference else None,
        part=part,
        options=options,
    )


def receipt(*, to: str, sender: str, message_id: str, status: str, sequence: int) -> Pdu:
    """Return the deliver_sm that says what became of a message (appendix B)."""
    text = (
        f"id:{message_id} sub:001 dlvrd:{'001' if status == 'DELIVRD' else '000'} submit date:2601010000 "
        f"done date:2601010000 stat:{status} err:000 text:"
    ).encode("latin-1")
    state = bytes([2 if status == "DELIVRD" else 5])
    body = (
        b"\0" + b"\x01\x01" + to.encode() + b"\0" + b"\x05\x00" + sender.encode() + b"\0"
        + bytes([RECEIPT_TYPE, 0, 0]) + b"\0\0" + bytes([0, 0, 0, 0]) + bytes([len(text)]) + text
        + option(RECEIPTED_MESSAGE_ID, message_id.encode() + b"\0") + option(MESSAGE_STATE, state)
    )  # fmt: skip
    return Pdu(Command.DELIVER_SM, Status.OK, sequence, body)


def option(tag: int, value: bytes) -> bytes:
    return struct.pack(">HH", tag, len(value)) + value


def _part(header: bytes) -> tuple[int, int, int] | None:
    at = 1
    while at + 1 < len(header):
        kind, length = header[at], header[at + 1]
        value = header[at + 2 : at + 2 + length]
        if kind == 0x00 and length == 3:
            return value[0], value[1], value[2]
        if kind == 0x08 and length == 4:
            return int.from_bytes(value[:2], "big"), value[2], value[3]
        at += 2 + length
    return None


def _decoded(content: bytes, coding: int) -> str:
    if coding == 8:
        return content.decode("utf-16-be", errors="replace")
    if coding != 0:
        return content.decode("latin-1")
    letters, escaped = [], False
    for code in content:
        if escaped:
            letters.append(GSM7_EXTENSION.get(code, "?"))
            escaped = False
        elif code == 0x1B:
            escaped = True
        else:
            letters.append(GSM7_BASIC[code] if code < 128 else "?")
    return "".join(letters)
