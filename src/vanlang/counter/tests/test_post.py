"""Envelopes: bad numbers are refused clearly, a result by post is delivered when it arrived."""

from __future__ import annotations

import uuid

import pytest

from vanlang.audit.models import Record
from vanlang.counter.errors import CounterConflict, CounterInvalid
from vanlang.counter.models import PostalItem, PostalPiece
from vanlang.counter.queries.lists import list_post
from vanlang.counter.services import post
from vanlang.counter.subscribers import remember_visit, remember_way_back
from vanlang.counter.tests.officers import INTAKE, browser_of, told
from vanlang.counter.types import PostDirection, PostState
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import scope_of
from vanlang.intake.api import TakenIn
from vanlang.kernel.scope import Scope, acting

pytestmark = pytest.mark.usefixtures("monday")
_ISSUED = ("state", "waits_for", "lies_at_id", "finished_at", "delivered_at")
NUMBER, ANOTHER = "RR473124829VN", "EE123456785VN"


def sent(world: World, item: uuid.UUID, tracking: str = NUMBER) -> None:
    post.send(
        item_id=item, tracking=tracking, carrier="Bưu điện Việt Nam", name="Nguyễn Thị Lan", address="Tổ 5",
        phone="", actor=world.hung, at=world.at,
    )  # fmt: skip


def test_from_the_wish_to_the_door(world: World, lives: Lives) -> None:
    dossier = lives.to(State.RELEASED)
    wish = TakenIn(at=world.at, visit_id=None, dossier_id=dossier, agency_id=world.viet_tri.id, by_post=True)
    remember_way_back(wish)
    remember_way_back(wish)
    item = PostalItem.objects.get()
    with acting(scope_of(world.hung)):
        assert list_post(world.hung, at=world.at)[0].is_ready
        sent(world, item.pk)
        assert post.confirm_delivery(item_id=item.pk, actor=world.hung, at=world.at) == 1
    assert Dossier.objects.get(pk=dossier).state == State.DELIVERED
    facts = Movement.objects.filter(dossier_id=dossier).latest("number").facts
    assert facts == {"channel": "postal", "receiver": f"Nguyễn Thị Lan (bưu gửi {NUMBER})"}


def test_an_unfinished_result_is_not_sent(world: World, lives: Lives) -> None:
    dossier = lives.to(State.IN_PROGRESS)
    item = post.wish_return(dossier_id=dossier, agency_id=world.viet_tri.id, at=world.at)
    with pytest.raises(CounterConflict, match=r"counter\.result_not_here"):
        sent(world, item)
    with pytest.raises(CounterConflict, match=r"counter\.post_not_so"):
        post.confirm_delivery(item_id=item, actor=world.hung, at=world.at)


def test_what_came_back_is_sent_again(world: World, lives: Lives) -> None:
    dossier = lives.to(State.RELEASED)
    item = post.add_result(dossier_id=dossier, actor=world.hung, at=world.at)
    sent(world, item)
    again = post.take_back(item_id=item, note="Đi vắng", actor=world.hung, at=world.at)
    with pytest.raises(CounterConflict, match=r"counter\.tracking_known"):
        sent(world, again)
    sent(world, again, ANOTHER)
    post.confirm_delivery(item_id=again, actor=world.hung, at=world.at)
    assert Dossier.objects.get(pk=dossier).state == State.DELIVERED
    with acting(Scope.officer(world.nong_trang.id)):
        assert not PostalItem.objects.exists()


@pytest.mark.parametrize(
    ("tracking", "code"),
    [("RR47", "tracking_length"), ("1R473124829VN", "tracking_shape"), ("RR473124820VN", "tracking_digit")],
)
def test_a_bad_number_is_refused(world: World, tracking: str, code: str) -> None:
    with pytest.raises(CounterInvalid, match=code):
        post.register_arrival(tracking=tracking, carrier="EMS", name="A", actor=world.hung, at=world.at)


