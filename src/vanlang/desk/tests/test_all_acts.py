"""Each act has its button, its form and its answer; the leader's tasks, the register and delegations have their pages."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.catalogue.api import list_delegations
from vanlang.desk.tests.officers import browser_of
from vanlang.desk.views.act_table import ACT_VIEWS, ActPage
from vanlang.dossiers import services
from vanlang.dossiers.api import Act
from vanlang.dossiers.models import ApologyDraft, Dossier, Opinion, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.apologies import draft_apologies
from vanlang.dossiers.tests.factories import MISSING, Lives, World, make_officer
from vanlang.dossiers.types import Answer
from vanlang.identity.api import Actor, Role
from vanlang.organizations.types import UnitKind

pytestmark = pytest.mark.usefixtures("monday")


def test_every_act_of_an_officer_has_a_page() -> None:
    assert set(Act) - set(ACT_VIEWS) == {Act.DRAFT, Act.SUBMIT, Act.ADOPT, Act.TRANSFER}
    assert [act for act, how in ACT_VIEWS.items() if isinstance(how, ActPage)] == [Act.PROPOSE]
    assert len({how.slug for how in ACT_VIEWS.values()}) == len(ACT_VIEWS)


def do(actor: Actor, dossier_id: object, slug: str, told: dict[str, object], status: int = 303) -> str:
    """Ask for the form, send it, and return the answer's text."""
    client = browser_of(actor)
    asked = client.get(f"/can-bo/ho-so/{dossier_id}/{slug}/")
    assert asked.status_code == 200, asked.content.decode()[-500:]
    version = Dossier.objects.get(pk=dossier_id).version
    answer = client.post(f"/can-bo/ho-so/{dossier_id}/{slug}/", {"expected_version": version, **told})
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_opinions_by_pages(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    unit = world.viet_tri.units[UnitKind.REGISTRY]
    do(world.mai, dossier_id, "lay-y-kien-don-vi", {"units": [unit], "question": "Có lưu không?", "days": 2})
    do(
        world.mai,
        dossier_id,
        "lay-y-kien",
        {"agency": world.nong_trang.id, "question": "Đúng không?", "days": 3},
    )
    page = browser_of(world.mai).get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert page.count("Đang chờ") >= 2
    do(world.thao, dossier_id, "cho-y-kien", {"opinion": "Có lưu"})
    outside = Opinion.objects.get(unit__isnull=True)
    do(world.mai, dossier_id, "khong-cho-y-kien", {"which": outside.pk, "reason": "Đã đủ căn cứ"})
    assert Dossier.objects.get(pk=dossier_id).state == State.IN_PROGRESS


def test_the_asker_says_whose_opinion_when_several_are_awaited(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    units = [world.viet_tri.units[UnitKind.REGISTRY], world.viet_tri.units[UnitKind.LEADERSHIP]]
    do(world.mai, dossier_id, "lay-y-kien-don-vi", {"units": units, "question": "?", "days": 2})
    silent = do(world.mai, dossier_id, "khong-cho-y-kien", {"reason": "Đã đủ căn cứ"}, status=422)
    assert "Đã đủ căn cứ" in silent, "what was typed is kept"


def test_a_second_request_goes_by_the_leader(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    answers = [Answer(kind=item.kind, key=item.key, value="đã sửa") for item in MISSING]
    services.answer_supplement(dossier_id=dossier_id, answers=answers, actor=world.lan, at=world.at)
    told: dict[str, object] = {"ask-0": "1", "why-0": "Mặt sau mờ", "note": ""}
    refused = do(world.mai, dossier_id, "trinh-bo-sung", told, status=422)
    assert "Vì sao không yêu cầu ngay từ lần trước" in refused
    do(world.mai, dossier_id, "trinh-bo-sung", {**told, "again_ground": "oversight", "again_reason": "Sót"})
    tasks = browser_of(world.phuc).get("/can-bo/viec-lanh-dao/").content.decode()
    assert "Mặt sau mờ" not in tasks and "Giấy chứng sinh" in tasks and "Sót" in tasks
    do(world.phuc, dossier_id, "dong-y-bo-sung", {"note": ""})
    assert Dossier.objects.get(pk=dossier_id).state == State.AWAITING_SUPPLEMENT


def test_an_apology_by_pages(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    draft_apologies(at=world.at + dt.timedelta(days=3))
    assert "có dự thảo xin lỗi" in browser_of(world.mai).get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    do(world.mai, dossier_id, "ly-do-cham", {"reason": "Chờ xác minh"})
    assert "Chờ xác minh" in browser_of(world.phuc).get("/can-bo/viec-lanh-dao/").content.decode()
    filled = browser_of(world.phuc).get(f"/can-bo/ho-so/{dossier_id}/hen-lai/").content.decode()
    assert "Chờ xác minh" in filled and 'value="3"' in filled, "the draft fills the leader's form"
    do(world.phuc, dossier_id, "bo-du-thao-xin-loi", {"reason": "Kịp hạn"})
    assert ApologyDraft.objects.get().end == "dropped"


def test_phases_by_pages(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS, **lives.phased())
    page = browser_of(world.mai).get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert "Giai đoạn 1" in page
    do(world.mai, dossier_id, "moi-thuc-hien-nghia-vu", {"obligation": "Nộp lệ phí trước bạ"})
    do(world.hung, dossier_id, "tiep-nhan-lan-hai", {"paper": "Giấy nộp tiền", "note": ""})
    assert Dossier.objects.get(pk=dossier_id).state == State.IN_PROGRESS
    form = browser_of(world.hung).get(f"/can-bo/ho-so/{dossier_id}/in/mau-01.pdf")
    assert form.content.startswith(b"%PDF")


def test_correcting_and_revoking_by_pages(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    told = {"reason": "Sai tên đệm", "officer": world.mai.appointment_id, "days": 2}
    do(world.phuc, dossier_id, "dinh-chinh", told)
    page = browser_of(world.phuc).get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert "Đang đính chính kết quả đã phát hành" in page
    do(world.phuc, dossier_id, "giu-nguyen", {"reason": "Đúng với sổ gốc"})
    late = do(
        world.phuc,
        dossier_id,
        "thu-hoi",
        {"number": "9/QĐ-UBND", "revoked_on": "01/01/2020", "reason": "x"},
        422,
    )
    assert "sớm hơn ngày phát hành" in late
    do(
        world.phuc,
        dossier_id,
        "thu-hoi",
        {"number": "9/QĐ-UBND", "revoked_on": "23/11/2026", "reason": "Giả"},
    )
    page = browser_of(world.phuc).get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert "Kết quả đã bị thu hồi" in page
    assert Outcome.objects.get(dossier_id=dossier_id).revocation_number == "9/QĐ-UBND"


@pytest.mark.parametrize("who", ["hung", "mai", "thao"])
def test_who_may_not_reopen_is_refused(world: World, lives: Lives, who: str) -> None:
    dossier_id = lives.to(State.DELIVERED)
    answer = browser_of(getattr(world, who)).post(f"/can-bo/ho-so/{dossier_id}/dinh-chinh/", {
        "reason": "x", "officer": world.mai.appointment_id, "days": 2, "expected_version": "",
    })  # fmt: skip
    assert answer.status_code == 403


def test_the_register_is_looked_at_and_taken_out(world: World, lives: Lives) -> None:
    lives.to(State.DELIVERED)
    client = browser_of(world.thao)
    page = client.get("/can-bo/so-theo-doi/").content.decode()
    assert "H44.100-261123-0001" in page and "Nguyễn T. L." in page
    assert "0912345678" not in page
    silent = client.post("/can-bo/so-theo-doi/xuat/", {"purpose": ""})
    assert silent.status_code == 422
    table = client.post("/can-bo/so-theo-doi/xuat/", {"purpose": "Lưu"})
    assert b"".join(table.streaming_content).startswith(b"PK")  # type: ignore[attr-defined] # a file
    volume = client.post("/can-bo/so-theo-doi/xuat/", {"purpose": "Lưu", "volume": "1"})
    assert volume.content.startswith(b"%PDF")
    wrong = client.get("/can-bo/so-theo-doi/?from_on=02/11/2026&last_on=01/11/2026")
    assert wrong.status_code == 422
    assert "sớm hơn ngày đầu" in wrong.content.decode()


def test_delegations_are_written_and_taken_back(world: World) -> None:
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    editor = make_officer(
        "quan", "Đỗ Minh Quân", world.viet_tri.id, unit, "Chuyên viên", {Role.CATALOGUE_EDITOR}, world.at
    )
    client = browser_of(editor)
    told = {
        "decision": "12/2026/QĐ-UBND", "decided_on": "20/11/2026", "level": "commune", "procedures": "1.001193",
        "communes": "H44.101", "valid_from": "01/12/2026", "valid_to": "", "abstract": "",
    }  # fmt: skip
    unknown = client.post("/can-bo/tham-quyen/", {**told, "communes": "H44.999"})
    assert unknown.status_code == 422 and "H44.999" in unknown.content.decode()
    assert client.post("/can-bo/tham-quyen/", told).status_code == 303
    twice = client.post("/can-bo/tham-quyen/", {**told, "decision": "13"})
    assert twice.status_code == 409
    assert "12/2026/QĐ-UBND" in twice.content.decode()
    [card] = list_delegations(world.at.date())
    assert card.communes == ("Phường Nông Trang",)
    page = client.get("/can-bo/tham-quyen/").content.decode()
    assert "Chưa đến ngày" in page
    back = f"/can-bo/tham-quyen/{card.id}/thu-hoi/"
    assert client.get(back).status_code == 200
    assert client.post(back, {"decision": "14", "ended_on": "01/12/2026"}).status_code == 303
    assert list_delegations(world.at.date())[0].ended_by == "14"
