"""The formal check and its neighbours, without a database."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.intake.rules.asking import KnownApplicant, known_answers
from vanlang.intake.rules.carrying import matching_case, matching_papers
from vanlang.intake.rules.formal import FieldProblem, Given, WantedPaper, is_phone, missing_from
from vanlang.intake.rules.offering import may_file_online
from vanlang.intake.rules.operation import operation_of
from vanlang.intake.types import MissingKind, Operation, OtherApplicant

COMPLETE = {"has_case": True, "has_place": True, "phone": "0912345678", "other_applicant": None}


def test_a_complete_draft_lacks_nothing() -> None:
    wanted = [
        WantedPaper(1, "Giấy chứng sinh", is_demanded=True),
        WantedPaper(2, "Giấy tờ khác", is_demanded=False),
    ]
    assert missing_from(Given(**COMPLETE, wanted=wanted, files={1: 1})) == ()


def test_everything_is_named_at_once_in_the_order_of_the_steps() -> None:
    missing = missing_from(
        Given(
            has_case=False,
            has_place=False,
            phone="",
            other_applicant=OtherApplicant(full_name="An", personal_id="12"),
            field_problems=[FieldProblem("child_name", "Họ tên con", "Hãy điền “Họ tên con”.")],
            wanted=[WantedPaper(1, "Giấy chứng sinh", is_demanded=True)],
        )
    )
    assert [one.code or one.says for one in missing] == [
        "intake.case_missing",
        "intake.place_missing",
        "intake.phone_missing",
        "intake.other_name_missing",
        "intake.other_personal_id_malformed",
        "Hãy điền “Họ tên con”.",
        "intake.paper_missing",
    ]


@given(
    demanded=st.lists(st.booleans(), max_size=8),
    files=st.dictionaries(st.integers(0, 7), st.integers(0, 3), max_size=8),
)
def test_a_paper_is_missing_exactly_when_it_is_demanded_and_has_no_file(
    demanded: list[bool], files: dict[int, int]
) -> None:
    wanted = [WantedPaper(number, f"Giấy {number}", is_demanded=one) for number, one in enumerate(demanded)]
    missing = missing_from(Given(**COMPLETE, wanted=wanted, files=files))
    assert {int(one.key) for one in missing} == {
        number for number, one in enumerate(demanded) if one and files.get(number, 0) == 0
    }
    assert {one.kind for one in missing} <= {MissingKind.PAPER}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("0912345678", True),
        ("0912 345 678", True),
        ("+84 912.345.678", True),
        ("02103123456", True),
        ("912345678", False),
        ("09123", False),
        ("٠٩١٢٣٤٥٦٧٨", False),
        ("", False),
    ],
)
def test_a_phone_can_be_dialled(text: str, good: bool) -> None:
    assert is_phone(text) is good


LAN, SON = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("operator", "is_officer", "applicant", "operation"),
    [
        (LAN, False, LAN, Operation.SELF),
        (LAN, False, SON, Operation.ON_BEHALF),
        (LAN, True, SON, Operation.ASSISTED),
        (LAN, True, LAN, Operation.ASSISTED),
        (None, True, LAN, Operation.ASSISTED),
        (None, False, LAN, Operation.ON_BEHALF),
    ],
)
def test_whose_hand_filed(
    operator: UUID | None, is_officer: bool, applicant: UUID, operation: Operation
) -> None:
    assert (
        operation_of(operator_person_id=operator, is_officer=is_officer, applicant_person_id=applicant)
        is operation
    )


@pytest.mark.parametrize(
    ("title", "cases", "found"),
    [
        ("Đăng ký lần đầu", [(7, "Đăng ký lần đầu"), (8, "Đăng ký lại")], 7),
        ("ĐĂNG KÝ LẦN ĐẦU", [(7, "Đăng ký lần đầu"), (8, "Đăng ký lại")], 7),
        ("Trường hợp đã bỏ", [(7, "Đăng ký lần đầu"), (8, "Đăng ký lại")], None),
        (None, [(7, "Đăng ký lần đầu"), (8, "Đăng ký lại")], None),
        (None, [(7, "")], 7),
        ("Trường hợp đã bỏ", [(7, "")], 7),
    ],
)
def test_a_case_is_kept_by_its_title(
    title: str | None, cases: list[tuple[int, str]], found: int | None
) -> None:
    assert matching_case(title, cases) == found


def test_papers_are_kept_by_their_names() -> None:
    old = {1: "Giấy chứng sinh", 2: "Giấy  chứng nhận kết hôn", 3: "Sổ hộ khẩu"}
    new = {11: "Giấy chứng nhận kết hôn", 12: "Giấy Chứng Sinh"}
    assert matching_papers(old, new) == {1: 12, 2: 11}


@pytest.mark.parametrize(
    ("only_informs", "has_online_limit", "code"),
    [
        (False, True, None),
        (True, True, "intake.counter_only"),
        (True, False, "intake.counter_only"),
        (False, False, "intake.no_online_limit"),
    ],
)
def test_what_can_be_filed_online(only_informs: bool, has_online_limit: bool, code: str | None) -> None:
    refusal = may_file_online(only_informs=only_informs, has_online_limit=has_online_limit)
    assert (refusal.code if refusal else None) == code


LAN_AS_KNOWN = KnownApplicant("Nguyễn Thị Lan", "025190012123", "", "0912345678", "")
QUESTIONS = {"applicant_name", "applicant_phone", "applicant_address", "child_name"}


@given(answers=st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=5)))
def test_only_untouched_questions_are_filled_and_only_with_what_is_known(answers: dict[str, object]) -> None:
    shown = known_answers(LAN_AS_KNOWN, QUESTIONS, answers)
    assert {name: shown[name] for name in answers} == answers
    added = {name: value for name, value in shown.items() if name not in answers}
    assert added.items() <= {"applicant_name": "Nguyễn Thị Lan", "applicant_phone": "0912345678"}.items()
