"""After the result: the paper as a second delivery, and the rating that nobody of the house can give or see."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from vanlang.audit.models import Record
from vanlang.documents.api import DecisionLetter, Head, Signer
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Draft, Medium, OutcomeKind, PaperAct, PaperState, State
from vanlang.dossiers.models import Dossier, PaperCopy, Rating
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.portal.tests.conftest import signed_in

LETTER = DecisionLetter(
    head=Head(agency="UBND phường Việt Trì", place="Việt Trì"), signer=Signer(title="Phó Chủ tịch", name="Nguyễn Văn Phúc"),
    kind="Thông báo", abstract="Kết quả giải quyết", paragraphs=("Đồng ý.",),
)  # fmt: skip
ELECTRONIC = Draft(
    kind=OutcomeKind.GRANTED, medium=Medium.ELECTRONIC, title="Thông báo kết quả", book_kind="TB", data=LETTER
)
FIVE = {"overall": "5", "guidance": "4", "time": "5", "ease": ""}


def released(world: World, **changes: object) -> uuid.UUID:
    """Return a dossier whose outcome was signed here and released."""
    lives = Lives(world, ELECTRONIC)
    dossier_id = lives.to(State.APPROVED, **changes)
    lives.sign(dossier_id, world.at)
    lives.release(dossier_id, world.at)
    return dossier_id


def test_who_filed_online_has_the_file_at_once_and_asks_for_paper(
    lan: Client, hung: Client, world: World
) -> None:
    dossier_id = released(world)
    page = lan.get(reverse("portal:my_dossier", args=[dossier_id])).content.decode()
    assert "Tải kết quả" in page and "Không lấy bản giấy" in page
    finished = Dossier.objects.get(pk=dossier_id).finished_at
    assert not hung.get(reverse("desk:paper_copies")).content.decode().count("H44.100-")
    lan.post(reverse("portal:paper_copy", args=[dossier_id]), {"viec": "lay"})
    assert PaperCopy.objects.get(dossier_id=dossier_id).state == PaperState.WANTED
    assert Dossier.objects.get(pk=dossier_id).code in hung.get(reverse("desk:paper_copies")).content.decode()

    here = reverse("desk:paper_copy", args=[dossier_id])
    assert hung.post(here, {"viec": "hand_over", "receiver": "Nguyễn Thị Lan"}).status_code == 422, (
        "not printed yet"
    )
    assert hung.post(here, {"viec": "make_ready"}).status_code == 303
    assert lan.post(reverse("portal:paper_copy", args=[dossier_id]), {"viec": "thoi"}).status_code == 409, (
        "printed"
    )
    stranger = hung.post(here, {"viec": "hand_over", "receiver": "Trần Văn Sơn"})
    assert stranger.status_code == 422 and "căn cứ nhận thay" in stranger.content.decode()
    assert "Trần Văn Sơn" in stranger.content.decode(), "what was typed is kept"
    assert hung.post(here, {"viec": "hand_over", "receiver": "nguyen thi lan"}).status_code == 303
    row = PaperCopy.objects.get(dossier_id=dossier_id)
    assert (row.state, row.receiver, row.left_by_id) == (
        PaperState.HANDED_OVER, "nguyen thi lan", world.hung.appointment_id,
    )  # fmt: skip
    assert Dossier.objects.get(pk=dossier_id).finished_at == finished, "the clock ended at the release"
    assert Record.objects.filter(act="dossiers.paper_hand_over").count() == 1


def test_who_filed_at_a_counter_is_taken_to_want_the_paper(world: World, at: dt.datetime) -> None:
    assert (
        PaperCopy.objects.get(dossier_id=released(world, channel=Channel.DIRECT)).state == PaperState.WANTED
    )
    assert PaperCopy.objects.get(dossier_id=released(world)).state == PaperState.NOT_WANTED


def test_an_outcome_on_paper_has_no_second_delivery(lives: Lives) -> None:
    lives.to(State.RELEASED)
    assert not PaperCopy.objects.exists()


def test_only_roads_of_the_paper_are_stored(world: World) -> None:
    dossier_id = released(world)
    for wrong in (
        {"state": PaperState.HANDED_OVER},
        {"state": PaperState.READY},
        {"state": PaperState.WANTED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperCopy.objects.filter(dossier_id=dossier_id).update(**wrong)


def test_another_agency_neither_sees_nor_hands_over(world: World, at: dt.datetime) -> None:
    dossier_id = released(world, channel=Channel.DIRECT)
    with acting(Scope.officer(world.nong_trang.id)):
        assert not PaperCopy.objects.exists()
        with pytest.raises(dossiers.DossierNotFound):
            dossiers.move_paper_copy(
                dossier_id=dossier_id, act=PaperAct.MAKE_READY, actor=world.nong_trang.counter, at=at
            )


def test_a_rating_is_given_once_and_changed_for_thirty_days(
    lan: Client, lives: Lives, world: World, at: dt.datetime
) -> None:
    dossier_id = lives.to(State.DELIVERED)
    here = reverse("portal:rating", args=[dossier_id])
    assert here in lan.get(reverse("portal:my_dossier", args=[dossier_id])).content.decode()
    empty = lan.post(here, {"overall": "", "text": "Rất tốt"})
    assert empty.status_code == 422 and "Rất tốt" in empty.content.decode()
    assert lan.post(here, {**FIVE, "text": "Rất tốt"}).status_code == 303
    assert lan.post(here, {**FIVE, "overall": "3"}).status_code == 303
    row = Rating.objects.get()
    assert (row.overall, row.way, row.rated_at) == (3, "signed_in", at)
    assert row.marks == {"overall": 3, "guidance": 4, "time": 5}
    with clock.frozen(at + dt.timedelta(days=30)):
        again = signed_in_again(lan)
        assert again.post(here, FIVE).status_code == 403
    assert Rating.objects.get().overall == 3


def signed_in_again(client: Client) -> Client:
    """Sessions end before thirty days do."""
    from vanlang.identity.models import Account

    return signed_in(Account.objects.get(pk=client.session["_auth_user_id"]))


def test_a_rating_by_the_printed_code(visitor: Client, lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.DELIVERED))
    here = reverse("portal:rating_by_token", args=[row.receipt_token])
    assert here in visitor.get(reverse("portal:verify_token", args=[row.receipt_token])).content.decode()
    assert visitor.post(here, FIVE).status_code == 303
    assert Rating.objects.get().way == "token"
    page = visitor.get(here).content.decode()
    assert "checked" not in page, "whoever holds the receipt does not learn what was said"
    assert visitor.get(reverse("portal:rating_by_token", args=["khong-co-that"])).status_code == 404


def test_nobody_of_the_house_rates(visitor: Client, hung: Client, lan: Client, lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.DELIVERED))
    here = reverse("portal:rating_by_token", args=[row.receipt_token])
    answer = hung.post(here, FIVE)
    assert answer.status_code == 403 and "Cán bộ không đánh giá thay người dân" in answer.content.decode()
    hung.get(reverse("desk:start"))
    del hung.cookies["sessionid"]  # signed out; the device stays
    answer = hung.post(here, FIVE)
    assert answer.status_code == 403 and "Thiết bị này vừa được dùng" in answer.content.decode()
    assert not Rating.objects.exists()
    assert visitor.post(here, FIVE).status_code == 303


def test_a_dossier_in_work_is_not_rated(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert lan.post(reverse("portal:rating", args=[dossier_id]), FIVE).status_code == 403
    assert "Đánh giá" not in lan.get(reverse("portal:my_dossier", args=[dossier_id])).content.decode()


def test_another_citizen_does_not_rate(stranger: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    assert stranger.post(reverse("portal:rating", args=[dossier_id]), FIVE).status_code == 404


def test_officers_see_no_row_and_no_figure_below_five(
    lan: Client, lives: Lives, world: World, at: dt.datetime
) -> None:
    period = {"from_on": at - dt.timedelta(days=1), "to_on": at + dt.timedelta(days=1)}
    for number in range(1, 6):
        dossier_id = lives.to(State.DELIVERED)
        lan.post(
            reverse("portal:rating", args=[dossier_id]), {**FIVE, "text": f"Nguyễn Thị Lan khen lần {number}"}
        )
        with acting(Scope.officer(world.viet_tri.id)):
            summary = dossiers.rating_summary(actor=world.phuc, **period)
        assert summary.is_shown is (number == 5)
        assert (summary.tallies[0].mean is None) is (number < 5)
    assert summary.texts == tuple(f"… khen lần {number}" for number in range(1, 6))
    with acting(Scope.officer(world.viet_tri.id)):
        assert not Rating.objects.exists()
        assert dossiers.rating_summary(actor=world.mai, **period).texts == ()
    with acting(Scope.officer(world.nong_trang.id)):
        assert dossiers.rating_summary(actor=world.nong_trang.leader, **period).rated == 0


def test_the_pages_of_the_desk_say_the_same(lan: Client, hung: Client, lives: Lives, world: World) -> None:
    for _ in range(5):
        lan.post(reverse("portal:rating", args=[lives.to(State.DELIVERED)]), FIVE)
    page = hung.get(reverse("desk:ratings")).content.decode()
    assert "5,0" in page and "100 %" in page and "<svg" in page
    assert "Mở danh sách gọi lại" not in page, "for the head only"


def test_a_call_back_is_a_read_of_those_who_were_not_heard(
    lan: Client, lives: Lives, world: World, at: dt.datetime
) -> None:
    rated, silent = lives.to(State.DELIVERED), lives.to(State.DELIVERED)
    lan.post(reverse("portal:rating", args=[rated]), FIVE)
    period = {"from_on": at - dt.timedelta(days=1), "to_on": at + dt.timedelta(days=1)}
    with acting(Scope.officer(world.viet_tri.id)):
        found = dossiers.list_call_backs(actor=world.phuc, purpose="Gọi lại", at=at, **period)
        with pytest.raises(dossiers.ActNotAllowed):
            dossiers.list_call_backs(actor=replace(world.mai), purpose="Gọi lại", at=at, **period)
    assert [one.dossier_id for one in found] == [silent]
    assert Record.objects.filter(act="dossiers.call_back").count() == 1
