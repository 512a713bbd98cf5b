"""Moving open work: who had it has nothing left, nobody gains sight or time, and the history says from where to where."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers import services
from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Dossier, Movement, Seat
from vanlang.dossiers.queries import list_transferable, prove
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import FINAL, NATURE, OPEN, Hat, Party, State
from vanlang.dossiers.rules.transfer import Given, Held, Move, Receiver, Taken, move_of
from vanlang.dossiers.rules.transitions import Facts, Standing, may, target
from vanlang.dossiers.tests.factories import Lives, World, make_office, make_officer
from vanlang.dossiers.types import Channel, TransferFrom, TransferTo
from vanlang.identity.api import Actor, Role, scope_of
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import acting
from vanlang.organizations.api import UnitKind

OLD, NEW, OTHER = 1, 2, 3
agencies = st.sampled_from([OLD, OTHER])
maybe = st.none() | st.integers(10, 14)
people = st.sampled_from([uuid.UUID(int=number) for number in range(1, 4)])
receivers = st.none() | st.builds(Receiver, st.integers(20, 22), st.integers(30, 31), st.none() | people)


@st.composite
def held(draw: st.DrawFn) -> Held:
    state = draw(st.sampled_from(State))
    advisers = (
        tuple(draw(st.lists(st.sampled_from([OLD, 4, 5]), min_size=1, unique=True)))
        if state is State.AWAITING_OPINION
        else ()
    )
    found = Held(
        state=state,
        advisers=advisers,
        intake_agency_id=draw(agencies),
        competent_agency_id=draw(agencies),
        return_agency_id=draw(agencies),
        opinion_agency_id=advisers[0] if advisers else None,
        holder_id=draw(maybe) if state in {State.PROPOSED, State.APPROVED} else None,
        holder_unit_id=draw(maybe) if state is State.HANDED_OVER else None,
        specialist_id=draw(maybe),
        own_of=frozenset({draw(people)}),
    )
    if state is State.IN_PROGRESS:
        specialist = draw(st.integers(10, 14))
        found = replace(found, holder_id=specialist, specialist_id=specialist, holder_unit_id=draw(maybe))
    return found


taken = st.builds(
    Taken,
    st.frozensets(st.integers(10, 12)),
    st.frozensets(st.integers(10, 12)),
    st.none() | st.just(OLD),
)
given_ = st.builds(Given, st.just(NEW), maybe, receivers, receivers)
HOUSE = Standing(parties=frozenset({Party.SYSTEM}), hats=frozenset())


@given(before=held(), source=taken, to=given_)
def test_a_move_is_a_line_of_the_table_and_leaves_nothing_behind(
    before: Held, source: Taken, to: Given
) -> None:
    move = move_of(before, source, to)
    if isinstance(move, Refusal):
        return
    after = move.after
    assert before.state not in FINAL
    assert may(move.act, Facts(before.state, HOUSE)) is None
    assert target(move.act, Facts(before.state, HOUSE)) is after.state
    assert after.holder_id not in source.appointments
    if before.state is not State.RELEASED:
        assert after.specialist_id not in source.appointments
    if source.agency_id is not None:
        lies_at = {
            Hat.INTAKE: after.intake_agency_id, Hat.COMPETENT: after.competent_agency_id,
            Hat.OPINION: after.opinion_agency_id, Hat.RETURN: after.return_agency_id,
        }[NATURE[after.state].lies_at or Hat.INTAKE]  # fmt: skip
        assert lies_at != OLD


@given(before=held(), source=taken, to=given_)
def test_what_moved_is_held_where_its_state_needs_it(before: Held, source: Taken, to: Given) -> None:
    move = move_of(before, source, to)
    if isinstance(move, Refusal):
        return
    after = move.after
    if after.state is State.IN_PROGRESS:
        assert after.holder_id is not None
        assert after.holder_id == after.specialist_id
    if after.state is State.HANDED_OVER:
        assert after.holder_id is None
    taker = to.specialist
    if (
        taker is not None
        and after.specialist_id == taker.appointment_id
        and before.specialist_id != after.specialist_id
    ):
        assert taker.person_id not in before.own_of
    if (
        to.leader is not None
        and after.holder_id == to.leader.appointment_id
        and after.state in {State.PROPOSED, State.APPROVED}
    ):
        assert after.specialist_id != after.holder_id


@given(before=held(), source=taken, to=given_)
def test_moving_again_finds_nothing(before: Held, source: Taken, to: Given) -> None:
    move = move_of(before, source, to)
    if isinstance(move, Move):
        again = move_of(move.after, source, to)
        assert isinstance(again, Refusal)


@given(before=held(), to=given_)
def test_from_nobody_nothing_moves(before: Held, to: Given) -> None:
    assert isinstance(move_of(before, Taken(), to), Refusal)


# ---- with real dossiers -------------------------------------------------------------------------


@pytest.fixture
def nam(world: World) -> Actor:
    return make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.REGISTRY], "Chuyên viên",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip


def from_mai(world: World) -> TransferFrom:
    return TransferFrom(agency_id=world.viet_tri.id, appointment_ids=(world.mai.appointment_id or 0,))


def move(
    world: World, source: TransferFrom, to: TransferTo, *, at: dt.datetime | None = None
) -> dict[uuid.UUID, str]:
    """Move everything; return the refusals."""
    at = at or world.at + dt.timedelta(hours=1)
    found = list_transferable(source, to, at=at)
    done = services.transfer(
        dossier_ids=[one.dossier_id for one in found], source=source, target=to, reason="Chuyển công tác", decision="15/QĐ-UBND",
        actor=world.phuc, at=at,
    )  # fmt: skip
    promised = {one.dossier_id: one.refusal.code for one in found if one.refusal is not None}
    kept = {one.dossier_id: one.refusal.code for one in done if one.refusal is not None}
    assert promised == kept, "what was shown before is what happened"
    return kept


WORKED_ON = (
    State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_OPINION,
    State.PROPOSED,
    State.APPROVED,
)


def test_everything_an_officer_had_goes_to_another(world: World, lives: Lives, nam: Actor) -> None:
    keys = {state: lives.to(state) for state in WORKED_ON}
    untouched = {
        state: lives.to(state)
        for state in (State.SUBMITTED, State.HANDED_OVER, State.RELEASED, State.DELIVERED)
    }
    due = dict(Dossier.objects.values_list("pk", "due_at"))
    to = TransferTo(agency_id=world.viet_tri.id, specialist_id=nam.appointment_id)
    assert move(world, from_mai(world), to) == {}
    for state, key in keys.items():
        row = Dossier.objects.get(pk=key)
        assert (row.state, row.specialist_id) == (state, nam.appointment_id)
        assert row.due_at == due[key], "a reorganisation gives nobody more time"
        last = Movement.objects.filter(dossier_id=key).latest("number")
        assert (last.act, last.party, last.actor_name) == (Act.TRANSFER, Party.SYSTEM, "Nguyễn Văn Phúc")
        assert last.note == "Chuyển công tác (15/QĐ-UBND)"
        assert last.facts["moved"]["specialist_id"] == [world.mai.appointment_id, nam.appointment_id]
    for key in untouched.values():
        assert not Movement.objects.filter(dossier_id=key, act=Act.TRANSFER).exists()
    services.propose(
        dossier_id=keys[State.IN_PROGRESS], draft=lives.draft, actor=nam, at=world.at + dt.timedelta(hours=2)
    )
    assert prove(world.at).holds


def test_without_a_name_work_goes_back_into_the_tray(world: World, lives: Lives) -> None:
    working, waiting = lives.to(State.IN_PROGRESS), lives.to(State.AWAITING_SUPPLEMENT)
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    kept = move(world, from_mai(world), TransferTo(agency_id=world.viet_tri.id, unit_id=unit))
    assert kept == {waiting: "dossiers.transfer_needs_specialist"}
    row = Dossier.objects.get(pk=working)
    assert (row.state, row.holder_id, row.specialist_id, row.holder_unit_id) == (
        State.HANDED_OVER,
        None,
        None,
        unit,
    )
    assert Movement.objects.filter(dossier_id=working).latest("number").act == Act.HAND_OVER


def test_a_leader_leaves(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    services.propose(
        dossier_id=dossier_id, draft=lives.draft, to_appointment_id=world.phuc.appointment_id, actor=world.mai, at=world.at
    )  # fmt: skip
    source = TransferFrom(agency_id=world.viet_tri.id, appointment_ids=(world.phuc.appointment_id or 0,))
    assert move(world, source, TransferTo(agency_id=world.viet_tri.id)) == {}
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.holder_id, row.specialist_id) == (State.PROPOSED, None, world.mai.appointment_id)


def test_an_agency_is_continued_by_another_with_all_its_seats(world: World, lives: Lives) -> None:
    dead, heir = world.nong_trang, world.viet_tri
    keys: dict[tuple[int, int, int], uuid.UUID] = {}
    for seats in ((dead.id, dead.id, dead.id), (dead.id, heir.id, dead.id), (heir.id, heir.id, dead.id)):
        filing = world.filing(
            intake_agency_id=seats[0], competent_agency_id=seats[1], return_agency_id=seats[2]
        )
        keys[seats] = services.submit(filing=filing, actor=world.lan, at=world.at).dossier_id
    asked = lives.to(State.AWAITING_OPINION)
    whole = TransferFrom(agency_id=dead.id, whole_agency=True)
    kept = move(world, whole, TransferTo(agency_id=heir.id, specialist_id=world.mai.appointment_id))
    assert kept == {asked: "dossiers.transfer_asks_itself"}
    for key in keys.values():
        row = Dossier.objects.get(pk=key)
        assert {row.intake_agency_id, row.competent_agency_id, row.return_agency_id, row.lies_at_id} == {
            heir.id
        }
        assert set(Seat.objects.filter(dossier_id=key).values_list("agency_id", flat=True)) == {heir.id}
    with acting(scope_of(dead.counter)):
        assert not Dossier.objects.filter(pk__in=keys.values()).exists()
    with acting(scope_of(world.hung)):
        services.receive(
            dossier_id=keys[dead.id, dead.id, dead.id], actor=world.hung, at=world.at + dt.timedelta(hours=3)
        )


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.PROPOSED, State.APPROVED, State.RELEASED])
def test_what_another_agency_decides_is_written_anew_and_what_is_out_stays_out(
    world: World, lives: Lives, state: State
) -> None:
    heir = make_office("H44.199", "UBND phường Thanh Miếu", "Phường Thanh Miếu", world.at)
    key = lives.to(state)
    whole = TransferFrom(agency_id=world.viet_tri.id, whole_agency=True)
    assert (
        move(world, whole, TransferTo(agency_id=heir.id, specialist_id=heir.specialist.appointment_id)) == {}
    )
    row = Dossier.objects.get(pk=key)
    if state is State.RELEASED:
        assert (row.state, row.return_agency_id, row.competent_agency_id) == (
            state,
            heir.id,
            world.viet_tri.id,
        )
        services.deliver(
            dossier_id=key, channel=Channel.DIRECT, receiver="Nguyễn Thị Lan", actor=heir.counter,
            at=world.at + dt.timedelta(hours=2),
        )  # fmt: skip
        return
    assert (row.state, row.holder_id) == (State.IN_PROGRESS, heir.specialist.appointment_id)
    later = world.at + dt.timedelta(hours=2)
    services.propose(dossier_id=key, draft=lives.draft, actor=heir.specialist, at=later)
    services.approve(dossier_id=key, actor=heir.leader, at=later)
    services.release(dossier_id=key, actor=heir.clerk, at=later)
    assert prove(world.at).holds


def test_who_acted_meanwhile_is_respected(world: World, lives: Lives, nam: Actor) -> None:
    key = lives.to(State.IN_PROGRESS)
    to = TransferTo(agency_id=world.viet_tri.id, specialist_id=nam.appointment_id)
    services.assign(dossier_id=key, to_appointment_id=nam.appointment_id or 0, actor=world.phuc, at=world.at)
    [one] = services.transfer(
        dossier_ids=[key], source=from_mai(world), target=to, reason="x", actor=world.phuc, at=world.at
    )
    assert one.refusal is not None
    assert one.refusal.code == "dossiers.transfer_not_there"


def test_a_target_of_another_agency_is_no_target(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    stranger = world.nong_trang.specialist.appointment_id
    for to in (
        TransferTo(agency_id=world.viet_tri.id, specialist_id=stranger),
        TransferTo(agency_id=world.viet_tri.id, specialist_id=world.phuc.appointment_id),
        TransferTo(agency_id=world.viet_tri.id, unit_id=world.nong_trang.units[UnitKind.COUNTER]),
    ):
        with pytest.raises(NotAcceptable):
            list_transferable(from_mai(world), to, at=world.at)


@pytest.mark.parametrize("state", sorted(OPEN - {State.DRAFT}))
def test_officers_cannot_transfer_by_themselves(state: State) -> None:
    everything = Standing(frozenset(Party) - {Party.SYSTEM}, frozenset(Hat), holds=True, in_unit=True)
    assert may(Act.TRANSFER, Facts(state, everything)) is not None
