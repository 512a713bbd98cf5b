"""The money side of planned lives: what payments must know of each, and nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from vanlang.dossiers.api import generating
from vanlang.payments.api import generating as payments

_ENDS = {
    generating.Act.REFUSE: "Hồ sơ bị từ chối tiếp nhận",
    generating.Act.WITHDRAW: "Người nộp rút hồ sơ",
}
"""Acts after which nothing is owed, and how payments calls them."""


def purses_of(
    lives: Sequence[generating.Life], fee_book: payments.FeeBook, seed: int
) -> Iterator[tuple[generating.Life, payments.Purse]]:
    """Yield the purse of each life that costs something. Drawn from the seed and the number alone."""
    for life in lives:
        draw = Random(f"{seed}:money:{life.number}")  # noqa: S311 - the same again is what is wanted
        purse = payments.plan(fee_book, owing_of(life), offer=life.offer, draw=draw)
        if purse is not None:
            yield life, purse


def money_lines(lives: Sequence[generating.Life], fee_book: payments.FeeBook, seed: int) -> Iterator[bytes]:
    """Yield the lines of the purses of lives."""
    known = list(purses_of(lives, fee_book, seed))
    return payments.lines_of(
        (purse for _, purse in known), fee_book=fee_book, offers=(life.offer for life, _ in known), seed=seed
    )


def owing_of(life: generating.Life) -> payments.Owing:
    ended = next((leg for leg in life.legs if leg.act in _ENDS), None)
    slot = generating.Slot
    return payments.Owing(
        number=life.number,
        dossier_id=life.dossier_id,
        person_id=life.person_id,
        agency_id=life.intake,
        is_online=life.road.is_filed_online,
        filed_at=life.at[0],
        received_at=_when(life, generating.Act.RECEIVE),
        ended_at=life.at[ended.number - 1] if ended else None,
        why_ended=_ENDS[ended.act] if ended else "",
        until=life.until,
        counter=life.officers[slot.COUNTER],
        leader=life.officers[slot.LEADER] if life.intake == life.competent else None,
    )


def _when(life: generating.Life, act: generating.Act) -> dt.datetime | None:
    return next((life.at[leg.number - 1] for leg in life.legs if leg.act is act), None)
