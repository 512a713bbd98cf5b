"""Readiness, differences, validity, competence, authority, answers: small rules as tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.rules.answers import apply_answer
from vanlang.catalogue.rules.authority import may_edit
from vanlang.catalogue.rules.competence import CompetenceRule, competent_agency
from vanlang.catalogue.rules.content import CaseContent, Content, PaperContent, Question, digest
from vanlang.catalogue.rules.diff import Difference, differences
from vanlang.catalogue.rules.process import WHOLE, is_process, percentages
from vanlang.catalogue.rules.readiness import BLOCKS, lacks
from vanlang.catalogue.rules.reading.words import department_of, read_legal_basis
from vanlang.catalogue.rules.validity import is_valid_on, may_be_received_on
from vanlang.catalogue.types import (
    Channel,
    Level,
    Limit,
    LimitUnit,
    OnlineLevel,
    Origin,
    PaperKind,
    Reason,
    StepRole,
    VersionState,
)
from vanlang.kernel.errors import Refusal

COMMUNE, DEPARTMENT, OTHER = 100, 19, 7


def content(**changes: object) -> Content:
    base = Content(
        name="Đăng ký khai sinh",
        field="Hộ tịch",
        levels=(Level.COMMUNE,),
        audience=(),
        online_level=OnlineLevel.UNKNOWN,
        department="H44.19",
        source="thử nghiệm",
        origin=Origin.NATIONAL,
        cases=(CaseContent("", (PaperContent("Tờ khai", PaperKind.FORM, 1, 0),)),),
    )
    return replace(base, **changes)  # type: ignore[arg-type] # fields by name


# --- readiness ------------------------------------------------------------------------------


def test_every_reason_has_its_aspect() -> None:
    assert set(BLOCKS) == set(Reason)


def test_a_version_that_has_everything_lacks_nothing() -> None:
    assert (
        lacks(
            [Reason.FORM_NAME_UNCLEAR, Reason.SOURCE_CHANGED], has_limit=True, has_fee=True, has_papers=True
        )
        == ()
    )


def test_a_version_without_anything_says_so() -> None:
    found = lacks([], has_limit=False, has_fee=False, has_papers=False)
    assert set(found) == {Reason.LIMIT_MISSING, Reason.FEE_MISSING, Reason.PAPERS_MISSING}


@given(st.sets(st.sampled_from(sorted(Reason))), st.booleans(), st.booleans(), st.booleans())
def test_an_open_question_that_blocks_is_always_named(
    reasons: set[Reason], limit: bool, fee: bool, papers: bool
) -> None:
    found = lacks(reasons, has_limit=limit, has_fee=fee, has_papers=papers)
    assert {reason for reason in reasons if BLOCKS[reason]} <= set(found)


# --- differences ----------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "code", "x"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(JSON, JSON)
def test_there_is_no_difference_exactly_when_both_are_equal(before: object, after: object) -> None:
    assert (differences(before, after) == ()) is (before == after)


def test_a_paper_put_on_top_is_one_difference() -> None:
    before = {"papers": [{"name": "Tờ khai", "originals": 1}]}
    after = {"papers": [{"name": "Đơn", "originals": 1}, {"name": "Tờ khai", "originals": 1}]}
    assert differences(before, after) == (Difference("papers[Đơn]", None, {"name": "Đơn", "originals": 1}),)


def test_a_changed_field_is_named_by_its_path() -> None:
    before = {"channels": [{"channel": "Trực tiếp", "duration": 5}], "name": "A"}
    after = {"channels": [{"channel": "Trực tiếp", "duration": 7}], "name": "A"}
    assert differences(before, after) == (Difference("channels[Trực tiếp].duration", 5, 7),)


def test_equal_content_has_equal_digest() -> None:
    assert digest(content()) == digest(content())
    assert digest(content()) != digest(content(name="Đăng ký khai tử"))


# --- validity -------------------------------------------------------------------------------

JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("state", "valid_to", "on", "ready", "code"),
    [
        (VersionState.PUBLISHED, None, JULY, True, None),
        (VersionState.PUBLISHED, None, dt.date(2026, 6, 30), True, "catalogue.version_not_yet_valid"),
        (VersionState.RETIRED, AUGUST, dt.date(2026, 7, 31), True, None),
        (VersionState.RETIRED, AUGUST, AUGUST, True, "catalogue.version_expired"),
        (VersionState.DRAFT, None, JULY, True, "catalogue.version_not_yet_valid"),
        (VersionState.PUBLISHED, None, JULY, False, "catalogue.version_not_ready"),
    ],
)
def test_when_a_dossier_may_be_received(
    state: VersionState, valid_to: dt.date | None, on: dt.date, ready: bool, code: str | None
) -> None:
    refusal = may_be_received_on(state, JULY, valid_to, on, is_ready=ready)
    assert (refusal.code if refusal else None) == code


@given(st.dates(), st.dates(), st.dates())
def test_versions_that_follow_each_other_are_never_both_in_force(
    start: dt.date, change: dt.date, on: dt.date
) -> None:
    first = is_valid_on(min(start, change), max(start, change), on)
    second = is_valid_on(max(start, change), None, on)
    assert not (first and second)


# --- competence and authority ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "at_commune", "agency"),
    [
        ([CompetenceRule(Level.COMMUNE, None)], True, COMMUNE),
        ([CompetenceRule(Level.COMMUNE, None)], False, None),
        ([CompetenceRule(Level.PROVINCE, None)], True, DEPARTMENT),
        ([CompetenceRule(Level.PROVINCE, None), CompetenceRule(Level.COMMUNE, None)], True, COMMUNE),
        ([CompetenceRule(Level.PROVINCE, None), CompetenceRule(Level.COMMUNE, None)], False, DEPARTMENT),
        ([CompetenceRule(Level.COMMUNE, OTHER)], True, OTHER),
        ([CompetenceRule(Level.MINISTRY, None)], True, None),
    ],
)
def test_who_settles(rules: list[CompetenceRule], at_commune: bool, agency: int | None) -> None:
    found = competent_agency(rules, intake_id=COMMUNE, intake_is_commune=at_commune, department_id=DEPARTMENT)
    assert found == agency


@pytest.mark.parametrize(
    ("editor", "agency", "code"),
    [
        (True, "H44.19", None),
        (True, "H44.01", None),
        (True, "H44.45", "catalogue.other_department"),
        (False, "H44.19", "catalogue.not_editor"),
        (True, None, None),
    ],
)
def test_who_may_edit(editor: bool, agency: str | None, code: str | None) -> None:
    refusal = may_edit(is_editor=editor, agency_code=agency, department_code="H44.19")
    assert (refusal.code if refusal else None) == code


def test_a_process_needs_somebody_who_examines_and_somebody_who_decides() -> None:
    assert is_process([StepRole.SPECIALIST, StepRole.LEADER], [1, 1]) is None
    assert is_process([StepRole.COUNTER, StepRole.LEADER], [1, 1]) is not None
    assert is_process([StepRole.SPECIALIST, StepRole.LEADER], [0, 0]) is not None


# --- answers --------------------------------------------------------------------------------


def answered(question: Question, answer: dict[str, object], before: Content | None = None) -> Content:
    applied = apply_answer(before or content(), question, answer, "Xác nhận")
    assert not isinstance(applied, Refusal), applied
    return applied


def test_an_answer_about_a_limit_puts_it_on_the_channels_asked_about() -> None:
    question = Question(Reason.LIMIT_UNIT_MISSING, "limits/direct,postal", "3")
    limits = answered(question, {"amount": 3, "unit": "working_day"}).limits
    assert [(item.channel, item.limit, item.origin) for item in limits] == [
        (channel, Limit(Decimal(3), LimitUnit.WORKING_DAY), Origin.DEPARTMENT)
        for channel in (Channel.DIRECT, Channel.POSTAL)
    ]


def test_an_answer_about_fees_may_name_several() -> None:
    question = Question(Reason.FEE_SET_LOCALLY, "fees/direct", "")
    fees = answered(
        question, {"fees": [{"amount_vnd": 5000, "kind": "charge"}, {"amount_vnd": 8000, "name": "bản sao"}]}
    ).fees
    assert [fee.money.amount_vnd for fee in fees] == [5000, 8000]


def test_a_line_may_turn_out_to_be_a_note() -> None:
    before = content(
        cases=(CaseContent("", (PaperContent("Trường hợp khác", PaperKind.UNCLEAR, None, None),)),)
    )
    question = Question(Reason.PAPER_OR_NOTE, "papers/Trường hợp khác", "")
    (paper,) = answered(question, {"kind": "note"}, before).cases[0].papers
    assert (paper.kind, paper.is_required) == (PaperKind.NOTE, False)


def test_a_heading_may_turn_out_to_be_a_case() -> None:
    papers = (
        PaperContent("Tờ khai", PaperKind.FORM, 1, 0),
        PaperContent("Bản vẽ", PaperKind.PAPER, 1, 0, section="Trường hợp xây mới"),
        PaperContent("Ảnh chụp", PaperKind.PAPER, 1, 0, section="Trường hợp sửa chữa"),
    )
    before = content(cases=(CaseContent("", papers),))
    once = answered(
        Question(Reason.GROUP_UNCLEAR, "groups/x", "a) Trường hợp xây mới:"), {"reads_as": "case"}, before
    )
    assert [paper.name for paper in once.cases[-1].papers] == ["Bản vẽ", "Tờ khai"]
    as_condition = answered(
        Question(Reason.GROUP_UNCLEAR, "groups/y", "Trường hợp sửa chữa"), {"reads_as": "condition"}, before
    )
    assert as_condition.cases[0].papers[2].is_required is False


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        (Reason.LIMIT_MISSING, {"amount": 0, "unit": "day"}),
        (Reason.LIMIT_MISSING, {"amount": "vài", "unit": "day"}),
        (Reason.LIMIT_MISSING, {"amount": 3, "unit": "tuần"}),
        (Reason.FEE_MISSING, {"fees": []}),
        (Reason.FEE_MISSING, {"fees": [{"amount_vnd": -1}]}),
        (Reason.FEE_MISSING, {"fees": [{"amount_vnd": 2000, "first_units": 2}]}),
        (Reason.GROUP_UNCLEAR, {"reads_as": "khác"}),
        (Reason.PAPER_OR_NOTE, {"kind": "unclear"}),
    ],
)
def test_an_answer_of_another_shape_is_refused(reason: Reason, answer: dict[str, object]) -> None:
    refusal = apply_answer(content(), Question(reason, "limits/direct", ""), answer, "Xác nhận")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "catalogue.answer_unreadable"


@pytest.mark.parametrize("reason", sorted(Reason))
def test_every_reason_can_be_answered(reason: Reason) -> None:
    assert not isinstance(
        apply_answer(
            content(),
            Question(reason, "limits/direct", ""),
            {
                "amount": 1, "unit": "day", "fees": [{"amount_vnd": 0}], "kind": "paper", "originals": 1,
                "reads_as": "section", "papers": [{"name": "Đơn", "originals": 1}], "name": "Đơn",
                "channels": ["direct"],
            },
            "Xác nhận",
        ),
        Refusal,
    )  # fmt: skip


# --- words ----------------------------------------------------------------------------------


def test_the_title_of_a_legal_document_is_what_its_number_is_glued_to() -> None:
    text = "Luật Quản lý thuế38/2019/QH14Thông tư 10/2021/TT-BTC10/2021/TT-BTC"
    assert read_legal_basis(["10/2021/TT-BTC", "38/2019/QH14", "1/2020/X"], text) == (
        ("10/2021/TT-BTC", "Thông tư 10/2021/TT-BTC"),
        ("38/2019/QH14", "Luật Quản lý thuế"),
        ("1/2020/X", ""),
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Bộ Tư pháp", "H44.19"),
        ("Bộ xây dựng (Giao thông vận tải cũ)", "H44.44"),
        ("Tòa án nhân dân", "H44.01"),
    ],
)
def test_which_department_answers(body: str, code: str) -> None:
    assert department_of(body) == code


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_percentages_make_a_whole_and_keep_the_order(weights: list[int]) -> None:
    shares = percentages(weights)
    assert sum(shares) == WHOLE
    ranked = sorted(zip(weights, shares, strict=True))
    assert [share for _, share in ranked] == sorted(shares) or all(
        abs(share - weight * WHOLE / sum(weights)) < 1 for weight, share in ranked
    )
