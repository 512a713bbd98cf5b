"""The registers as an officer uses them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from vanlang.audit.models import Record
from vanlang.identity.api import Actor, Role
from vanlang.identity.models import Account
from vanlang.kernel import clock
from vanlang.registers.models import EntryEdition
from vanlang.registers.tests.routes import an_entry
from vanlang.registers.tests.test_entries import FACTS
from vanlang.registers.tests.world import World

SignIn = Callable[[Actor], Client]


@pytest.fixture
def sign_in(world: World, at: dt.datetime) -> Iterator[SignIn]:
    def enter(actor: Actor) -> Client:
        client = Client()
        client.force_login(
            Account.objects.get(pk=actor.account_id),
            backend="vanlang.identity.adapters.backends.AccountBackend",
        )
        return client

    with clock.frozen(at + dt.timedelta(minutes=10)):
        yield enter


def test_a_list_is_masked_and_counts_as_no_read(world: World, sign_in: SignIn) -> None:
    an_entry(world.people)
    page = sign_in(world.thao).get("/can-bo/so-ket-qua/birth/?q=tran gia").content.decode()
    assert "Trần G. A." in page and "Trần Gia An" not in page
    assert "15/GKS-UBND" in page and "Thiếu dữ liệu" in page
    assert not Record.objects.filter(act="registers.open").exists()


def test_an_opened_entry_is_a_read_for_the_purpose_chosen(world: World, sign_in: SignIn) -> None:
    entry_id = an_entry(world.people, facts=FACTS)
    page = sign_in(world.thao).get(f"/can-bo/so-ket-qua/muc/{entry_id}/?muc-dich=kiem-tra").content.decode()
    assert "Bệnh viện Đa khoa tỉnh" in page and "02/11/2026" in page
    assert Record.objects.get(act="registers.open").purpose == "Kiểm tra, giám sát"


def test_a_gap_is_filled_from_the_original(world: World, sign_in: SignIn) -> None:
    entry_id = an_entry(world.people, facts={name: FACTS[name] for name in FACTS if name != "child_born_on"})
    client, here = sign_in(world.thao), f"/can-bo/so-ket-qua/muc/{entry_id}/bo-sung/"
    empty = client.post(here, {"reason": "Theo bản chính", "child_born_on": ""})
    assert empty.status_code == 422 and "Ngày sinh" in empty.content.decode()
    assert client.post(here, {"reason": "", "child_born_on": "02/11/2026"}).status_code == 422
    done = client.post(here, {"reason": "Theo bản chính", "child_born_on": "02/11/2026"})
    assert done.status_code == 303
    assert EntryEdition.objects.get(entry_id=entry_id, superseded_at=None).facts == FACTS
    assert client.get(here).status_code == 303, "nothing is missing any more"


def test_an_export_asks_for_its_purpose_and_is_written_down(world: World, sign_in: SignIn) -> None:
    an_entry(world.people, facts=FACTS)
    client, here = sign_in(world.thao), "/can-bo/so-ket-qua/birth/xuat/"
    assert client.post(here, {"purpose": ""}).status_code == 422
    assert not Record.objects.filter(act="registers.export").exists()
    answer = client.post(here, {"purpose": "Báo cáo tháng 11 gửi Sở Tư pháp", "q": "an"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "Báo cáo tháng 11" in rows[0][0]
    cells = dict(zip(rows[1], rows[2], strict=True))
    assert (cells["Số, ký hiệu"], cells["Người được cấp"], cells["Giới tính"]) == (
        "15/GKS-UBND",
        "Trần Gia An",
        "Nam",
    )
    assert cells["Ngày sinh"] == dt.date(2026, 11, 2)
    assert Record.objects.get(act="registers.export").facts == {"entries": 1}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.CATALOGUE_EDITOR])
def test_who_does_no_dossiers_reads_no_register(world: World, sign_in: SignIn, role: Role) -> None:
    entry_id = an_entry(world.people)
    client = sign_in(world.people.at_home[role])
    for path in ("", "birth/", f"muc/{entry_id}/"):
        assert client.get(f"/can-bo/so-ket-qua/{path}").status_code == 403


def test_another_agency_finds_nothing(world: World, sign_in: SignIn) -> None:
    entry_id = an_entry(world.people)
    client = sign_in(world.clerk_elsewhere)
    assert "15/GKS" not in client.get("/can-bo/so-ket-qua/birth/").content.decode()
    assert client.get(f"/can-bo/so-ket-qua/muc/{entry_id}/").status_code == 404


def test_the_extract_is_a_pdf_and_a_read(world: World, sign_in: SignIn) -> None:
    entry_id = an_entry(world.people, facts=FACTS)
    answer = sign_in(world.thao).get(f"/can-bo/trich-so/{entry_id}.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert Record.objects.get(act="registers.open").purpose == "In trích sổ kết quả"
