"""Opinions: of other agencies, which pause; of units inside, which never do; each with a clock of its own."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.calendars.api import LimitUnit, TimeLimit, calendar_of, due
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, DossierNotFound, NotAcceptable
from vanlang.dossiers.models import Dossier, DueChange, Opinion, Seat
from vanlang.dossiers.queries import get_dossier_page, list_inbox, prove
from vanlang.dossiers.rules import opinions
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.opinions import OpinionStatus
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests import strategies
from vanlang.dossiers.tests.factories import Lives, World, make_office
from vanlang.dossiers.types import InboxFilter
from vanlang.identity.api import scope_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import acting
from vanlang.organizations.types import UnitKind

A_DAY = dt.timedelta(days=1)


def instant(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def ask(world: World, dossier_id: object, *agency_ids: int, days: int = 2) -> None:
    services.consult(
        dossier_id=dossier_id,  # type: ignore[arg-type] # an id
        agency_ids=agency_ids,
        question="Đất có trong quy hoạch không?",
        days=days,
        actor=world.mai,
        at=world.at,
    )


@given(due_at=strategies.instants, answered_at=strategies.instants, at=strategies.instants)
def test_an_opinion_has_one_status(due_at: dt.datetime, answered_at: dt.datetime, at: dt.datetime) -> None:
    given_one = opinions.status_of(due_at=due_at, answered_at=answered_at, forgone_at=None, at=at)
    assert given_one in {OpinionStatus.EARLY, OpinionStatus.ON_TIME, OpinionStatus.LATE}
    assert (given_one is OpinionStatus.LATE) == opinions.is_late(due_at, answered_at)
    open_one = opinions.status_of(due_at=due_at, answered_at=None, forgone_at=None, at=at)
    assert open_one is (OpinionStatus.MISSED if opinions.is_late(due_at, at) else OpinionStatus.AWAITED)
    given_up = opinions.status_of(due_at=due_at, answered_at=None, forgone_at=answered_at, at=at)
    assert given_up is OpinionStatus.FORGONE


@given(
    st.lists(st.integers(1, 5)), st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5)), st.integers(-1, 40)
)
def test_who_may_be_asked(asked: list[int], already: set[int], suitable: set[int], days: int) -> None:
    fine = bool(asked) and set(asked) <= suitable and not set(asked) & already and 1 <= days <= 30
    refusal = opinions.may_ask(asked, asked_already=already, suitable=suitable, days=days)
    assert (refusal is None) == fine


def test_an_opinion_is_due_by_the_calendar_of_who_is_asked(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    ask(world, dossier_id, world.nong_trang.id)
    row = Opinion.objects.get(dossier_id=dossier_id)
    by_calendar = due(
        calendar_of(world.nong_trang.id), received_at=world.at, limit=TimeLimit(2, LimitUnit.WORKING_DAY)
    )
    assert row.due_at == by_calendar.due_at == instant("26/11/2026 17:00")
    expert = world.nong_trang.specialist
    with acting(scope_of(expert)):
        [card] = list_inbox(expert, filter=InboxFilter.MINE, at=world.at).cards
        [late] = list_inbox(expert, filter=InboxFilter.LATE, at=instant("27/11/2026 08:00")).cards
    assert (card.dossier_id, card.due_at) == (dossier_id, row.due_at), (
        "the advising side sees its own due date"
    )
    assert late.dossier_id == dossier_id


def test_several_at_once_and_the_dossier_goes_on_with_the_last(world: World, lives: Lives) -> None:
    third = make_office("H44.102", "UBND phường Âu Cơ", "Phường Âu Cơ", world.at)
    dossier_id = lives.to(State.IN_PROGRESS)
    before = Dossier.objects.get(pk=dossier_id).due_at
    ask(world, dossier_id, world.nong_trang.id, third.id)
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.paused_at, sorted(row.advisers)) == (
        State.AWAITING_OPINION, world.at, sorted([world.nong_trang.id, third.id]),
    )  # fmt: skip
    assert prove(world.at).holds
    services.give_opinion(
        dossier_id=dossier_id, opinion="Có", actor=third.specialist, at=world.at + A_DAY * 2
    )
    row.refresh_from_db()
    assert (row.state, row.advisers, row.lies_at_id) == (
        State.AWAITING_OPINION, [world.nong_trang.id], world.nong_trang.id,
    )  # fmt: skip
    assert not Seat.objects.filter(dossier=row, agency_id=third.id).exists(), "who answered no longer sees"
    with acting(scope_of(third.specialist)):
        assert Opinion.objects.get(agency_id=third.id).answer == "Có", "but still reads what it said"
    answered_at = world.at + A_DAY * 3
    services.give_opinion(
        dossier_id=dossier_id, opinion="Có", actor=world.nong_trang.specialist, at=answered_at
    )
    row.refresh_from_db()
    assert (row.state, row.holder_id, row.paused_at) == (State.IN_PROGRESS, world.mai.appointment_id, None)
    change = DueChange.objects.get(dossier=row)
    assert (change.paused_from_at, change.paused_to_at) == (world.at, answered_at)
    assert before is not None and row.due_at is not None and row.due_at > before


def test_a_missing_opinion_is_shown_and_gone_on_without(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    ask(world, dossier_id, world.nong_trang.id)
    later = instant("30/11/2026 08:00")
    page = get_dossier_page(dossier_id, actor=world.mai, purpose="thử", at=later)
    assert [one.status for one in page.opinions] == [OpinionStatus.MISSED]
    with pytest.raises(NotAcceptable):
        services.forgo_opinion(dossier_id=dossier_id, reason=" ", actor=world.mai, at=later)
    with pytest.raises(ActNotAllowed):
        services.forgo_opinion(dossier_id=dossier_id, reason="x", actor=world.nong_trang.specialist, at=later)
    services.forgo_opinion(dossier_id=dossier_id, reason="Quá hạn hai ngày", actor=world.mai, at=later)
    page = get_dossier_page(dossier_id, actor=world.mai, purpose="thử", at=later)
    assert page.state is State.IN_PROGRESS
    assert [(one.status, one.forgone_why) for one in page.opinions] == [
        (OpinionStatus.FORGONE, "Quá hạn hai ngày")
    ]
    assert page.history[-1].facts["late"] is True
    with pytest.raises(DossierNotFound):
        services.give_opinion(
            dossier_id=dossier_id, opinion="Có", actor=world.nong_trang.specialist, at=later
        )


def test_a_unit_inside_is_asked_while_the_limit_runs(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    registry = world.viet_tri.units[UnitKind.REGISTRY]
    services.consult_unit(
        dossier_id=dossier_id, unit_ids=[registry], question="Có hồ sơ lưu?", actor=world.mai, at=world.at
    )
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.paused_at, row.holder_id) == (State.IN_PROGRESS, None, world.mai.appointment_id)
    assert not DueChange.objects.exists()
    with pytest.raises(ActNotPossible) as refused:
        lives.propose(dossier_id, world.at)
    assert refused.value.code == "dossiers.opinions_awaited"
    thao = world.thao
    with acting(scope_of(thao)):
        cards = list_inbox(thao, filter=InboxFilter.MINE, at=world.at).cards
    assert [card.dossier_id for card in cards] == [dossier_id]
    page = get_dossier_page(dossier_id, actor=thao, purpose="thử", at=world.at)
    assert [button.act for button in page.acts] == [Act.GIVE_OPINION]
    assert [(one.is_inside, one.is_mine) for one in page.opinions] == [(True, True)]
    services.give_opinion(dossier_id=dossier_id, opinion="Có lưu", actor=thao, at=world.at + A_DAY)
    row.refresh_from_db()
    assert (row.state, row.holder_id, row.advising_units) == (
        State.IN_PROGRESS, world.mai.appointment_id, [],
    )  # fmt: skip
    assert row.due_at == row.original_due_at
    lives.propose(dossier_id, world.at + A_DAY)


def test_a_unit_that_was_not_asked_may_not_answer(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    registry = world.viet_tri.units[UnitKind.REGISTRY]
    services.consult_unit(
        dossier_id=dossier_id, unit_ids=[registry], question="?", actor=world.mai, at=world.at
    )
    with pytest.raises(ActNotAllowed) as refused:
        services.give_opinion(dossier_id=dossier_id, opinion="x", actor=world.phuc, at=world.at)
    assert refused.value.code == "dossiers.not_asked"


def test_inside_and_outside_together(world: World, lives: Lives) -> None:
    """The clock goes on with the last other agency, though a unit inside is still awaited."""
    dossier_id = lives.to(State.IN_PROGRESS)
    registry = world.viet_tri.units[UnitKind.REGISTRY]
    services.consult_unit(
        dossier_id=dossier_id, unit_ids=[registry], question="?", actor=world.mai, at=world.at
    )
    ask(world, dossier_id, world.nong_trang.id)
    with pytest.raises(NotAcceptable) as unnamed:
        services.give_opinion(dossier_id=dossier_id, opinion="Trên giấy", actor=world.mai, at=world.at)
    assert unnamed.value.code == "dossiers.opinion_unnamed"
    outside = Opinion.objects.get(unit__isnull=True)
    services.give_opinion(
        dossier_id=dossier_id,
        opinion="Trên giấy",
        opinion_id=outside.pk,
        actor=world.mai,
        at=world.at + A_DAY,
    )
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.advisers, row.advising_units) == (State.IN_PROGRESS, [], [registry])
    services.forgo_opinion(
        dossier_id=dossier_id, reason="Không cần nữa", actor=world.mai, at=world.at + A_DAY
    )
    lives.propose(dossier_id, world.at + A_DAY)


def test_nobody_is_asked_twice_at_a_time(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    ask(world, dossier_id, world.nong_trang.id)
    for asked, code in (
        ((world.nong_trang.id,), "dossiers.asked_already"),
        ((world.viet_tri.id,), "dossiers.adviser_not_suitable"),
        ((), "dossiers.nobody_asked"),
    ):
        with pytest.raises(NotAcceptable) as refused:
            ask(world, dossier_id, *asked)
        assert refused.value.code == code


def test_what_is_awaited_ends_with_the_dossier(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_OPINION)
    lives.stop(dossier_id, world.at + A_DAY)
    row = Opinion.objects.get(dossier_id=dossier_id)
    assert (row.forgone_at, row.forgone_why) == (world.at + A_DAY, "Người nộp không bổ sung")
    assert Dossier.objects.get(pk=dossier_id).advisers == []
