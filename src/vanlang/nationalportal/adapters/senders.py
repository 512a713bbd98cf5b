"""
What `connectors` calls when a dossier's turn comes: compose what is true now, say it, read the answer row by row.

    SnapshotSender    DongBoHoSoMC           fifty dossiers a call; "exists already" is said again as an update, at once
                      DongBoTrangThaiHoSo    where the portal took all else before: the state and its days alone
    ProgressSender    CapNhatTienDoHoSoMC    ten rows a call; it only adds, so it looks (TraCuuHoSo) before it adds again

The portal's services may be lost, late, doubled: what is answered `UNCLEAR` comes back with `may_be_there`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vanlang.connectors.api import Answered, Due, Flow, SystemVerdict, reason_of
from vanlang.nationalportal.adapters.answers import Told, each_of
from vanlang.nationalportal.adapters.client import PortalClient, client
from vanlang.nationalportal.adapters.verdicts import EXISTS, LOST_THERE, OWNED_ELSEWHERE, sentence_code_of
from vanlang.nationalportal.errors import PortalError
from vanlang.nationalportal.queries.composing import compose, compose_steps
from vanlang.nationalportal.queries.keys import known_there, standings_there
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.codec import calls_of, encode, encode_step
from vanlang.nationalportal.rules.standing import UNKNOWN, Standing, is_state_alone, standing_of, state_row
from vanlang.nationalportal.services.ownership import note_claim
from vanlang.nationalportal.services.telling import forget_standings, note_told
from vanlang.nationalportal.types import DOSSIER, PROGRESS, SYSTEM, Message, Unfit

DOSSIERS_IN_A_CALL = 50
STEPS_AT_ONCE = 200
"""Composed together, then said ten in a call."""
BROKEN = frozenset({SystemVerdict.TEMPORARY, SystemVerdict.UNCLEAR, SystemVerdict.UNREACHABLE})
CLAIMED = sentence_code_of(OWNED_ELSEWHERE)
UNNAMED = "Hệ thống khác"
Line = Callable[[], PortalClient]


@dataclass(frozen=True, slots=True)
class SnapshotSender:
    """Tells dossiers as they are now. One class serves every reason for which one is told."""

    kind: str = DOSSIER
    system: str = SYSTEM
    flow: Flow = Flow.SNAPSHOT
    batch: int = DOSSIERS_IN_A_CALL
    line: Line = client

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterator[Answered]:
        ids = {row.id: uuid.UUID(row.stream) for row in due}
        composed = compose(set(ids.values()), at=at)
        known, there = known_there(ids.values()), standings_there(ids.values())
        doubtful = {row.id for row in due if row.may_be_there}
        fit: dict[int, Message] = {}
        for row_id, dossier_id in ids.items():
            message = _encoded(composed.get(dossier_id), encode)
            if isinstance(message, Unfit):
                yield unfit(row_id, message)
            else:
                fit[row_id] = message
        alone = {
            row_id
            for row_id in fit.keys() - doubtful
            if is_state_alone(fit[row_id], there.get(ids[row_id], UNKNOWN))
        }
        forget_standings([ids[row_id] for row_id in fit])
        taken: dict[uuid.UUID, Standing] = {}
        for answer in self._say(fit, known={row_id for row_id in fit if ids[row_id] in known}, alone=alone):
            if answer.verdict is SystemVerdict.TAKEN:
                taken[ids[answer.id]] = standing_of(fit[answer.id])
            if answer.code == CLAIMED:
                lay_claim(self.line(), ids[answer.id], str(fit[answer.id]["MaHoSo"]), at)
            yield answer
        note_told(taken, at=at)

    def _say(self, fit: Mapping[int, Message], *, known: set[int], alone: set[int]) -> Iterator[Answered]:
        """
        Say new ones as new, known ones as updates, of those whose all else is there the state alone.

        What turns out to be there is said again as an update, what turns out to be lost there is said whole.
        """
        there: dict[int, Message] = {}
        states = {row_id: state_row(fit[row_id]) for row_id in sorted(alone)}
        for row_id, told in push_states(self.line(), states).items():
            if told.code == LOST_THERE:
                there[row_id] = fit[row_id]
            else:
                yield told.answered(row_id, states[row_id])
        whole = fit.keys() - alone
        for rows, is_updating in ((whole - known, False), (whole & known, True)):
            messages = {row_id: fit[row_id] for row_id in sorted(rows)}
            for row_id, told in push_dossiers(self.line(), messages, is_updating=is_updating).items():
                if told.code in EXISTS and not is_updating:
                    there[row_id] = fit[row_id]
                else:
                    yield told.answered(row_id, fit[row_id])
        for row_id, told in push_dossiers(self.line(), there, is_updating=True).items():
            yield told.answered(row_id, there[row_id])


@dataclass(frozen=True, slots=True)
class ProgressSender:
    """Tells what happened, act by act."""

    kind: str = PROGRESS
    system: str = SYSTEM
    flow: Flow = Flow.STEP
    batch: int = STEPS_AT_ONCE
    line: Line = client

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterator[Answered]:
        keys = {row.id: (uuid.UUID(row.stream), row.number) for row in due}
        composed = compose_steps(list(keys.values()))
        fit: dict[int, Message] = {}
        stuck: set[uuid.UUID] = set()
        for row_id, key in keys.items():
            message = _encoded(composed.get(key), encode_step)
            if key[0] in stuck:
                yield Answered(row_id, SystemVerdict.HELD)
            elif isinstance(message, Unfit):
                stuck.add(key[0])
                yield unfit(row_id, message)
            else:
                fit[row_id] = message
        try:
            there = self._there_already([row for row in due if row.may_be_there], fit)
        except PortalError as failure:  # nothing was told: it is not unclear, only not now
            yield from _not_now(fit, failure)
            return
        for row_id in there:
            yield Told.taken().answered(row_id, fit.pop(row_id))
        streams = {row_id: keys[row_id][0] for row_id in fit}
        yield from self._say(fit, streams, at)

    def _say(
        self, fit: Mapping[int, Message], streams: Mapping[int, uuid.UUID], at: dt.datetime
    ) -> Iterator[Answered]:
        """
        Say steps call by call: nothing follows a step that was not taken, nor a call that broke.

        A step may come before its dossier does, where a newer snapshot took the place of the one that stood before it.
        """
        not_there = self._tell_first(set(streams.values()) - known_there(streams.values()), at)
        stuck = set[uuid.UUID]()
        is_broken = False
        for call in calls_of(list(fit)):
            said = {row_id: fit[row_id] for row_id in call if not is_broken and streams[row_id] not in stuck}
            waiting = {row_id: streams[row_id] for row_id in said if streams[row_id] in not_there}
            answers = self._say_once(
                {row_id: one for row_id, one in said.items() if row_id not in waiting}, streams, at
            )
            for row_id, dossier_id in waiting.items():
                if dossier_id not in stuck:
                    answers[row_id] = not_there[dossier_id]
                    stuck.add(dossier_id)
            for row_id in call:
                told = answers.get(row_id)
                if told is None:
                    yield Answered(row_id, SystemVerdict.HELD)
                    continue
                yield told.answered(row_id, fit[row_id])
                if told.verdict is not SystemVerdict.TAKEN:
                    stuck.add(streams[row_id])
            is_broken = is_broken or any(told.verdict in BROKEN for told in answers.values())

    def _say_once(
        self, said: Mapping[int, Message], streams: Mapping[int, uuid.UUID], at: dt.datetime
    ) -> dict[int, Told]:
        """Say steps in one call; where the portal lost a dossier, tell it again and say its steps once more."""
        answers = push_steps(self.line(), said)
        lost = {row_id: said[row_id] for row_id, told in answers.items() if told.code == LOST_THERE}
        if lost:
            not_there = self._tell_first({streams[row_id] for row_id in lost}, at)
            back = {row_id: one for row_id, one in lost.items() if streams[row_id] not in not_there}
            answers |= push_steps(self.line(), back)
        return answers

    def _there_already(self, due: Sequence[Due], fit: Mapping[int, Message]) -> list[int]:
        """Return the rows that the portal shows already; a row that stands there once answers for one of ours only."""
        found = []
        shown: dict[str, list[tuple[str, ...]]] = {}
        for row in due:
            message = fit.get(row.id)
            if message is None:
                continue
            code = str(message["MaHoSo"])
            if code not in shown:
                shown[code] = shown_progress(self.line(), code)
            if (mark := mark_of(message)) in shown[code]:
                shown[code].remove(mark)
                found.append(row.id)
        return found

    def _tell_first(self, dossier_ids: set[uuid.UUID], at: dt.datetime) -> dict[uuid.UUID, Told]:
        """
        Tell dossiers that the portal does not hold, so that their steps have something to stand on.

        A newer snapshot may have taken the place of the one that stood before a step; or the portal lost what it took.
        Return those that it still does not hold, and why.
        """
        if not dossier_ids:
            return {}
        numbered = dict(enumerate(sorted(dossier_ids)))
        composed = compose(dossier_ids, at=at)
        encoded = {number: _encoded(composed.get(one), encode) for number, one in numbered.items()}
        messages = {number: one for number, one in encoded.items() if not isinstance(one, Unfit)}
        answers: dict[int, Told] = {}
        for start in range(0, len(messages), DOSSIERS_IN_A_CALL):
            some = dict(list(messages.items())[start : start + DOSSIERS_IN_A_CALL])
            answers |= push_dossiers(self.line(), some, is_updating=False)
        there = {
            number
            for number, one in answers.items()
            if one.verdict is SystemVerdict.TAKEN or one.code in EXISTS
        }
        note_told(
            {
                numbered[number]: standing_of(messages[number])
                if answers[number].verdict is SystemVerdict.TAKEN
                else UNKNOWN
                for number in there
            },
            at=at,
        )
        waits = Told("dossier_first", SystemVerdict.TEMPORARY)
        return {numbered[number]: answers.get(number, waits) for number in numbered if number not in there}


def push_dossiers(
    line: PortalClient, messages: Mapping[int, Message], *, is_updating: bool
) -> dict[int, Told]:
    """Say dossiers in one call; return what became of each."""
    if not messages:
        return {}
    payload = {"isUpdating": str(is_updating), "data": list(messages.values())}
    return _push(line, "DongBoHoSoMC", payload, messages)


def push_states(line: PortalClient, messages: Mapping[int, Message]) -> dict[int, Told]:
    """Say the states of dossiers in one call; return what became of each."""
    if not messages:
        return {}
    return _push(line, "DongBoTrangThaiHoSo", {"type": "2", "data": list(messages.values())}, messages)


def push_steps(line: PortalClient, messages: Mapping[int, Message]) -> dict[int, Told]:
    """Say steps in one call; return what became of each."""
    if not messages:
        return {}
    return _push(line, "CapNhatTienDoHoSoMC", {"data": list(messages.values())}, messages)


def shown_progress(line: PortalClient, code: str) -> list[tuple[str, ...]]:
    """Return the progress that the portal shows of a dossier. Raises: PortalError when it cannot be asked."""
    try:
        told = line.ask("TraCuuHoSo", {"mahoso": code}, share=True)
    except PortalError as refused:
        if refused.portal_code == LOST_THERE:
            return []
        raise
    data = told.get("data")
    rows = data.get("TienDo") if isinstance(data, dict) else None
    return [mark_of(row) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)]


def mark_of(row: Mapping[str, object]) -> tuple[str, ...]:
    """Return by what two rows of progress are the same one."""
    return tuple(str(row.get(name, "")) for name in ("ThoiDiemXuLy", "NguoiXuLy", "NoiDungXuLy", "TrangThai"))


def lay_claim(line: PortalClient, dossier_id: uuid.UUID, code: str, at: dt.datetime) -> None:
    """Lay before a person that another system owns a dossier there: with what it says of it, as far as it can be asked."""
    try:
        data = line.ask("TraCuuHoSo", {"mahoso": code}, share=True).get("data")
    except PortalError:
        data = None
    theirs = data if isinstance(data, dict) else {}
    system = reading.text(theirs, "NguonCapNhat") or UNNAMED
    note_claim(dossier_id=dossier_id, code=code, system=system[:60], theirs=theirs, at=at)


def unfit(row_id: int, why: Unfit) -> Answered:
    """Return the answer for what may not be sent: the field, its limit, and how long it is."""
    facts: dict[str, object] = {"field": why.field}
    if why.longest:
        facts |= {"limit": why.longest, "length": why.length}
    return Answered(row_id, SystemVerdict.UNFIT, reason_of(why.code, facts))


def _push(
    line: PortalClient, service: str, payload: Mapping[str, object], messages: Mapping[int, Message]
) -> dict[int, Told]:
    try:
        answer = line.ask(service, payload, share=False)
    except PortalError as failure:
        if "ketqua" not in failure.answer:
            return dict.fromkeys(messages, Told(failure.portal_code, failure.verdict))
        answer = failure.answer
    return each_of(answer, messages)


def _not_now(fit: Mapping[int, Message], failure: PortalError) -> Iterator[Answered]:
    is_cut = failure.verdict is SystemVerdict.UNREACHABLE
    told = Told(failure.portal_code, SystemVerdict.UNREACHABLE if is_cut else SystemVerdict.TEMPORARY)
    for row_id, message in fit.items():
        yield told.answered(row_id, message)


def _encoded(one: object, encoder: Callable[..., Message | Unfit]) -> Message | Unfit:
    if one is None:
        return Unfit("nationalportal.no_dossier", "MaHoSo")
    return one if isinstance(one, Unfit) else encoder(one)
