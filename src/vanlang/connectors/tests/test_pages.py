"""The page of connections: how each system is, what waits for a person, and what a person can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in
from tests.support.route_samples import People, make_people

from vanlang.connectors.models import Outgoing
from vanlang.connectors.queries.health import list_letters
from vanlang.connectors.services.receiving import accept, apply_round
from vanlang.connectors.services.telling import tell_all
from vanlang.connectors.tests.conftest import TOWER, Tower
from vanlang.connectors.types import OutgoingState, Subject, SystemVerdict
from vanlang.identity.api import Role
from vanlang.kernel.clock import frozen
from vanlang.kernel.errors import Conflict

START = "connectors:start"


@pytest.fixture
def people(tower: Tower, at: dt.datetime) -> Iterator[People]:
    with frozen(at):
        yield make_people(at)


@pytest.fixture
def admin(people: People) -> Client:
    return sign_in(Client(), people.at_home[Role.ADMIN])


def refused(tower: Tower) -> int:
    """Have one step refused; return the letter's number."""
    tower.step.next_verdicts = [SystemVerdict.REFUSED]
    tell_all(system=TOWER.code, subjects=[Subject.of("step", "a", 1)], at=tower.at)
    tower.send()
    return list_letters()[0].id


def test_everything_on_one_page(admin: Client, tower: Tower) -> None:
    refused(tower)
    tower.filing.troubles = [Conflict("kernel.conflict")]
    accept(system=TOWER.code, kind="filing", external_id="G1", content={"name": "Ngô Thị Hoa"}, at=tower.at)
    apply_round(at=tower.at)
    page = admin.get(reverse(START)).content.decode()
    assert TOWER.name in page
    assert "Bên kia trả mã <code>refused</code>" in page
    assert "Hoạt động" in page
    assert page.count("Thử lại</button>") == 2
    assert "Hoa" not in page


def test_a_system_that_was_never_called_is_not_called_well(admin: Client) -> None:
    page = admin.get(reverse(START)).content.decode()
    assert "Chưa gọi lần nào" in page
    assert "Hoạt động" not in page


def test_a_letter_gets_its_turn_again(admin: Client, tower: Tower) -> None:
    letter = refused(tower)
    answer = admin.post(reverse("connectors:try_again", args=["di", letter]))
    assert answer.status_code == 303
    tower.send()
    assert tower.step.said() == [("a", 1)]
    again = admin.post(reverse("connectors:try_again", args=["di", letter]))
    assert again.status_code == 409
    assert "không còn chờ người xử lý" in again.content.decode()


def test_a_letter_is_given_up(admin: Client, tower: Tower) -> None:
    assert admin.post(reverse("connectors:give_up", args=["di", refused(tower)])).status_code == 303
    assert Outgoing.objects.get().state == OutgoingState.DROPPED


def test_a_range_is_told_once_more(admin: Client, tower: Tower) -> None:
    tell_all(system=TOWER.code, subjects=[Subject.of("step", "a", 1)], at=tower.at)
    tower.send()
    url = reverse("connectors:replay", args=[TOWER.code])
    told = {"kind": "step", "from_on": "23/11/2026", "to_on": "23/11/2026"}
    assert admin.post(url, told).status_code == 303
    tower.send()
    assert tower.step.said() == [("a", 1), ("a", 1)]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"to_on": "22/11/2026"}, "Ngày cuối phải từ ngày đầu trở đi"),
        ({"kind": "nothing"}, "Hãy chọn “Loại tin”"),
        ({"from_on": "01/11/2026", "to_on": "02/11/2026"}, "Không có tin nào đã gửi"),
        ({"from_on": "31/02/2026"}, "Từ ngày"),
    ],
)
def test_a_range_that_is_none_is_said_and_nothing_is_sent(
    admin: Client, changed: dict[str, str], says: str
) -> None:
    told = {"kind": "step", "from_on": "23/11/2026", "to_on": "23/11/2026", **changed}
    answer = admin.post(reverse("connectors:replay", args=[TOWER.code]), told)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert f'value="{told["to_on"]}"' in answer.content.decode(), "what was typed is kept"


def test_after_an_outage_everything_is_called_at_once(admin: Client, tower: Tower) -> None:
    tell_all(
        system=TOWER.code, subjects=[Subject.of("step", "a", 1), Subject.of("step", "b", 1)], at=tower.at
    )
    tower.step.next_verdicts = [SystemVerdict.UNREACHABLE] * 2
    tower.send()
    tower.send(later=dt.timedelta(seconds=1))
    assert tower.step.said() == []
    assert "Gọi lại ngay" in admin.get(reverse(START)).content.decode()
    assert admin.post(reverse("connectors:call_now", args=[TOWER.code])).status_code == 303
    assert "Đang gọi lại: 2 tin" in admin.get(reverse(START)).content.decode()
    tower.send(later=dt.timedelta(seconds=1))
    assert sorted(tower.step.said()) == [("a", 1), ("b", 1)]
    assert Outgoing.objects.filter(tries=1).count() == 2
    assert "Gọi lại ngay" not in admin.get(reverse(START)).content.decode()


def test_what_is_not_there_is_not_found(admin: Client) -> None:
    assert admin.post(reverse("connectors:replay", args=["nowhere"])).status_code == 404
    assert admin.post(reverse("connectors:try_again", args=["di", 999])).status_code == 404
    assert admin.post(reverse("connectors:try_again", args=["x", 1])).status_code == 404
