"""Papers, notes, headings, and file names glued to the ends of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.rules.reading.groups import Heading, heading_of, read_papers
from vanlang.catalogue.rules.reading.papers import PaperRow, read_paper, split_form_files
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import Counts, PaperKind, Reason

GLUED = [
    ("Đơn đề nghị theo mẫu;Mẫu số 01.docx", "Đơn đề nghị theo mẫu;", ("Mẫu số 01.docx",)),
    ("Phương án thả giốngPhuong an tha giong.doc", "Phương án thả giống", ("Phuong an tha giong.doc",)),
    ("Giấy đăng ký (Phụ lục II)Phụ lục II-TT35.docx", "Giấy đăng ký (Phụ lục II)", ("Phụ lục II-TT35.docx",)),
    ("Tờ khai theo Thông tư 07/2026/TT-BNNMTMẫu số 26.docx", "Tờ khai theo Thông tư 07/2026/TT-BNNMT", ("Mẫu số 26.docx",)),
    ("Giấy đề nghị (mẫu 9A)47-Mẫu 8A.doc", "Giấy đề nghị (mẫu 9A)", ("47-Mẫu 8A.doc",)),
    ("Đơn theo Mẫu 01, Mẫu 02.Mẫu 01.docxMẫu 02.docx", "Đơn theo Mẫu 01, Mẫu 02.", ("Mẫu 01.docx", "Mẫu 02.docx")),
    ("Giấy đề nghị theo 24/2021/QĐ-TTgGiấy đề nghị.pdf", "Giấy đề nghị theo 24/2021/QĐ-TTg", ("Giấy đề nghị.pdf",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "paper", "files"), GLUED)
def test_a_glued_form_file_is_split_off(name: str, paper: str, files: tuple[str, ...]) -> None:
    assert split_form_files(name) == Certain((paper, files))


def test_a_file_name_that_runs_in_without_a_seam_is_asked_about() -> None:
    reading = split_form_files("Báo cáo kết quả khảo nghiệm thức ăn chăn nuôibáo cáo.pdf")
    assert isinstance(reading, Uncertain)
    assert reading.reason is Reason.FORM_NAME_UNCLEAR


@given(
    name=st.text(alphabet="abcdeghiklmnopqrstuvxyàáâãèéêìíòóôõùúýăđĩũơư ", min_size=5, max_size=60),
    number=st.integers(min_value=1, max_value=99),
)
def test_splitting_gives_back_what_was_glued(name: str, number: int) -> None:
    paper, file = f"Đơn {name.strip()}x;", f"Mẫu số {number:02d}.docx"
    assert split_form_files(paper + file) == Certain((paper, (file,)))


LINES = [
    ("Đơn đề nghị cấp giấy phép", 1, 0, PaperKind.FORM),
    ("Bản sao Giấy chứng nhận đã cấp", 0, 1, PaperKind.PAPER),
    ("Lưu ý: nộp qua bưu chính thì gửi bản chứng thực.", 1, 0, PaperKind.NOTE),
    ("Số lượng hồ sơ: 01 bộ.", 1, 0, PaperKind.NOTE),
    ("Trường hợp nộp bản chụp thì người tiếp nhận có trách nhiệm đối chiếu.", 0, 0, PaperKind.NOTE),
    ("Trường hợp ủy quyền phải có văn bản ủy quyền được chứng thực.", 1, 0, PaperKind.UNCLEAR),
    ("Tỷ lệ bản đồ 1/5.000 do chủ rừng tự chọn", 0, 0, PaperKind.UNCLEAR),
]


@pytest.mark.parametrize(("name", "originals", "copies", "kind"), LINES)
def test_a_note_is_told_from_a_paper(name: str, originals: int, copies: int, kind: PaperKind) -> None:
    reading = read_paper(PaperRow("", name, originals, copies))
    assert reading.kind is kind
    assert (reading.counts is None) is (kind in {PaperKind.NOTE, PaperKind.UNCLEAR})
    assert (reading.question is not None) is (kind is PaperKind.UNCLEAR)


def test_a_count_that_is_two_numbers_glued_is_asked_about() -> None:
    reading = read_paper(PaperRow("", "Đơn đăng ký biến động theo Mẫu số 1", 81, 1))
    assert reading.counts is None
    assert reading.question is not None
    assert reading.question.reason is Reason.PAPER_COUNT_GLUED


def test_a_count_that_stands_in_the_name_is_read() -> None:
    assert read_paper(PaperRow("", "a) Tờ khai hải quan: 02 bản chính;", 0, 0)).counts == Counts(2, 0)


def test_a_paper_without_a_count_is_asked_about() -> None:
    reading = read_paper(PaperRow("", "Tờ khai nguồn gốc", 0, 0))
    assert reading.question is not None
    assert reading.question.reason is Reason.PAPER_COUNT_MISSING


def test_a_paper_to_be_shown_needs_no_count() -> None:
    reading = read_paper(PaperRow("* Giấy tờ phải xuất trình:", "Hộ chiếu", 0, 0), shown_only=True)
    assert (reading.kind, reading.counts) == (PaperKind.PRESENT, Counts(0, 0))


HEADINGS = [
    ("* Giấy tờ phải nộp:", Heading.SECTION),
    ("Thành phần hồ sơ:", Heading.SECTION),
    ("Số lượng hồ sơ: 01 bộ", Heading.SECTION),
    ("* Giấy tờ phải xuất trình:", Heading.SHOW),
    ("* Lưu ý :", Heading.NOTE),
    ("- Trường hợp ủy quyền thực hiện thủ tục:", Heading.CONDITION),
    ("(1.2) Đối với công trình theo tuyến:", Heading.CASE),
    ("a) Trường hợp cấp lại do mất:", Heading.CASE),
    ("Hồ sơ đề nghị gia hạn gồm", Heading.CASE),
    ("Nhóm 1", Heading.UNCLEAR),
    ("", Heading.NONE),
]


@pytest.mark.parametrize(("group", "heading"), HEADINGS)
def test_what_a_heading_does(group: str, heading: Heading) -> None:
    assert heading_of(group) is heading


def paper(group: str, name: str = "Đơn đề nghị") -> PaperRow:
    return PaperRow(group, name, 1, 0)


def test_papers_that_all_stand_under_cases_make_cases() -> None:
    reading = read_papers(
        [
            paper("a) Trường hợp cấp mới:"),
            paper("b) Trường hợp cấp lại:"),
            paper("Lưu ý:", "Lưu ý: nộp 01 bộ"),
        ]
    )
    assert [case.title for case in reading.cases] == ["Trường hợp cấp mới", "Trường hợp cấp lại"]
    assert [len(case.papers) for case in reading.cases] == [2, 2]
    assert reading.questions == ()


def test_papers_beside_cases_are_asked_about() -> None:
    """Nobody can tell whether those under the heading come on top of the others, or instead."""
    reading = read_papers([paper("", "Tờ khai"), paper("Trường hợp công trình theo tuyến:")])
    assert len(reading.cases) == 1
    assert [question.reason for question in reading.questions] == [Reason.GROUP_UNCLEAR]


def test_an_authorisation_is_a_condition_not_a_case() -> None:
    reading = read_papers([paper(""), paper("Trường hợp ủy quyền thực hiện thủ tục:", "Giấy ủy quyền")])
    assert reading.questions == ()
    assert [placed.condition for placed in reading.cases[0].papers] == [
        "",
        "Trường hợp ủy quyền thực hiện thủ tục",
    ]


def test_no_papers_are_asked_for() -> None:
    assert [question.reason for question in read_papers([]).questions] == [Reason.PAPERS_MISSING]


@given(
    st.lists(
        st.tuples(
            st.text(max_size=40), st.text(min_size=1, max_size=80), st.integers(0, 99), st.integers(0, 9)
        ),
        max_size=8,
    )
)
def test_no_line_is_lost(lines: list[tuple[str, str, int, int]]) -> None:
    reading = read_papers([PaperRow(*line) for line in lines])
    assert sum(len(case.papers) for case in reading.cases[:1]) <= len(lines)
    if len(reading.cases) <= 1:
        assert sum(len(case.papers) for case in reading.cases) == len(lines)
