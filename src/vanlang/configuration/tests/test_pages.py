"""The pages of configuration: upload, preview, decision by another person, slips, resets."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from vanlang.configuration.models import ImportRun
from vanlang.configuration.tests.browser import browser_of
from vanlang.configuration.tests.conftest import Admins
from vanlang.configuration.tests.tables import apply, propose, table
from vanlang.configuration.tests.test_imports import MAI
from vanlang.configuration.views import staff
from vanlang.dossiers.tests.factories import World
from vanlang.identity.models import Account, Activation

pytestmark = pytest.mark.usefixtures("monday")


def upload(content: bytes, name: str = "can-bo.xlsx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_from_upload_to_decision(admins: Admins, at: dt.datetime) -> None:
    quan, linh = browser_of(admins.quan), browser_of(admins.linh)
    content = table("can-bo", MAI, {**MAI, "username": "x", "agency": "Xã Lạ"}, at=at)
    sent = quan.post(reverse("configuration:kind", args=["can-bo"]), upload(content))
    assert sent.status_code == 303
    shown = quan.get(sent["Location"]).content.decode()
    assert "Ô C3:" in shown and "Xã Lạ" in shown and "bach.dt" in shown
    assert "Người đề nghị không tự duyệt" in shown and 'value="duyet"' not in shown
    run = ImportRun.objects.get()
    decide = reverse("configuration:decide", args=[run.pk])
    assert quan.post(decide, {"viec": "duyet"}).status_code == 403
    assert linh.get(sent["Location"]).content.decode().count('value="duyet"') == 1
    assert linh.post(decide, {"viec": "duyet"}).status_code == 303
    running = linh.get(sent["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in running and "<html" not in running
    assert linh.get(reverse("configuration:file", args=[run.pk])).content == content


def test_a_file_that_is_no_table_says_what_to_do(admins: Admins) -> None:
    answer = browser_of(admins.quan).post(
        reverse("configuration:kind", args=["can-bo"]), upload(b"%PDF-1.7", "a.pdf")
    )
    assert answer.status_code == 422 and "không phải bảng tính" in answer.content.decode()


def test_the_front_page_offers_what_the_role_may(admins: Admins) -> None:
    province, commune = (
        browser_of(one).get(reverse("configuration:start")).content.decode()
        for one in (admins.quan, admins.tri)
    )
    assert "Ngày nghỉ, ngày làm bù" in province and "Quy trình nội bộ" in province
    assert "Ngày nghỉ, ngày làm bù" not in commune and "Cán bộ, tài khoản" in commune


def test_slips_are_printed_for_who_has_no_password(world: World, admins: Admins, at: dt.datetime) -> None:
    apply(propose("can-bo", table("can-bo", MAI, at=at), admins.quan, at), admins.linh, at)
    browser = browser_of(admins.tri)
    assert "Chờ kích hoạt" in browser.get(reverse("configuration:accounts")).content.decode()
    unit = next(card for card in (Account.objects.get(username="bach.dt").appointments.all())).unit_id
    answer = browser.post(reverse("configuration:slips"), {"don-vi": str(unit)})
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert "bach.dt" in text and "Đinh Thị Bạch" in text and "/dang-nhap/kich-hoat/" in text
    assert Activation.objects.filter(account__username="bach.dt").count() == 1


def test_more_slips_than_one_file_takes_are_said_and_the_rest_comes_next(
    world: World, admins: Admins, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = {**MAI, "username": "hoa.nt", "full_name": "Ngô Thị Hoa"}
    apply(propose("can-bo", table("can-bo", MAI, another, at=at), admins.quan, at), admins.linh, at)
    monkeypatch.setattr(staff, "MOST_SLIPS", 1)
    browser = browser_of(admins.tri)
    browser.post(reverse("configuration:slips"), {})
    first = set(Activation.objects.values_list("account_id", flat=True))
    browser.post(reverse("configuration:slips"), {})
    both = list(Activation.objects.values_list("account_id", flat=True))
    assert len(first) == 1 and len(set(both)) == 2, "who has a slip comes after who has none"
    assert "1 phiếu trong số" in browser.get(reverse("configuration:accounts")).content.decode()


def test_a_reset_needs_a_reason_and_a_fresh_second_factor_where_there_is_one(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    page = reverse("configuration:reset", args=[world.hung.account_id])
    browser = browser_of(admins.tri)
    assert browser.post(page, {"viec": "mat-khau", "reason": ""}).status_code == 422
    elsewhere = reverse("configuration:reset", args=[world.nong_trang.counter.account_id])
    assert browser.get(elsewhere).status_code == 403
    proven = browser_of(admins.tri, second_factor_at=at)
    answer = proven.post(page, {"viec": "mat-khau", "reason": "Quên mật khẩu"})
    assert answer["Content-Type"] == "application/pdf"
    assert not Account.objects.get(pk=world.hung.account_id).has_usable_password()
