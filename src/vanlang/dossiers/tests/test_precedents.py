"""Likeness is a count that anybody can make again; precedents are those of one's own agency, and say no name."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers import services
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.queries import list_moves_since, list_precedents
from vanlang.dossiers.rules.likeness import likeness, masked
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_procedure
from vanlang.identity.api import scope_of
from vanlang.kernel.scope import acting

answers = st.dictionaries(
    st.sampled_from("abcdef"), st.sampled_from(["", "x", "X ", "y", None, 1, True, ["x"]]), max_size=6
)


@given(one=answers, other=answers)
def test_likeness_is_symmetric_and_bounded(one: dict[str, object], other: dict[str, object]) -> None:
    alike = likeness(one, other)
    assert alike == likeness(other, one)
    assert 0 <= alike.share <= 1
    assert set(alike.shared) <= set(one) & set(other)
    assert likeness(one, one).share in {0.0, 1.0}


@given(one=answers, other=answers, key=st.sampled_from("ghi"))
def test_one_more_field_alike_never_makes_less_alike(
    one: dict[str, object], other: dict[str, object], key: str
) -> None:
    assert likeness({**one, key: "same"}, {**other, key: "same"}).share >= likeness(one, other).share


@given(st.lists(st.text("abc ", min_size=1, max_size=4), max_size=4), st.text("abc xyz", max_size=20))
def test_no_name_is_left(names: list[str], text: str) -> None:
    said = masked(text, names)
    assert not any(name.strip() and name.strip() in said for name in names)


def test_the_most_alike_first_with_time_outcome_and_reason(world: World, lives: Lives) -> None:
    mine = lives.to(State.IN_PROGRESS)
    other = lives.to(
        State.DELIVERED, answers={"child_name": "Lê Bình"}, at=world.at, pace=dt.timedelta(days=1)
    )
    stopped = lives.to(State.STOPPED)
    lives.to(State.PROPOSED)
    found = list_precedents(mine, actor=world.mai)
    assert [card.dossier_id for card in found.cards] == [stopped, other]
    [like, unlike] = found.cards
    assert (like.shared, like.compared) == (("child_name", "mother_name"), 2)
    assert (unlike.shared, unlike.compared) == ((), 2)
    assert like.reason == "Người nộp không bổ sung"
    assert unlike.working_days == 3
    assert "Nguyễn Thị Lan" not in repr(found)


def test_reasons_name_nobody(world: World, lives: Lives) -> None:
    mine, done = lives.to(State.IN_PROGRESS), lives.to(State.IN_PROGRESS)
    services.stop(
        dossier_id=done,
        reason="Nguyễn Thị Lan đã khai cho Trần Gia An ở nơi khác",
        actor=world.phuc,
        at=world.at,
    )
    [card] = list_precedents(mine, actor=world.mai).cards
    assert card.reason == "… đã khai cho … ở nơi khác"


def test_only_of_the_procedure_the_agency_and_for_officers(world: World, lives: Lives) -> None:
    mine = lives.to(State.IN_PROGRESS)
    version, case, _ = make_procedure("2.000635")
    lives.to(State.DELIVERED, procedure_version_id=version.pk, case_id=case.pk)
    assert list_precedents(mine, actor=world.mai).cards == ()
    for stranger in (world.lan, world.nong_trang.specialist):
        with pytest.raises(DossierNotFound):
            list_precedents(mine, actor=stranger)


def test_moves_are_told_to_the_seated_alone(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS, pace=dt.timedelta(minutes=10))
    with acting(scope_of(world.mai)):
        moves = list_moves_since(world.mai, [dossier_id], since=world.at + dt.timedelta(minutes=5))
    assert [move.act_label for move in moves] == ["Phân công", "Tiếp nhận"]
    stranger = world.nong_trang.specialist
    with acting(scope_of(stranger)):
        assert list_moves_since(stranger, [dossier_id], since=world.at) == ()
