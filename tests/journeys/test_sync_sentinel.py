"""
Both sides of the synchronisation compared: the portal forgets, alters and doubles, Anh Quân compares, the house sends again.

The portal is the stand-in that the province is told about; it names what it spoiled, and that is what the page must show.
"""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Province
from tests.journeys.visitors import Visitor

PAGE = "/can-bo/ho-so-lech/"
DAYS = ("01/01/2025", "31/12/2026")
AGENCY = "H44.100"


@dataclass(frozen=True)
class Portal:
    """The stand-in for the national portal, by its control room."""

    url: str

    def order(self, deed: str, **body: object) -> list[dict[str, Any]]:
        request = urllib.request.Request(  # noqa: S310 - a loopback address of our own child
            f"{self.url}/_sandbox/{deed}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            did: list[dict[str, Any]] = json.loads(answer.read()).get("did", [])
            return did

    def received(self) -> list[str]:
        """Return the codes of dossiers of one ward that the portal knows as received, once each."""
        with urllib.request.urlopen(f"{self.url}/_sandbox/export", timeout=60) as answer:  # noqa: S310 - as above
            rows = [json.loads(line)["record"] for line in answer.read().splitlines()]
        held = Counter(
            row["MaHoSo"] for row in rows if row["DonViXuLy"] == AGENCY and row.get("NgayTiepNhan")
        )
        return sorted(code for code, times in held.items() if times == 1)


@pytest.fixture(scope="module")
def portal(province: Province) -> Portal:
    return Portal(province.environment["VANLANG_PORTAL_URL"])


@pytest.fixture
def quan(at_desk: Callable[[str], Visitor]) -> Visitor:
    return at_desk("quan")


@pytest.fixture(scope="module")
def codes(at_desk: Callable[[str], Visitor], portal: Portal) -> list[str]:
    """Six dossiers of the ward, once the portal was told of everything: what is told later would mend what is spoiled."""
    for _ in range(240):
        if len(found := portal.received()) >= 6 and is_all_told(at_desk("quan")):
            return found[:6]
        time.sleep(0.5)  # a queue to be emptied by another process, not a test that sleeps
    raise AssertionError(f"the portal was told of {len(found)} dossiers, and more are to come")


def is_all_told(quan: Visitor) -> bool:
    """Say whether nothing waits for the portal: the page of connections offers no call then."""
    quan.goto("/can-bo/ket-noi/")
    call = quan.page.locator("form[action*=national_portal]").get_by_role("button", name="Gọi lại ngay")
    return call.count() == 0


def compare(quan: Visitor) -> None:
    """Ask for a comparison and wait for its end."""
    quan.goto(PAGE)
    quan.press("Đối soát ngay")
    quan.fill("Tiếp nhận từ ngày", DAYS[0])
    quan.fill("Đến hết ngày", DAYS[1])
    quan.press("Đối soát")
    expect(quan.page.get_by_role("heading", level=1)).to_have_text(re.compile("Lần đối soát"))
    expect(quan.page.get_by_text("hồ sơ đã so")).to_be_visible(timeout=60_000)


@pytest.fixture(scope="module")
def spoiled(codes: list[str], portal: Portal) -> dict[str, str]:
    """What the portal did to which dossier."""
    altered, lost, doubled = codes[0], codes[1], codes[2]
    portal.order("alter", codes=[altered], way="agency")
    portal.order("lose", codes=[lost])
    portal.order("double", codes=[doubled])
    return {"Khác cơ quan": altered, "Bên kia chưa có": lost, "Bị lặp": doubled}


def test_what_the_portal_spoiled_is_on_the_page(quan: Visitor, spoiled: dict[str, str]) -> None:
    compare(quan)
    quan.picture("quan-tri-doi-soat-xong", kept=())
    quan.goto(PAGE)
    main = quan.page.get_by_role("main")
    for kind, code in spoiled.items():
        expect(main.get_by_role("row").filter(has_text=code)).to_contain_text(kind)
    quan.picture("quan-tri-ho-so-lech", kept=())


def test_both_versions_side_by_side_and_a_reason(quan: Visitor, spoiled: dict[str, str]) -> None:
    quan.goto(PAGE)
    quan.page.get_by_role("main").get_by_role("link", name=spoiled["Bị lặp"], exact=True).click()
    expect(quan.page.get_by_role("columnheader", name=re.compile("bản 2"))).to_be_visible()
    quan.picture("quan-tri-ho-so-lech-chi-tiet", kept=())
    quan.press("Đã xem xét")
    expect(quan.page.get_by_role("alert")).to_contain_text("Vì sao có thể để nguyên")
    quan.fill("Vì sao có thể để nguyên", "Đã đề nghị Cổng bỏ bản thừa, chờ phản hồi.")
    quan.press("Đã xem xét")
    expect(quan.page.get_by_text("Đã đề nghị Cổng bỏ bản thừa")).to_be_visible()


def test_what_was_sent_again_is_settled_by_the_next_comparison(
    quan: Visitor, spoiled: dict[str, str], portal: Portal
) -> None:
    lost = spoiled["Bên kia chưa có"]
    for _ in range(120):
        if lost in portal.received() and is_all_told(quan):
            break
        time.sleep(0.5)  # as above: the sender is another process
    compare(quan)
    quan.goto(f"{PAGE}?tinh-trang=da-khop")
    expect(quan.page.get_by_role("row").filter(has_text=lost)).to_contain_text("Đã khớp")
    quan.goto(f"{PAGE}?tinh-trang=da-xem")
    expect(quan.page.get_by_role("row").filter(has_text=spoiled["Bị lặp"])).to_contain_text("Đã xem xét")


def test_an_export_is_refused_by_the_cell(quan: Visitor) -> None:
    quan.goto(PAGE)
    quan.press("Đối soát với tệp xuất của bên kia")
    assert quan.download("Tải tệp mẫu").startswith(b"PK")
    text = "Mã hồ sơ;Mã cơ quan;Trạng thái;Ngày tiếp nhận\nA;H44.100;99;03/08/2026\n"
    quan.page.get_by_label("Tệp xuất của bên kia").set_input_files(
        {"name": "xuat.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    quan.fill("Tiếp nhận từ ngày", DAYS[0])
    quan.fill("Đến hết ngày", DAYS[1])
    quan.press("Đọc và đối soát")
    expect(quan.page.get_by_role("row").filter(has_text="C2")).to_contain_text(
        "không phải trạng thái quốc gia"
    )
    quan.picture("quan-tri-doi-soat-tep", kept=())


def test_the_ward_sees_its_own_and_the_month_can_be_printed(
    at_desk: Callable[[str], Visitor], spoiled: dict[str, str]
) -> None:
    hung = at_desk("hung")
    hung.goto(f"{PAGE}?tinh-trang=da-xem")
    expect(hung.page.get_by_role("row").filter(has_text=spoiled["Bị lặp"])).to_be_visible()
    expect(hung.page.get_by_role("link", name="Đối soát ngay")).to_have_count(0)
    hung.picture("ho-so-lech-cua-phuong", kept=())
    hung.page.get_by_role("link", name=re.compile(r"^Tháng \d")).first.click()
    expect(hung.page.get_by_role("heading", name="Xác nhận đối soát")).to_be_visible()
    hung.picture("ho-so-lech-xac-nhan", kept=())
