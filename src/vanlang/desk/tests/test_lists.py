"""A list lives in its address: columns, order and filters are kept there, saved under a name, shared, opened first."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from vanlang.desk.forms.inbox import FOLLOWED, SORTS, InboxAddress, chosen_columns, read
from vanlang.desk.labels import COLUMNS, LISTS, USUAL_COLUMNS
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.api import Channel, State
from vanlang.dossiers.tests.factories import Lives, World, make_officer
from vanlang.identity.api import Role
from vanlang.organizations.api import UnitKind

addresses = st.builds(
    InboxAddress,
    word=st.sampled_from(["", FOLLOWED, *(word for word, _ in LISTS.values())]),
    text=st.text(max_size=10).map(str.strip),
    field=st.text(max_size=10),
    procedure=st.text(max_size=10).map(str.strip),
    channel=st.none() | st.sampled_from(Channel),
    unit_id=st.none() | st.integers(0, 10**8),
    officer_id=st.none() | st.integers(0, 10**8),
    state=st.none() | st.sampled_from(State),
    days=st.none() | st.integers(0, 400),
    sort=st.sampled_from(["", *SORTS, *(f"-{word}" for word in SORTS)]),
    columns=st.lists(st.sampled_from(sorted(COLUMNS)), unique=True)
    .map(tuple)
    .filter(lambda found: found != USUAL_COLUMNS),
    after=st.text("abc0123456789:-+_", max_size=10),
)


@given(addresses)
def test_an_address_is_read_as_it_was_written(address: InboxAddress) -> None:
    assert read(QueryDict(address.href(after=address.after).removeprefix("?")).dict()) == address


@given(
    st.dictionaries(
        st.sampled_from(["loc", "kenh", "don-vi", "nguoi", "trang-thai", "han", "xep", "cot", "sau", "x"]),
        st.text(max_size=20),
    )
)
def test_any_address_opens_a_list(given_parts: dict[str, str]) -> None:
    address = read(given_parts)
    address.query()
    assert read(address.parts()) == address


def test_columns_stand_in_the_order_of_their_numbers() -> None:
    assert chosen_columns(QueryDict("v-han=1&v-thu-tuc=3&v-kenh=2&v-den=&v-la=1")) == (
        "han",
        "kenh",
        "thu-tuc",
    )
    assert chosen_columns(QueryDict("loc=cho-toi")) is None


pytestmark = pytest.mark.usefixtures("monday")
LIST = "/can-bo/ho-so/"


def page(client: Client, **query: str) -> str:
    return client.get(LIST, query).content.decode()


def test_columns_are_chosen_and_kept_in_the_address(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    client = browser_of(world.mai)
    usual = page(client, loc="cho-toi")
    assert 'data-label="Người nộp"' in usual
    assert 'data-label="Kênh nộp"' not in usual
    answer = client.get(LIST, {"loc": "cho-toi", "v-kenh": "1", "v-han": "2", "v-thu-tuc": "0"})
    assert answer["Location"] == "/can-bo/ho-so/?loc=cho-toi&cot=kenh%2Chan"
    own = client.get(answer["Location"]).content.decode()
    assert own.index('data-label="Kênh nộp"') < own.index('data-label="Hạn"')
    assert 'data-label="Người nộp"' not in own
    assert "Trực tuyến" in own


def test_headings_order_the_list_both_ways(world: World, lives: Lives) -> None:
    first = lives.to(State.IN_PROGRESS)
    second = lives.to(State.IN_PROGRESS, at=world.at + dt.timedelta(days=1))
    client = browser_of(world.mai)
    for sort, order in (("den", [first, second]), ("-den", [second, first])):
        html = page(client, loc="cho-toi", xep=sort, cot="den,han")
        found = [html.index(str(key)) for key in order]
        assert found == sorted(found), sort
    assert 'aria-sort="descending"' in page(client, loc="cho-toi", xep="-den", cot="den,han")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"thu-tuc": "1.001193"}, True), ({"thu-tuc": "9.999"}, False), ({"trang-thai": "in_progress"}, True),
        ({"trang-thai": "proposed"}, False), ({"han": "10"}, True), ({"han": "0"}, False), ({"nguoi": "1"}, False),
    ],
)  # fmt: skip
def test_the_filters_narrow(world: World, lives: Lives, query: dict[str, str], *, found: bool) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert (str(dossier_id) in page(browser_of(world.mai), loc="tat-ca", **query)) is found


def test_a_large_agency_offers_the_officers_of_one_unit(
    world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanlang.desk.queries import lists

    lives.to(State.IN_PROGRESS)
    client = browser_of(world.mai)

    def offered(**query: str) -> set[str]:
        drawn = re.search(
            r'<select[^>]*name="nguoi".*?</select>', page(client, loc="tat-ca", **query), re.DOTALL
        )
        assert drawn
        return set(re.findall(r'value="(\d+)"', drawn[0]))

    everyone = offered()
    monkeypatch.setattr(lists, "MANY_OFFICERS", 1)
    mai, hung, elsewhere = (
        str(who.appointment_id) for who in (world.mai, world.hung, world.nong_trang.counter)
    )
    assert {mai, hung} <= everyone
    assert offered() == {mai}, "those of the reader's own unit"
    assert offered(**{"don-vi": str(world.hung.unit_id)}) == {hung}
    assert offered(nguoi=hung) == {mai, hung}, "the one the list is narrowed to is still named"
    assert offered(nguoi=elsewhere) == {mai}, "an officer of another agency is not"
    assert "Đang có tên người của" in page(client, loc="tat-ca")


def test_going_on_shows_the_rest(world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    from vanlang.dossiers.queries import inbox

    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    keys = [lives.to(State.HANDED_OVER) for _ in range(3)]
    client = browser_of(world.mai)
    seen: set[str] = set()
    href = LIST + "?loc=don-vi"
    for _ in range(2):
        html = client.get(href).content.decode()
        seen |= {str(key) for key in keys if f'value="{key}"' in html}
        if "Xem tiếp" in html:
            href = html.split('">Xem tiếp')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
            href = LIST + href if href.startswith("?") else href
    assert seen == {str(key) for key in keys}


def save(client: Client, name: str, address: str, **more: str) -> None:
    told = {"ten": name, "dia-chi": address, **more}
    assert client.post("/can-bo/ho-so/luu-danh-sach/", told).status_code == 303


def test_a_list_under_a_name_opens_first_and_is_dropped(world: World, lives: Lives) -> None:
    from vanlang.teamwork.models import SavedView

    client = browser_of(world.mai)
    save(client, "Sắp trễ", "loc=tat-ca&han=2&xep=han&la=x", **{"mac-dinh": "1"})
    answer = client.get(LIST)
    assert answer["Location"] == "/can-bo/ho-so/?loc=tat-ca&han=2&xep=han"
    assert "Sắp trễ" in client.get(answer["Location"]).content.decode()
    save(client, "Sắp trễ", "loc=qua-han")
    [view] = SavedView.objects.all()
    assert (view.address, view.is_default) == ("loc=qua-han", False)
    change = f"/can-bo/ho-so/danh-sach/{view.pk}/"
    assert client.post(change, {"viec": "mac-dinh"}).status_code == 303
    assert client.get(LIST)["Location"] == "/can-bo/ho-so/?loc=qua-han"
    assert browser_of(world.thao).post(change, {"viec": "xoa"}).status_code == 404
    assert client.post(change, {"viec": "xoa"}).status_code == 303
    assert client.get(LIST).status_code == 200


def test_a_shared_list_is_seen_by_the_unit_alone(world: World) -> None:
    colleague = make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Chuyên viên",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip
    client = browser_of(world.mai)
    save(client, "Hộ tịch tuần này", "linh-vuc=Hộ+tịch", chung="1")
    save(client, "Của riêng Mai", "loc=cho-toi")
    theirs = page(browser_of(colleague), loc="cho-toi")
    assert "Hộ tịch tuần này" in theirs
    assert "Của riêng Mai" not in theirs
    assert "Hộ tịch tuần này" not in page(browser_of(world.phuc), loc="cho-toi")
    assert "Hộ tịch tuần này" not in page(browser_of(world.nong_trang.specialist), loc="cho-toi")


def test_a_list_without_a_name_says_so(world: World) -> None:
    answer = browser_of(world.mai).post(
        "/can-bo/ho-so/luu-danh-sach/", {"ten": " ", "dia-chi": "loc=cho-toi"}
    )
    assert answer.status_code == 422
    assert "Danh sách chưa có tên." in answer.content.decode()


def test_acts_on_many_lead_back_to_the_same_list(world: World, lives: Lives) -> None:
    ids = [str(lives.to(State.HANDED_OVER)) for _ in range(2)]
    told: dict[str, str | list[str]] = {"ho-so": ids, "viec": "nhan", "ve": "loc=don-vi&xep=-den&cot=han"}
    answer = browser_of(world.mai).post("/can-bo/ho-so/nhieu/", told)
    assert answer["Location"] == "/can-bo/ho-so/?loc=don-vi&xep=-den&cot=han"
