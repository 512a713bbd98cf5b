"""A text message centre: one thread a connection, receipts after each message, misdeeds on demand."""

from __future__ import annotations

import contextlib
import hmac
import socket
import threading
import time

from sandbox.post_office.inbox import Inbox, Item
from sandbox.post_office.pdu import (
    RESPONSE,
    Command,
    MalformedError,
    Pdu,
    Status,
    Submission,
    read_bind,
    read_header,
    read_submission,
    receipt,
)
from sandbox.wire import Plan

PATH = "/smpp"
ANSWERS = {
    "temporary": Status.SYSTEM_ERROR,
    "throttle": Status.THROTTLED,
    "permanent": Status.INVALID_DESTINATION,
    "reject": Status.SUBMIT_FAILED,
    "refuse": Status.SYSTEM_ERROR,
}
MODES = frozenset(
    {
        *ANSWERS,
        "down",
        "slow",
        "nonsense",
        "hang_up",
        "drop_after_accept",
        "duplicate_receipts",
        "late_receipts",
        "undelivered",
    }
)
NOBODY = "84900000404"
BINDS = {Command.BIND_RECEIVER, Command.BIND_TRANSMITTER, Command.BIND_TRANSCEIVER}


class MessageCentre:
    """Listens at one port; `pause` closes the port for real."""

    def __init__(self, *, inbox: Inbox, plan: Plan, password: str, host: str, port: int) -> None:
        self.inbox, self.plan, self.password = inbox, plan, password
        self._host, self.port = host, port
        self._listener: socket.socket | None = None
        self._count, self._lock = 0, threading.Lock()
        self._sessions: set[_Session] = set()
        self.waiting: list[Pdu] = []
        """Receipts for whoever binds next."""
        self.parts: dict[tuple[str, int, int], dict[int, str]] = {}

    def resume(self) -> None:
        if self._listener is None:
            self._listener = socket.create_server((self._host, self.port))
            self.port = self._listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def pause(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for session in list(self._sessions):
            session.cut()

    def next_id(self) -> str:
        with self._lock:
            self._count += 1
            return f"{self._count:08x}"

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        session = _Session(self, connection)
        self._sessions.add(session)
        try:
            session.run()
        except (OSError, MalformedError):
            pass
        finally:
            self._sessions.discard(session)
            session.cut()

    def keep(self, submission: Submission, message_id: str) -> None:
        """Put a whole message into the inbox, or a part beside the others of it."""
        text = submission.text
        if submission.part is not None:
            reference, total, number = submission.part
            with self._lock:
                parts = self.parts.setdefault((submission.to, reference, total), {})
                parts[number] = text
                if len(parts) < total:
                    return
                text = "".join(parts[one] for one in sorted(parts))
                del self.parts[submission.to, reference, total]
        facts = {
            "from": submission.sender,
            "id": message_id,
            "reference": str(submission.own_reference or ""),
        }
        self.inbox.add(Item(channel="sms", to=submission.to, subject="", text=text, facts=facts))


class _Session:
    """One bound client."""

    def __init__(self, centre: MessageCentre, connection: socket.socket) -> None:
        self._centre, self._connection = centre, connection
        self._is_bound = False
        self._sequence = 0

    def run(self) -> None:
        while (pdu := self._read()) is not None:
            if not self._handle(pdu):
                return

    def cut(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def _handle(self, pdu: Pdu) -> bool:
        """Answer one message; return whether the conversation goes on."""
        if pdu.command in BINDS:
            return self._bind(pdu)
        if pdu.command == Command.ENQUIRE_LINK:
            self._send(pdu.answer())
        elif pdu.command == Command.UNBIND:
            self._send(pdu.answer())
            return False
        elif pdu.command == Command.SUBMIT_SM:
            return self._submit(pdu)
        elif not pdu.command & RESPONSE:
            self._send(Pdu(Command.GENERIC_NACK, Status.SYSTEM_ERROR, pdu.sequence))
        return True

    def _bind(self, pdu: Pdu) -> bool:
        _, password = read_bind(pdu.body)
        self._is_bound = hmac.compare_digest(password.encode(), self._centre.password.encode())
        status = Status.OK if self._is_bound else Status.INVALID_PASSWORD
        self._send(pdu.answer(status=status, body=b"SANDBOX\0" if self._is_bound else b""))
        if self._is_bound and pdu.command != Command.BIND_TRANSMITTER:
            waiting, self._centre.waiting = self._centre.waiting, []
            for one in waiting:
                self._send(one)
        return self._is_bound

    def _submit(self, pdu: Pdu) -> bool:
        plan = self._centre.plan
        if not self._is_bound:
            self._send(pdu.answer(status=Status.INVALID_BIND_STATUS))
            return False
        if slow := plan.take({"slow"}, PATH):
            time.sleep(slow.milliseconds / 1000)
        if plan.take({"hang_up"}, PATH):
            return False
        if plan.take({"nonsense"}, PATH):
            self._connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nnot SMPP at all")
            return False
        submission = read_submission(pdu.body)
        misdeed = plan.take(ANSWERS, PATH)
        status = ANSWERS[misdeed.mode] if misdeed else Status.OK
        if submission.to == NOBODY:
            status = Status.INVALID_DESTINATION
        if status is not Status.OK:
            self._send(pdu.answer(status=status))
            return True
        return self._accept(pdu, submission)

    def _accept(self, pdu: Pdu, submission: Submission) -> bool:
        centre = self._centre
        message_id = centre.next_id()
        centre.keep(submission, message_id)
        if centre.plan.take({"drop_after_accept"}, PATH):
            return False
        self._send(pdu.answer(body=message_id.encode() + b"\0"))
        if submission.wants_receipt:
            self._tell_receipt(submission, message_id)
        return True

    def _tell_receipt(self, submission: Submission, message_id: str) -> None:
        plan = self._centre.plan
        status = "UNDELIV" if plan.take({"undelivered"}, PATH) else "DELIVRD"
        said = receipt(
            to=submission.to, sender=submission.sender, message_id=message_id, status=status,
            sequence=self._next_sequence(),
        )  # fmt: skip
        if plan.take({"late_receipts"}, PATH):
            self._centre.waiting.append(said)
            return
        for _ in range(2 if plan.take({"duplicate_receipts"}, PATH) else 1):
            self._send(said)

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def _read(self) -> Pdu | None:
        raw = self._exactly(16)
        if not raw:
            return None
        length, head = read_header(raw)
        return Pdu(head.command, head.status, head.sequence, self._exactly(length))

    def _exactly(self, count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            part = self._connection.recv(count)
            if not part:
                return b""
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _send(self, pdu: Pdu) -> None:
        self._connection.sendall(pdu.encoded())
