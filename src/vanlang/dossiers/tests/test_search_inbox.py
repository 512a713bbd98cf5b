"""Lists narrowed and ordered by their reader: what is shown is what an oracle picks, and going on skips and repeats nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier, Seat, SeatWords
from vanlang.dossiers.queries import InboxQuery, list_inbox, list_seat_cards, search_inbox, words
from vanlang.dossiers.rules.cursors import cursor_of, read_cursor
from vanlang.dossiers.rules.lateness import end_of_days
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_citizen, make_procedure
from vanlang.dossiers.types import Channel, InboxFilter, InboxSort
from vanlang.identity.api import scope_of
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.scope import acting
from vanlang.kernel.vietnamese import search_key
from vanlang.kernel.zone import VIETNAM
from vanlang.organizations.api import UnitKind

instants = st.integers(1_577_000_000, 2_000_000_000).map(
    lambda second: dt.datetime.fromtimestamp(second, VIETNAM)
)


@given(value=instants, key=st.uuids())
def test_a_cursor_is_read_as_it_was_made(value: dt.datetime, key: uuid.UUID) -> None:
    assert read_cursor(cursor_of(value, key)) == (value, key)


@given(st.text(max_size=80))
def test_any_other_word_begins_at_the_top(word: str) -> None:
    assert read_cursor(word) is None or word.count("_") == 1


@given(at=instants, days=st.integers(0, 400))
def test_due_within_days_ends_at_midnight(at: dt.datetime, days: int) -> None:
    bound = end_of_days(at, days).astimezone(VIETNAM)
    assert (bound.hour, bound.minute) == (0, 0)
    assert bound.date() - at.astimezone(VIETNAM).date() == dt.timedelta(days=days + 1)


@pytest.fixture
def crowd(world: World, lives: Lives) -> World:
    """Dossiers of two procedures, two channels, several states, filed an hour apart."""
    other, case, _ = make_procedure("2.000635", days=10)
    for number, state in enumerate(
        (State.SUBMITTED, State.RECEIVED, State.HANDED_OVER, State.IN_PROGRESS, State.DELIVERED)
    ):
        at = world.at + number * dt.timedelta(hours=1)
        lives.to(state, at=at, pace=dt.timedelta(minutes=number + 1))
        lives.to(state, at=at, procedure_version_id=other.pk, case_id=case.pk, channel=Channel.POSTAL)
    return world


def shown(world: World, **wanted: object) -> list[uuid.UUID]:
    with acting(scope_of(world.mai)):
        listing = search_inbox(world.mai, InboxQuery(**wanted), at=world.at)  # type: ignore[arg-type] # parts by name
    assert listing.total == len(listing.cards)
    assert not listing.after
    return [card.dossier_id for card in listing.cards]


def picked(**wanted: object) -> set[uuid.UUID]:
    return set(Dossier.objects.filter(**wanted).values_list("pk", flat=True))


def test_each_filter_picks_what_it_says(crowd: World) -> None:
    world = crowd
    unit, holder = world.viet_tri.units[UnitKind.SPECIALIST], world.mai.appointment_id
    some = sorted(picked())[:3]
    assert set(shown(world, procedure_codes=frozenset({"2.000635"}))) == picked(procedure_code="2.000635")
    assert set(shown(world, procedure_codes=frozenset())) == set()
    assert set(shown(world, channel=Channel.POSTAL)) == picked(channel="postal")
    assert set(shown(world, state=State.IN_PROGRESS)) == picked(state="in_progress")
    assert set(shown(world, unit_id=unit)) == picked(holder_unit_id=unit)
    assert set(shown(world, holder_id=holder)) == picked(holder_id=holder)
    assert set(shown(world, only=frozenset(some))) == set(some)
    assert set(shown(world, text="2.000635 khong co")) == set()
    both = shown(world, state=State.IN_PROGRESS, channel=Channel.POSTAL, filter=InboxFilter.MINE)
    assert set(both) == picked(state="in_progress", channel="postal")


@pytest.mark.parametrize("few", [words.FEW, 0])
def test_words_are_found_in_any_way(crowd: World, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Named one by one when few say them, met on the way down when many do: the same dossiers."""
    monkeypatch.setattr(words, "FEW", few)
    said = dict(Seat.objects.filter(agency_id=crowd.viet_tri.id).values_list("dossier_id", "search_key"))
    for text in ("Nguyễn", "nguyen AN", "0002", "h44.100-", "%", "_", "\\", "l'a", '"', "n", "khong"):
        asked = search_key(text).split()
        wanted = {key for key, key_words in said.items() if all(word in key_words for word in asked)}
        assert set(shown(crowd, text=text)) == wanted, text
    assert shown(crowd, text="Nguyễn"), "an empty proof"


