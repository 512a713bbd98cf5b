"""
Lives of petitions that nobody brought: which acts, by whom, when. Pure, so that a province's can be planned and proved.

A *turn* is a way through the one table of `flow.py`; `walk` leads it there act by act. `pace` lays the acts on office
time, mostly within the four clocks, sometimes after one of them. How often each happens is assumed, not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Protocol

from vanlang.kernel.errors import Refusal
from vanlang.petitions.rules.flow import Facts, may, party_that_acts, target
from vanlang.petitions.types import (
    PetitionAct,
    PetitionClock,
    PetitionKind,
    PetitionParty,
    PetitionSource,
    PetitionState,
)

_A = PetitionAct


class Hand(StrEnum):
    """Who does an act, before anybody is named."""

    SENDER = "sender"
    SPECIALIST = "specialist"
    LEADER = "leader"


class Turn(StrEnum):
    """What becomes of a petition."""

    PUBLISHED = "published"
    ASSIGNED = "assigned"
    """Given to somebody by the leader; then as any."""
    WITHHELD = "withheld"
    SENT_BACK = "sent_back"
    ASKED = "asked"
    UNHEARD = "unheard"
    """The sender was asked and did not answer."""
    ROUTED = "routed"
    REFUSED = "refused"
    RETURNED = "returned"
    REFERRED = "referred"
    REPEATED = "repeated"
    """The same words as the petition before it, by the same sender: that one answers for it."""


SHARES = {
    Turn.PUBLISHED: 330, Turn.ASSIGNED: 220, Turn.WITHHELD: 60, Turn.SENT_BACK: 50, Turn.ASKED: 80, Turn.UNHEARD: 20,
    Turn.ROUTED: 90, Turn.REFUSED: 50, Turn.RETURNED: 40, Turn.REFERRED: 40, Turn.REPEATED: 20,
}  # fmt: skip
LATE_SHARES = {None: 740, PetitionClock.DECIDE: 110, PetitionClock.HANDLE: 90, PetitionClock.PUBLISH: 60}
SOURCE_SHARES = {
    PetitionSource.PORTAL: 700, PetitionSource.COUNTER: 100, PetitionSource.HOTLINE: 90, PetitionSource.NATIONAL: 110,
}  # fmt: skip
KIND_SHARES = {
    PetitionKind.HANDLING: 45, PetitionKind.OTHER: 25, PetitionKind.CONDUCT: 12, PetitionKind.REGULATION: 18,
}  # fmt: skip
ELSEWHERE_SHARES = {PetitionKind.COMPLAINT: 5, PetitionKind.RATING: 3, PetitionKind.DENUNCIATION: 2}
SATISFIED = 0.78
SAYS_SO = 0.4
"""Which share of senders with an account says whether the answer satisfies them."""

Stride = tuple[PetitionAct, Hand]

_FILED = ((_A.FILE, Hand.SENDER),)
_SEEN = (*_FILED, (_A.CLASSIFY, Hand.SPECIALIST))
_TAKEN = (*_SEEN, (_A.ACCEPT, Hand.SPECIALIST))
_ANSWERED = ((_A.PROPOSE_ANSWER, Hand.SPECIALIST), (_A.APPROVE_ANSWER, Hand.LEADER))
_PUBLISHED = (*_ANSWERED, (_A.PUBLISH, Hand.SPECIALIST))
STRIDES: dict[Turn, tuple[Stride, ...]] = {
    Turn.PUBLISHED: (*_TAKEN, *_PUBLISHED),
    Turn.ASSIGNED: (*_SEEN, (_A.ASSIGN, Hand.LEADER), (_A.ACCEPT, Hand.SPECIALIST), *_PUBLISHED),
    Turn.WITHHELD: (*_TAKEN, *_ANSWERED, (_A.WITHHOLD, Hand.LEADER)),
    Turn.SENT_BACK: (*_TAKEN, (_A.PROPOSE_ANSWER, Hand.SPECIALIST), (_A.SEND_BACK, Hand.LEADER), *_PUBLISHED),
    Turn.ASKED: (*_TAKEN, (_A.ASK_SUPPLEMENT, Hand.SPECIALIST), (_A.SUPPLEMENT, Hand.SENDER), *_PUBLISHED),
    Turn.UNHEARD: (*_TAKEN, (_A.ASK_SUPPLEMENT, Hand.SPECIALIST), (_A.GO_ON, Hand.SPECIALIST), *_PUBLISHED),
    Turn.ROUTED: (
        *_FILED, (_A.ROUTE, Hand.SPECIALIST), (_A.CLASSIFY, Hand.SPECIALIST), (_A.ACCEPT, Hand.SPECIALIST), *_PUBLISHED,
    ),
    Turn.REFUSED: (*_SEEN, (_A.REFUSE, Hand.SPECIALIST)),
    Turn.RETURNED: (*_SEEN, (_A.RETURN, Hand.LEADER)),
    Turn.REFERRED: (*_SEEN, (_A.REFER, Hand.SPECIALIST)),
    Turn.REPEATED: (*_SEEN, (_A.MERGE, Hand.SPECIALIST)),
}  # fmt: skip

_WAITS = {
    _A.CLASSIFY: 150, _A.ROUTE: 120, _A.ASSIGN: 90, _A.ACCEPT: 90, _A.REFUSE: 160, _A.RETURN: 160, _A.REFER: 120,
    _A.MERGE: 90, _A.ASK_SUPPLEMENT: 300, _A.SUPPLEMENT: 600, _A.GO_ON: 200, _A.PROPOSE_ANSWER: 1_700, _A.SEND_BACK: 200,
    _A.APPROVE_ANSWER: 240, _A.PUBLISH: 180, _A.WITHHOLD: 180,
}  # fmt: skip
"""Working minutes before an act, on average."""
_LONGEST = 4
"""Nothing on time takes longer than so many averages."""
_LATER = {
    _A.CLASSIFY: PetitionClock.DECIDE,
    _A.PROPOSE_ANSWER: PetitionClock.HANDLE,
    _A.PUBLISH: PetitionClock.PUBLISH,
}
_TOO_LATE = {PetitionClock.DECIDE: 1_000, PetitionClock.HANDLE: 7_300, PetitionClock.PUBLISH: 1_000}
"""Working minutes by which a clock is missed for certain."""
SENDERS_TIME = 2_900
"""Working minutes that a sender has to answer, and a little: five working days after the one of the question."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One act that was walked."""

    act: PetitionAct
    hand: Hand
    before: PetitionState | None
    state: PetitionState
    party: PetitionParty


