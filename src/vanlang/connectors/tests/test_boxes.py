"""The boxes: nothing lost, nothing doubled, nothing overtaken; what nobody takes waits for a person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from vanlang.connectors.errors import LetterNotFoundError, LetterNotPossibleError, ReplayError
from vanlang.connectors.models import Incoming, Outgoing, SystemHealth
from vanlang.connectors.queries.health import count_letters, is_settled, list_letters, list_systems
from vanlang.connectors.rules.fates import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, fate_of
from vanlang.connectors.rules.reasons import read_reason, reason_of
from vanlang.connectors.services import errands
from vanlang.connectors.services.receiving import accept, apply_round
from vanlang.connectors.services.sending import LEASE, claim
from vanlang.connectors.services.telling import tell, tell_all
from vanlang.connectors.tests.conftest import MINUTE, TOWER, Tower
from vanlang.connectors.types import IncomingState, OutgoingState, Subject, SystemVerdict
from vanlang.files.api import FileStoreFullError
from vanlang.identity.api import SYSTEM
from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.errors import Conflict, OutsideSystemError
from vanlang.kernel.scope import Scope, acting

DAY = dt.timedelta(days=1)


def step(stream: str, number: int) -> Subject:
    return Subject.of("step", stream, number)


def told(tower: Tower, *subjects: Subject) -> int:
    return tell_all(system=TOWER.code, subjects=subjects, at=tower.at)


def states(**where: object) -> list[str]:
    return list(Outgoing.objects.filter(**where).order_by("id").values_list("state", flat=True))


# --- telling --------------------------------------------------------------------------------------


def test_the_same_is_told_once_for_ever(tower: Tower) -> None:
    assert tell(system=TOWER.code, subject=step("a", 1), at=tower.at)
    assert not tell(system=TOWER.code, subject=step("a", 1), at=tower.at + DAY)
    tower.send()
    assert not tell(system=TOWER.code, subject=step("a", 1), at=tower.at + DAY)
    assert tower.step.said() == [("a", 1)]


def test_what_was_rolled_back_was_never_told(tower: Tower) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told(tower, step("a", 1))
        raise ZeroDivisionError
    assert not Outgoing.objects.exists()


def test_of_snapshots_only_the_newest_counts(tower: Tower) -> None:
    for number in (1, 2, 3):
        told(tower, Subject.of("state", "a", number))
    assert tower.send() == 1
    assert tower.state.said() == [("a", 3)]
    assert states() == [OutgoingState.SUPERSEDED, OutgoingState.SUPERSEDED, OutgoingState.SENT]


def test_a_newer_truth_takes_the_place_of_a_dead_one(tower: Tower) -> None:
    tower.state.next_verdicts = [SystemVerdict.REFUSED]
    told(tower, Subject.of("state", "a", 1))
    tower.send()
    assert count_letters() == 1
    told(tower, Subject.of("state", "a", 2))
    tower.send()
    assert count_letters() == 0
    assert tower.state.said() == [("a", 2)]


# --- order ----------------------------------------------------------------------------------------


def test_steps_of_a_stream_keep_their_order_and_go_together(tower: Tower) -> None:
    told(tower, Subject.of("state", "a", 1), *(step("a", number) for number in range(2, 12)), step("b", 1))
    assert tower.send() == 12
    assert [number for stream, number in tower.step.said() if stream == "a"] == list(range(2, 12))
    assert tower.step.calls <= 2


def test_nothing_overtakes_what_waits_and_other_streams_go_on(tower: Tower) -> None:
    tower.step.next_verdicts = [SystemVerdict.TEMPORARY]
    told(tower, step("a", 1))
    tower.send()
    told(tower, step("a", 2), step("b", 1))
    tower.send()
    assert tower.step.said() == [("b", 1)]
    tower.send(later=2 * MINUTE)
    assert tower.step.said() == [("b", 1), ("a", 1), ("a", 2)]


def test_a_stream_that_fills_several_calls_stops_at_the_first_that_fails(tower: Tower) -> None:
    tower.step.batch = 2
    told(tower, *[step("a", number) for number in range(1, 7)], step("b", 1))
    tower.step.next_verdicts = [
        SystemVerdict.TAKEN,
        SystemVerdict.TAKEN,
        SystemVerdict.TAKEN,
        SystemVerdict.UNCLEAR,
    ]
    tower.send()
    assert tower.step.said() == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    tower.send(later=2 * MINUTE)
    assert tower.step.said()[4:] == [("a", 4), ("a", 5), ("a", 6)]


@given(st.lists(st.sampled_from(list(SystemVerdict)), max_size=25))
def test_a_row_ends_or_has_its_turn_and_waits_never_outgrow_an_hour(verdicts: list[SystemVerdict]) -> None:
    now, tries = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC), 0
    for verdict in verdicts:
        fate = fate_of(verdict, tries=tries, row_id=tries, at=now)
        assert (fate.next_at is not None) is (fate.state is OutgoingState.WAITING)
        assert tries <= fate.tries <= MOST_TRIES
        if fate.next_at is None:
            assert (
                verdict in {SystemVerdict.TAKEN, SystemVerdict.REFUSED, SystemVerdict.UNFIT}
                or fate.tries == MOST_TRIES
            )
            break
        if verdict is SystemVerdict.HELD:
            assert (fate.next_at, fate.tries) == (now, tries)
        else:
            assert FIRST_WAIT / 2 < fate.next_at - now <= LONGEST_WAIT
        now, tries = fate.next_at, fate.tries


# --- trouble --------------------------------------------------------------------------------------


def test_what_a_system_refuses_waits_for_a_person_and_holds_its_stream(tower: Tower) -> None:
    tower.step.next_verdicts = [SystemVerdict.REFUSED]
    told(tower, step("a", 1))
    tower.send()
    told(tower, step("a", 2))
    assert tower.send(later=DAY) == 0
    (letter,) = list_letters()
    assert (letter.stream, letter.reason, letter.blocks) == ("a", "refused", 1)
    errands.try_again(letter_id=letter.id, is_incoming=False, actor=SYSTEM, at=tower.at + DAY)
    assert tower.send(later=DAY) == 2
    assert tower.step.said() == [("a", 1), ("a", 2)]


def test_what_is_given_up_lets_the_rest_go_on(tower: Tower) -> None:
    tower.step.next_verdicts = [SystemVerdict.REFUSED]
    told(tower, step("a", 1))
    tower.send()
    told(tower, step("a", 2))
    (letter,) = list_letters()
    errands.give_up(letter_id=letter.id, is_incoming=False, actor=SYSTEM, at=tower.at)
    tower.send()
    assert tower.step.said() == [("a", 2)]
    with pytest.raises(LetterNotPossibleError):
        errands.try_again(letter_id=letter.id, is_incoming=False, actor=SYSTEM, at=tower.at)
    with pytest.raises(LetterNotFoundError):
        errands.give_up(letter_id=letter.id, is_incoming=True, actor=SYSTEM, at=tower.at)


def test_a_day_of_outage_uses_up_nothing_and_loses_nothing(tower: Tower) -> None:
    tower.step.next_verdicts = [SystemVerdict.UNREACHABLE] * 10_000
    told(tower, *(step(str(number), 1) for number in range(120)))
    for minutes in range(0, 24 * 60, 10):
        tower.send(later=minutes * MINUTE)
    assert tower.step.calls < 24 * 60 / 10  # probes, not storms
    assert set(states()) == {OutgoingState.WAITING}
    assert set(Outgoing.objects.values_list("tries", flat=True)) == {0}

    tower.step.next_verdicts = []
    for minutes in range(0, 120, 5):
        tower.send(later=DAY + minutes * MINUTE)
    assert sorted(tower.step.said()) == sorted((str(number), 1) for number in range(120))
    assert SystemHealth.objects.get().state == CircuitState.CLOSED


def test_a_sender_that_breaks_off_leaves_the_rest_to_be_tried_again(tower: Tower) -> None:
    tower.step.breaks_off_after = 2
    told(tower, *(step("a", number) for number in range(5)))
    assert tower.send() == 2
    tower.step.breaks_off_after = None
    tower.send(later=30 * MINUTE)
    assert tower.step.said() == [("a", number) for number in range(5)]


def test_the_claim_of_a_dead_worker_runs_out(tower: Tower) -> None:
    told(tower, step("a", 1))
    assert len(claim(system=TOWER.code, at=tower.at, room=10)) == 1
    assert tower.send(later=LEASE - MINUTE) == 0
    assert tower.send(later=LEASE) == 1


@pytest.mark.parametrize("state", [OutgoingState.WAITING, OutgoingState.SENT])
def test_the_database_keeps_a_row_whole(tower: Tower, state: OutgoingState) -> None:
    told(tower, step("a", 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.update(state=state, next_at=None, settled_at=None)


# --- replay ---------------------------------------------------------------------------------------


def test_a_range_is_told_once_more(tower: Tower) -> None:
    told(tower, *(step("a", number) for number in range(3)), Subject.of("state", "b", 1))
    tower.send()
    told(tower, Subject.of("state", "b", 2))
    tower.send()
    span = {"from_at": tower.at, "to_at": tower.at + DAY, "actor": SYSTEM, "at": tower.at + DAY}
    assert errands.replay(system=TOWER.code, kind="step", **span) == 3  # type: ignore[arg-type]
    assert errands.replay(system=TOWER.code, kind="state", **span) == 1  # type: ignore[arg-type]
    tower.send(later=DAY)
    assert [row.round for row in tower.step.heard] == [0, 0, 0, 1, 1, 1]
    assert tower.state.said() == [("b", 1), ("b", 2), ("b", 2)]
    with pytest.raises(ReplayError):
        errands.replay(system=TOWER.code, kind="nothing", **span)  # type: ignore[arg-type]


# --- arrivals -------------------------------------------------------------------------------------


def arrive(tower: Tower, external_id: str, **content: object) -> bool:
    return accept(
        system=TOWER.code, kind="filing", external_id=external_id, content=content, at=tower.at
    ).is_new


def test_the_same_content_is_one_arrival_however_often_it_comes(tower: Tower) -> None:
    assert arrive(tower, "G1", a=1, b="hồ sơ")
    assert not arrive(tower, "G1", b="hồ sơ", a=1)
    apply_round(at=tower.at)
    assert not arrive(tower, "G1", a=1, b="hồ sơ")
    apply_round(at=tower.at)
    assert [one.content for one in tower.filing.applied] == [{"a": 1, "b": "hồ sơ"}]


def test_arrivals_about_one_thing_are_applied_in_their_order(tower: Tower) -> None:
    tower.filing.troubles = [ValueError()]
    arrive(tower, "G1", version=1)
    apply_round(at=tower.at)
    arrive(tower, "G1", version=2)
    arrive(tower, "G2", version=1)
    apply_round(at=tower.at)
    assert [one.external_id for one in tower.filing.applied] == ["G2"]
    apply_round(at=tower.at + 5 * MINUTE)
    assert [one.content.get("version") for one in tower.filing.applied] == [1, 1, 2]


def test_what_begins_an_object_does_not_wait_for_what_came_too_early(tower: Tower) -> None:
    tower.filing.troubles = [Conflict("tower.not_here_yet")]
    arrive(tower, "G1", version=2)
    apply_round(at=tower.at)
    accept(system=TOWER.code, kind="founding", external_id="G1", content={"version": 1}, at=tower.at)
    apply_round(at=tower.at)
    assert [one.external_id for one in tower.founding.applied] == ["G1"]
    (letter,) = list_letters()
    errands.try_again(letter_id=letter.id, is_incoming=True, actor=SYSTEM, at=tower.at)
    apply_round(at=tower.at)
    assert [one.content for one in tower.filing.applied] == [{"version": 2}]


def test_what_the_domain_refuses_waits_for_a_person_with_its_reason(tower: Tower) -> None:
    tower.filing.troubles = [Conflict("dossiers.no_time_limit")]
    arrive(tower, "G1", a=1)
    apply_round(at=tower.at)
    (letter,) = list_letters()
    assert (letter.is_incoming, letter.stream, letter.reason) == (True, "G1", "dossiers.no_time_limit")
    errands.try_again(letter_id=letter.id, is_incoming=True, actor=SYSTEM, at=tower.at)
    apply_round(at=tower.at)
    assert len(tower.filing.applied) == 1


def test_another_system_being_down_is_tried_again_and_then_shown(tower: Tower) -> None:
    tower.filing.troubles = [OutsideSystemError("store", retryable=True) for _ in range(MOST_TRIES)]
    arrive(tower, "G1", a=1)
    for hours in range(2 * MOST_TRIES):
        apply_round(at=tower.at + dt.timedelta(hours=hours))
    assert Incoming.objects.get().state == IncomingState.DEAD
    assert tower.filing.applied == []


def test_a_full_disk_is_no_fault_of_the_message(tower: Tower) -> None:
    """Found by `./vanlang chaos`: filed at the portal while the disk was full, laid before a person though there was room again."""
    tower.filing.troubles = [FileStoreFullError()]
    arrive(tower, "G1", a=1)
    apply_round(at=tower.at)
    waiting = Incoming.objects.get()
    assert (waiting.state, waiting.reason) == (IncomingState.ARRIVED, "files.store_full")
    apply_round(at=tower.at + DAY)
    assert Incoming.objects.get().state == IncomingState.APPLIED
    assert len(tower.filing.applied) == 1


def test_words_are_sealed_and_forgotten_when_they_are_no_longer_needed(tower: Tower) -> None:
    arrive(tower, "G1", name="Nguyễn Thị Lan")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM connectors_incoming")
        assert b"Lan" not in bytes(cursor.fetchone()[0])
    apply_round(at=tower.at)
    assert errands.forget(at=tower.at + 89 * DAY) == 0
    assert errands.forget(at=tower.at + 91 * DAY) == 1
    assert Incoming.objects.get().content is None
    assert not arrive(tower, "G1", name="Nguyễn Thị Lan")


# --- looking --------------------------------------------------------------------------------------


def test_how_a_system_is(tower: Tower) -> None:
    tower.step.next_verdicts = [SystemVerdict.TAKEN, SystemVerdict.REFUSED]
    told(tower, step("a", 1), step("b", 1))
    tower.send()
    told(tower, step("c", 1))
    arrive(tower, "G1", a=1)
    figure = next(one for one in list_systems(tower.at) if one.system == TOWER)
    assert (figure.sent_today, figure.waiting, figure.dead, figure.to_apply) == (1, 1, 1, 1)
    assert (len(figure.hours), figure.hours[-1].well, figure.state) == (24, 1, CircuitState.CLOSED)
    assert is_settled(TOWER.code, "a")
    assert not is_settled(TOWER.code, "b")


def test_boxes_are_nobodys_to_read(tower: Tower) -> None:
    told(tower, step("a", 1))
    arrive(tower, "G1", a=1)
    for scope in (Scope.nobody(), Scope.officer(1)):
        with acting(scope):
            assert not Outgoing.objects.exists()
            assert not Incoming.objects.exists()


# --- reasons and repetitions ----------------------------------------------------------------------


@given(
    st.from_regex(r"[a-z]{3,10}\.[a-z_]{3,30}", fullmatch=True),
    st.dictionaries(
        st.from_regex("[a-z]{2,8}", fullmatch=True), st.text(max_size=60) | st.integers(), max_size=4
    ),
)
def test_a_reason_keeps_its_code_and_as_many_facts_as_fit(code: str, facts: dict[str, object]) -> None:
    told = reason_of(code, facts)
    assert len(told) <= 80
    read, kept = read_reason(told)
    assert read == code
    assert all(kept[name] == str(facts[name]) for name in kept)


def test_a_sender_is_told_that_a_row_may_be_there_already(tower: Tower) -> None:
    told(tower, step("a", 1), step("b", 1))
    claim(system=TOWER.code, at=tower.at, room=10)  # a worker that died
    tower.send(later=LEASE)
    assert [row.may_be_there for row in tower.step.heard] == [True, True]
    told(tower, step("c", 1))
    tower.send()
    assert [row.may_be_there for row in tower.step.heard if row.stream == "c"] == [False]
