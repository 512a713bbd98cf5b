"""
DongBoHoiDap: what became of a petition that came from the portal, told when its turn comes from what is true then.

Idempotent by MaPAKN: the last one said stands. What is not answered yet, or never came from there, is nothing to tell.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanlang.connectors.api import Answered, Due, Flow, SystemVerdict
from vanlang.nationalportal.adapters.answers import Told, each_of
from vanlang.nationalportal.adapters.client import client
from vanlang.nationalportal.adapters.senders import Line, unfit
from vanlang.nationalportal.adapters.verdicts import LOST_THERE
from vanlang.nationalportal.errors import PortalError
from vanlang.nationalportal.rules.codec import instant
from vanlang.nationalportal.types import PETITION, SYSTEM, Message, Unfit
from vanlang.petitions.api import PetitionState, tell_outside
from vanlang.petitions.api import Told as Outcome

SERVICE = "DongBoHoiDap"
AT_ONCE = 50
ANSWERED, NOT_HANDLED = "3", "4"
"""TrangThai; both assumed."""
_ANSWERED = frozenset({PetitionState.ANSWERED, PetitionState.PUBLISHED, PetitionState.WITHHELD})


@dataclass(frozen=True, slots=True)
class PetitionAnswerSender:
    """Tells answers, and why there is none."""

    kind: str = PETITION
    system: str = SYSTEM
    flow: Flow = Flow.SNAPSHOT
    batch: int = AT_ONCE
    line: Line = client

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterator[Answered]:
        fit: dict[int, Message] = {}
        for row in due:
            outcome = tell_outside(uuid.UUID(row.stream))
            if outcome is None:
                yield unfit(row.id, Unfit("nationalportal.no_answer", "NoiDungTraLoi"))
            else:
                fit[row.id] = message_of(outcome)
        if not fit:
            return
        for row_id, told in _push(self.line, fit).items():
            yield told.answered(row_id, fit[row_id])


def message_of(outcome: Outcome) -> Message:
    """Return the row of one petition."""
    return {
        "MaPAKN": outcome.external_id,
        "NoiDungTraLoi": outcome.text,
        "TrangThai": ANSWERED if outcome.state in _ANSWERED else NOT_HANDLED,
        "NgayTraLoi": instant(outcome.at),
    }


def _push(line: Line, messages: dict[int, Message]) -> dict[int, Told]:
    """Say them in one call; an answer names its row by the petition's code where dossiers have theirs."""
    try:
        answer = line().ask(SERVICE, {"data": list(messages.values())}, share=False)
    except PortalError as failure:
        if "ketqua" not in failure.answer:
            return dict.fromkeys(messages, Told(failure.portal_code, failure.verdict))
        answer = failure.answer
    named = {row_id: {**message, "MaHoSo": message["MaPAKN"]} for row_id, message in messages.items()}
    return {row_id: _final(told) for row_id, told in each_of(answer, named).items()}


def _final(told: Told) -> Told:
    """Return what an answer means for a petition: one that the portal does not know will not be known later."""
    return Told(told.code, SystemVerdict.REFUSED) if told.code == LOST_THERE else told