class OfficeTime(Protocol):
    """A working calendar, as far as it is needed."""

    def worked_until(self, minute: int, /) -> int: ...
    def worked_out_at(self, worked: int, /) -> int: ...


def walk(turn: Turn, *, kind: PetitionKind, source: PetitionSource) -> tuple[Leg, ...] | Refusal:
    """Return each act of a turn with where the petition stands after it; the refusal of the first that the table does not allow."""
    legs: list[Leg] = []
    state: PetitionState | None = None
    said: PetitionKind | None = None
    for act, hand in STRIDES[turn]:
        facts = Facts(state, frozenset({party_of(act, hand, source)}), kind=said, wait_is_over=True)
        refusal = may(act, facts)
        if refusal is not None:
            return refusal
        said = kind if act is PetitionAct.CLASSIFY else said
        after = target(act, facts)
        legs.append(Leg(act, hand, state, after, party_that_acts(act, facts)))
        state = after
    return tuple(legs)


def party_of(act: PetitionAct, hand: Hand, source: PetitionSource) -> PetitionParty:
    """Return in which capacity a hand acts; what an officer takes down is filed by a handler."""
    if hand is Hand.LEADER:
        return PetitionParty.LEADER
    if hand is Hand.SPECIALIST:
        return PetitionParty.HANDLER
    if source is PetitionSource.NATIONAL:
        return PetitionParty.SYSTEM
    if act is PetitionAct.FILE and source is not PetitionSource.PORTAL:
        return PetitionParty.HANDLER
    return PetitionParty.SENDER


