"""States by day, schemas, mappings: law as tables and properties, without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.registers.rules import mapping, schemas
from vanlang.registers.rules.masking import initials, masked, masked_number
from vanlang.registers.rules.states import Span, expiry, grade_of, state_on, why_not_usable
from vanlang.registers.types import Ending, EntryState, FieldKind, Grade, SchemaField

DAY = dt.date
JAN, FEB, MAR, JUN = DAY(2026, 1, 10), DAY(2026, 2, 10), DAY(2026, 3, 10), DAY(2026, 6, 10)
DAYS = st.dates(DAY(2020, 1, 1), DAY(2035, 1, 1))


@pytest.mark.parametrize(
    ("span", "day", "state"),
    [
        (Span(FEB), JAN, EntryState.NOT_YET),
        (Span(FEB), FEB, EntryState.VALID),
        (Span(FEB, expires_on=MAR), MAR - dt.timedelta(days=1), EntryState.VALID),
        (Span(FEB, expires_on=MAR), MAR, EntryState.EXPIRED),
        (Span(FEB, ended_on=MAR, ended_as=Ending.REVOKED), MAR, EntryState.REVOKED),
        (Span(FEB, ended_on=MAR, ended_as=Ending.REPLACED), FEB, EntryState.VALID),
        (Span(JAN, FEB, MAR, Ending.REVOKED), FEB, EntryState.EXPIRED),
        (Span(JAN, FEB, MAR, Ending.REVOKED), JUN, EntryState.REVOKED),
    ],
)
def test_what_may_be_said_of_an_entry_on_a_day(span: Span, day: dt.date, state: EntryState) -> None:
    assert state_on(span, day) is state


@given(start=DAYS, term=st.integers(1, 900), end=st.integers(0, 900), how=st.sampled_from(Ending), day=DAYS)
def test_validity_is_one_half_open_period(
    start: dt.date, term: int, end: int, how: Ending, day: dt.date
) -> None:
    span = Span(start, start + dt.timedelta(days=term), start + dt.timedelta(days=end), how)
    last = min(span.expires_on or start, span.ended_on or start)
    assert (state_on(span, day) is EntryState.VALID) == (start <= day < last)


@given(start=DAYS, months=st.integers(1, 600))
def test_a_term_ends_in_its_month_and_never_before_it_begins(start: dt.date, months: int) -> None:
    end = expiry(start, months)
    assert end is not None and end > start
    assert (end.year - start.year) * 12 + end.month - start.month == months


def test_a_term_of_six_months_from_the_last_of_august_ends_in_february() -> None:
    assert expiry(DAY(2026, 8, 31), 6) == DAY(2027, 2, 28)
    assert expiry(DAY(2026, 8, 31), None) is None


def test_only_a_valid_entry_without_gaps_stands_for_a_paper() -> None:
    usable = {(state, grade) for state in EntryState for grade in Grade if not why_not_usable(state, grade)}
    assert usable == {(EntryState.VALID, Grade.A), (EntryState.VALID, Grade.B)}


def test_provenance_is_derived() -> None:
    assert grade_of(has_gaps=False, was_completed=False) is Grade.A
    assert grade_of(has_gaps=False, was_completed=True) is Grade.B
    assert grade_of(has_gaps=True, was_completed=True) is Grade.C


SCHEMA = {
    "$schema": schemas.DIALECT,
    "type": "object",
    "properties": {
        "name": {"type": "string", "title": "Họ tên", "maxLength": 20},
        "born_on": {"type": "string", "title": "Ngày sinh", "format": "date"},
        "gender": {
            "type": "string",
            "title": "Giới tính",
            "enum": ["f", "m"],
            "x-words": {"f": "Nữ", "m": "Nam"},
        },
        "capital": {"type": "integer", "title": "Vốn", "minimum": 0},
    },
    "required": ["name", "born_on"],
    "additionalProperties": False,
}


def test_facts_that_the_schema_does_not_take_are_named_and_left_out() -> None:
    standing, missing, wrong = schemas.check(
        SCHEMA, {"name": "Trần Gia An", "born_on": "2026-13-40", "capital": -1, "gender": "", "strange": 1}
    )
    assert standing == {"name": "Trần Gia An"}
    assert missing == ("born_on",)
    assert wrong == ("born_on", "capital")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "$schema"),
        ({"additionalProperties": True}, "without additional"),
        ({"required": ["name", "father"]}, "father: required"),
        ({"properties": {"name": {"type": "array", "title": "Tên"}}}, "no flat type"),
        ({"properties": {"name": {"type": "string"}}}, "no title"),
        ({"properties": {"name": {"type": "nonsense", "title": "Tên"}}}, "nonsense"),
    ],
)
def test_a_schema_that_no_table_could_show_is_refused(change: dict[str, object], says: str) -> None:
    assert schemas.problems_of(SCHEMA, ("name",)) == ()
    assert any(says in one for one in schemas.problems_of({**SCHEMA, **change}, ("name",)))


def test_a_key_ignores_case_and_marks_and_is_empty_when_a_part_is_missing() -> None:
    key = schemas.key_of(("name", "born_on"), {"name": "Trần Gia AN", "born_on": "2026-01-02"})
    assert key == schemas.key_of(("name", "born_on"), {"name": "tran gia an", "born_on": "2026-01-02"})
    assert schemas.key_of(("name", "born_on"), {"name": "Trần Gia An"}) == ""
    assert schemas.key_of((), {"name": "Trần Gia An"}) == ""


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (FieldKind.DAY, "2026-11-03", "03/11/2026"),
        (FieldKind.NUMBER, 1500000, "1.500.000"),
        (FieldKind.NUMBER, 12.5, "12,5"),
        (FieldKind.FLAG, False, "Không"),
        (FieldKind.CHOICE, "f", "Nữ"),
        (FieldKind.TEXT, "Ấp 1", "Ấp 1"),
    ],
)
def test_a_fact_is_shown_in_words(kind: FieldKind, value: object, words: str) -> None:
    assert schemas.in_words(SchemaField("x", "X", kind, True, {"f": "Nữ"}), value) == words


def test_a_mapping_without_a_source_for_a_required_field_is_not_published() -> None:
    assert mapping.problems_of({"name": "answers.child"}, schema=SCHEMA, answers={"child"}) == (
        "born_on: no source",
    )
    assert mapping.problems_of(
        {"name": "answers.nobody", "born_on": "outcome.colour", "age": "=1"}, schema=SCHEMA, answers={"child"}
    ) == ("age: the register has no such field", "name: unknown source answers.nobody", "born_on: unknown source outcome.colour")  # fmt: skip


def test_a_mapping_draws_only_what_is_there() -> None:
    facts = mapping.draw(
        {"name": "answers.child", "born_on": "answers.day", "gender": "=f", "capital": "dossier.code"},
        {"answers": {"child": "Trần Gia An", "day": ""}, "dossier": {"code": "H44.100-1"}},
    )
    assert facts == {"name": "Trần Gia An", "gender": "f", "capital": "H44.100-1"}


def test_names_are_shown_in_part() -> None:
    assert initials("Nguyễn Thị Lan") == "N. T. L."
    assert masked("Nguyễn Thị Lan") == "Nguyễn T. L."
    assert masked("") == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("15/GKS-UBND", "•5/GKS-UBND"), ("5/XN", "•/XN"), ("120/2026/TLKS-BS", "•••/•••6/TLKS-BS"), ("", "")],
)
def test_of_a_number_the_last_figure_alone_is_shown(number: str, shown: str) -> None:
    assert masked_number(number) == shown
