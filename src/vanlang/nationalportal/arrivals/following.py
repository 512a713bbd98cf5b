"""
What happens at the portal to a dossier that we hold: BoSungHoSo, RutHoSo, ThanhToanHoSo, DanhGiaHoSo.

Each is an act of the citizen there, done here by the command that the citizen's own page would call. What the command refuses
is a person's task in the command's own words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.connectors.api import Arrival
from vanlang.dossiers.api import (
    Answer,
    ItemKind,
    Paper,
    RatingQuestion,
    Standing,
    SupplementItem,
    answer_supplement,
    find_standing_of,
    rate,
    withdraw,
)
from vanlang.identity.api import Actor, ActorKind
from vanlang.kernel.vietnamese import search_key
from vanlang.nationalportal.arrivals import papers
from vanlang.nationalportal.errors import CannotTakeInError
from vanlang.nationalportal.queries.keys import find_by_code
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.types import SYSTEM

MARKS = {"1": 5, "2": 4, "3": 2}
"""MucDo, in the order of the portal's totals (very content, content, not content) → our marks; assumed."""


@dataclass(frozen=True, slots=True)
class SupplementReceiver:
    """Answers the open request for what was missing."""

    kind: str = "BoSungHoSo"
    system: str = SYSTEM

    def prepare(self, arrival: Arrival, *, at: dt.datetime) -> None:
        """Fetch its papers."""
        papers.fetch(arrival, at=at)

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        row = standing_of(arrival)
        if not row.asked:
            raise CannotTakeInError("nationalportal.nothing_asked")
        given = [
            Paper(name=paper.name[:300], file_id=kept.file_id) for paper, kept in papers.files_of(arrival)
        ]
        answer_supplement(
            dossier_id=row.dossier_id,
            answers=answers_to(row.asked, given, arrival),
            actor=citizen_of(row),
            at=at,
            note=reading.text(arrival.content, "NoiDung")[:2000],
        )


@dataclass(frozen=True, slots=True)
class WithdrawalReceiver:
    """Takes a dossier back at the applicant's wish."""

    kind: str = "RutHoSo"
    system: str = SYSTEM

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        row = standing_of(arrival)
        reason = reading.text(arrival.content, "LyDo")[:2000]
        withdraw(dossier_id=row.dossier_id, actor=citizen_of(row), at=at, reason=reason)


@dataclass(frozen=True, slots=True)
class RatingReceiver:
    """Keeps what the citizen says of a dossier that is done."""

    kind: str = "DanhGiaHoSo"
    system: str = SYSTEM

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        row = standing_of(arrival)
        mark = MARKS.get(reading.text(arrival.content, "MucDo"))
        if mark is None:
            raise CannotTakeInError("nationalportal.unknown_mark")
        rate(
            reference=row.dossier_id,
            marks={RatingQuestion.OVERALL: mark},
            text=reading.text(arrival.content, "NoiDung"),
            actor=citizen_of(row),
            was_officer_here=False,
            at=at,
        )


RECEIVERS = (SupplementReceiver(), WithdrawalReceiver(), RatingReceiver())


def standing_of(arrival: Arrival) -> Standing:
    """Return the dossier that a message is about: by the portal's code, or by ours. Raises: CannotTakeInError."""
    filed = find_by_code(arrival.external_id)
    found = find_standing_of(filed.dossier_id if filed else arrival.external_id)
    if found is None:
        raise CannotTakeInError("nationalportal.unknown_dossier")
    return found


def citizen_of(row: Standing) -> Actor:
    """Return the citizen in whose name the portal speaks. Raises: CannotTakeInError when nobody is known."""
    if row.citizen_id is None:
        raise CannotTakeInError("nationalportal.owner_missing")
    return Actor(ActorKind.CITIZEN, person_id=row.citizen_id, entity_id=row.entity_id)


def answers_to(asked: tuple[SupplementItem, ...], given: list[Paper], arrival: Arrival) -> list[Answer]:
    """
    Return which answer is for which item: a paper by its name, else the papers in the order in which they were asked for.

    A field is answered by the form's JSON under its key; the message's own words answer the only field that was asked for.
    """
    left = list(given)
    fields = [item for item in asked if item.kind is ItemKind.FIELD]
    form, words = reading.answers(arrival.content), reading.text(arrival.content, "NoiDung")
    answers: list[Answer] = []
    wanted = [item for item in asked if item.kind is ItemKind.DOCUMENT]
    for item in sorted(wanted, key=lambda one: _named(one, left) is None):
        paper = _named(item, left) or next(iter(left), None)
        if paper is not None:
            left.remove(paper)
            answers.append(Answer(kind=item.kind.value, key=item.key, paper=paper))
    for item in fields:
        value = form.get(item.key) or (words if len(fields) == 1 else "")
        answers.append(Answer(kind=item.kind.value, key=item.key, value=value))
    return answers


def _named(item: SupplementItem, given: list[Paper]) -> Paper | None:
    name = search_key(item.label)
    return next((one for one in given if search_key(one.name.rsplit(".", 1)[0]) == name), None)
