"""A handful of petitions of the demo's world, led to their states by the ordinary commands. Loaded once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path

from vanlang.calendars.api import add_working_days, calendar_of
from vanlang.identity.api import NOBODY, Actor, Role, actor_of, list_officers
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import find_agency_by_code
from vanlang.petitions import services
from vanlang.petitions.models import Petition
from vanlang.petitions.types import (
    AnswerWords,
    Brought,
    Filed,
    PetitionKind,
    PetitionSource,
    Sender,
)

HOME = "H44.100"
_WAIT = (
    "Chờ lâu ở quầy số 2 buổi sáng",
    "Sáng thứ Hai tôi đến nộp hồ sơ đăng ký hộ kinh doanh, lấy số lúc 8 giờ, đến 10 giờ 30 mới được gọi. "
    "Quầy số 2 chỉ có một người làm. Đề nghị phường bố trí thêm người vào buổi sáng.",
)
_ROAD = (
    "Biểu mẫu trên cổng khó điền bằng điện thoại",
    "Tờ khai xác nhận tình trạng hôn nhân phải kéo ngang mới thấy ô ngày sinh. Đề nghị sửa cho vừa màn hình điện thoại.",
)
_RUDE = (
    "Bị yêu cầu bổ sung hai lần",
    "Hồ sơ của tôi bị yêu cầu bổ sung giấy xác nhận cư trú, nộp xong lại bị yêu cầu thêm bản sao căn cước. "
    "Đề nghị hướng dẫn đủ một lần. Liên hệ tôi theo số 0912 345 678.",
)
_FEE = (
    "Mức phí chứng thực niêm yết khác trên cổng",
    "Bảng niêm yết ở bộ phận Một cửa ghi mức phí cũ. Đề nghị thay bảng cho khớp với cổng dịch vụ công.",
)
_PRAISE = ("Đánh giá cán bộ quầy 3", "Cán bộ quầy 3 hướng dẫn nhiệt tình, tôi đánh giá rất hài lòng.")
_HOA = Sender("Trần Thị Hoa", "0912345678", "", "Số 12 đường Hùng Vương, Việt Trì")
_KHOI = Sender("", "0983111222", "")


class _Day:
    """The cast at phường Việt Trì, some working days ago."""

    def __init__(self, agency_id: int, now: dt.datetime) -> None:
        self.agency_id, self.now = agency_id, now
        on = now.date()
        self.counter = self._one(Role.COUNTER, on)
        self.specialist = self._one(Role.SPECIALIST, on)
        self.leader = self._one(Role.LEADER, on)

    def ago(self, working_days: int, hour: int = 9) -> dt.datetime:
        on = add_working_days(calendar_of(self.agency_id), self.now.date(), -working_days)
        return min(dt.datetime.combine(on, dt.time(hour, 12), clock.VIETNAM), self.now)

    def _one(self, role: Role, on: dt.date) -> Actor:
        found = list_officers(self.agency_id, on, role=role)
        return actor_of(found[0])

    def file(self, words: tuple[str, str], sender: Sender, at: dt.datetime) -> Filed:
        brought = Brought(words[0], words[1], sender, self.agency_id, PetitionSource.PORTAL)
        return services.file_petition(brought=brought, actor=NOBODY, at=at)

    def accept(self, petition_id: uuid.UUID, kind: PetitionKind, at: dt.datetime) -> None:
        services.classify(petition_id=petition_id, kind=kind, actor=self.specialist, at=at)
        services.accept(petition_id=petition_id, actor=self.specialist, at=at)

    def propose(self, petition_id: uuid.UUID, words: AnswerWords, at: dt.datetime) -> None:
        services.propose_answer(
            petition_id=petition_id, words=words, leader_id=self.leader.appointment_id or 0,
            actor=self.specialist, at=at,
        )  # fmt: skip


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Load the petitions of the demo, unless some are there."""
    with acting(Scope.system()):
        now = clock.now()
        agency = find_agency_by_code(HOME, now.date())
        if agency is None or Petition.objects.exists():
            return
        day = _Day(agency.id, now)
        _published(day)
        _for_the_leader(day)
        _asked(day)
        _late(day)
        _new(day)
    report(f"{Petition.objects.count()} phản ánh, kiến nghị")


def _published(day: _Day) -> None:
    filed = day.file(_WAIT, _HOA, day.ago(9))
    day.accept(filed.id, PetitionKind.CONDUCT, day.ago(8))
    words = AnswerWords(
        "Kính gửi bà Trần Thị Hoa, từ tuần tới quầy số 2 có hai người làm từ 7 giờ 30 đến 10 giờ. Xin lỗi bà vì đã phải chờ.",
        "Chờ lâu ở quầy số 2 buổi sáng",
        "Người dân lấy số lúc 8 giờ, đến 10 giờ 30 mới được gọi ở quầy số 2; đề nghị bố trí thêm người vào buổi sáng.",
        "Từ tuần tới quầy số 2 có hai người làm từ 7 giờ 30 đến 10 giờ.",
    )
    day.propose(filed.id, words, day.ago(6))
    services.approve_answer(petition_id=filed.id, and_publish=True, actor=day.leader, at=day.ago(5))


def _for_the_leader(day: _Day) -> None:
    filed = day.file(_FEE, _KHOI, day.ago(6))
    day.accept(filed.id, PetitionKind.REGULATION, day.ago(5))
    words = AnswerWords(
        "Phường đã thay bảng niêm yết mức phí cho khớp với cổng dịch vụ công.",
        "Mức phí chứng thực niêm yết khác trên cổng",
        "Bảng niêm yết ở bộ phận Một cửa ghi mức phí cũ.",
        "Phường đã thay bảng niêm yết cho khớp với cổng dịch vụ công.",
    )
    day.propose(filed.id, words, day.ago(1))


def _asked(day: _Day) -> None:
    filed = day.file(_ROAD, Sender("", "", "minh.do@example.vn"), day.ago(3))
    day.accept(filed.id, PetitionKind.OTHER, day.ago(2))
    services.ask_supplement(
        petition_id=filed.id,
        question="Ông/Bà dùng điện thoại và trình duyệt nào?",
        actor=day.specialist,
        at=day.ago(1),
    )


def _late(day: _Day) -> None:
    """One that is not decided in time, and one that waits beyond its fifteen days."""
    day.file(_PRAISE, Sender("Lê Văn Tám", "0977000111"), day.ago(4))
    filed = day.file(_RUDE, Sender("Đỗ Văn Thịnh", "0987654321"), day.ago(18))
    day.accept(filed.id, PetitionKind.HANDLING, day.ago(17))


def _new(day: _Day) -> None:
    """The same words again, from somebody else: beside the earlier one."""
    day.file(_WAIT, _KHOI, day.ago(1, 15))
    day.file(
        ("Thiếu ghế chờ", "Khu vực chờ chỉ có sáu ghế, người già phải đứng. Đề nghị thêm ghế."),
        _KHOI,
        day.ago(0, 8),
    )
