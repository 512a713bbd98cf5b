"""A small honest cash book: only added to, balanced, closed for ever; the database says so too."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from vanlang.counter.models import CashDrawer, CashEntry
from vanlang.counter.queries.lists import drawer_card
from vanlang.counter.services import cash
from vanlang.counter.tests.officers import browser_of
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import scope_of
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.errors import DomainError
from vanlang.kernel.scope import acting

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def drawer(world: World) -> uuid.UUID:
    return cash.open_drawer(opening=100_000, actor=world.hung, at=world.at)


def take(world: World, drawer: uuid.UUID, amount: int, what_for: str = "Phí chứng thực") -> int:
    return cash.take_cash(drawer_id=drawer, amount=amount, what_for=what_for, actor=world.hung, at=world.at)


def close(world: World, drawer: uuid.UUID, notes: dict[int, int], explanation: str = "") -> None:
    cash.close_drawer(drawer_id=drawer, notes=notes, explanation=explanation, actor=world.hung, at=world.at)


def test_a_day_with_a_slip_of_the_finger(world: World, drawer: uuid.UUID) -> None:
    with acting(scope_of(world.hung)):
        take(world, drawer, 8_000)
        wrong = take(world, drawer, 200_000)
        cash.correct_entry(drawer_id=drawer, number=wrong, actor=world.hung, at=world.at)
        take(world, drawer, 20_000)
        card = drawer_card(drawer, world.hung)
        assert [entry.amount for entry in card.entries] == [8_000, 200_000, -200_000, 20_000]
        assert (card.taken, card.expected) == (28_000, 128_000)
        close(world, drawer, {100_000: 1, 20_000: 1, 5_000: 1, 1_000: 3})
        cash.hand_to_treasurer(drawer_id=drawer, treasurer="Đào Thị Hạnh", actor=world.hung, at=world.at)
    assert CashDrawer.objects.get().treasurer == "Đào Thị Hạnh"
    assert cash.open_drawer(opening=0, actor=world.hung, at=world.at), "the next one"


def test_a_difference_is_explained(world: World, drawer: uuid.UUID) -> None:
    take(world, drawer, 8_000)
    with pytest.raises(DomainError) as told_no:
        close(world, drawer, {100_000: 1})
    assert told_no.value.facts == {"must_be": "108.000", "there": "100.000"}
    close(world, drawer, {100_000: 1}, "Trả nhầm cho người dân, đã liên hệ nhận lại")
    assert drawer_card(drawer, world.hung).difference == -8_000


def test_sent_twice_is_taken_once(world: World, drawer: uuid.UUID) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        cash.take_cash(
            drawer_id=drawer, amount=5_000, what_for="Phí", entry_id=key, actor=world.hung, at=world.at
        )
    assert CashEntry.objects.count() == 1


def test_what_is_refused(world: World, drawer: uuid.UUID) -> None:
    number = take(world, drawer, 8_000)
    cash.correct_entry(drawer_id=drawer, number=number, actor=world.hung, at=world.at)
    acts: list[tuple[Callable[[], object], str]] = [
        (lambda: cash.open_drawer(opening=0, actor=world.hung, at=world.at), "counter.drawer_open"),
        (lambda: take(world, drawer, 0), "counter.amount_not_so"),
        (lambda: take(world, drawer, 10**12), "counter.amount_not_so"),
        (lambda: take(world, drawer, 1_000, " "), "counter.what_for_missing"),
        (lambda: cash.correct_entry(drawer_id=drawer, number=1, actor=world.hung, at=world.at), "counter.entry_corrected"),
        (lambda: cash.correct_entry(drawer_id=drawer, number=2, actor=world.hung, at=world.at), "counter.entry_not_correctable"),
        (lambda: close(world, drawer, {3: 1}), "counter.notes_not_so"),
        (lambda: cash.hand_to_treasurer(drawer_id=drawer, treasurer="A", actor=world.hung, at=world.at), "counter.drawer_still_open"),
        (lambda: cash.take_cash(drawer_id=drawer, amount=1, what_for="A", actor=world.phuc, at=world.at), "counter.drawer_unknown"),
    ]  # fmt: skip
    for act, code in acts:
        with pytest.raises(DomainError) as told_no:
            act()
        assert told_no.value.code == code
    close(world, drawer, {100_000: 1})
    for late in (lambda: take(world, drawer, 1_000), lambda: close(world, drawer, {100_000: 1})):
        with pytest.raises(DomainError) as told_no:
            late()
        assert told_no.value.code == "counter.drawer_closed"


def forbidden(statement: str, *values: object) -> None:
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vanlang.scope', 'system', true)")
        cursor.execute(statement, values)


def test_the_database_keeps_a_closed_drawer_closed_for_its_owner_too(world: World, drawer: uuid.UUID) -> None:
    take(world, drawer, 8_000)
    forbidden("UPDATE counter_cashentry SET amount = 1")
    forbidden("DELETE FROM counter_cashentry")
    forbidden("UPDATE counter_cashdrawer SET opening = 0")
    forbidden(
        "UPDATE counter_cashdrawer SET closed_at = now(), counted_sum = 1, expected_sum = 1, counted = '{}'"
    )
    close(world, drawer, {100_000: 1, 5_000: 1, 1_000: 3})
    for change in (
        "counted_sum = 1, expected_sum = 1",
        "closed_at = NULL",
        "explanation = 'x'",
        "day = '2020-01-01'",
    ):
        forbidden(f"UPDATE counter_cashdrawer SET {change}")  # noqa: S608 - changes of this test
    forbidden("DELETE FROM counter_cashdrawer")
    forbidden(
        "INSERT INTO counter_cashentry (id, drawer_id, agency_id, number, kind, amount, what_for, at) "
        "VALUES (gen_random_uuid(), %s, %s, 2, 'taken', 5, 'x', now())",
        drawer, world.viet_tri.id,
    )  # fmt: skip
    CashDrawer.objects.update(treasurer="Đào Thị Hạnh", handed_at=world.at)
    forbidden("UPDATE counter_cashdrawer SET treasurer = 'y'")


def test_the_pages_of_a_day(world: World, lives: Lives) -> None:
    client = browser_of(world.hung)
    dossier = lives.to(State.RECEIVED)
    assert client.post("/can-bo/quay/so-quy/", {"dau-ngay": "mười"}).status_code == 422
    answer = client.post("/can-bo/quay/so-quy/", {"dau-ngay": "100.000"})
    assert answer.status_code == 303
    address = answer["Location"]
    page = client.get(address, {"ho-so": "H44.100-261123-0001"}).content.decode()
    assert "Thủ tục đăng ký khai sinh" in page, "what for is taken from the dossier"
    row = {"viec": "thu", "ho-so": "H44.100-261123-0001", "noi-dung": "Lệ phí", "so-tien": "8.000"}
    assert client.post(address, row).status_code == 303
    assert CashEntry.objects.get().dossier_id == dossier
    assert client.post(address, {**row, "ho-so": "H44.100-261123-0009"}).status_code == 404
    assert client.post(address, {"viec": "khoa", "to-100000": "1"}).status_code == 422
    counted = {"viec": "khoa", "to-100000": "1", "to-5000": "1", "to-1000": "3"}
    assert client.post(address, counted).status_code == 303
    assert client.post(address, {"viec": "giao", "thu-quy": "Đào Thị Hạnh"}).status_code == 303
    assert "Giao thủ quỹ Đào Thị Hạnh" in client.get(address).content.decode()
    assert client.get(f"{address}in.pdf").content[:5] == b"%PDF-"
