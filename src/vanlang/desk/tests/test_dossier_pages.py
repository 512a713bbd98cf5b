"""The dossier's page and its acts: reads are written first, buttons come from the table, refusals keep what was typed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vanlang.audit.api import list_records
from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.organizations.api import UnitKind

pytestmark = pytest.mark.usefixtures("monday")


def page_of(client: Client, dossier_id: object, query: str = "") -> str:
    answer = client.get(f"/can-bo/ho-so/{dossier_id}/{query}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_opening_writes_the_read_with_its_purpose(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    page = page_of(browser_of(world.mai), dossier_id, "?muc-dich=kiem-tra")
    assert "025190012123" in page
    reads = [
        one for one in list_records(object_type="dossier", object_id=dossier_id) if one.act == "dossiers.open"
    ]
    assert [one.purpose for one in reads] == ["Kiểm tra, giám sát"]


@pytest.mark.parametrize(
    ("state", "who", "buttons"),
    [
        (State.SUBMITTED, "hung", ["tiep-nhan", "yeu-cau-bo-sung", "tu-choi", "rut-ho-so"]),
        (State.HANDED_OVER, "mai", ["nhan-xu-ly", "chuyen-xu-ly"]),
        (
            State.IN_PROGRESS,
            "mai",
            ["trinh-ket-qua", "chuyen-xu-ly", "yeu-cau-bo-sung", "lay-y-kien", "lay-y-kien-don-vi"],
        ),
        (State.IN_PROGRESS, "thao", []),
        (State.PROPOSED, "phuc", ["phe-duyet", "tra-lai", "hen-lai", "dung-xu-ly"]),
        (State.RELEASED, "hung", ["tra-ket-qua"]),
        (State.DELIVERED, "hung", []),
    ],
)
def test_the_buttons_are_those_of_the_table(
    world: World, lives: Lives, state: State, who: str, buttons: list[str]
) -> None:
    dossier_id = lives.to(state)
    page = page_of(browser_of(getattr(world, who)), dossier_id)
    side = page[
        page.index('id="desk-acts"') : page.index("Hẹn trả")
        if "Hẹn trả" in page
        else page.index("Phải trả lời")
    ]
    found = [slug for slug in _slugs(side, dossier_id) if slug]
    assert found == buttons


def _slugs(html: str, dossier_id: object) -> list[str]:
    marker = f"/can-bo/ho-so/{dossier_id}/"
    return [part.split("/")[0] for part in html.split(marker)[1:]]


def test_who_weighs_the_answer_is_led_to_decided_ones_like_it(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    shown = {
        who: f"/can-bo/cung-lam/ho-so/{dossier_id}/tuong-tu/"
        in page_of(browser_of(getattr(world, who)), dossier_id)
        for who in ("mai", "phuc", "hung", "thao")
    }
    assert shown == {"mai": True, "phuc": True, "hung": False, "thao": False}


def test_the_paper_asked_by_htmx_equals_the_page(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    client = browser_of(world.mai)
    whole = page_of(client, dossier_id)
    part = client.get(f"/can-bo/ho-so/{dossier_id}/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().strip() in whole
    assert "HX-Request" in part["Vary"]


def test_a_wrong_role_is_refused_with_403(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.PROPOSED)
    answer = browser_of(world.mai).post(f"/can-bo/ho-so/{dossier_id}/phe-duyet/", {"expected_version": ""})
    assert answer.status_code == 403
    assert Dossier.objects.get(pk=dossier_id).state == State.PROPOSED


def test_a_wrong_state_is_refused_with_409(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.HANDED_OVER)
    client = browser_of(world.hung)
    assert client.get(f"/can-bo/ho-so/{dossier_id}/tiep-nhan/").status_code == 409
    answer = client.post(f"/can-bo/ho-so/{dossier_id}/tiep-nhan/", {"expected_version": ""})
    assert answer.status_code == 409
    assert "Đã chuyển đơn vị xử lý" in answer.content.decode()


def test_another_agency_does_not_learn_that_it_exists(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    answer = browser_of(world.nong_trang.specialist).get(f"/can-bo/ho-so/{dossier_id}/")
    assert answer.status_code == 404


def test_two_officers_at_once_the_second_is_told_and_loses_no_word(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.PROPOSED)
    seen = Dossier.objects.get(pk=dossier_id).version
    dossiers.extend(
        dossier_id=dossier_id,
        more=TimeLimit(2, LimitUnit.WORKING_DAY),
        reason="Kiểm tra thêm",
        actor=world.phuc,
        at=lives.world.at + dt.timedelta(minutes=5),
    )
    answer = browser_of(world.phuc).post(
        f"/can-bo/ho-so/{dossier_id}/tra-lai/",
        {"expected_version": seen, "reason": "Thiếu căn cứ ở trang 2"},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Nguyễn Văn Phúc" in text
    assert "09:05" in text
    assert "Thiếu căn cứ ở trang 2" in text
    assert f'name="expected_version" value="{seen + 1}"' in text, "sent again after reading, it is done"
    assert Dossier.objects.get(pk=dossier_id).state == State.PROPOSED


def test_everything_missing_is_asked_at_once_and_answered_at_the_counter(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    mai, hung = browser_of(world.mai), browser_of(world.hung)
    version = Dossier.objects.get(pk=dossier_id).version
    asked = mai.post(
        f"/can-bo/ho-so/{dossier_id}/yeu-cau-bo-sung/",
        {
            "expected_version": version,
            "ask-0": "1",
            "why-0": "Ảnh mờ",
            "what-101": "Giấy ủy quyền",
            "why-101": "Người nộp không phải mẹ",
            "note": "",
            "answer_by_on": "30/11/2026",
        },
    )
    assert asked.status_code == 303
    assert Dossier.objects.get(pk=dossier_id).state == State.AWAITING_SUPPLEMENT
    assert hung.get(f"/can-bo/ho-so/{dossier_id}/in/mau-02.pdf").content.startswith(b"%PDF")
    silent = hung.post(f"/can-bo/ho-so/{dossier_id}/nhan-bo-sung/", {"expected_version": version + 1})
    assert silent.status_code == 422
    assert "Giấy ủy quyền" in silent.content.decode()
    answered = hung.post(
        f"/can-bo/ho-so/{dossier_id}/nhan-bo-sung/",
        {"expected_version": version + 1, "answer-0-paper": "1", "answer-1-paper": "1"},
    )
    assert answered.status_code == 303
    assert Dossier.objects.get(pk=dossier_id).state == State.IN_PROGRESS


def test_an_unticked_request_names_what_to_do(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    answer = browser_of(world.hung).post(f"/can-bo/ho-so/{dossier_id}/yeu-cau-bo-sung/", {"note": "x"})
    assert answer.status_code == 422
    assert "chưa nêu nội dung nào" in answer.content.decode()


def test_refuse_prints_form_03(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    client = browser_of(world.hung)
    empty = client.post(f"/can-bo/ho-so/{dossier_id}/tu-choi/", {"reasons": "  "})
    assert empty.status_code == 422
    told = {"reasons": "Không thuộc thẩm quyền\nThiếu tờ khai", "legal_ground": "", "guidance": ""}
    assert client.post(f"/can-bo/ho-so/{dossier_id}/tu-choi/", told).status_code == 303
    assert client.get(f"/can-bo/ho-so/{dossier_id}/in/mau-03.pdf").content.startswith(b"%PDF")
    assert client.get(f"/can-bo/ho-so/{dossier_id}/in/mau-01.pdf").status_code == 409


def test_an_outcome_on_paper_takes_its_number_at_release(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    mai, phuc, thao = (browser_of(actor) for actor in (world.mai, world.phuc, world.thao))
    told = {
        "mau": "on_paper",
        "granted": "granted",
        "title": "Giấy khai sinh",
        "book_kind": "GKS",
        "leader": "",
        "note": "",
    }
    assert mai.post(f"/can-bo/ho-so/{dossier_id}/trinh-ket-qua/", told).status_code == 303
    assert phuc.post(f"/can-bo/ho-so/{dossier_id}/phe-duyet/", {}).status_code == 303
    assert "Số, ký hiệu" in thao.get(f"/can-bo/ho-so/{dossier_id}/phat-hanh/").content.decode()
    assert thao.post(f"/can-bo/ho-so/{dossier_id}/phat-hanh/", {"note": "", "number": ""}).status_code == 303
    assert Outcome.objects.get(dossier_id=dossier_id).number == "01/GKS-UBND"


def test_the_page_costs_the_same_whatever_happened(world: World, lives: Lives) -> None:
    client = browser_of(world.mai)
    young, old = lives.to(State.HANDED_OVER), lives.to(State.PROPOSED)
    counts = []
    for dossier_id in (young, old):
        page_of(client, dossier_id)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(client, dossier_id)
        counts.append(len(queries))
    assert max(counts) <= BUDGET, counts


BUDGET = 38
"""Queries of a dossier's page, warm. Raise it on purpose."""


def test_hand_over_offers_the_units_of_the_agency_that_decides(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    page = browser_of(world.hung).get(f"/can-bo/ho-so/{dossier_id}/chuyen-xu-ly/").content.decode()
    assert f'value="{world.viet_tri.units[UnitKind.SPECIALIST]}"' in page
    assert f'value="{world.nong_trang.units[UnitKind.SPECIALIST]}"' not in page


def test_no_personal_data_in_the_log(world: World, lives: Lives, capfd: pytest.CaptureFixture[str]) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    browser_of(world.mai).post(f"/can-bo/ho-so/{dossier_id}/phe-duyet/", {})
    told = capfd.readouterr()
    assert "Nguyễn Thị Lan" not in told.out + told.err
    assert settings.DEBUG is False
