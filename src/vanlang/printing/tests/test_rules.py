"""Templates of labels and receipts: read, refused with the fact named, filled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.documents.rules.fields import WORDS
from vanlang.printing.rules.layouts import DEFAULTS, Line, Weight, filled, read_layout, why_not_save
from vanlang.printing.rules.stocks import SIZES, Stock


def test_lines_are_read_by_their_first_sign() -> None:
    assert read_layout("# {mã hồ sơ}\n\n Hẹn {ngày hẹn trả} \n- nhỏ\n[Mã vạch]\n#không") == (
        Line(Weight.LARGE, "{mã hồ sơ}"),
        Line(Weight.NORMAL, "Hẹn {ngày hẹn trả}"),
        Line(Weight.SMALL, "nhỏ"),
        Line(Weight.CODE),
        Line(Weight.NORMAL, "#không"),
    )


@pytest.mark.parametrize("stock", Stock)
def test_the_houses_own_templates_can_be_saved(stock: Stock) -> None:
    assert why_not_save(DEFAULTS[stock], stock=stock, known=WORDS) is None


@pytest.mark.parametrize(
    ("text", "stock", "code", "field"),
    [
        ("", Stock.LABEL, "printing.empty", None),
        ("\n  \n", Stock.LABEL, "printing.empty", None),
        ("{mã hồ sơ}\n" * 31, Stock.LABEL, "printing.too_long", None),
        ("{mã hồ sơ", Stock.LABEL, "printing.brace_open", None),
        ("mã hồ sơ}", Stock.LABEL, "printing.brace_open", None),
        ("{mã {hồ sơ}}", Stock.LABEL, "printing.brace_open", None),
        ("{mã hồ sơ} {tuổi}", Stock.LABEL, "printing.field_unknown", "tuổi"),
        ("{mã hồ sơ} {}", Stock.LABEL, "printing.field_unknown", ""),
        ("{mã hồ sơ} {__class__}", Stock.LABEL, "printing.field_unknown", "__class__"),
        ("{người nộp}", Stock.LABEL, "printing.field_missing", "mã hồ sơ"),
        ("{mã hồ sơ}", Stock.ROLL_58, "printing.field_missing", "ngày hẹn trả"),
        ("{mã  hồ sơ}", Stock.LABEL, None, None),
    ],
)
def test_what_is_wrong_with_a_template_is_named(
    text: str, stock: Stock, code: str | None, field: str | None
) -> None:
    refusal = why_not_save(text, stock=stock, known=WORDS)
    assert (refusal.code if refusal else None) == code
    assert (refusal.facts.get("field") if refusal else None) == field


def test_a_line_without_its_fact_is_left_out() -> None:
    lines = read_layout("Chủ hồ sơ: {chủ hồ sơ}\n{mã hồ sơ}\ncố định\n[mã vạch]")
    assert [line.text for line in filled(lines, {"mã hồ sơ": "H44", "chủ hồ sơ": ""})] == [
        "H44",
        "cố định",
        "",
    ]


@given(st.text(max_size=60))
def test_what_a_person_typed_is_never_read_as_a_template(value: str) -> None:
    """A name with braces in it is printed with its braces."""
    (line,) = filled([Line(Weight.NORMAL, "{người nộp}")], {"người nộp": "x" + value})
    assert line.text == " ".join(("x" + value).split())


def test_a_sheet_holds_its_labels() -> None:
    size = SIZES[Stock.LABEL_SHEET]
    assert size.height is not None
    assert size.width * size.columns <= 210
    assert size.height * size.rows <= 297
    assert size.columns * size.rows == 24
