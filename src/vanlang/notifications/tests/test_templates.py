"""Every template of the house: whole, short enough, and saying what every message must say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.notifications.queries.templates import list_templates, parse, register_templates
from vanlang.notifications.rules import sms, wording
from vanlang.notifications.rules.wording import Envelope, MessageTemplate, ValueType
from vanlang.notifications.types import Letter

ENVELOPE = Envelope(
    agency="UBND phường Việt Trì",
    agency_short="Phường Việt Trì",
    agency_contact="Số 1 Hùng Vương",
    name="Nguyễn Thị Lan",
    link="https://dichvucong.phutho.gov.vn/ho-so/1/",
    stop_link="https://dichvucong.phutho.gov.vn/thong-bao/ngung/x/",
    short_link="https://dichvucong.phutho.gov.vn/thong-bao/t/Ab3dEf6hIj9_/",
)


def letter(template: MessageTemplate, *, diacritics: bool = False) -> Letter:
    values = wording.examples(template)
    return wording.compose(template, values=values, envelope=ENVELOPE, diacritics=diacritics)


@pytest.fixture(params=list_templates(), ids=lambda template: template.code)
def template(request: pytest.FixtureRequest) -> MessageTemplate:
    found: MessageTemplate = request.param
    return found


def test_there_are_templates() -> None:
    assert len(list_templates()) >= 10


def test_it_is_whole(template: MessageTemplate) -> None:
    assert wording.faults_of(template) == []


def test_its_text_message_is_one_part_in_bare_letters(template: MessageTemplate) -> None:
    short = letter(template).short
    shape = sms.shape_of(short)
    assert (shape.coding, len(shape.parts)) == (sms.SmsCoding.GSM7, 1), (len(short), short)


def test_it_says_who_sends_what_to_do_where_to_look_and_how_to_stop(template: MessageTemplate) -> None:
    said = letter(template)
    for text in (wording.as_text(said), wording.as_html(said)):
        assert ENVELOPE.agency in text
        assert "Việc cần làm" in text
        assert ENVELOPE.link in text
        assert ENVELOPE.stop_link in text
    assert "Viet Tri" in said.short and ENVELOPE.short_link in said.short
    if "dossier" in template.values:
        assert "H44.100-261123-0001" in said.short
        assert "H44.100-261123-0001" in said.subject


def test_text_and_html_say_the_same(template: MessageTemplate) -> None:
    said = letter(template)
    html = wording.as_html(said)
    for paragraph in (*said.paragraphs, said.do_now):
        for line in paragraph.split("\n"):
            assert line.replace("&", "&amp;") in html


@given(st.text(max_size=80))
def test_a_strange_value_stays_text(value: str) -> None:
    template = parse("x", SOURCE)
    said = wording.compose(template, values={"what": value}, envelope=ENVELOPE, diacritics=True)
    assert "<script" not in wording.as_html(said)
    assert "\n" not in said.subject and "\r" not in said.subject


def test_a_placeholder_in_a_value_is_not_filled() -> None:
    template = parse("x", SOURCE)
    said = wording.compose(template, values={"what": "{agency}"}, envelope=ENVELOPE, diacritics=True)
    assert said.subject == "Về {agency}"


SOURCE = """
kind = "progress"
name = "Thử"
subject = "Về {what}"
paragraphs = ["{what}"]
do_now = "Không cần làm gì."
link_text = "Xem"
sms = "{agency}: {what}."
[values]
what = { type = "text", example = "một việc" }
"""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("{what}.", "{other}."), "not declared: ['other']"),
        (('type = "text"', 'type = "day"'), "is no day"),
        (("{agency}: ", ""), "does not say who sends"),
        (('kind = "progress"', 'kind = "reminder"'), "useful_hours"),
        (("Không cần làm gì.", "Không"), "is a sentence"),
        (
            ("[values]", '[values]\nmore = { type = "text", example = "x" }'),
            "declared and not used: ['more']",
        ),
    ],
)
def test_one_that_is_not_whole_stops_the_start(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match="template x: ") as raised:
        parse("x", SOURCE.replace(*change))
    assert fault in str(raised.value)


def test_two_templates_of_one_code_stop_the_start(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "dossier_received.toml").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(ValueError, match="dossier_received"):
        register_templates(folder)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (ValueType.DAY, "2026-11-26", "26/11/2026"),
        (ValueType.MOMENT, "2026-11-26T16:30:00+07:00", "16:30 ngày 26/11/2026"),
        (ValueType.MONEY, 150000, "150.000 đồng"),
        (ValueType.LINES, ["a", "b"], "- a\n- b"),
    ],
)
def test_how_values_are_written(kind: ValueType, value: object, written: str) -> None:
    assert wording.written(kind, value) == written
