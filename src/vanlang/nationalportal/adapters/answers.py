"""
The portal's answer to a call, row by row.

`ketqua` has one code for each row, in the order in which they were sent, or one for each dossier; without it (that is all
that was seen) the call's own code holds for all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.connectors.api import Answered, SystemVerdict
from vanlang.nationalportal.adapters.verdicts import DONE, sentence_code_of, verdict_of
from vanlang.nationalportal.types import Message


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one row."""

    code: str
    verdict: SystemVerdict

    @classmethod
    def taken(cls) -> Told:
        return cls(DONE, SystemVerdict.TAKEN)

    @classmethod
    def by(cls, code: str) -> Told:
        return cls(code, verdict_of(code))

    def answered(self, row_id: int, message: Message) -> Answered:
        """Return the answer that `connectors` keeps: the hash of what was sent, and never a word of it."""
        sent = hashlib.sha256(json.dumps(message, ensure_ascii=False, sort_keys=True).encode()).digest()
        code = "" if self.verdict is SystemVerdict.TAKEN else sentence_code_of(self.code)
        return Answered(row_id, self.verdict, code, sent)


NOT_ANSWERED = Told("not_answered", SystemVerdict.UNCLEAR)


def each_of(answer: Mapping[str, object], messages: Mapping[int, Message]) -> dict[int, Told]:
    """Return what became of each row that was sent; one that the answer does not name may have been taken."""
    if "ketqua" not in answer:
        return dict.fromkeys(messages, Told.by(str(answer["error_code"])))
    lines = answer["ketqua"]
    rows = [row for row in lines if isinstance(row, dict)] if isinstance(lines, list) else []
    names = [str(row.get("MaHoSo", "")) for row in rows]
    if names == [str(message.get("MaHoSo", "")) for message in messages.values()]:
        codes = [str(row.get("error_code", "")) for row in rows]
        return {
            row_id: Told.by(code) if code else NOT_ANSWERED
            for row_id, code in zip(messages, codes, strict=True)
        }
    alone = {
        name: str(rows[names.index(name)].get("error_code", "")) for name in names if names.count(name) == 1
    }
    return {
        row_id: Told.by(code) if (code := alone.get(str(message.get("MaHoSo", "")), "")) else NOT_ANSWERED
        for row_id, message in messages.items()
    }