def test_a_personal_id_finds_the_dossiers_of_its_person_at_this_agency(crowd: World) -> None:
    """However it is typed; of nobody else, and not what only another agency may see."""
    son, facts = make_citizen("Trần Văn Sơn", "025085000456", "0987654321", crowd.at)
    his = Lives(dataclasses.replace(crowd, lan=son, lan_facts=facts)).to(State.RECEIVED)
    number = crowd.lan_facts.personal_id
    everything = {*picked()}
    assert his in everything
    assert set(shown(crowd, text=number)) == everything - {his}
    assert shown(crowd, text="025 085 000 456") == [his]
    assert shown(crowd, text="025085000457") == []
    elsewhere = crowd.nong_trang.specialist
    with acting(scope_of(elsewhere)):
        listing = search_inbox(elsewhere, InboxQuery(text="025085000456"), at=crowd.at)
    assert listing.cards == ()


def test_words_follow_their_dossier(crowd: World, lives: Lives) -> None:
    """A code is found from its receipt on; a seat that ends takes its words along."""
    key = lives.to(State.SUBMITTED)
    Dossier.objects.filter(pk=key).update(search_key="zebra")
    assert shown(crowd, text="zebra") == [key]
    lives.receive(key, crowd.at)
    row = Dossier.objects.get(pk=key)
    assert shown(crowd, text=f"{row.code}") == [key]
    Dossier.objects.filter(pk=key).update(
        intake_agency=crowd.nong_trang.id,
        competent_agency=crowd.nong_trang.id,
        return_agency=crowd.nong_trang.id,
        lies_at=crowd.nong_trang.id,
    )
    assert shown(crowd, text="zebra") == []
    with as_owner():
        assert set(SeatWords.objects.values_list("seat_id", flat=True)) == set(
            Seat.objects.values_list("pk", flat=True)
        )


def test_due_within_days_takes_what_is_owed(crowd: World) -> None:
    soon = set(shown(crowd, due_in_days=7))
    owed = Seat.objects.filter(due_at__lt=end_of_days(crowd.at, 7), paused=False, finished_at=None)
    assert soon == set(owed.exclude(waits_for="").values_list("dossier_id", flat=True))
    assert soon
    assert soon < set(shown(crowd, due_in_days=60))


@pytest.mark.parametrize("sort", InboxSort)
@pytest.mark.parametrize("last_first", [False, True])
def test_the_order_and_going_on(
    crowd: World, monkeypatch: pytest.MonkeyPatch, sort: InboxSort, *, last_first: bool
) -> None:
    from vanlang.dossiers.queries import inbox

    column = {"due": "due_at", "arrived": "arrived_at", "moved": "moved_at"}[sort]
    whole = shown(crowd, sort=sort, last_first=last_first)
    values = dict(Seat.objects.values_list("dossier_id", column))
    order = [values[key] for key in whole]
    assert order == sorted(order, reverse=last_first)
    monkeypatch.setattr(inbox, "PAGE_SIZE", 3)
    found: list[uuid.UUID] = []
    after, rounds = "", 0
    while True:
        listing = search_inbox(
            crowd.mai, InboxQuery(sort=sort, last_first=last_first), at=crowd.at, after=after
        )
        found += [card.dossier_id for card in listing.cards]
        after, rounds = listing.after, rounds + 1
        if not after:
            break
    assert found == whole
    assert rounds == 4


def test_a_list_says_more_than_so_many_when_it_stops_counting(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanlang.dossiers.queries import inbox

    monkeypatch.setattr(inbox, "COUNTED_TO", 4)
    listing = search_inbox(crowd.mai, InboxQuery(), at=crowd.at)
    assert (listing.total, listing.is_more) == (4, True)


def test_a_seat_knows_procedure_and_arrival(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    seat = Seat.objects.get(dossier_id=dossier_id)
    assert (seat.procedure_code, seat.arrived_at) == ("1.001193", world.at)
    later = world.at + dt.timedelta(hours=2)
    services.receive(dossier_id=dossier_id, actor=world.hung, at=later)
    assert Seat.objects.get(dossier_id=dossier_id).arrived_at == later


def test_it_shows_what_the_plain_list_shows(crowd: World) -> None:
    for kind in InboxFilter:
        plain = {card.dossier_id for card in list_inbox(crowd.mai, filter=kind, at=crowd.at).cards}
        assert set(shown(crowd, filter=kind)) == plain


def test_the_number_of_queries_does_not_grow(crowd: World, lives: Lives) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            search_inbox(crowd.mai, InboxQuery(filter=InboxFilter.OPEN), at=crowd.at)
        return len(queries)

    few = cost()
    for _ in range(4):
        lives.to(State.IN_PROGRESS)
    assert cost() == few <= 4


def test_cards_of_some_dossiers_are_those_of_one_s_agency(crowd: World) -> None:
    keys = picked()
    assert set(list_seat_cards(crowd.mai, keys, at=crowd.at)) == keys
    assert list_seat_cards(crowd.nong_trang.specialist, keys, at=crowd.at) == {}
