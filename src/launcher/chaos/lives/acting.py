"""Acts on a dossier at the desk: a table of ways through its life, and one step of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from launcher.chaos.clients import Client
from launcher.chaos.diary import Kind
from launcher.chaos.hand import Deed, Hand
from launcher.demo.forms import Value
from launcher.demo.pages import Page, nodes, text_of

OFFICE, SPECIALIST = "Văn phòng HĐND và UBND", "Lê Thị Mai"


@dataclass(frozen=True, slots=True)
class Step:
    """One act: who does it, at which page of the dossier, by which button, with what."""

    act: str
    who: str
    slug: str
    button: str
    values: Mapping[str, Value] = field(default_factory=dict)
    title: str = ""
    """What the history calls it, where the button says something else."""
    read: Callable[[Page], Mapping[str, Value]] | None = None
    """What is filled in where the page must be read first."""


RECEIVE = Step("receive", "hung", "tiep-nhan", "Tiếp nhận")
HAND_OVER = Step("hand_over", "hung", "chuyen-xu-ly", "Chuyển xử lý", {"Chuyển đến": OFFICE})
CLAIM = Step("claim", "mai", "nhan-xu-ly", "Nhận xử lý")
ASSIGN = Step("assign", "phuc", "phan-cong", "Phân công", {"Giao cho": SPECIALIST})


def _asked(page: Page) -> dict[str, Value]:
    """Tick the first thing that can be asked for, and say why."""
    rows = nodes(page.tree, "//*[contains(@class,'desk-ask__row')]//label")
    label = text_of(rows[0])
    return {label: True, f"Thiếu hoặc sai ở đâu: {label}": "Bản này mờ, đề nghị nộp lại."}


def _handed_in(page: Page) -> dict[str, Value]:
    """Take every asked paper in hand, and write something into every asked field."""
    papers = [
        text_of(one) for one in nodes(page.tree, "//label[starts-with(normalize-space(),'Đã nhận bản giấy')]")
    ]
    fields = nodes(
        page.tree,
        "//input[starts-with(@name,'answer-') and @type='text' or starts-with(@name,'answer-') and not(@type)]",
    )
    for one in fields:
        one.set("value", "Đã khai lại")
    return dict.fromkeys(papers, True)


REQUEST_SUPPLEMENT = Step("request_supplement", "mai", "yeu-cau-bo-sung", "Yêu cầu bổ sung", read=_asked)
ANSWER_SUPPLEMENT = Step("answer_supplement", "hung", "nhan-bo-sung", "Nộp bổ sung", read=_handed_in)
PROPOSE = Step("propose", "mai", "trinh-ket-qua", "Trình lãnh đạo", title="Trình kết quả")
APPROVE = Step("approve", "phuc", "phe-duyet", "Phê duyệt")
SIGN = Step("sign", "phuc", "ky-so", "Ký số")
RELEASE = Step("release", "thao", "phat-hanh", "Phát hành")
DELIVER = Step("deliver", "hung", "tra-ket-qua", "Trả kết quả", {"Người nhận": "Người nộp"})
WITHDRAW = Step("withdraw", "hung", "rut-ho-so", "Rút hồ sơ")

TO_SPECIALIST = (HAND_OVER, CLAIM)
TO_LEADER = (*TO_SPECIALIST, PROPOSE, APPROVE)
TO_CITIZEN = (SIGN, RELEASE, DELIVER)
WAYS: tuple[tuple[int, tuple[Step, ...]], ...] = (
    (8, ()),
    (10, (HAND_OVER,)),
    (10, TO_SPECIALIST),
    (14, TO_LEADER),
    (24, (*TO_LEADER, *TO_CITIZEN)),
    (12, (HAND_OVER, ASSIGN, PROPOSE, APPROVE)),
    (8, (HAND_OVER, CLAIM, REQUEST_SUPPLEMENT, ANSWER_SUPPLEMENT, PROPOSE, APPROVE)),
    (6, (*TO_SPECIALIST, WITHDRAW)),
    (8, (HAND_OVER, ASSIGN, PROPOSE, WITHDRAW)),
)
"""How often out of a hundred a dossier goes which way."""


def lead(hand: Hand, dossier_id: str) -> None:
    """Lead a received dossier some way."""
    (way,) = hand.numbers.choices([one for _, one in WAYS], [share for share, _ in WAYS])
    take(hand, dossier_id, way)


def take(hand: Hand, dossier_id: str, steps: Iterable[Step]) -> bool:
    """Take steps until somebody says no; say whether all were taken."""
    return all(act(hand, dossier_id, step) for step in steps)


def act(hand: Hand, dossier_id: str, step: Step) -> bool:
    at_desk = f"/can-bo/ho-so/{dossier_id}/"
    title = step.title or step.button

    def is_done(client: Client) -> bool:
        """Whether the dossier's history has the act: whoever lost the answer looks there."""
        page = client.look(at_desk)
        return bool(nodes(page.tree, "//*[@id='lich-su']//*[normalize-space()=$title]", title=title))

    return hand.do(
        Deed(
            Kind.ACT, f"{dossier_id}/{step.act}", step.who, f"{at_desk}{step.slug}/", step.button, step.read or step.values, is_done
        )
    )  # fmt: skip
