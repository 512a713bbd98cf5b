"""A tray is given as a list and taken as a whole; what is sent back stays with its giver."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pikepdf
import pytest
from django.test import Client

from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import Tray, TrayItem
from vanlang.counter.queries.lists import get_tray, list_giveable
from vanlang.counter.queries.papers import Column, ListPaper
from vanlang.counter.services import trays
from vanlang.counter.tests.officers import browser_of
from vanlang.counter.types import TrayItemState, TrayKind
from vanlang.documents.api import Head, Signer, typeset
from vanlang.documents.tests.pages import text_of as text_of_pdf
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Moved
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


def test_what_does_not_fit_on_a_page_is_counted_and_can_be_narrowed(
    world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanlang.counter.views.trays.PER_TRAY", 2)
    ids = {lives.to(State.RECEIVED) for _ in range(5)}
    client, address = browser_of(world.hung), "/can-bo/quay/ban-giao/moi/"
    pages = [client.get(address, {"trang": number}).content.decode() for number in (1, 2, 3)]
    assert "1–2 trong 5 hồ sơ" in pages[0]
    assert "Danh sách chỉ gồm những hồ sơ đánh dấu trên trang này" in pages[0]
    shown = [{key for key in ids if f'value="{key}"' in page} for page in pages]
    assert [len(one) for one in shown] == [2, 2, 1] and set.union(*shown) == ids, "each stands on one page"
    code = Dossier.objects.get(pk=min(ids)).code or ""
    found = client.get(address, {"loc": code}).content.decode()
    assert "1–1 trong 1 hồ sơ" in found and f'value="{min(ids)}"' in found
    assert "Không có hồ sơ giao được nào khớp" in client.get(address, {"loc": "không có gì"}).content.decode()
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    given = {"ho-so": [str(key) for key in shown[2]], "don-vi": str(unit)}
    assert client.post(f"{address}?trang=3", given).status_code == 303
    assert "1–2 trong 4 hồ sơ" in client.get(address).content.decode()


def test_no_list_of_trays_is_cut_off_unseen(
    world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [give(world, [lives.to(State.RECEIVED)]) for _ in range(35)]
    first = Tray.objects.get(pk=waiting[0])
    with acting(scope_of(world.mai)):
        trays.take_tray(tray_id=waiting[0], actor=world.mai, at=world.at)
    page = browser_of(world.hung).get("/can-bo/quay/ban-giao/").content.decode()
    assert "1–30 trong 35 danh sách" in page
    last = browser_of(world.hung).get("/can-bo/quay/ban-giao/?trang=2").content.decode()
    assert str(first.pk) in last, "what was taken comes after what waits"


def test_a_row_of_a_printed_list_stands_on_one_page_and_heads_and_numbers_on_each(world: World) -> None:
    """Rows of six lines would break somewhere among thirty."""
    rows = tuple(
        (str(number), f"đầu-{number:02d} " + "lời dài của một dòng " * 12 + f"cuối-{number:02d}")
        for number in range(1, 31)
    )
    pdf = typeset(
        ListPaper.template,
        ListPaper(
            head=Head(agency="UBND phường Việt Trì", place="Phú Thọ"),
            printed_at=world.at, title="Danh sách bàn giao hồ sơ", wide=False,
            columns=(Column(head="TT", width=0.5), Column(head="Nội dung", width=4)),
            rows=rows, giver=Signer(title="Bên giao", name="Trần Mạnh Hùng"), taker=Signer(title="Bên nhận", name=""),
        ),
    )  # fmt: skip
    pages = re.sub(r"\s+", " ", text_of_pdf(pdf)).split("----------")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page
        begun, ended = re.findall(r"đầu-(\d\d)", page), re.findall(r"cuối-(\d\d)", page)
        assert begun == ended, f"a row breaks on page {number}"
        assert ("Nội dung" in page) is bool(begun), "the heads come again"


def text_of(client: Client, address: str) -> int:
    """Return how many pages a printed list has."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.Pdf.open(io.BytesIO(answer.content)) as pdf:
        return len(pdf.pages)


def test_a_taking_that_was_cut_off_is_gone_on_with(
    world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between two lines: what was taken is taken, the rest is neither lost nor sent back."""
    ids = [lives.to(State.RECEIVED) for _ in range(3)]
    tray_id = give(world, ids)
    real, calls = dossiers.hand_over, iter(["first", "cut"])

    def cut_off(**told: Any) -> Moved:
        moved = real(**told)
        if next(calls) == "cut":
            raise RuntimeError("the power fails")
        return moved

    with monkeypatch.context() as broken:
        broken.setattr(dossiers, "hand_over", cut_off)
        with pytest.raises(RuntimeError):
            trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at)
    states = dict(Dossier.objects.values_list("pk", "state"))
    assert [states[key] for key in ids] == [State.HANDED_OVER, State.RECEIVED, State.RECEIVED], (
        "a line and its dossier change together"
    )
    assert get_tray(tray_id, world.mai, at=world.at).is_mine_to_take
    assert trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at) == 2
    assert set(TrayItem.objects.values_list("state", flat=True)) == {TrayItemState.ACCEPTED}
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.HANDED_OVER}
    with pytest.raises(CounterConflict, match=r"counter\.tray_taken"):
        trays.take_tray(tray_id=tray_id, actor=world.mai, at=world.at)
