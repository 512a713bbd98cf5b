"""The frame of the page is told by the apps above."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from vanlang.ui import shell
from vanlang.ui.types import PersonCard


@pytest.fixture(autouse=True)
def _empty_frame(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shell, "_entries", [])
    monkeypatch.setattr(shell, "_describe", None)
    return


def frame(path: str = "/") -> shell.Shell:
    return shell.shell(RequestFactory().get(path))["shell"]


def test_links_are_ordered_grouped_and_hidden_from_whom_they_do_not_concern() -> None:
    shell.register_link(place="officer", group="Văn bản", text="Sổ", url_name="/so/", order=30)
    shell.register_link(place="officer", text="Hồ sơ", url_name="/ho-so/", order=10, count=lambda request: 4)
    shell.register_link(place="officer", text="Quản trị", url_name="/qt/", visible=lambda request: False)
    shell.register_link(place="citizen", text="Thủ tục", url_name="/thu-tuc/")
    groups = frame("/ho-so/1/").officer_groups
    assert [(group.heading, [link.text for link in group.links]) for group in groups] == [
        ("", ["Hồ sơ"]),
        ("Văn bản", ["Sổ"]),
    ]
    assert (groups[0].links[0].current, groups[0].links[0].count) == (True, 4)
    assert groups[1].links[0].current is False
    assert [link.text for link in frame().citizen_links] == ["Thủ tục"]


def test_only_the_link_that_leads_nearest_is_where_we_are() -> None:
    shell.register_link(place="officer", text="Bàn làm việc", url_name="/can-bo/", order=1)
    shell.register_link(place="officer", text="Phí, lệ phí", url_name="/can-bo/thanh-toan/", order=2)
    shell.register_link(place="officer", text="Đối soát", url_name="/can-bo/thanh-toan/doi-soat/", order=3)

    def here(path: str) -> list[str]:
        return [link.text for group in frame(path).officer_groups for link in group.links if link.current]

    assert here("/can-bo/thanh-toan/doi-soat/nen-tang/2026-11-20/") == ["Đối soát"]
    assert here("/can-bo/thanh-toan/bien-lai/") == ["Phí, lệ phí"]
    assert here("/can-bo/thanh-toan/doi-soatX/") == ["Phí, lệ phí"]
    assert here("/can-bo/ho-so/") == ["Bàn làm việc"]
    assert here("/") == []


def test_registering_twice_changes_nothing() -> None:
    for _ in range(2):
        shell.register_link(place="footer", text="Điều khoản", url_name="/dieu-khoan/")
    assert len(frame().footer_links) == 1


def test_nobody_is_signed_in_until_somebody_says_who() -> None:
    assert frame().person is None
    shell.describe_person_with(lambda request: PersonCard("Nguyễn Thị Lan"))
    assert frame().person == PersonCard("Nguyễn Thị Lan")