def pace(
    legs: Sequence[Leg], *, office: OfficeTime, filed: int, late: PetitionClock | None, draw: Random
) -> list[int]:
    """Return the minute of each act, in order, no two in one. `filed`: working minutes before the filing."""
    minutes: list[int] = []
    for leg in legs:
        if not minutes:
            minutes.append(office.worked_out_at(filed))
            continue
        mean = _WAITS[leg.act]
        wait = 2 + min(int(draw.expovariate(1 / mean)), _LONGEST * mean)
        if leg.act is PetitionAct.GO_ON:
            wait += SENDERS_TIME
        if late is not None and _LATER.get(leg.act) is late:
            wait += _TOO_LATE[late]
        worked = office.worked_until(minutes[-1]) + wait
        found = office.worked_out_at(worked)
        while found <= minutes[-1]:
            worked += 1
            found = office.worked_out_at(worked)
        minutes.append(found)
    return minutes


_WHERE = (
    "quầy số một",
    "quầy số hai",
    "bộ phận tiếp nhận",
    "trụ sở cũ",
    "điểm phục vụ cạnh chợ",
    "phòng chờ tầng hai",
)
_WHEN = ("sáng thứ hai", "chiều thứ ba", "sáng thứ tư", "chiều thứ năm", "đầu giờ chiều", "cuối giờ sáng")
_WHAT = (
    "chứng thực bản sao", "xác nhận cư trú", "đăng ký hộ kinh doanh", "trích lục khai sinh", "cấp đổi giấy chứng nhận",
    "xác nhận tình trạng nhà đất", "đăng ký khai tử", "hỗ trợ chăn nuôi", "giấy phép xây dựng",
)  # fmt: skip
_HOW = (
    "phải chờ rất lâu mới đến lượt", "được hướng dẫn hai lần khác nhau", "bị hẹn lại nhiều lần", "không thấy ai trả lời điện thoại",
    "phải nộp thêm giấy tờ ngoài danh mục", "không tra được kết quả trên mạng", "thấy bảng giá niêm yết đã cũ",
    "không có chỗ để xe", "thấy máy lấy số hỏng", "không được giải thích vì sao trễ hẹn",
)  # fmt: skip
_WISH = (
    "bố trí thêm người vào giờ cao điểm", "niêm yết rõ danh mục giấy tờ", "sửa máy lấy số", "trả lời bằng tin nhắn",
    "làm thêm sáng thứ bảy", "công khai thời gian giải quyết", "hướng dẫn thống nhất giữa các quầy", "mở thêm bãi để xe",
)  # fmt: skip
_COLOURS = ("đỏ", "xanh", "vàng", "trắng", "tím", "nâu", "cam", "hồng", "xám", "đen", "bạc", "chàm")


def written(draw: Random) -> tuple[str, str]:
    """
    Return title and text of a petition about nobody.

    Unlike any other: the words of a ticket, drawn one by one, keep two texts from being taken for one matter.
    """
    where, what, how = draw.choice(_WHERE), draw.choice(_WHAT), draw.choice(_HOW)
    ticket = " ".join(draw.choice(_COLOURS) for _ in range(14))
    text = (
        f"{draw.choice(_WHEN).capitalize()} tôi đến {where} làm thủ tục {what}, {how}. "
        f"Phiếu chờ của tôi in các màu {ticket}. Đề nghị cơ quan {draw.choice(_WISH)}."
    )
    return f"{what.capitalize()}: {how}", text


def public_words(draw: Random) -> tuple[str, str, str, str]:
    """Return the answer to the sender, then title, question and answer for everybody: no name, no number."""
    what, how, wish = draw.choice(_WHAT), draw.choice(_HOW), draw.choice(_WISH)
    return (
        f"Cơ quan đã kiểm tra việc làm thủ tục {what} và sẽ {wish}. Cảm ơn ý kiến đóng góp.",
        f"Về thủ tục {what}",
        f"Người dân phản ánh khi làm thủ tục {what} {how}.",
        f"Cơ quan đã kiểm tra và sẽ {wish}.",
    )
