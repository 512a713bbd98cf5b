"""Lists: masked, by who must act, found without diacritics, at a cost that does not grow."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vanlang.audit.api import list_records
from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries import count_inbox, list_inbox
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.types import InboxFilter
from vanlang.identity.api import Actor, scope_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import acting

ALL_STATES = [state for state in State if state not in {State.DRAFT, State.SIGNED}]


@pytest.fixture
def crowded(lives: Lives) -> World:
    """One dossier in each state."""
    for state in ALL_STATES:
        lives.to(state)
    return lives.world


def states(world: World, actor: Actor, kind: InboxFilter, at: dt.datetime | None = None) -> set[str]:
    with acting(scope_of(actor)):
        return {card.state for card in list_inbox(actor, filter=kind, at=at or world.at).cards}


def test_what_waits_for_me(crowded: World) -> None:
    world = crowded
    assert states(world, world.hung, InboxFilter.MINE) == {State.SUBMITTED, State.RECEIVED, State.RELEASED}
    assert states(world, world.mai, InboxFilter.MINE) == {State.HANDED_OVER, State.IN_PROGRESS}
    assert states(world, world.phuc, InboxFilter.MINE) == {State.PROPOSED}
    assert states(world, world.thao, InboxFilter.MINE) == {State.APPROVED}
    assert states(world, world.nong_trang.specialist, InboxFilter.MINE) == {State.AWAITING_OPINION}
    assert states(world, world.nong_trang.clerk, InboxFilter.MINE) == set()


def test_the_other_filters(crowded: World) -> None:
    world, mai = crowded, crowded.mai
    assert states(world, mai, InboxFilter.NEW) == {State.SUBMITTED}
    assert states(world, mai, InboxFilter.WAITING) == {
        State.AWAITING_COMPLETION, State.AWAITING_SUPPLEMENT, State.AWAITING_OPINION,
        State.AWAITING_OBLIGATION,
    }  # fmt: skip
    assert states(world, mai, InboxFilter.UNIT) == {State.HANDED_OVER, State.IN_PROGRESS}
    assert states(world, mai, InboxFilter.TO_DELIVER) == {State.RELEASED}
    closed = {State.REFUSED, State.DELIVERED, State.STOPPED, State.WITHDRAWN}
    assert states(world, mai, InboxFilter.ALL) == set(ALL_STATES)
    assert states(world, mai, InboxFilter.OPEN) == set(ALL_STATES) - closed


def test_late_and_due_soon_follow_the_appointment_and_leave_out_who_waits(crowded: World) -> None:
    world, mai = crowded, crowded.mai
    owed = {State.RECEIVED, State.HANDED_OVER, State.IN_PROGRESS, State.PROPOSED, State.APPROVED}
    due_minute = dt.datetime(2026, 11, 27, 17, 0, 30, tzinfo=VIETNAM)
    assert states(world, mai, InboxFilter.LATE, due_minute) == {State.SUBMITTED}
    assert states(world, mai, InboxFilter.DUE_SOON, due_minute) == owed
    minute_after = due_minute + dt.timedelta(minutes=1)
    assert states(world, mai, InboxFilter.LATE, minute_after) == owed | {State.SUBMITTED}
    assert states(world, mai, InboxFilter.DUE_SOON, minute_after) == set()
    with acting(scope_of(mai)):
        cards = list_inbox(mai, filter=InboxFilter.LATE, at=minute_after).cards
    assert {card.timeliness_label for card in cards} == {"Quá hạn"}


@pytest.mark.parametrize("who", ["hung", "mai", "phuc", "thao"])
def test_the_counts_are_the_lengths_of_the_lists(crowded: World, who: str) -> None:
    actor = getattr(crowded, who)
    at = crowded.at + dt.timedelta(days=4, hours=8)
    counts = count_inbox(actor, at=at)
    for kind, count in counts.items():
        assert len(list_inbox(actor, filter=kind, at=at).cards) == count, kind


def test_a_count_goes_no_further_than_one_beyond_what_it_is_counted_to(
    crowded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanlang.dossiers.queries.inbox.COUNTED_TO", 1)
    counts = count_inbox(crowded.hung, at=crowded.at)
    assert counts[InboxFilter.OPEN] == 2
    assert len(list_inbox(crowded.hung, filter=InboxFilter.OPEN, at=crowded.at).cards) > 2
    assert set(counts.values()) <= {0, 1, 2}


def test_a_list_is_masked_and_no_read(crowded: World) -> None:
    [card] = list_inbox(crowded.hung, filter=InboxFilter.NEW, at=crowded.at).cards
    assert card.applicant == "Nguyễn T. L."
    assert "025190012123" not in repr(card)
    assert not [r for r in list_records(object_type="dossier", object_id=card.dossier_id) if r.kind == "read"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nguyen thi lan", True),
        ("Trần Gia AN", True),
        ("khai sinh lan", True),
        ("h44.100-261123-0001", True),
        ("quan", False),
    ],
)
def test_search_needs_no_diacritics(world: World, lives: Lives, text: str, *, found: bool) -> None:
    lives.to(State.RECEIVED)
    assert bool(list_inbox(world.hung, filter=InboxFilter.ALL, at=world.at, text=text).cards) is found


def test_other_agencies_lists_stay_empty(crowded: World) -> None:
    stranger = crowded.nong_trang.counter
    for kind in InboxFilter:
        assert states(crowded, stranger, kind) <= {State.AWAITING_OPINION}


def test_the_number_of_queries_does_not_grow(world: World, lives: Lives) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list_inbox(world.mai, filter=InboxFilter.OPEN, at=world.at)
        return len(queries)

    lives.to(State.HANDED_OVER)
    lives.to(State.IN_PROGRESS)
    few = cost()
    for _ in range(5):
        lives.to(State.HANDED_OVER)
        lives.to(State.IN_PROGRESS)
    assert cost() == few <= 4


def test_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from vanlang.dossiers.queries import inbox

    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    for _ in range(5):
        services.submit(filing=world.filing(), actor=world.lan, at=world.at)
    pages = [list_inbox(world.hung, filter=InboxFilter.NEW, at=world.at, page=number) for number in (1, 2, 3)]
    assert [len(page.cards) for page in pages] == [2, 2, 1]
    assert [page.has_next for page in pages] == [True, True, False]
    seen = {card.dossier_id for page in pages for card in page.cards}
    assert seen == set(Dossier.objects.values_list("pk", flat=True))


def test_bulk_acts_name_what_was_refused(world: World, lives: Lives) -> None:
    good, done = lives.to(State.RECEIVED), lives.to(State.DELIVERED)
    result = services.assign_many(
        dossier_ids=[good, done],
        to_appointment_id=world.mai.appointment_id or 0,
        actor=world.phuc,
        at=world.at,
    )
    assert [moved.dossier_id for moved in result.done] == [good]
    assert [(refused.dossier_id, refused.error.code) for refused in result.refused] == [
        (done, "dossiers.act_not_in_state")
    ]
