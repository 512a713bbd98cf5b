"""
What happens at the portal is pushed to the province: in order for each dossier or petition, again and again until it was taken.

A push may be lost, sent twice, or overtaken by the next of its stream, when that was ordered. `0` and `3` mean taken; `4` and
`7` mean that it will never be taken; anything else, and silence, means later.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass

from sandbox.national_portal.shelf import Record, Shelf, packed, unpacked
from sandbox.wire import Plan

PATH = "/ket-noi/cong-quoc-gia/"
SECONDS = 15
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
HELD_SECONDS = 2.0
"""How long a push that is to be overtaken waits for another that does it."""
MODES = frozenset({"lose_push", "duplicate_push", "reorder_push"})
TAKEN, NEVER = frozenset({"0", "3"}), frozenset({"4", "7"})

_HEADS = """
SELECT id, message, stream, service, tries, said FROM push AS told
WHERE state = 'waiting' AND next_at <= ? AND NOT EXISTS (
  SELECT 1 FROM push AS before WHERE before.stream = told.stream AND before.state = 'waiting' AND before.id < told.id)
ORDER BY id LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Push:
    """One message to the province."""

    id: int
    message: str
    stream: str
    service: str
    tries: int
    data: Record


class Pusher:
    """Sends on a thread of its own from `start` to `stop`; without an address everything waits."""

    def __init__(self, shelf: Shelf, plan: Plan, *, token: str, agency: str, province: str) -> None:
        self._shelf, self._plan = shelf, plan
        self._token, self._agency = token, agency
        self.province = province
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._settled = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def push(self, service: str, data: Record, *, message: str = "") -> str:
        """Line a message up; return its id."""
        name = message or str(uuid.uuid4())
        stream = str(data.get("MaHoSo") or data.get("MaPAKN") or name)
        state, times, next_at = "waiting", 1, 0.0
        if self._plan.take({"lose_push"}, f"{PATH}{service}"):
            state = "lost"
        elif self._plan.take({"duplicate_push"}, f"{PATH}{service}"):
            times = 2
        elif self._plan.take({"reorder_push"}, f"{PATH}{service}"):
            state, next_at = "held", time.time() + HELD_SECONDS
        for _ in range(times):
            self._shelf.do(
                "INSERT INTO push (message, stream, service, state, next_at, said) VALUES (?,?,?,?,?,?)",
                name, stream, service, state, next_at, packed(data),
            )  # fmt: skip
        self._wake.set()
        return name

    def retry_now(self) -> None:
        """Let nothing wait any longer."""
        self._shelf.do("UPDATE push SET next_at = 0 WHERE state IN ('waiting', 'held')")
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing waits to be pushed; return whether that came true."""
        with self._settled:
            return self._settled.wait_for(lambda: not self._waiting(), timeout=seconds)

    def _waiting(self) -> int:
        return len(self._shelf.ask("SELECT 1 FROM push WHERE state IN ('waiting', 'held') LIMIT 1"))

    def listed(self) -> list[dict[str, object]]:
        names = ("id", "service", "stream", "state", "tries", "answer")
        found = self._shelf.ask("SELECT message, service, stream, state, tries, answer FROM push ORDER BY id")
        return [dict(zip(names, row, strict=True)) for row in found]

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            self._release()
            for push in self._due():
                if self._stopped.is_set():
                    return
                self._settle(push, self._send(push))
            self._wake.wait(timeout=0.2)

    def _due(self) -> list[Push]:
        if not self.province:
            return []
        return [
            Push(int(str(number)), str(message), str(stream), str(service), int(str(tries)), unpacked(said))
            for number, message, stream, service, tries, said in self._shelf.ask(_HEADS, time.time())
        ]

    def _release(self) -> None:
        """Give a held push its turn when one behind it went, or nobody came to overtake it."""
        self._shelf.do(
            "UPDATE push SET state = 'waiting' WHERE state = 'held' AND (next_at <= ? OR EXISTS ("
            " SELECT 1 FROM push AS later WHERE later.stream = push.stream AND later.id > push.id"
            " AND later.state NOT IN ('waiting', 'held')))",
            time.time(),
        )

    def _send(self, push: Push) -> str:
        """Return the province's code, or what went wrong."""
        told = {"id": push.message, "service": push.service, "madonvi": self._agency, "data": push.data}
        request = urllib.request.Request(  # noqa: S310 - the address is given by whoever starts the sandbox
            self.province.rstrip("/") + PATH,
            json.dumps(told, ensure_ascii=False).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
                return _code(answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _code(refusal.read()) or f"HTTP {refusal.code}"
        except (OSError, ValueError) as error:
            return type(error).__name__

    def _settle(self, push: Push, answer: str) -> None:
        state = "taken" if answer in TAKEN else "refused" if answer in NEVER else "waiting"
        wait = min(FIRST_WAIT * 2**push.tries, LONGEST_WAIT)
        self._shelf.do(
            "UPDATE push SET state=?, tries=?, next_at=?, answer=? WHERE id=?",
            state, push.tries + 1, time.time() + wait, answer, push.id,
        )  # fmt: skip
        with self._settled:
            self._settled.notify_all()


def _code(body: bytes) -> str:
    """Return the code of an answer; nothing when it has none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("error_code", "")) if isinstance(answer, dict) else ""
