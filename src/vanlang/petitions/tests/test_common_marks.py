"""What half the province writes leads nowhere: the search begins at the rare marks and finds the same."""

from __future__ import annotations

import pytest

from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.models import PetitionCommonMark
from vanlang.petitions.queries import likeness
from vanlang.petitions.queries.likeness import FEWEST, repeats_of, telling_marks
from vanlang.petitions.services import counting
from vanlang.petitions.tests.factories import Desk
from vanlang.petitions.types import Sender

COURTESY = "Kính gửi Ủy ban nhân dân phường, tôi xin trình bày một việc như sau và mong được trả lời sớm."
WALL = (
    "Bức tường cạnh nhà văn hóa tổ 7 nứt rộng ba phân, trẻ con hay chơi dưới chân tường, mưa xuống có thể đổ."
)


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", 3)


def told(desk: Desk, *texts: str) -> list[object]:
    return [
        desk.file(title=f"Việc {number}", text=text, sender=Sender(phone=f"09870000{number:02}")).id
        for number, text in enumerate(texts)
    ]


def test_common_words_are_counted_and_passed_over_and_the_repetition_is_found(desk: Desk) -> None:
    others = (f"{COURTESY} Chuyện thứ {word} xảy ra ở {word} {word}." for word in ("ao", "hồ", "suối", "đồi"))
    first, *_ = told(desk, f"{COURTESY} {WALL}", *others)
    with acting(Scope.system()):
        assert counting.count_common_marks() > 0
        again = desk.row(
            desk.file(
                title="Việc nữa", text=f"{COURTESY} {WALL} Xin nhắc lại.", sender=Sender(phone="0911222333")
            )
        )
        assert len(telling_marks(again.sketch)) < len(again.sketch)
        assert [one.id for one in repeats_of(again)] == [first]


def test_a_text_of_common_words_alone_is_looked_for_all_the_same(desk: Desk) -> None:
    earlier = told(desk, *[COURTESY] * 5)
    with acting(Scope.system()):
        counting.count_common_marks()
        again = desk.row(desk.file(title="Việc 0", text=COURTESY, sender=Sender(phone="0911222333")))
        assert len(telling_marks(again.sketch)) >= FEWEST
        assert set(earlier) <= {one.id for one in repeats_of(again)}


def test_counted_again_it_is_the_same(desk: Desk) -> None:
    told(desk, *[COURTESY] * 5)
    with acting(Scope.system()):
        first = counting.count_common_marks()
        assert (counting.count_common_marks(), PetitionCommonMark.objects.count()) == (first, first)


def test_the_likest_are_compared_and_not_the_newest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who begin in the same words do not hide the one that says the same to its end."""
    monkeypatch.setattr(likeness, "MOST", 2)
    first, *_ = told(
        desk, WALL, *(f"{WALL[:60]} {word} {word} {word}" for word in ("ao", "hồ", "suối", "đồi"))
    )
    with acting(Scope.system()):
        again = desk.row(desk.file(title="Việc nữa", text=WALL, sender=Sender(phone="0911222333")))
        assert first in [one.id for one in repeats_of(again)]
