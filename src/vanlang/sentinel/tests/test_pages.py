"""Pages of differences: what is shown to whom, what each act does, what a file is refused for."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in
from tests.support.route_samples import People, make_people

from vanlang.audit.api import list_records
from vanlang.identity.api import Role
from vanlang.kernel.clock import frozen
from vanlang.sentinel.models import SyncDifference, SyncRun
from vanlang.sentinel.services.comparing import carry_out
from vanlang.sentinel.tests.conftest import Compare
from vanlang.sentinel.tests.copies import SYSTEM, Sides, a_record
from vanlang.sentinel.types import StateOwner
from vanlang.sheets.api import Grid, grid_of

START = "sentinel:start"


@pytest.fixture
def people(sides: Sides, at: dt.datetime) -> Iterator[People]:
    with frozen(at):
        yield make_people(at)


@pytest.fixture
def admin(people: People) -> Client:
    return sign_in(Client(), people.at_home[Role.ADMIN])


@pytest.fixture
def clerk(people: People) -> Client:
    return sign_in(Client(), people.at_home[Role.CLERK])


@pytest.fixture
def stranger(people: People) -> Client:
    return sign_in(Client(), people.from_elsewhere[Role.CLERK])


@pytest.fixture
def altered(people: People, sides: Sides, compare: Compare) -> SyncDifference:
    """A dossier of the home agency whose state there never was here."""
    code = next(one.code for one in sides.mine if one.agency == "H44.801")
    sides.alter(code, state="8")
    compare()
    return SyncDifference.objects.get()


def page_of(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_what_differs_is_explained_to_whom_it_concerns(
    clerk: Client, stranger: Client, admin: Client, altered: SyncDifference
) -> None:
    own = page_of(clerk, START)
    assert altered.code in own
    assert "Bên kia ghi một trạng thái mà hồ sơ này chưa từng có ở đây." in own
    assert "Đối soát ngay" not in own
    assert altered.code not in page_of(stranger, START)
    everything = page_of(admin, START)
    assert altered.code in everything
    assert "Đối soát ngay" in everything
    assert "sentinel-bars" in everything


def test_both_versions_stand_side_by_side_and_the_field_that_differs_is_marked(
    clerk: Client, altered: SyncDifference
) -> None:
    page = page_of(clerk, "sentinel:difference", altered.pk)
    assert "Đã xử lý xong" in page
    assert "Dừng xử lý" in page
    assert page.count('class="sentinel-differs"') == 1
    assert "Gửi lại" in page
    assert "Lấy bản của bên kia" not in page


@pytest.mark.parametrize("act", ["send_again", "take_theirs", "explain"])
def test_another_agencys_officer_can_do_nothing(stranger: Client, altered: SyncDifference, act: str) -> None:
    answer = stranger.post(reverse(f"sentinel:{act}", args=[altered.pk]), {"why": "Đã xem"})
    assert answer.status_code == 404
    assert page_of(stranger, "sentinel:difference", altered.pk, status=404)
    assert SyncDifference.objects.get().state == "open"


def test_it_is_sent_again_and_the_act_is_remembered(
    clerk: Client, altered: SyncDifference, sides: Sides, compare: Compare
) -> None:
    assert clerk.post(reverse("sentinel:send_again", args=[altered.pk])).status_code == 303
    assert sides.sent == [altered.code]
    assert SyncDifference.objects.get().state == "healing"
    assert [one.act for one in list_records(object_type="sync_difference", object_id=str(altered.pk))] == [
        "sentinel.send_again"
    ]
    compare(later=1)
    assert "Đã khớp" in page_of(clerk, "sentinel:difference", altered.pk)
    refused = clerk.post(reverse("sentinel:send_again", args=[altered.pk]))
    assert refused.status_code == 409
    assert "Hai bên đã khớp nhau" in refused.content.decode()


def test_theirs_is_taken_only_where_they_own_it(clerk: Client, altered: SyncDifference, sides: Sides) -> None:
    url = reverse("sentinel:take_theirs", args=[altered.pk])
    assert clerk.post(url).status_code == 409
    assert sides.fetched == []
    SyncDifference.objects.update(owner=StateOwner.THERE)
    assert "Lấy bản của bên kia" in page_of(clerk, "sentinel:difference", altered.pk)
    assert clerk.post(url).status_code == 303
    assert sides.fetched == [altered.code]


def test_a_reason_closes_it_until_something_changes(
    clerk: Client, altered: SyncDifference, sides: Sides, compare: Compare
) -> None:
    url = reverse("sentinel:explain", args=[altered.pk])
    empty = clerk.post(url, {"why": " "})
    assert empty.status_code == 422
    assert "Vì sao có thể để nguyên" in empty.content.decode()
    assert clerk.post(url, {"why": "Bên kia dừng theo đơn của dân"}).status_code == 303
    assert "Bên kia dừng theo đơn của dân" in page_of(clerk, "sentinel:difference", altered.pk)
    compare(later=1)
    assert SyncDifference.objects.get().state == "explained"
    sides.alter(altered.code, state="7")
    compare(later=2)
    assert SyncDifference.objects.get().state == "open"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"loai": "state"}, True),
        ({"loai": "lost"}, False),
        ({"loai": "nonsense"}, True),
        ({"tinh-trang": "da-khop"}, False),
        ({"ma": "H44.801"}, True),
        ({"ma": "không có"}, False),
        ({"co-quan": "0"}, False),
        ({"co-quan": "999999999999"}, True),
        ({"he-thong": "nowhere"}, True),
    ],
)
def test_the_list_is_filtered(
    admin: Client, altered: SyncDifference, query: dict[str, str], shown: bool
) -> None:
    assert (
        f'sentinel-code" href="/can-bo/ho-so-lech/{altered.pk}/"' in page_of(admin, START, **query)
    ) is shown


def test_without_a_system_the_page_says_so(db: None, at: dt.datetime) -> None:
    with frozen(at):
        client = sign_in(Client(), make_people(at).at_home[Role.ADMIN])
        assert "Chưa khai báo hệ thống nào để đối soát" in page_of(client, START)


# --- comparisons ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_comparison_is_asked_for_and_watched(admin: Client, sides: Sides, at: dt.datetime) -> None:
    url = reverse("sentinel:compare", args=[SYSTEM])
    days = {"first_on": "01/08/2026", "last_on": "31/08/2026"}
    answer = admin.post(url, days)
    assert answer.status_code == 303
    run = SyncRun.objects.get()
    assert "every 2s" in page_of(admin, "sentinel:run", run.pk)
    again = admin.post(url, days)
    assert again.status_code == 422
    assert "đang chạy" in again.content.decode()
    assert "Một lần đối soát đang chạy" in page_of(admin, START)
    carry_out(run_id=run.pk, clock=lambda: at)
    page = page_of(admin, "sentinel:run", run.pk)
    assert "Hai bên giống nhau hoàn toàn" in page
    assert "every 2s" not in page


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("31/08/2026", "01/08/2026", "Ngày cuối phải từ ngày đầu trở đi"),
        ("31/02/2026", "01/08/2026", "hãy nhập ngày có thật"),
        ("01/01/1990", "01/08/2026", "dài quá mười năm"),
    ],
)
def test_days_that_are_none_are_said(admin: Client, sides: Sides, first: str, last: str, says: str) -> None:
    answer = admin.post(reverse("sentinel:compare", args=[SYSTEM]), {"first_on": first, "last_on": last})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert SyncRun.objects.count() == 0


def test_clerks_ask_for_no_comparison(clerk: Client, sides: Sides) -> None:
    assert clerk.get(reverse("sentinel:compare", args=[SYSTEM])).status_code == 403
    assert clerk.get(reverse("sentinel:run", args=[uuid.uuid4()])).status_code == 403


def test_a_silent_side_is_said_on_the_page(admin: Client, sides: Sides, compare: Compare) -> None:
    sides.is_silent = True
    page = page_of(admin, "sentinel:run", compare().pk)
    assert "Bên kia không trả lời" in page


# --- exports --------------------------------------------------------------------------------------

HEAD = "Mã hồ sơ;Mã cơ quan;Trạng thái;Ngày tiếp nhận;Ngày hẹn trả;Ngày xử lý xong;Ngày trả;Kết quả"


def line_of(one: object) -> str:
    record = replace(one)  # type: ignore[type-var]
    results = "; ".join("=".join(result) for result in record.results)  # type: ignore[attr-defined]
    told = (
        record.code,
        record.agency,
        record.state,
        record.received,
        record.due,
        record.finished,
        record.returned,
    )  # type: ignore[attr-defined]
    return ";".join([*told, f'"{results}"'])


def handed_in(admin: Client, text: str, **changed: str) -> tuple[int, str]:
    told = {"first_on": "01/08/2026", "last_on": "31/08/2026", "as_of_on": "23/11/2026", **changed}
    file = SimpleUploadedFile("xuat.csv", text.encode())
    answer = admin.post(reverse("sentinel:upload", args=[SYSTEM]), {**told, "file": file})
    return answer.status_code, answer.content.decode()


def test_an_export_is_compared_like_the_other_side_itself(
    admin: Client, sides: Sides, at: dt.datetime
) -> None:
    lost, *rest = sides.mine
    status, _ = handed_in(admin, "\n".join([HEAD, *(line_of(one) for one in rest)]))
    assert status == 303
    run = SyncRun.objects.get()
    carry_out(run_id=run.pk, clock=lambda: at)
    run.refresh_from_db()
    assert (run.state, run.differing, run.lens, run.export) == ("done", 1, {}, None)
    assert SyncDifference.objects.get().code == lost.code


def test_every_bad_cell_is_named_and_nothing_is_compared(admin: Client, sides: Sides) -> None:
    good, bad = line_of(a_record(1)), line_of(a_record(2, state="12", received="20260899081500"))
    status, page = handed_in(
        admin, "\n".join([HEAD, good, bad, line_of(a_record(3, received="20260701081500"))])
    )
    assert status == 422
    for cell in ("C3", "D3", "D4"):
        assert f">{cell}</th>" in page
    assert "“12” không phải trạng thái quốc gia." in page
    assert "tiếp nhận ngày 01/07/2026" in page
    assert SyncRun.objects.count() == 0


def test_what_is_no_table_is_said(admin: Client, sides: Sides) -> None:
    status, page = handed_in(admin, "chỉ một dòng")
    assert status == 422
    assert "thiếu cột bắt buộc" in page


def test_the_template_can_be_read_back(admin: Client, sides: Sides) -> None:
    answer = admin.get(reverse("sentinel:template", args=[SYSTEM]))
    grid: Grid = grid_of(io.BytesIO(answer.content).read())
    assert [str(title).removesuffix(" (*)") for title in grid.rows[0]] == HEAD.split(";")


# --- the proof of a month -------------------------------------------------------------------------


def test_a_month_is_proved_day_by_day(clerk: Client, sides: Sides, compare: Compare) -> None:
    compare()
    page = page_of(clerk, "sentinel:month", SYSTEM, 2026, 8)
    assert "Hai bên giống nhau ở mọi ngày" in page
    assert page.count("sentinel-digest") == 10
    assert "data-vl-print" in page


def test_a_month_that_is_not_equal_says_so(clerk: Client, altered: SyncDifference, sides: Sides) -> None:
    page = page_of(clerk, "sentinel:month", SYSTEM, 2026, 8)
    assert "Có ngày chưa giống nhau" in page
    assert "1 hồ sơ lệch" in page
    assert "Chưa đối soát ngày nào" in page_of(clerk, "sentinel:month", SYSTEM, 2026, 7)
    assert page_of(clerk, "sentinel:month", SYSTEM, 2026, 13, status=404)
    assert page_of(clerk, "sentinel:month", "nowhere", 2026, 8, status=404)
