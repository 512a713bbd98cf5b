"""Tickets, windows, the television: commands and pages on a real database."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import QueuePlace, QueueService, Ticket, TicketDossier
from vanlang.counter.queries.queue import get_console, get_day, get_display, get_ticket, list_services
from vanlang.counter.services import places, queueing
from vanlang.counter.subscribers import remember_visit
from vanlang.counter.tests.conftest import Hall
from vanlang.counter.tests.officers import INTAKE, browser_of, told
from vanlang.counter.types import Priority, TicketState
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, make_officer
from vanlang.identity.api import Actor, Role
from vanlang.intake.api import TakenIn
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import UnitKind

MINUTE = dt.timedelta(minutes=1)


def take(hall: Hall, service: int, minutes: int = 0, priority: Priority = Priority.NONE) -> uuid.UUID:
    return queueing.take_ticket(
        kiosk_token=hall.place.kiosk_token,
        service_id=service,
        priority=priority,
        at=hall.world.at + minutes * MINUTE,
    )


def text_of(ticket_id: uuid.UUID | None) -> str:
    return str(Ticket.objects.get(pk=ticket_id))


@pytest.fixture
def seated(hall: Hall) -> Hall:
    queueing.take_seat(window_id=hall.first, actor=hall.world.hung, at=hall.world.at)
    return hall


def colleague(hall: Hall) -> Actor:
    office = hall.world.viet_tri
    return make_officer(
        "second", "Hoàng Văn Nam", office.id, office.units[UnitKind.COUNTER], "Công chức", {Role.COUNTER}, hall.world.at
    )  # fmt: skip


def test_numbers_restart_each_day_and_count_by_service(hall: Hall) -> None:
    tomorrow = 24 * 60
    printed = [
        take(hall, hall.civil),
        take(hall, hall.copies),
        take(hall, hall.civil),
        take(hall, hall.civil, tomorrow),
    ]
    assert [text_of(one) for one in printed] == ["A001", "B001", "A002", "A001"]


def test_a_morning_at_one_window(seated: Hall) -> None:
    hung, at = seated.world.hung, seated.world.at
    for minutes, priority in enumerate(
        [Priority.NONE, Priority.NONE, Priority.ELDERLY, Priority.PREGNANT, Priority.MERIT]
    ):
        take(seated, seated.civil, minutes, priority)
    called = [text_of(queueing.call_next(actor=hung, at=at + (10 + n) * MINUTE)) for n in range(5)]
    assert called == ["A003", "A004", "A001", "A005", "A002"]
    assert queueing.call_next(actor=hung, at=at + 20 * MINUTE) is None
    assert set(Ticket.objects.values_list("state", flat=True)) == {TicketState.DONE}
    day = get_day(seated.world.viet_tri.id, on=at.date())
    assert (day.total.served, day.total.longest_wait, day.priority) == (5, 13.0, 3)


def test_one_who_did_not_come_is_called_again_when_here(seated: Hall) -> None:
    hung, at = seated.world.hung, seated.world.at
    take(seated, seated.civil)
    first = queueing.call_next(actor=hung, at=at + MINUTE)
    assert first
    queueing.skip(ticket_id=first, actor=hung, at=at + 2 * MINUTE)
    assert queueing.call_next(actor=hung, at=at + 3 * MINUTE) is None
    queueing.call_again(ticket_id=first, actor=hung, at=at + 9 * MINUTE)
    row = Ticket.objects.get()
    assert (row.state, row.calls, row.finished_at) == (TicketState.CALLED, 2, None)
    assert row.first_called_at == at + MINUTE, "the wait ended with the first call"


def test_sent_on_to_another_window_is_next_there(seated: Hall) -> None:
    hung, at, nam = seated.world.hung, seated.world.at, colleague(seated)
    queueing.take_seat(window_id=seated.second, actor=nam, at=at)
    take(seated, seated.copies)
    civil = take(seated, seated.civil, 1)
    take(seated, seated.copies, 2)
    queueing.call_next(actor=nam, at=at + 3 * MINUTE)
    assert queueing.call_next(actor=hung, at=at + 3 * MINUTE) == civil
    queueing.transfer(ticket_id=civil, window_id=seated.second, actor=hung, at=at + 4 * MINUTE)
    assert get_console(hung, at=at).line[0].text == "B002", "it waits at the other window, not here"
    assert queueing.call_next(actor=nam, at=at + 5 * MINUTE) == civil
    with pytest.raises(CounterConflict, match=r"counter\.window_not_other"):
        queueing.transfer(ticket_id=civil, window_id=seated.second, actor=nam, at=at + 6 * MINUTE)


def test_a_window_has_one_officer_and_an_officer_one_window(seated: Hall) -> None:
    hung, at, nam = seated.world.hung, seated.world.at, colleague(seated)
    with pytest.raises(CounterConflict, match=r"counter\.window_staffed"):
        queueing.take_seat(window_id=seated.first, actor=nam, at=at)
    queueing.take_seat(window_id=seated.second, actor=hung, at=at)
    queueing.take_seat(window_id=seated.first, actor=nam, at=at)
    tomorrow = at + dt.timedelta(days=1)
    queueing.take_seat(window_id=seated.first, actor=hung, at=tomorrow)
    with pytest.raises(CounterConflict, match=r"counter\.no_seat"):
        queueing.call_next(actor=nam, at=tomorrow)


def test_what_is_refused(seated: Hall) -> None:
    hung, at = seated.world.hung, seated.world.at
    ticket = take(seated, seated.civil)
    refused = [
        lambda: queueing.skip(ticket_id=ticket, actor=hung, at=at),
        lambda: queueing.call_again(ticket_id=ticket, actor=hung, at=at),
        lambda: queueing.finish(ticket_id=ticket, actor=hung, at=at + dt.timedelta(days=1)),
        lambda: queueing.take_ticket(kiosk_token="-", service_id=1, priority=Priority.NONE, at=at),
        lambda: places.save_service(actor=hung, at=at, letter="A", name="Trùng chữ"),
        lambda: places.save_window(actor=hung, at=at, number=1, service_ids=[]),
    ]  # fmt: skip
    codes = []
    for act in refused:
        with pytest.raises(DomainError) as told_no:
            act()
        codes.append(told_no.value.code)
    assert codes == [
        "counter.ticket_not_so", "counter.ticket_not_so", "counter.ticket_unknown", "counter.kiosk_unknown",
        "counter.letter_taken", "counter.window_taken",
    ]  # fmt: skip
    assert issubclass(CounterInvalid, DomainError)


def test_the_database_holds_one_ticket_at_a_window(seated: Hall) -> None:
    hung, at = seated.world.hung, seated.world.at
    take(seated, seated.civil)
    take(seated, seated.civil, 1)
    queueing.call_next(actor=hung, at=at + MINUTE)
    other = Ticket.objects.get(state=TicketState.WAITING)
    with pytest.raises(IntegrityError, match="ticket_one_at_a_window"), transaction.atomic():
        Ticket.objects.filter(pk=other.pk).update(
            state=TicketState.CALLED, window_id=seated.first, called_at=at, first_called_at=at, calls=1
        )


def test_a_ticket_says_what_it_can_know(seated: Hall) -> None:
    world = seated.world
    take(seated, seated.civil)
    take(seated, seated.civil, 1)
    mine = take(seated, seated.civil, 2)
    with acting(Scope.nobody()):
        card, agency, _ = get_ticket(mine, at=world.at + 3 * MINUTE)
        assert (card.ahead, card.estimated_minutes, agency) == (2, 20, "UBND phường Việt Trì")
    take(seated, seated.civil, 3, Priority.DISABLED)
    with acting(Scope.nobody()):
        assert get_ticket(mine, at=world.at + 3 * MINUTE)[0].ahead == 3, "priority goes before"
        with pytest.raises(CounterNotFound):
            get_ticket(mine, at=world.at + dt.timedelta(days=1))


def test_another_agency_sees_no_ticket(seated: Hall) -> None:
    ticket = take(seated, seated.civil)
    elsewhere = seated.world.nong_trang
    with acting(Scope.officer(elsewhere.id)):
        assert not Ticket.objects.exists()
        assert not QueuePlace.objects.exists()
        assert list_services(elsewhere.id, at=seated.world.at) == []
        with pytest.raises(CounterNotFound):
            queueing.finish(ticket_id=ticket, actor=elsewhere.counter, at=seated.world.at)


def test_the_television_shows_numbers_and_is_silent_while_nothing_changed(seated: Hall) -> None:
    hung, at = seated.world.hung, seated.world.at
    take(seated, seated.civil)
    take(seated, seated.copies, 1)
    with clock.frozen(at + 2 * MINUTE):
        queueing.call_next(actor=hung, at=at + 2 * MINUTE)
        address = f"/can-bo/quay/man-hinh/{seated.place.display_token}/"
        page = Client().get(address).content.decode()
        assert "A001" in page
        assert "B001" in page, "who is next"
        assert "Hùng" not in page
        mark = get_display(seated.place.display_token, at=at + 2 * MINUTE).mark
        poll = {"HX-Request": "true"}
        assert Client().get(address, {"moc": mark}, headers=poll).status_code == 204
        queueing.call_again(ticket_id=Ticket.objects.get(letter="A").pk, actor=hung, at=at + 2 * MINUTE)
        again = Client().get(address, {"moc": mark}, headers=poll)
        assert again.status_code == 200, "called again flashes again"
        assert again.content.decode().strip() in Client().get(address).content.decode()
        places.renew_addresses(actor=hung, at=at)
        assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("monday")
def test_the_kiosk_prints_by_touch_and_without_an_account(hall: Hall) -> None:
    client, address = Client(), f"/can-bo/quay/lay-so/{hall.place.kiosk_token}/"
    assert "Hộ tịch" in client.get(address).content.decode()
    assert "Phụ nữ mang thai" in client.get(address, {"uu-tien": "1"}).content.decode()
    assert "Lấy số ưu tiên: Phụ nữ mang thai" in client.get(address, {"ly-do": "pregnant"}).content.decode()
    answer = client.post(address, {"nhom": str(hall.civil), "ly-do": "pregnant"})
    assert answer.status_code == 303
    paper = client.get(answer["Location"]).content.decode()
    assert "A001" in paper
    assert "Ưu tiên: Phụ nữ mang thai" in paper
    QueueService.objects.update(is_open=False)
    assert client.post(address, {"nhom": str(hall.civil)}).status_code == 409


@pytest.mark.usefixtures("monday")
def test_the_officers_pages_from_seat_to_done(hall: Hall) -> None:
    client = browser_of(hall.world.hung)
    take(hall, hall.civil)
    assert "Hôm nay ngồi quầy nào?" in client.get("/can-bo/quay/goi-so/").content.decode()
    assert client.post("/can-bo/quay/goi-so/ngoi/", {"quay": str(hall.first)}).status_code == 303
    assert client.post("/can-bo/quay/goi-so/tiep/").status_code == 303
    page = client.get("/can-bo/quay/goi-so/").content.decode()
    ticket = Ticket.objects.get()
    assert f"/can-bo/tiep-nhan/1.001193/?luot={ticket.pk}" in page
    part = client.get("/can-bo/quay/goi-so/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page
    assert client.post(f"/can-bo/quay/goi-so/{ticket.pk}/xong/").status_code == 303
    assert Ticket.objects.get().state == TicketState.DONE
    figures = client.get("/can-bo/quay/goi-so/trong-ngay/").content.decode()
    assert "Hộ tịch" in figures


@pytest.mark.usefixtures("monday")
def test_a_ticket_goes_along_with_the_dossier_and_ends_with_it(hall: Hall) -> None:
    client = browser_of(hall.world.hung)
    ticket = take(hall, hall.civil)
    client.post("/can-bo/quay/goi-so/ngoi/", {"quay": str(hall.first)})
    client.post("/can-bo/quay/goi-so/tiep/")
    found = client.get("/can-bo/tiep-nhan/", {"q": "1.001193", "chon": "1", "luot": str(ticket)})
    assert found["Location"] == f"{INTAKE}?luot={ticket}"
    answer = client.post(f"{INTAKE}?luot={ticket}", told(client, hall.world))
    assert answer["Location"].endswith(f"?luot={ticket}")
    page = client.get(answer["Location"]).content.decode()
    dossier = Dossier.objects.get()
    assert f'action="/can-bo/quay/goi-so/{ticket}/xong/"' in page
    ended = client.post(f"/can-bo/quay/goi-so/{ticket}/xong/", {"ho-so": str(dossier.pk), "goi": "1"})
    assert ended.status_code == 303
    assert TicketDossier.objects.get().dossier_id == dossier.pk
    assert Ticket.objects.get().state == TicketState.DONE


def test_what_intake_says_is_remembered_once(seated: Hall) -> None:
    lives = Lives(seated.world)
    dossier_id = lives.to(State.RECEIVED)
    ticket = take(seated, seated.civil)
    said = TakenIn(
        at=seated.world.at, visit_id=ticket, dossier_id=dossier_id, agency_id=seated.world.viet_tri.id
    )
    remember_visit(said)
    remember_visit(said)
    assert TicketDossier.objects.count() == 1
    remember_visit(
        TakenIn(at=said.at, visit_id=uuid.uuid4(), dossier_id=dossier_id, agency_id=said.agency_id)
    )
    assert TicketDossier.objects.count() == 1


@pytest.mark.usefixtures("monday")
def test_laying_out_the_hall(hall: Hall) -> None:
    client = browser_of(hall.world.hung)
    new = {
        "n-letter": "c",
        "n-name": "Đất đai",
        "n-minutes": "15",
        "n-is_open": "on",
        "n-procedure_codes": "1.001193, 2.000815",
    }
    assert client.post("/can-bo/quay/goi-so/bo-tri/nhom-viec/moi/", new).status_code == 303
    row = QueueService.objects.get(letter="C")
    assert row.procedure_codes == ["1.001193", "2.000815"]
    taken = client.post("/can-bo/quay/goi-so/bo-tri/nhom-viec/moi/", new)
    assert taken.status_code == 422
    assert "Chữ C đã dùng" in taken.content.decode()
    window = {"q-number": "3", "q-services": [str(row.pk)], "q-is_open": "on"}
    assert client.post("/can-bo/quay/goi-so/bo-tri/quay/moi/", window).status_code == 303
    page = client.get("/can-bo/quay/goi-so/bo-tri/").content.decode()
    assert re.search(r"/can-bo/quay/man-hinh/[\w-]{20,}/", page)
    assert (
        client.post("/can-bo/quay/goi-so/bo-tri/", {"d-notice": "Nghỉ trưa từ 11 giờ 30"}).status_code == 303
    )
    assert hall.place.notice == "Nghỉ trưa từ 11 giờ 30"
