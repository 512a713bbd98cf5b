"""Apologies drafted a working day ahead: one for each appointment, a task and never a lock."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, NotAcceptable
from vanlang.dossiers.jobs import draft_due_apologies
from vanlang.dossiers.models import ApologyDraft, Dossier
from vanlang.dossiers.queries import get_dossier_page
from vanlang.dossiers.queries.tasks import list_unsent_apologies
from vanlang.dossiers.rules import apology
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.apologies import close_moot, draft_apologies
from vanlang.dossiers.tests import strategies
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.types import ApologyEnd, Form
from vanlang.kernel.clock import VIETNAM, frozen

WEDNESDAY_END = "25/11/2026 17:00"


def instant(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


THURSDAY, FRIDAY = instant("26/11/2026 08:00"), instant("27/11/2026 16:00")


@given(
    strategies.processes,
    st.integers(0, 7),
    st.integers(1, 60),
    st.sampled_from(["hour", "day", "working_day", "month"]),
    st.integers(0, 90),
)
def test_more_time_is_given_the_more_remains(
    process: list[object], position: int, amount: int, unit: str, overrun: int
) -> None:
    position = min(position, max(len(process) - 1, 0))
    days = apology.days_needed(
        Fraction(amount),
        unit,
        process,
        position=position,
        overrun_days=overrun,  # type: ignore[arg-type] # steps
    )
    assert 1 <= days <= apology.MOST_DAYS
    whole = apology.days_needed(Fraction(amount), unit, process, position=0, overrun_days=overrun)  # type: ignore[arg-type] # steps
    assert days <= whole
    assert 0 <= apology.rest_of(process, position) <= 1  # type: ignore[arg-type] # steps


def test_it_is_drafted_on_the_working_day_before(world: World, lives: Lives) -> None:
    """Due on Friday 27/11 at 17:00: not on Wednesday, but from Thursday on."""
    dossier_id = lives.to(State.IN_PROGRESS)
    assert draft_apologies(at=instant(WEDNESDAY_END)).drafted == 0
    assert draft_apologies(at=THURSDAY).drafted == 1
    draft = ApologyDraft.objects.get()
    assert (draft.dossier_id, draft.due_at, draft.holder_id, draft.step_name, draft.reason) == (
        dossier_id, instant("27/11/2026 17:00"), world.mai.appointment_id, "Thẩm định", "",
    )  # fmt: skip
    assert draft.more_days == 3, "90 of 100 parts of three working days remain"
    assert draft.new_due_at == instant("02/12/2026 17:00")


def test_run_twice_it_drafts_once(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    with frozen(THURSDAY):
        draft_due_apologies(timestamp=1)
        draft_due_apologies(timestamp=2)
    assert ApologyDraft.objects.count() == 1


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.AWAITING_SUPPLEMENT, State.RELEASED, State.DELIVERED]
)
def test_who_waits_or_is_done_needs_no_apology(lives: Lives, state: State) -> None:
    lives.to(state)
    assert draft_apologies(at=FRIDAY).drafted == 0


def test_the_holder_says_why_and_the_leader_sends_it(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    draft_apologies(at=THURSDAY)
    services.explain_delay(
        dossier_id=dossier_id, reason="Chờ xác minh nơi sinh", actor=world.mai, at=THURSDAY
    )
    page = get_dossier_page(dossier_id, actor=world.phuc, purpose="thử", at=THURSDAY)
    assert page.apology is not None
    assert (page.apology.reason, page.apology.holder) == ("Chờ xác minh nơi sinh", "Lê Thị Mai")
    services.extend(
        dossier_id=dossier_id,
        more=TimeLimit(page.apology.more_days, LimitUnit.WORKING_DAY),
        reason=page.apology.reason,
        actor=world.phuc,
        at=THURSDAY,
    )
    row, draft = Dossier.objects.get(pk=dossier_id), ApologyDraft.objects.get()
    assert (row.due_at, row.apology_drafted, row.extensions) == (draft.new_due_at, False, 1)
    assert (draft.end, draft.ended_by_id) == (ApologyEnd.SENT, world.phuc.appointment_id)
    form = services.print_form(
        dossier_id, form=Form.APOLOGY, address_of=lambda token: "https://x/", actor=world.phuc, at=THURSDAY
    )
    assert form.startswith(b"%PDF")
    assert draft_apologies(at=THURSDAY).drafted == 0
    assert draft_apologies(at=instant("01/12/2026 08:00")).drafted == 1, "the next appointment has its own"


def test_dropping_needs_a_reason_and_is_not_drafted_again(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    draft_apologies(at=THURSDAY)
    with pytest.raises(NotAcceptable):
        services.drop_apology(dossier_id=dossier_id, reason="", actor=world.phuc, at=THURSDAY)
    with pytest.raises(ActNotAllowed):
        services.drop_apology(dossier_id=dossier_id, reason="x", actor=world.mai, at=THURSDAY)
    services.drop_apology(dossier_id=dossier_id, reason="Ký xong trong ngày", actor=world.phuc, at=THURSDAY)
    draft = ApologyDraft.objects.get()
    assert (draft.end, draft.dropped_why) == (ApologyEnd.DROPPED, "Ký xong trong ngày")
    assert draft_apologies(at=FRIDAY).drafted == 0
    with pytest.raises(ActNotPossible):
        services.drop_apology(dossier_id=dossier_id, reason="x", actor=world.phuc, at=THURSDAY)


def test_it_keeps_no_act_back_and_closes_when_moot(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    draft_apologies(at=THURSDAY)
    for step in (Lives.propose, Lives.approve, Lives.release):
        step(lives, dossier_id, FRIDAY)
    assert close_moot(at=FRIDAY) == 1
    assert ApologyDraft.objects.get().end == ApologyEnd.MOOT
    assert not Dossier.objects.get(pk=dossier_id).apology_drafted


def test_what_was_done_in_time_is_listed_as_not_sent_and_what_was_late_is_not(
    world: World, lives: Lives
) -> None:
    in_time, late = lives.to(State.IN_PROGRESS), lives.to(State.IN_PROGRESS)
    draft_apologies(at=THURSDAY)
    for dossier_id, done_at in ((in_time, FRIDAY), (late, FRIDAY + dt.timedelta(days=14))):
        for step in (Lives.propose, Lives.approve, Lives.release):
            step(lives, dossier_id, done_at)
        close_moot(at=done_at)
    assert ApologyDraft.objects.filter(end=ApologyEnd.MOOT).count() == 2
    [(brief, draft)] = list_unsent_apologies(world.phuc, since=THURSDAY)
    assert (brief.dossier_id, draft.dossier_id) == (in_time, in_time)
    assert list_unsent_apologies(world.phuc, since=FRIDAY + dt.timedelta(days=1)) == []
    assert list_unsent_apologies(world.nong_trang.leader, since=THURSDAY) == [], "another agency's"


def test_what_is_overdue_already_gets_what_it_overran_on_top(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    assert draft_apologies(at=instant("02/12/2026 09:00")).drafted == 1
    draft = ApologyDraft.objects.get()
    assert draft.more_days == 6
    assert draft.new_due_at > instant("02/12/2026 09:00")
