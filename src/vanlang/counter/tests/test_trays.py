"""A tray is given as a list and taken as a whole; what is sent back stays with its giver."""

from __future__ import annotations

import io
import uuid

import pikepdf
import pytest
from django.test import Client

from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import Tray, TrayItem
from vanlang.counter.queries.lists import get_tray, list_giveable
from vanlang.counter.services import trays
from vanlang.counter.tests.officers import browser_of
from vanlang.counter.types import TrayItemState, TrayKind
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import scope_of
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import UnitKind

pytestmark = pytest.mark.usefixtures("monday")


def give(world: World, ids: list[uuid.UUID]) -> uuid.UUID:
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    return trays.give_tray(
        kind=TrayKind.TO_UNIT, dossier_ids=ids, unit_id=unit, actor=world.hung, at=world.at
    )


def test_taken_as_a_whole_but_for_one(world: World, lives: Lives) -> None:
    ids = [lives.to(State.RECEIVED) for _ in range(3)]
    tray_id = give(world, ids)
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.RECEIVED}, "nothing moved yet"
    assert list_giveable(TrayKind.TO_UNIT, actor=world.hung, at=world.at) == [], "it is on one tray only"
    with acting(scope_of(world.mai)):
        taken = trays.take_tray(
            tray_id=tray_id,
            rejected={ids[1]: "Thiếu bản chính giấy chứng sinh"},
            actor=world.mai,
            at=world.at,
        )
    assert taken == 2
    states = dict(Dossier.objects.values_list("pk", "state"))
    assert [states[key] for key in ids] == [State.HANDED_OVER, State.RECEIVED, State.HANDED_OVER]
    moved = Movement.objects.filter(dossier_id=ids[0]).latest("number")
    assert (moved.actor_name, "người nhận: Lê Thị Mai" in moved.note) == ("Trần Mạnh Hùng", True)
    back = get_tray(tray_id, world.hung, at=world.at).lines[1]
    assert (back.state, back.reason) == (TrayItemState.REJECTED, "Thiếu bản chính giấy chứng sinh")
    again = [card.dossier_id for card in list_giveable(TrayKind.TO_UNIT, actor=world.hung, at=world.at)]
    assert again == [ids[1]], "what was sent back can be given again"


def test_what_cannot_be_handed_over_goes_back_by_itself(world: World, lives: Lives) -> None:
    from vanlang.dossiers import services

    ids = [lives.to(State.RECEIVED) for _ in range(2)]
    tray_id = give(world, ids)
    services.withdraw(dossier_id=ids[0], actor=world.hung, at=world.at)
    assert trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at) == 1
    first = TrayItem.objects.get(dossier_id=ids[0])
    assert first.state == TrayItemState.REJECTED
    assert first.reason


def test_what_is_refused(world: World, lives: Lives) -> None:
    ids = [lives.to(State.RECEIVED)]
    with pytest.raises(CounterInvalid, match=r"counter\.tray_empty"):
        give(world, [])
    with pytest.raises(CounterConflict, match=r"counter\.tray_not_here"):
        give(world, [lives.to(State.SUBMITTED)])
    with pytest.raises(CounterInvalid, match=r"counter\.tray_unit_missing"):
        trays.give_tray(kind=TrayKind.TO_UNIT, dossier_ids=ids, unit_id=0, actor=world.hung, at=world.at)
    tray_id = give(world, ids)
    with pytest.raises(CounterConflict, match=r"counter\.tray_not_here"):
        give(world, ids)
    with pytest.raises(CounterConflict, match=r"counter\.tray_not_yours"):
        trays.take_tray(tray_id=tray_id, actor=world.thao, at=world.at)
    with pytest.raises(CounterInvalid, match=r"counter\.tray_reason_missing"):
        trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at, rejected={ids[0]: " "})
    trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at)
    with pytest.raises(CounterConflict, match=r"counter\.tray_taken"):
        trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at)
    with acting(Scope.officer(world.nong_trang.id)):
        assert not Tray.objects.exists()
        with pytest.raises(CounterNotFound):
            trays.take_tray(tray_id=tray_id, actor=world.nong_trang.specialist, at=world.at)


def test_results_come_back_to_the_counter_and_go_to_one_person(world: World, lives: Lives) -> None:
    ids = [lives.to(State.RELEASED) for _ in range(3)]
    tray_id = trays.give_tray(kind=TrayKind.RESULTS, dossier_ids=ids, actor=world.thao, at=world.at)
    assert trays.take_tray(tray_id=tray_id, actor=world.hung, at=world.at) == 3
    client = browser_of(world.hung)
    address = "/can-bo/quay/tra-nhieu/?q=025190012123"
    page = client.get(address).content.decode()
    assert page.count('name="ho-so"') == 3
    chosen = {"ho-so": [str(key) for key in ids[:2]], "nguoi-nhan": "Nguyễn Thị Lan", "viec": "tra"}
    assert client.post(address, chosen).status_code == 303
    assert Dossier.objects.filter(state=State.DELIVERED).count() == 2
    assert client.get("/can-bo/quay/tra-nhieu/?q=123").status_code == 422


def test_the_pages_of_both_hands(world: World, lives: Lives) -> None:
    ids = [lives.to(State.RECEIVED) for _ in range(2)]
    hung, mai = browser_of(world.hung), browser_of(world.mai)
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    assert str(ids[0]) in hung.get("/can-bo/quay/ban-giao/moi/").content.decode()
    answer = hung.post(
        "/can-bo/quay/ban-giao/moi/", {"ho-so": [str(key) for key in ids], "don-vi": str(unit)}
    )
    assert answer.status_code == 303
    address = answer["Location"]
    assert "Chờ bên nhận xác nhận" in hung.get(address).content.decode()
    assert "Chờ bạn nhận" in mai.get("/can-bo/quay/ban-giao/").content.decode()
    refused = mai.post(address, {"khong-nhan": str(ids[0])})
    assert refused.status_code == 422
    assert "chưa có lý do" in refused.content.decode()
    assert mai.post(address, {"khong-nhan": str(ids[0]), f"ly-do-{ids[0]}": "Nhầm đơn vị"}).status_code == 303
    assert "Nhầm đơn vị" in hung.get(address).content.decode()
    assert text_of(hung, f"{address}in.pdf") >= 1


def text_of(client: Client, address: str) -> int:
    """Return how many pages a printed list has."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.Pdf.open(io.BytesIO(answer.content)) as pdf:
        return len(pdf.pages)
