"""The pages of the cut-over at a browser."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from vanlang.cutover.models import CutoverRun
from vanlang.cutover.tests import old_system
from vanlang.cutover.tests.browser import browser_of
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import Actor

pytestmark = pytest.mark.usefixtures("monday")


def test_from_a_new_system_to_a_dry_run_and_a_decision(world: World, quan: Actor, at: dt.datetime) -> None:
    browser = browser_of(quan)
    made = browser.post(reverse("cutover:start"), {"code": "cu", "name": "Hệ thống cũ"})
    page = made["Location"]
    wording = SimpleUploadedFile("anh-xa.xlsx", old_system.wording(at))
    assert browser.post(page, {"viec": "anh-xa", "wording": wording}).status_code == 303
    rows = [
        *(old_system.sound(number, "H44.100", random.Random(number)) for number in range(3)),
        *old_system.errors("H44.100"),
    ]
    file = SimpleUploadedFile("ho-so.xlsx", old_system.export(rows, at))
    read = browser.post(page, {"kind": "take_over", "on": "23/11/2026", "file": file})
    assert read.status_code == 303
    shown = browser.get(read["Location"]).content.decode()
    assert "Treo" in shown and "Người nộp 1" not in shown
    run = CutoverRun.objects.get()
    assert browser.post(reverse("cutover:take_over", args=[run.pk])).status_code == 303
    running = browser.get(read["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in running
    assert browser.get(reverse("cutover:wording", args=["cu"])).status_code == 200
    file = SimpleUploadedFile("ho-so.xlsx", old_system.export(rows, at))
    compared = browser.post(page, {"kind": "parallel", "on": "23/11/2026", "file": file})
    assert "Thiếu ở đây" in browser.get(compared["Location"]).content.decode()
    assert "Khác biệt theo ngày" in browser.get(page).content.decode()


def test_a_file_that_is_refused_is_no_fault_of_the_other_form(
    world: World, quan: Actor, at: dt.datetime
) -> None:
    browser = browser_of(quan)
    page = browser.post(reverse("cutover:start"), {"code": "cu", "name": "Hệ thống cũ"})["Location"]
    file = SimpleUploadedFile("ho-so.xlsx", old_system.wording(at))
    shown = browser.post(page, {"kind": "take_over", "on": "23/11/2026", "file": file})
    assert shown.status_code == 422
    assert "thiếu cột bắt buộc" in shown.content.decode()
    assert "Còn điều cần sửa" not in shown.content.decode()
