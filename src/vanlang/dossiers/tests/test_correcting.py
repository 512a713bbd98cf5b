"""After the end: corrected with a clock of its own, kept, or revoked; the first timeliness is never erased."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, NotAcceptable
from vanlang.dossiers.events import DossierEvent, OutcomeReplaced, OutcomeRevoked
from vanlang.dossiers.models import Dossier, Outcome, Rectification
from vanlang.dossiers.queries import get_by_public_token, get_dossier_page, get_for_citizen, prove
from vanlang.dossiers.queries.pages import timeliness_of
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import PAPER_DRAFT, Lives, World
from vanlang.kernel import events

A_DAY = dt.timedelta(days=1)


def reopen(world: World, dossier_id: object, at: dt.datetime) -> None:
    services.reopen(
        dossier_id=dossier_id,  # type: ignore[arg-type] # an id
        reason="Sai tên đệm",
        to_appointment_id=world.mai.appointment_id or 0,
        days=2,
        actor=world.phuc,
        at=at,
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[DossierEvent]:
    heard: list[DossierEvent] = []
    publish = events.publish

    def hear(event: events.Event) -> None:
        if isinstance(event, OutcomeReplaced | OutcomeRevoked):
            heard.append(event)
        publish(event)

    monkeypatch.setattr(events, "publish", hear)
    return heard


def test_a_corrected_outcome_replaces_the_issued_one(
    world: World, lives: Lives, told: list[DossierEvent]
) -> None:
    dossier_id = lives.to(State.DELIVERED)
    first = Outcome.objects.get(dossier_id=dossier_id)
    row = Dossier.objects.get(pk=dossier_id)
    finished_at, due_at = row.finished_at, row.due_at
    reopened_at = world.at + 30 * A_DAY
    reopen(world, dossier_id, reopened_at)
    row.refresh_from_db()
    assert (row.state, row.finished_at, row.first_finished_at) == (State.IN_PROGRESS, None, finished_at)
    assert row.due_at is not None and row.due_at > reopened_at, "a clock of its own"
    assert prove(reopened_at).holds
    mine = get_for_citizen(dossier_id, actor=world.lan, at=reopened_at)
    assert mine.outcome is not None and mine.outcome.id == first.pk, (
        "the issued one holds until it is replaced"
    )
    for step in (Lives.propose, Lives.approve, Lives.release, Lives.deliver):
        step(lives, dossier_id, reopened_at + A_DAY)
    row.refresh_from_db()
    assert (row.state, row.finished_at, row.due_at, row.reopened_at) == (
        State.DELIVERED, finished_at, due_at, None,
    )  # fmt: skip
    assert timeliness_of(row, reopened_at + 90 * A_DAY) is Timeliness.EARLY, "the first issue is what counts"
    first.refresh_from_db()
    second = Outcome.objects.get(dossier_id=dossier_id, edition=2)
    assert (first.replaced_by_id, first.replaced_at) == (second.pk, reopened_at + A_DAY)
    assert first.number != second.number
    correction = Rectification.objects.get(dossier_id=dossier_id)
    assert (correction.outcome_id, correction.ended_at) == (second.pk, reopened_at + A_DAY)
    [event] = told
    assert isinstance(event, OutcomeReplaced)
    assert (event.outcome_id, event.replaced_by_id) == (first.pk, second.pk)
    page = get_dossier_page(dossier_id, actor=world.phuc, purpose="thử", at=reopened_at + A_DAY)
    assert [one.edition for one in page.former_outcomes] == [1]
    assert [one.timeliness for one in page.corrections] == [Timeliness.EARLY]


def test_whoever_holds_the_former_code_is_told_what_replaced_it(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    former = Outcome.objects.get(dossier_id=dossier_id).token
    reopen(world, dossier_id, world.at + A_DAY)
    during = get_by_public_token(former, at=world.at + A_DAY)
    assert (during.is_in_force, during.is_being_corrected, during.replaced_by) == (True, True, "")
    for step in (Lives.propose, Lives.approve, Lives.release):
        step(lives, dossier_id, world.at + A_DAY * 2)
    status = get_by_public_token(former, at=world.at + A_DAY * 3)
    later = Outcome.objects.get(dossier_id=dossier_id, edition=2)
    assert not status.is_in_force
    assert (status.replaced_by, status.replaced_by_token) == (
        f"Giấy khai sinh, số {later.number}",
        later.token,
    )
    assert get_by_public_token(later.token, at=world.at + A_DAY * 3).is_in_force


def test_a_correction_may_find_that_nothing_was_wrong(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    row = Dossier.objects.get(pk=dossier_id)
    before = (row.state, row.finished_at, row.due_at, row.delivered_at)
    reopen(world, dossier_id, world.at + A_DAY)
    lives.propose(dossier_id, world.at + A_DAY)
    with pytest.raises(ActNotPossible) as refused:
        lives.stop(dossier_id, world.at + A_DAY)
    assert refused.value.code == "dossiers.correcting"
    services.keep_outcome(
        dossier_id=dossier_id, reason="Đối chiếu sổ gốc: đúng", actor=world.phuc, at=world.at + A_DAY
    )
    row.refresh_from_db()
    assert (row.state, row.finished_at, row.due_at, row.delivered_at) == before
    outcome = Outcome.objects.get(dossier_id=dossier_id, edition=1)
    assert (outcome.replaced_at, outcome.released_at is not None) == (None, True)
    assert Rectification.objects.get(dossier_id=dossier_id).ended_at == world.at + A_DAY
    reopen(world, dossier_id, world.at + 2 * A_DAY)
    for step in (Lives.propose, Lives.approve, Lives.release):
        step(lives, dossier_id, world.at + 2 * A_DAY)
    assert Outcome.objects.get(dossier_id=dossier_id, edition=1).replaced_by is not None
    assert Dossier.objects.get(pk=dossier_id).state == State.RELEASED


def test_a_late_first_issue_stays_late(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.APPROVED)
    lives.release(dossier_id, world.at + 60 * A_DAY)
    reopen(world, dossier_id, world.at + 61 * A_DAY)
    for step in (Lives.propose, Lives.approve, Lives.release):
        step(lives, dossier_id, world.at + 61 * A_DAY)
    row = Dossier.objects.get(pk=dossier_id)
    assert timeliness_of(row, world.at + 62 * A_DAY) is Timeliness.LATE


def test_only_a_leader_reopens_and_says_why(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    for actor in (world.hung, world.mai, world.thao):
        with pytest.raises(ActNotAllowed):
            services.reopen(
                dossier_id=dossier_id, reason="x", to_appointment_id=world.mai.appointment_id or 0,
                actor=actor, at=world.at,
            )  # fmt: skip
    for reason, days, code in ((" ", 2, "dossiers.reason_missing"), ("Sai", 31, "dossiers.correction_days")):
        with pytest.raises(NotAcceptable) as refused:
            services.reopen(
                dossier_id=dossier_id, reason=reason, to_appointment_id=world.mai.appointment_id or 0, days=days,
                actor=world.phuc, at=world.at,
            )  # fmt: skip
        assert refused.value.code == code


def test_a_revoked_outcome_says_so(world: World, lives: Lives, told: list[DossierEvent]) -> None:
    dossier_id = lives.to(State.DELIVERED)
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    on = world.at.date()
    with pytest.raises(NotAcceptable) as early:
        services.revoke(
            dossier_id=dossier_id, reason="Giả mạo", number="9/QĐ-UBND", revoked_on=on - A_DAY, actor=world.phuc,
            at=world.at,
        )  # fmt: skip
    assert early.value.code == "dossiers.revoked_before_issue"
    services.revoke(
        dossier_id=dossier_id,
        reason="Giấy tờ giả",
        number="9/QĐ-UBND",
        revoked_on=on,
        actor=world.phuc,
        at=world.at,
    )
    status = get_by_public_token(outcome.token, at=world.at)
    assert (status.is_in_force, status.revoked_on, status.revocation_number) == (False, on, "9/QĐ-UBND")
    [event] = told
    assert isinstance(event, OutcomeRevoked)
    assert (event.outcome_id, event.revoked_on) == (outcome.pk, on)
    with pytest.raises(ActNotPossible) as again:
        services.revoke(
            dossier_id=dossier_id, reason="x", number="10", revoked_on=on, actor=world.phuc, at=world.at
        )
    assert again.value.code == "dossiers.revoked_already"
    row = Dossier.objects.get(pk=dossier_id)
    assert row.state == State.DELIVERED and row.finished_at is not None


def test_an_outcome_expires_on_its_day(world: World) -> None:
    draft = PAPER_DRAFT.__class__(
        kind=PAPER_DRAFT.kind, medium=PAPER_DRAFT.medium, title="Giấy phép", book_kind="GP",
        expires_on=dt.date(2027, 11, 23),
    )  # fmt: skip
    dossier_id = Lives(world, draft=draft).to(State.DELIVERED)
    token = Outcome.objects.get(dossier_id=dossier_id).token
    last_day = dt.datetime(2027, 11, 22, 23, 59, tzinfo=world.at.tzinfo)
    assert get_by_public_token(token, at=last_day).is_in_force
    assert get_by_public_token(token, at=last_day + dt.timedelta(minutes=1)).is_expired


def test_a_citizen_does_not_see_the_draft_of_a_correction(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    reopen(world, dossier_id, world.at)
    lives.propose(dossier_id, world.at)
    mine = get_for_citizen(dossier_id, actor=world.lan, at=world.at)
    assert mine.outcome is not None and mine.outcome.edition == 1
    assert mine.former_outcomes == ()
