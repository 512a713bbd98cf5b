from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.api import load_starter
from vanlang.chains import api as chains
from vanlang.chains.models import Chain, ChainPaper, PlanRow
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import Office, make_office
from vanlang.eforms.api import load_definitions
from vanlang.identity.types import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.ids import new_id

pytestmark = pytest.mark.django_db

REFERENCE: Path = settings.VANLANG_REFERENCE


@pytest.fixture
def office(at: dt.datetime) -> Office:
    """A commune with the reference data of an installation."""
    load_days(REFERENCE / "calendar" / "days.toml", at=at)
    load_office_hours(REFERENCE / "calendar" / "office-hours.toml", at=at)
    found = make_office("H44.100", "UBND phường Việt Trì", "Phường Việt Trì", at)
    load_definitions(REFERENCE / "eforms")
    load_starter(actor=SYSTEM, at=at)
    chains.load_plans(REFERENCE / "chains", on=at.date())
    return found


@pytest.fixture
def counter(office: Office, client: Client) -> Client:
    sign_in(client, office.counter)
    return client


def typed(chain_id: str, **changes: str) -> dict[str, str]:
    answers = {
        "viec": "nhan", "c-chain_id": chain_id, "c-personal_id": "025190012123", "c-full_name": "Nguyễn Thị Lan",
        "c-phone": "0912345678", "c-address": "Tổ 5, phường Việt Trì", "c-channel": "direct", "all-papers": "1",
        "applicant_commune": "H44.100", "relation": "mother", "child_name": "Trần Gia An", "child_gender": "male",
        "child_born_on": "01/11/2026", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
        "birth_place": "Bệnh viện Sản Nhi", "home_town": "Phú Thọ", "copies": "0", "truthful": "1",
        "residence__new_commune": "H44.100", "residence__new_address": "Tổ 5", "residence__head_name": "Trần Văn Bình",
    }  # fmt: skip
    return answers | changes


def post(client: Client, data: dict[str, str]) -> tuple[int, str]:
    page = client.get(reverse("chains:intake", args=["birth-residence-insurance"])).content.decode()
    papers = {name: "1" for name in _names(page) if name.startswith("paper-") and name.endswith("-originals")}
    answer = client.post(reverse("chains:intake", args=["birth-residence-insurance"]), papers | data)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def _names(page: str) -> set[str]:
    import re

    return set(re.findall(r'name="([^"]+)"', page))


def test_the_shipped_chains_load_and_say_what_they_lack(office: Office, at: dt.datetime) -> None:
    cards = {card.code: card for card in chains.list_plans(at.date(), intake_agency_id=office.id)}
    assert cards["birth-residence-insurance"].is_ready
    assert [code for _, code in cards["death-residence-allowance"].lacks] == [
        "chains.procedure_not_ready"
    ] * 2
    assert chains.load_plans(REFERENCE / "chains", on=at.date()).fresh == 0
    assert PlanRow.objects.count() == 2


def test_one_form_asks_nothing_twice(office: Office, at: dt.datetime) -> None:
    _, plan = chains.get_plan("birth-residence-insurance", at.date())
    names = [field.name for field in chains.joined_form(plan, at.date()).fields]
    assert len(names) == len(set(names))
    assert {"child_name", "residence__new_address"} <= set(names)
    assert not {"residence__born_on", "residence__applicant_name", "residence__members"} & set(names)
    assert names[-1] == "truthful"


def test_the_counter_takes_in_the_whole_chain_on_one_page(counter: Client, at: dt.datetime) -> None:
    chain_id = str(new_id())
    with clock.frozen(at):
        status, location = post(counter, typed(chain_id))
        assert status == 303, location
        page = counter.get(location).content.decode()
        again, _ = post(counter, typed(chain_id))
    assert again == 303 and Chain.objects.count() == 1
    row = Chain.objects.get()
    assert "Đã tiếp nhận cả chuỗi" in page and "Đăng ký thường trú cho trẻ" in page
    dossier = Dossier.objects.get()
    assert dossier.answers["child_name"] == "Trần Gia An"
    assert ChainPaper.objects.filter(chain=row, legs__contains=["birth"]).exists()
    with clock.frozen(at):
        listed = counter.get(reverse("chains:list")).content.decode()
        public = counter.get(reverse("portal:chain", args=[row.token])).content.decode()
    assert "Khai sinh liên thông" in listed
    assert "Một ngày hẹn cho tất cả" in public and "Nguyễn Thị Lan" not in public


def test_what_is_wrong_is_told_at_once_and_nothing_typed_is_lost(counter: Client, at: dt.datetime) -> None:
    with clock.frozen(at):
        status, page = post(
            counter,
            typed(str(new_id()), **{"c-full_name": "", "all-papers": "", "child_born_on": "31/02/2026"}),
        )
    assert status == 422
    assert "Trần Gia An" in page and "Giấy tờ này chưa có." in page and "id_c-full_name" in page
    assert not Chain.objects.exists() and not Dossier.objects.exists()


def test_another_agency_opens_no_chain_of_ours(counter: Client, client: Client, at: dt.datetime) -> None:
    with clock.frozen(at):
        _, location = post(counter, typed(str(new_id())))
    other = make_office("H44.101", "UBND phường Nông Trang", "Phường Nông Trang", at)
    stranger = Client()
    sign_in(stranger, other.counter)
    assert stranger.get(location).status_code == 404