def test_an_envelope_is_taken_in(world: World, lives: Lives) -> None:
    client = browser_of(world.hung)
    bad = client.post(
        "/can-bo/quay/buu-gui/den/", {"b-tracking": "RR473124820VN", "b-carrier": "EMS", "b-name": "A"}
    )
    assert bad.status_code == 422
    assert "một chữ số bị gõ nhầm" in bad.content.decode()
    assert 'value="RR473124820VN"' in bad.content.decode(), "what was typed is kept"
    good = {"b-tracking": "rr 473124829 vn", "b-carrier": "EMS", "b-name": "Hà Thị Nga"}
    address = client.post("/can-bo/quay/buu-gui/den/", good)["Location"]
    item = PostalItem.objects.get()
    page = client.get(address).content.decode()
    assert f"/can-bo/tiep-nhan/?luot={item.pk}&amp;kenh=postal" in page
    carried = f"luot={item.pk}&kenh=postal"
    found = client.get(f"/can-bo/tiep-nhan/?q=1.001193&chon=1&{carried}")
    assert found["Location"] == f"{INTAKE}?{carried}"
    intake = client.get(found["Location"]).content.decode()
    assert (
        'value="postal" id="id_c-channel_1" checked' in " ".join(intake.split()) or 'value="postal"' in intake
    )
    typed = told(client, world) | {"c-channel": "postal", "c-by_post": "on"}
    assert client.post(found["Location"], typed).status_code == 303
    dossier = Dossier.objects.get()
    assert dossier.channel == "postal"
    event = TakenIn(
        at=world.at, visit_id=item.pk, dossier_id=dossier.pk, agency_id=world.viet_tri.id, by_post=True
    )
    remember_visit(event)
    remember_way_back(event)
    assert PostalPiece.objects.filter(direction=PostDirection.IN).get().dossier_id == dossier.pk
    assert client.post(address, {"viec": "xong"}).status_code == 303
    item.refresh_from_db()
    assert item.state == PostState.DELIVERED
    assert "Chờ có kết quả" in client.get("/can-bo/quay/buu-gui/").content.decode()


def test_the_pages_of_sending(world: World, lives: Lives) -> None:
    client = browser_of(world.hung)
    item = post.add_result(dossier_id=lives.to(State.RELEASED), actor=world.hung, at=world.at)
    address = f"/can-bo/quay/buu-gui/{item}/"
    page = client.get(address).content.decode()
    assert 'value="Nguyễn Thị Lan"' in page, "the address comes from the dossier"
    form = {"g-tracking": NUMBER, "g-carrier": "EMS", "g-name": "Nguyễn Thị Lan", "g-address": "Tổ 5"}
    assert client.post(address, {**form, "g-address": ""}).status_code == 422
    assert client.post(address, form).status_code == 303
    assert client.get("/can-bo/quay/buu-gui/bang-ke.pdf").content[:5] == b"%PDF-"
    assert NUMBER in client.get("/can-bo/quay/buu-gui/?xem=dang-chuyen").content.decode()
    assert client.post(address, {"viec": "tra-lai", "ly-do": ""}).status_code == 303
    assert PostalItem.objects.get().state == PostState.SENT, "no reason, no return"
    assert client.post(address, {"viec": "da-phat"}).status_code == 303
    assert Dossier.objects.get().state == State.DELIVERED


def test_a_result_put_right_after_its_delivery_is_posted_again(world: World, lives: Lives) -> None:
    dossier = lives.to(State.RELEASED)
    issued = Dossier.objects.filter(pk=dossier).values(*_ISSUED).get()
    item = post.add_result(dossier_id=dossier, actor=world.hung, at=world.at)
    assert post.add_result(dossier_id=dossier, actor=world.hung, at=world.at) == item, "told twice is once"
    sent(world, item)
    post.confirm_delivery(item_id=item, actor=world.hung, at=world.at)
    Dossier.objects.filter(pk=dossier).update(**issued)  # reopened, put right and released again
    again = post.add_result(dossier_id=dossier, actor=world.hung, at=world.at)
    assert again != item
    assert [card.id for card in list_post(world.hung, at=world.at)] == [again]


def test_a_list_of_envelopes_is_masked(world: World, lives: Lives) -> None:
    """Whole names are on the envelope itself, whose opening is recorded."""
    item = post.add_result(dossier_id=lives.to(State.RELEASED), actor=world.hung, at=world.at)
    sent(world, item)
    client = browser_of(world.hung)
    listed = client.get("/can-bo/quay/buu-gui/?xem=dang-chuyen").content.decode()
    assert NUMBER in listed
    assert "Nguyễn Thị Lan" not in listed
    assert "Nguyễn T. L." in listed
    assert "Nguyễn Thị Lan" in client.get(f"/can-bo/quay/buu-gui/{item}/").content.decode()
    assert Record.objects.filter(act="counter.open_post").count() == 1
