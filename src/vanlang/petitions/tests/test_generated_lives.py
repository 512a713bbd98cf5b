"""Petitions that nobody brought obey the table, whatever turn they take, and what is published of them names nobody."""

from __future__ import annotations

import zlib
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.errors import Refusal
from vanlang.petitions.rules import lives
from vanlang.petitions.rules.flow import LINES
from vanlang.petitions.rules.lives import Turn
from vanlang.petitions.rules.privacy import find
from vanlang.petitions.rules.repetition import SAME_WORDS_ALIKE, likeness, shingles, sketch_of
from vanlang.petitions.types import (
    NOT_OURS,
    PetitionClock,
    PetitionKind,
    PetitionSource,
    PetitionState,
    Sender,
)

OURS = sorted(set(PetitionKind) - NOT_OURS)


def kinds_of(turn: Turn) -> list[PetitionKind]:
    return sorted(NOT_OURS) if turn is Turn.REFERRED else OURS


def test_every_turn_is_a_way_through_the_table_and_all_states_are_passed() -> None:
    passed: set[PetitionState] = set()
    for turn in Turn:
        for source in PetitionSource:
            for kind in kinds_of(turn):
                legs = lives.walk(turn, kind=kind, source=source)
                assert not isinstance(legs, Refusal), (turn, source, kind, legs)
                state = None
                for leg in legs:
                    assert leg.before == state
                    assert any(
                        line.party is leg.party and line.to is leg.state for line in LINES[state, leg.act]
                    )
                    state = leg.state
                passed |= {leg.state for leg in legs}
    assert passed == set(PetitionState)


def test_a_turn_that_the_table_bars_is_refused() -> None:
    refusal = lives.walk(Turn.PUBLISHED, kind=PetitionKind.DENUNCIATION, source=PetitionSource.PORTAL)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "petitions.belongs_elsewhere"


class _AlwaysOpen:
    """An office that works from eight to five, every day."""

    def worked_until(self, minute: int) -> int:
        day, rest = divmod(minute, 1440)
        return day * 540 + min(max(rest - 480, 0), 540)

    def worked_out_at(self, worked: int) -> int:
        day, rest = divmod(worked - 1, 540)
        return day * 1440 + 480 + rest + 1


@given(
    st.sampled_from(Turn), st.integers(600, 100_000), st.sampled_from([None, *PetitionClock]), st.integers()
)
def test_acts_follow_each_other(turn: Turn, filed: int, late: PetitionClock | None, seed: int) -> None:
    legs = lives.walk(turn, kind=kinds_of(turn)[0], source=PetitionSource.PORTAL)
    assert not isinstance(legs, Refusal)
    minutes = lives.pace(legs, office=_AlwaysOpen(), filed=filed, late=late, draw=Random(seed))
    assert len(minutes) == len(legs)
    assert all(earlier < later for earlier, later in pairwise(minutes))


@given(st.integers(), st.integers())
def test_two_of_them_are_never_taken_for_one_matter(one: int, other: int) -> None:
    if one == other:
        return
    sketches = [
        sketch_of(
            zlib.crc32(shingle.encode()) >> 1 for shingle in shingles("\n".join(lives.written(Random(seed))))
        )
        for seed in (one, other)
    ]
    if sketches[0] != sketches[1]:
        assert likeness(*sketches) < SAME_WORDS_ALIKE


@given(st.integers())
def test_what_is_published_names_nobody(seed: int) -> None:
    _, *public = lives.public_words(Random(seed))
    assert [one for one in find("\n\n".join(public), Sender(name="Nguyễn Thị Lan")) if one.certain] == []
