"""A dossier from another system: real dates, honest history, their due date beside ours, entered once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.audit.api import list_records
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotPossible
from vanlang.dossiers.models import Adoption, Dossier, Movement
from vanlang.dossiers.queries import count_open_under, find_adopted, list_open_under
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.adopting import ADOPTABLE, Course, PastAct, may_adopt, way
from vanlang.dossiers.rules.states import FINAL, State
from vanlang.dossiers.rules.transitions import LINES
from vanlang.dossiers.services import Elsewhere
from vanlang.dossiers.tests.factories import World, make_world
from vanlang.dossiers.types import Channel
from vanlang.identity.api import SYSTEM
from vanlang.kernel.clock import VIETNAM

FILED = dt.datetime(2026, 11, 16, 8, 0, tzinfo=VIETNAM)
TAKEN = dt.datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
DONE = dt.datetime(2026, 11, 18, 9, 0, tzinfo=VIETNAM)
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


def course(state: State = State.HANDED_OVER, **changes: object) -> Course:
    finished = DONE if state in FINAL or state is State.RELEASED else None
    received = None if state in {State.SUBMITTED, State.REFUSED} else TAKEN
    base = Course(state, FILED, received, finished, is_held=state is State.IN_PROGRESS)
    return replace(base, **changes)  # type: ignore[arg-type] # fields by name


def elsewhere(told: Course, code: str = "OLD-0001", **changes: object) -> Elsewhere:
    base = Elsewhere(
        system="igate",
        external_code=code,
        course=told,
        due_at=dt.datetime(2026, 11, 25, 17, 0, tzinfo=VIETNAM),
    )
    return replace(base, **changes)  # type: ignore[arg-type] # fields by name


def adopt(world: World, told: Elsewhere, at: dt.datetime) -> Dossier:
    filing = world.filing(channel=Channel.DIRECT)
    moved, entered = services.adopt(filing=filing, elsewhere=told, actor=SYSTEM, at=at)
    assert entered
    return Dossier.objects.get(pk=moved.dossier_id)


@pytest.mark.parametrize("state", sorted(ADOPTABLE))
def test_each_adoptable_state_enters_and_holds(world: World, at: dt.datetime, state: State) -> None:
    holder = world.mai.appointment_id if state is State.IN_PROGRESS else None
    row = adopt(world, elsewhere(course(state), holder_id=holder), at)
    assert row.state == state and row.submitted_at == FILED
    assert row.received_at == (None if state in {State.SUBMITTED, State.REFUSED} else TAKEN)
    last = Movement.objects.get(dossier=row, number=row.version)
    assert (last.act, last.at) == (Act.ADOPT, at) and "igate" in last.note
    assert [record.act for record in list_records(object_type="dossier", object_id=row.pk)] == [
        "dossiers.adopt"
    ]


@pytest.mark.parametrize("state", sorted(set(State) - ADOPTABLE))
def test_what_rests_on_papers_of_another_room_is_refused(state: State) -> None:
    refusal = may_adopt(course(state), NOW)
    assert refusal is not None and refusal.code == "dossiers.adopt_state"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (course(submitted_at=None), "dossiers.adopt_unknown"),
        (course(received_at=None), "dossiers.adopt_unknown"),
        (course(State.DELIVERED, finished_at=None), "dossiers.adopt_unknown"),
        (course(State.IN_PROGRESS, is_held=False), "dossiers.adopt_unknown"),
        (course(received_at=FILED - dt.timedelta(days=1)), "dossiers.adopt_backwards"),
        (course(submitted_at=NOW + dt.timedelta(days=1)), "dossiers.adopt_backwards"),
        (course(history=(PastAct(Act.SIGN, DONE),)), "dossiers.adopt_history"),
    ],
)
def test_nothing_is_invented(told: Course, code: str) -> None:
    refusal = may_adopt(told, NOW)
    assert refusal is not None and refusal.code == code


def test_their_due_date_stands_and_ours_is_kept_beside_it(world: World, at: dt.datetime) -> None:
    row = adopt(world, elsewhere(course()), at)
    kept = Adoption.objects.get(dossier=row)
    assert row.due_at == kept.their_due_at == dt.datetime(2026, 11, 25, 17, 0, tzinfo=VIETNAM)
    assert kept.counted_due_at is not None and kept.counted_due_at.astimezone(VIETNAM).date() == dt.date(
        2026, 11, 19
    )


def test_it_enters_once(world: World, at: dt.datetime) -> None:
    row = adopt(world, elsewhere(course()), at)
    again, entered = services.adopt(
        filing=world.filing(), elsewhere=elsewhere(course(State.DELIVERED)), actor=SYSTEM, at=at
    )
    assert (again.dossier_id, entered, Dossier.objects.count()) == (row.pk, False, 1)


def test_their_code_is_kept_when_it_has_our_shape_and_no_number_is_given_twice(
    world: World, at: dt.datetime
) -> None:
    row = adopt(world, elsewhere(course(), "H44.100-261116-0007"), at)
    other = adopt(world, elsewhere(course(), "BC/2026/15"), at)
    assert (row.code, other.code) == ("H44.100-261116-0007", "H44.100-261116-0008")


def test_the_history_is_told_as_it_was(world: World, at: dt.datetime) -> None:
    history = (
        PastAct(Act.HAND_OVER, TAKEN, "Trần Văn A", "Chuyển phòng"),
        PastAct(Act.CLAIM, DONE, "Lê Thị B"),
    )
    row = adopt(
        world, elsewhere(course(State.IN_PROGRESS, history=history), holder_id=world.mai.appointment_id), at
    )
    told = [
        (one.act, one.from_state, one.to_state, one.actor_name)
        for one in Movement.objects.filter(dossier=row).order_by("number")
    ]
    assert told == [
        ("submit", "draft", "submitted", ""),
        ("receive", "submitted", "received", ""),
        ("hand_over", "received", "handed_over", "Trần Văn A"),
        ("claim", "handed_over", "in_progress", "Lê Thị B"),
        ("adopt", "in_progress", "in_progress", SYSTEM.name),
    ]


def test_an_adopted_dossier_goes_on_here(world: World, at: dt.datetime) -> None:
    row = adopt(world, elsewhere(course()), at)
    services.claim(dossier_id=row.pk, actor=world.mai, at=at)
    released = adopt(world, elsewhere(course(State.RELEASED), "OLD-2"), at)
    services.deliver(
        dossier_id=released.pk, actor=world.hung, at=at, channel=Channel.DIRECT, receiver="Nguyễn Thị Lan"
    )
    assert [Dossier.objects.get(pk=one.pk).state for one in (row, released)] == [
        State.IN_PROGRESS,
        State.DELIVERED,
    ]
    assert find_adopted("igate")["OLD-2"].state is State.DELIVERED


def test_an_error_leaves_nothing(world: World, at: dt.datetime) -> None:
    with pytest.raises(ActNotPossible):
        services.adopt(
            filing=world.filing(), elsewhere=elsewhere(course(State.PROPOSED)), actor=SYSTEM, at=at
        )
    assert Dossier.objects.count() == Adoption.objects.count() == 0


def test_open_dossiers_are_counted_by_version_agency_and_state(world: World, at: dt.datetime) -> None:
    adopt(world, elsewhere(course()), at)
    adopt(world, elsewhere(course(), "OLD-2"), at)
    adopt(world, elsewhere(course(State.DELIVERED), "OLD-3"), at)
    (count,) = count_open_under("1.001193")
    assert (count.version_id, count.agency_id, count.state, count.count) == (
        world.version_id, world.viet_tri.id, State.HANDED_OVER, 2,
    )  # fmt: skip
    assert len(list_open_under("1.001193", state=State.HANDED_OVER)) == 2


@given(st.data())
def test_every_way_of_the_table_is_a_possible_history(data: st.DataObject) -> None:
    state, history = State.RECEIVED, []
    for number in range(data.draw(st.integers(0, 8))):
        acts = sorted(act for (start, act) in LINES if start is state)
        if not acts:
            break
        act = data.draw(st.sampled_from(acts))
        history.append(PastAct(act, TAKEN + dt.timedelta(hours=number)))
        state = data.draw(st.sampled_from([line.to for line in LINES[state, act]]))
    told = course(history=tuple(history))
    assert may_adopt(told, NOW) is None
    states = way(history, was_received=True)
    assert states[0] is State.RECEIVED and len(states) == len(history) + 1
    for past, before, after in zip(history, states, states[1:], strict=False):
        assert after in {line.to for line in LINES[before, past.act]}
