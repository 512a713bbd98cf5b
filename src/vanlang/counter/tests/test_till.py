"""One drawer for all cash: what pays for a dossier stands in its book and in the books of money, together or not at all."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from vanlang.catalogue.models import Case, Fee, ProcedureVersion
from vanlang.counter.adapters.till import CounterTill
from vanlang.counter.models import CashDrawer, CashEntry
from vanlang.counter.services import cash
from vanlang.counter.tests.officers import browser_of
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import SYSTEM
from vanlang.kernel.errors import DomainError
from vanlang.payments import api as payments
from vanlang.payments.api import DemandCard, LedgerAccount, MoneyNotPossible

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def demand(world: World) -> DemandCard:
    Fee.objects.create(
        version=ProcedureVersion.objects.get(pk=world.version_id), case=Case.objects.get(pk=world.case_id),
        name="Lệ phí hộ tịch", kind="charge", amount_vnd=8_000, origin="starter", source="thử",
    )  # fmt: skip
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=7)
    dossier_id = Lives(world).to(State.RELEASED)
    raised = payments.demand_for(dossier_id=dossier_id, actor=SYSTEM, at=world.at)
    assert raised.demand_id
    return payments.get_demand(raised.demand_id)


def take(world: World, demand: DemandCard) -> uuid.UUID:
    return payments.take_cash(
        demand_id=demand.id, amount_vnd=8_000, what_for="Lệ phí", actor=world.hung, at=world.at
    )


def test_cash_is_in_both_books(world: World, demand: DemandCard) -> None:
    with pytest.raises(MoneyNotPossible, match="no_open_drawer"):
        take(world, demand)
    drawer_id = cash.open_drawer(opening=0, actor=world.hung, at=world.at)
    assert CounterTill().is_open(world.hung)
    payment_id = take(world, demand)
    entry = CashEntry.objects.get()
    assert (entry.amount, entry.dossier_id) == (8_000, demand.dossier_id)
    assert payments.get_payment(payment_id).transaction == str(entry.pk)
    with pytest.raises(DomainError, match="entry_is_of_a_payment"):
        cash.correct_entry(drawer_id=drawer_id, number=entry.number, actor=world.hung, at=world.at)
    cash.close_drawer(
        drawer_id=drawer_id, notes={5_000: 1}, explanation="Thiếu 3.000", actor=world.hung, at=world.at
    )
    found = payments.trial_balance(world.viet_tri.id, world.at.date(), world.at.date().replace(year=2027))
    assert found.after[LedgerAccount.DRAWER] == 5_000
    assert found.after[LedgerAccount.SUSPENSE] == 3_000
    assert payments.prove_books().holds
    assert not CounterTill().is_open(world.hung)


def test_the_book_is_not_written_by_hand_for_what_is_owed(world: World, demand: DemandCard) -> None:
    drawer_id = cash.open_drawer(opening=0, actor=world.hung, at=world.at)
    from vanlang.dossiers.models import Dossier

    code = Dossier.objects.get(pk=demand.dossier_id).code
    answer = browser_of(world.hung).post(
        reverse("counter:drawer", args=[drawer_id]), {"so-tien": "8000", "noi-dung": "Lệ phí", "ho-so": code}
    )
    assert answer.status_code == 409
    assert "Hãy thu ở trang" in answer.content.decode()
    assert not CashEntry.objects.exists()
    assert CashDrawer.objects.get().closed_at is None


def test_who_hands_out_is_told_what_is_owed(world: World, demand: DemandCard) -> None:
    browser = browser_of(world.hung)
    pages = (
        reverse("counter:deliver") + "?q=025190012123",
        reverse("desk:act", args=[demand.dossier_id, "tra-ket-qua"]),
        reverse("desk:dossier", args=[demand.dossier_id]),
    )
    for page in pages:
        text = browser.get(page).content.decode()
        assert "8.000" in text, page
        assert reverse("payments:dossier", args=[demand.dossier_id]) in text, page
    done = browser.post(
        reverse("desk:act", args=[demand.dossier_id, "tra-ket-qua"]),
        {"expected_version": "6", "channel": "direct", "receiver": "Nguyễn Thị Lan"},
    )
    assert done.status_code in {303, 409}, "a warning, never a bar"
