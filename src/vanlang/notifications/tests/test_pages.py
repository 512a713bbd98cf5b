"""The pages: one's own messages, choices, links without signing in, the browser, the administrator."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in
from tests.support.route_samples import People, make_people

from vanlang.identity.api import (
    SYSTEM,
    PersonFacts,
    Role,
    actor_of,
    add_officer_account,
    appoint,
    list_officers,
    remember_person,
)
from vanlang.kernel.clock import frozen
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.models import ChannelPreference, DailyCap, Delivery, Message, PushSubscription
from vanlang.notifications.queries.links import HERE, stop_token
from vanlang.notifications.queries.messages import subjects_of
from vanlang.notifications.queries.people import preferences_of
from vanlang.notifications.services.sending import send_round
from vanlang.notifications.tests.conftest import Post, Script, always
from vanlang.notifications.tests.routes import told
from vanlang.notifications.types import NoticeChannel, NoticeKind, ProviderVerdict, Recipient
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

pytestmark = pytest.mark.django_db
START = dt.date(2025, 7, 1)


@pytest.fixture
def people(db: None, at: dt.datetime) -> Any:
    with frozen(at):
        yield make_people(at)


def lan(people: People) -> Recipient:
    assert people.citizen.person_id is not None
    return Recipient.person(people.citizen.person_id)


def as_lan(people: People) -> Client:
    return sign_in(Client(), people.citizen)


def test_the_app_is_where_its_links_lead(people: People) -> None:
    assert reverse("notifications:messages") == HERE
    assert reverse("notifications:short", args=["x"]) == f"{HERE}t/x/"
    assert reverse("notifications:stop", args=["x"]) == f"{HERE}ngung/x/"


def test_what_i_was_told_and_what_became_of_it(people: People) -> None:
    message = told(people)
    send_round(channel=NoticeChannel.EMAIL, carriers=[Script()], at=people.at)
    page = as_lan(people).get(reverse("notifications:messages")).content.decode()
    assert "Yêu cầu bổ sung hồ sơ" in page
    assert subjects_of([message.pk], recipient=lan(people))[message.pk] in page
    assert subjects_of([message.pk], recipient=Recipient.account(1)) == {}
    assert "Đã gửi" in page and "Chờ gửi" in page
    assert "Mới" in page
    page = as_lan(people).get(reverse("notifications:message", args=[message.pk])).content.decode()
    assert "Giấy chứng sinh: bản chụp bị mờ" in page
    assert "lan@example.vn" not in page
    message.refresh_from_db()
    assert message.read_at == people.at


def test_nobody_else_reads_it(people: People) -> None:
    url = reverse("notifications:message", args=[told(people).pk])
    for actor in (people.another_citizen, people.at_home[Role.ADMIN]):
        assert sign_in(Client(), actor).get(url).status_code == 404


def test_a_choice_is_kept(people: People) -> None:
    answer = as_lan(people).post(
        reverse("notifications:preferences"), {"duty": ["sms"], "progress": [], "reminder": ["email", "push"]}
    )
    assert answer.status_code == 303
    chosen = {kind: one.channels for kind, one in preferences_of(lan(people)).items()}
    assert chosen[NoticeKind.DUTY] == {NoticeChannel.SMS}
    assert chosen[NoticeKind.PROGRESS] == frozenset()
    assert "digest" not in as_lan(people).get(reverse("notifications:preferences")).content.decode()


def test_a_duty_switched_off_is_answered_beside_its_field_and_the_rest_stays(people: People) -> None:
    answer = as_lan(people).post(reverse("notifications:preferences"), {"duty": [], "progress": ["sms"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "không thể tắt hết" in page and 'href="#id_duty"' in page
    assert preferences_of(lan(people))[NoticeKind.PROGRESS].channels == {NoticeChannel.SMS}
    assert preferences_of(lan(people))[NoticeKind.DUTY].is_default


def test_an_officer_chooses_too(people: People) -> None:
    officer = people.at_home[Role.COUNTER]
    client = sign_in(Client(), officer)
    assert "Tổng hợp trong ngày" in client.get(reverse("notifications:preferences")).content.decode()
    client.post(reverse("notifications:preferences"), {"duty": ["email"], "digest": ["email"]})
    assert ChannelPreference.objects.get(account_id=officer.account_id, kind="digest").channels == ["email"]


def test_a_short_address_says_no_name(people: People) -> None:
    message = told(people)
    page = Client().get(reverse("notifications:short", args=[message.token])).content.decode()
    assert "Yêu cầu bổ sung hồ sơ" in page
    assert "Thị Lan" not in page and "Đăng ký khai sinh" not in page
    assert Client().get(reverse("notifications:short", args=["khong-co"])).status_code == 404


def test_stopping_takes_one_click_and_asks_first(people: People) -> None:
    url = reverse("notifications:stop", args=[stop_token(lan(people), NoticeKind.REMINDER)])
    client = Client(enforce_csrf_checks=True)
    assert "Ngừng nhận loại tin này?" in client.get(url).content.decode()
    assert preferences_of(lan(people))[NoticeKind.REMINDER].is_default
    answer = client.post(url, {"List-Unsubscribe": "One-Click"})  # as a mail program does, without a cookie
    assert "Đã ngừng gửi loại tin này" in answer.content.decode()
    assert preferences_of(lan(people))[NoticeKind.REMINDER].channels == frozenset()


def test_a_duty_is_not_stopped_by_a_link(people: People) -> None:
    url = reverse("notifications:stop", args=[stop_token(lan(people), NoticeKind.DUTY)])
    assert "không ngừng hẳn được" in Client().post(url).content.decode()
    assert preferences_of(lan(people))[NoticeKind.DUTY].is_default
    assert Client().get(reverse("notifications:stop", args=["bịa"])).status_code == 404


def test_a_browser_is_subscribed_and_forgotten(people: People, post: Post) -> None:
    client, url = as_lan(people), reverse("notifications:browser")
    subscription = post.outside.subscribe_browser()
    answer = client.post(url, json.dumps({"subscription": subscription}), content_type="application/json")
    assert answer.json() == {"browsers": 1}
    client.post(url, json.dumps({"endpoint": subscription["endpoint"]}), content_type="application/json")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", '{"subscription": {"endpoint": "https://10.0.0.1/"}}', "{"])
def test_a_browser_that_talks_nonsense_is_told_what_to_do(people: People, body: str) -> None:
    answer = as_lan(people).post(reverse("notifications:browser"), body, content_type="application/json")
    assert answer.status_code in {200, 422}
    assert not PushSubscription.objects.exists()


def test_the_worker_is_a_script_of_this_folder(people: People) -> None:
    answer = Client().get(reverse("notifications:worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content


def test_the_page_offers_push_only_with_a_key(people: People, settings: Any) -> None:
    url = reverse("notifications:preferences")
    settings.VANLANG_VAPID_PRIVATE_KEY = ""
    assert "data-notices-push" not in as_lan(people).get(url).content.decode()
    settings.VANLANG_VAPID_PRIVATE_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
    assert "data-notices-push" in as_lan(people).get(url).content.decode()


def test_the_administrator_sees_what_is_in_the_way_and_sends_again(people: People) -> None:
    told(people)
    script = Script(says=always(ProviderVerdict.BAD_ADDRESS, "550"))
    send_round(channel=NoticeChannel.EMAIL, carriers=[script], at=people.at)
    client = sign_in(Client(), people.at_home[Role.ADMIN])
    page = client.get(reverse("notifications:overview")).content.decode()
    assert "Không có người nhận ở địa chỉ này." in page
    assert "l***@example.vn" in page and "lan@example.vn" not in page
    failed = Delivery.objects.get(channel="email")
    answer = client.post(reverse("notifications:send_again", args=[failed.pk]))
    assert answer.status_code == 303
    failed.refresh_from_db()
    assert failed.state == "queued"


def test_another_agency_s_administrator_does_not(people: People) -> None:
    told(people)
    send_round(
        channel=NoticeChannel.EMAIL, carriers=[Script(says=always(ProviderVerdict.REFUSED))], at=people.at
    )
    failed = Delivery.objects.get(channel="email")
    client = sign_in(Client(), people.from_elsewhere[Role.ADMIN])
    assert "l***@example.vn" not in client.get(reverse("notifications:overview")).content.decode()
    assert client.post(reverse("notifications:send_again", args=[failed.pk])).status_code == 404


def test_the_cap_is_set_lifted_and_checked(people: People) -> None:
    client, url = sign_in(Client(), people.at_home[Role.ADMIN]), reverse("notifications:cap")
    assert client.post(url, {"daily_vnd": "200000"}).status_code == 303
    assert DailyCap.objects.get().daily_vnd == 200000
    answer = client.post(url, {"daily_vnd": "nhiều"})
    assert answer.status_code == 422 and "nhiều" in answer.content.decode()
    client.post(url, {"daily_vnd": ""})
    assert not DailyCap.objects.exists()


def test_only_the_province_caps_all_agencies_together(people: People, at: dt.datetime) -> None:
    url = reverse("notifications:province_cap")
    commune = sign_in(Client(), people.at_home[Role.ADMIN])
    assert commune.post(url, {"tinh-daily_vnd": "5000000"}).status_code == 403
    assert "toàn tỉnh (đồng)" not in commune.get(reverse("notifications:overview")).content.decode()
    assert not DailyCap.objects.exists()
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"), valid_from=START
    )  # fmt: skip
    appoint(
        account_id=add_officer_account(username="linh", full_name="Phan Thùy Linh"), agency_id=office,
        unit_id=list_units(office, START)[0].id, title="Quản trị", roles={Role.ADMIN}, valid_from=START, actor=SYSTEM, at=at,
    )  # fmt: skip
    client = sign_in(Client(), actor_of(list_officers(office, at.date())[0]))
    assert client.post(url, {"tinh-daily_vnd": "5000000"}).status_code == 303
    with acting(Scope.system()):
        assert DailyCap.objects.get(agency=None).daily_vnd == 5_000_000
    assert 'value="5000000"' in client.get(reverse("notifications:overview")).content.decode()
    answer = client.post(url, {"tinh-daily_vnd": "nhiều"})
    assert answer.status_code == 422 and "nhiều" in answer.content.decode()


def test_editors_read_every_template(people: People) -> None:
    client = sign_in(Client(), people.at_home[Role.CATALOGUE_EDITOR])
    assert "Việc hôm nay của cán bộ" in client.get(reverse("notifications:templates")).content.decode()
    page = client.get(reverse("notifications:template", args=["officer_digest"])).content.decode()
    assert "Có dấu" in page and "Không dấu" in page
    assert Message.objects.count() == 0


def test_whose_address_is_bad_is_told_at_the_next_sign_in(people: People) -> None:
    told(people)
    page = as_lan(people).get(reverse("portal:my_dossiers"))
    assert "không nhận được tin" not in page.content.decode()
    facts = PersonFacts(full_name="Nguyễn Thị Lan", personal_id="025185000001", email="lan@example.vn")
    remember_person(facts=facts, at=people.at)
    script = Script(says=always(ProviderVerdict.BAD_ADDRESS))
    send_round(channel=NoticeChannel.EMAIL, carriers=[script], at=people.at)
    for name in ("portal:my_dossiers", "notifications:messages"):
        page = as_lan(people).get(reverse(name))
        assert "Không có người nhận ở l***@example.vn" in page.content.decode()
