"""What everybody may see, how much it asks of the database, and that htmx's parts are the page's own."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vanlang.catalogue.models import ProcedureVersion, TimeLimit
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import access_of
from vanlang.portal import urls

CODE = "1.001193"
PUBLIC = [
    "/", "/thu-tuc/", "/thu-tuc/?q=khai+sinh", f"/thu-tuc/{CODE}/", f"/thu-tuc/{CODE}/noi-nop/", "/linh-vuc/",
    "/tra-cuu/", "/xac-minh/", "/giup-do/", "/kha-nang-tiep-can/", "/quyen-rieng-tu/",
]  # fmt: skip
HTMX = {"HTTP_HX_REQUEST": "true"}
ID = uuid.UUID(int=7)


def test_every_view_says_for_whom_it_is() -> None:
    assert [pattern.name for pattern in urls.urlpatterns if access_of(pattern.callback) is None] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_everybody_reads(visitor: Client, lan: Client, hung: Client, world: World, path: str) -> None:
    for client in (visitor, lan, hung):
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "!!undefined" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)


CITIZENS = [
    ("my_dossiers", []), ("new_draft", [CODE]), ("draft", [ID]), ("draft_place", [ID]), ("draft_form", [ID]),
    ("draft_papers", [ID]), ("draft_file", [ID, ID]), ("draft_review", [ID]), ("draft_submitted", [ID]),
    ("discard_draft", [ID]), ("my_dossier", [ID]), ("answer_supplement", [ID]), ("withdraw", [ID]),
    ("receipt", [ID]), ("outcome", [ID]), ("attachment", [ID, ID]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), CITIZENS)
def test_citizens_pages_are_for_citizens(
    visitor: Client, hung: Client, world: World, name: str, arguments: list[object]
) -> None:
    url = reverse(f"portal:{name}", args=arguments)
    turned_back = visitor.get(url)
    assert (turned_back.status_code, turned_back["Location"].split("?")[0]) == (302, "/dang-nhap/")
    assert hung.get(url).status_code == 403


def test_an_unknown_code_and_a_future_version_are_said_in_words(
    visitor: Client, lan: Client, world: World, at: dt.datetime
) -> None:
    unknown = visitor.get("/thu-tuc/9.999999/")
    assert unknown.status_code == 404
    assert "Không có thủ tục mang mã 9.999999" in unknown.content.decode()
    ProcedureVersion.objects.filter(pk=world.version_id).update(is_ready=False, lacks=["limit_missing"])
    unready = lan.get(f"/nop/moi/{CODE}/")
    assert unready.status_code == 409
    assert "chưa nộp trực tuyến được" in unready.content.decode()
    ProcedureVersion.objects.filter(pk=world.version_id).update(valid_from=at.date() + dt.timedelta(days=1))
    assert visitor.get(f"/thu-tuc/{CODE}/").status_code == 404


def test_what_only_informs_is_filed_at_the_counter(visitor: Client, lan: Client, world: World) -> None:
    ProcedureVersion.objects.filter(pk=world.version_id).update(online_level="information", revision=1)
    page = visitor.get(f"/thu-tuc/{CODE}/").content.decode()
    assert "Thủ tục này nộp tại quầy, chưa nộp trực tuyến." in page
    assert "Nộp tại quầy" in page
    assert "Nộp hồ sơ trực tuyến" not in page
    assert lan.post(f"/nop/moi/{CODE}/").status_code == 409


def test_without_a_limit_for_filing_online_nothing_is_promised(lan: Client, world: World) -> None:
    TimeLimit.objects.filter(version_id=world.version_id, channel="online").delete()
    answer = lan.post(f"/nop/moi/{CODE}/")
    assert answer.status_code == 409
    assert "chưa có thời hạn giải quyết khi nộp trực tuyến" in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "part"),
    [("/thu-tuc/?q=khai+sinh", "found"), ("/thu-tuc/?q=xyzzy", "found"), (f"/thu-tuc/{CODE}/noi-nop/?q=viet", "found"), ("/tra-cuu/", "track")],
)  # fmt: skip
def test_a_part_is_what_the_page_holds(visitor: Client, world: World, url: str, part: str) -> None:
    page, swapped = visitor.get(url), visitor.get(url, **HTMX)
    assert swapped.content.decode().strip().startswith(f'<div id="{part}"')
    assert same(swapped.content.decode()) in same(page.content.decode())
    assert "HX-Request" in swapped["Vary"]


def test_uploading_by_htmx_leaves_the_page_that_a_fresh_load_gives(lan: Client, world: World) -> None:
    from vanlang.portal.tests.test_filing import begin, photo

    draft_id = begin(lan)
    url = reverse("portal:draft_papers", args=[draft_id])
    swapped = lan.post(url, {f"file-{world.document_id}": photo()}, **HTMX)
    part, announced = swapped.content.decode().split('<div id="status"')
    assert "Đã tải lên Giấy chứng sinh.jpg." in announced
    fresh = lan.get(url).content.decode()
    assert same(part).replace("data-vl-focus", "").replace("  ", " ") in same(fresh).replace("  ", " ")


def same(html: str) -> str:
    """Return `html` without what differs from load to load: the CSRF token and white space."""
    return " ".join(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html).split())


BUDGETS = {
    "/": 1, "/thu-tuc/?q=khai+sinh": 4, f"/thu-tuc/{CODE}/": 4, f"/thu-tuc/{CODE}/noi-nop/": 14, "/linh-vuc/": 4,
    "/tra-cuu/": 0, "/xac-minh/": 0, "/giup-do/": 0,
}  # fmt: skip


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_asks_little_of_the_database(visitor: Client, world: World, path: str) -> None:
    visitor.get(path)  # what is kept between requests is kept
    with CaptureQueriesContext(connection) as asked:
        visitor.get(path)
    queries = [one["sql"] for one in asked if "set_config" not in one["sql"]]
    assert len(queries) <= BUDGETS[path], queries


def test_my_dossiers_ask_as_much_for_many_as_for_few(lan: Client, lives: Lives) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert lan.get("/ho-so/").status_code == 200
        return len(asked)

    lives.to(State.SUBMITTED)
    count()  # the first page of a session begins it
    few = count()
    for _ in range(4):
        lives.to(State.SUBMITTED)
    assert count() == few


# --- following -----------------------------------------------------------------------------------


def test_tracking_tells_nothing_to_who_guesses(visitor: Client, lives: Lives) -> None:
    dossier = Dossier.objects.get(pk=lives.to(State.RECEIVED))
    assert dossier.code is not None
    tries = [
        {"code": dossier.code, "second_fact": "0000"},
        {"code": "H44.100-261123-9999", "second_fact": "5678"},
        {"code": "khong-phai-ma", "second_fact": "5678"},
    ]
    told = set()
    for sent in tries:
        answer = visitor.post("/tra-cuu/", sent)
        assert answer.status_code == 404
        text = same(answer.content.decode())
        for value in sent.values():
            text = text.replace(value, "")
        told.add(text)
    assert len(told) == 1


def test_tracking_shows_a_masked_status(visitor: Client, lives: Lives) -> None:
    dossier = Dossier.objects.get(pk=lives.to(State.RECEIVED))
    for second in ("2123", "5678"):  # of the personal id, of the telephone
        answer = visitor.post("/tra-cuu/", {"code": dossier.code, "second_fact": second})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Nguyễn T. L." in text
        assert "Đã tiếp nhận" in text
        assert "Nguyễn Thị Lan" not in text
        assert "025190012123" not in text
        assert "0912345678" not in text
        assert answer["Cache-Control"] == "no-store, private"


def test_tracking_is_limited_by_address_whatever_codes_are_tried(visitor: Client, world: World) -> None:
    statuses = [
        visitor.post("/tra-cuu/", {"code": f"H44.100-261123-{number:04d}", "second_fact": "1234"}).status_code
        for number in range(1, 18)
    ]
    assert statuses == [404] * 15 + [429] * 2


@pytest.mark.parametrize(("proxies", "neighbour"), [(1, 404), (0, 429)])
def test_tries_are_counted_by_the_address_that_our_proxy_tells(
    visitor: Client, world: World, settings: LazySettings, proxies: int, neighbour: int
) -> None:
    """Behind nginx all come from this machine; without a proxy of ours nobody's word is taken."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    told = {"code": "H44.100-261122-9999", "second_fact": "0000"}
    for number in range(16):
        code = f"H44.100-261122-{number + 1:04d}"
        visitor.post("/tra-cuu/", told | {"code": code}, HTTP_X_FORWARDED_FOR="203.0.113.1")
    here = visitor.post("/tra-cuu/", told, HTTP_X_FORWARDED_FOR="203.0.113.1")
    there = visitor.post("/tra-cuu/", told, HTTP_X_FORWARDED_FOR="203.0.113.2")
    assert (here.status_code, there.status_code) == (429, neighbour)


def test_verifying_by_the_printed_code(visitor: Client, lives: Lives) -> None:
    dossier = Dossier.objects.get(pk=lives.to(State.RELEASED))
    receipt = visitor.get(f"/xac-minh/{dossier.receipt_token}/").content.decode()
    assert "Giấy tiếp nhận này có thật" in receipt
    assert "Nguyễn T. L." in receipt
    outcome = visitor.get(f"/xac-minh/{dossier.outcomes.get().token}/").content.decode()
    assert "Kết quả này có thật" in outcome
    assert "Giấy khai sinh" in outcome
    forged = visitor.get("/xac-minh/khong-co-that/")
    assert forged.status_code == 404
    assert "Không có giấy tờ nào mang mã này" in forged.content.decode()
