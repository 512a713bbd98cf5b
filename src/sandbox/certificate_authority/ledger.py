"""What the authority issued and revoked: one JSON line per act, appended and flushed to disk before the answer."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Revocation:
    """When and why a certificate stopped being good."""

    serial: int
    revoked_at: datetime
    reason: str


class Ledger:
    """The acts of one authority, in their order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.issued: dict[int, str] = {}
        self.revoked: dict[int, Revocation] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._apply(json.loads(line))

    def record_issue(self, serial: int, subject: str, at: datetime) -> None:
        """Remember that `serial` was issued to `subject`."""
        self._append({"act": "issue", "serial": str(serial), "subject": subject, "at": at.isoformat()})

    def record_revocation(self, serial: int, reason: str, at: datetime) -> None:
        """Remember that `serial` is revoked from `at`; the first revocation stays."""
        if serial not in self.revoked:
            self._append({"act": "revoke", "serial": str(serial), "reason": reason, "at": at.isoformat()})

    def _append(self, act: dict[str, str]) -> None:
        with self._lock:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(act, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            self._apply(act)

    def _apply(self, act: dict[str, str]) -> None:
        serial = int(act["serial"])
        if act["act"] == "issue":
            self.issued[serial] = act["subject"]
        else:
            self.revoked[serial] = Revocation(serial, datetime.fromisoformat(act["at"]), act["reason"])
