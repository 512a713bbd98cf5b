"""The code of an identity card: whole and read, or refused with what is missing or which setting changed it."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from vanlang.identity.labels import SENTENCES
from vanlang.identity.rules.identity_card import FIELDS, IdentityCard, read_card, write_card
from vanlang.identity.services.photos import read_code
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import normalise

TODAY = dt.date(2026, 11, 23)
LAN = "025190012123|131234567|Nguyễn Thị Lan|15081990|Nữ|Khu 3, Tiên Cát, Việt Trì, Phú Thọ|22042021"

syllables = st.sampled_from(
    [
        "Nguyễn",
        "Thị",
        "Lan",
        "Đỗ",
        "Hùng",
        "Phước",
        "Quý",
        "Thúy",
        "Hòa",
        "Xuân",
        "Kpă",
        "H'Hen",
        "Y",
        "Ksor",
        "Đinh",
        "Niê",
        "Bùi",
        "Sơn",
    ]
)
names = st.lists(syllables, min_size=2, max_size=5).map(" ".join)
addresses = st.lists(
    st.sampled_from(["Khu 3", "Tổ 12", "Tiên Cát", "Việt Trì", "Phú Thọ", "Số 5/7 Hùng Vương", "Đồi Ong"]),
    min_size=1,
    max_size=4,
).map(", ".join)
days = st.dates(dt.date(1900, 1, 1), TODAY)
cards = st.builds(
    lambda days_, **told: IdentityCard(born_on=min(days_), issued_on=max(days_), **told),
    days_=st.tuples(days, days),
    number=st.from_regex(r"[0-9]{12}", fullmatch=True),
    old_number=st.just("") | st.from_regex(r"[0-9]{9}", fullmatch=True),
    full_name=names,
    gender=st.sampled_from(["male", "female"]),
    address=addresses,
)


@given(cards)
def test_what_is_written_is_read(card: IdentityCard) -> None:
    assert read_card(write_card(card), on=TODAY) == card


@given(cards, st.data())
def test_cut_anywhere_it_is_refused_and_what_is_missing_is_named(
    card: IdentityCard, data: st.DataObject
) -> None:
    whole = write_card(card)
    cut = data.draw(st.integers(1, len(whole) - 1))
    answer = read_card(whole[:cut], on=TODAY)
    assert isinstance(answer, Refusal)
    if answer.code == "identity.card_cut":
        assert FIELDS[6] in str(answer.facts["missing"]), "the last field is always among what is missing"
    else:
        assert cut <= 12, "only the number alone has no stroke to be known by"
        assert answer.code == "identity.card_unknown_code"


@given(cards, st.sampled_from(["\n", "\r\n", "\t", "  "]), st.sampled_from(["", "\ufeff", "]Q3", "]Q1 "]))
def test_what_a_reader_puts_around_it_is_taken_off(card: IdentityCard, after: str, before: str) -> None:
    assert read_card(before + write_card(card) + after, on=TODAY) == card


@given(cards)
def test_letters_taken_apart_are_the_same_letters(card: IdentityCard) -> None:
    assert read_card(unicodedata.normalize("NFD", write_card(card)), on=TODAY) == card


@given(cards, st.lists(st.text("abc Đỗ0123", max_size=20), max_size=4))
def test_more_fields_change_nothing(card: IdentityCard, more: list[str]) -> None:
    assert read_card("|".join([write_card(card), *more]), on=TODAY) == card


@given(st.text(max_size=200))
def test_any_text_gets_an_answer_that_can_be_said(text: str) -> None:
    answer = read_card(text, on=TODAY)
    if isinstance(answer, Refusal):
        sentence = SENTENCES[answer.code]
        assert sentence.says % answer.facts
    else:
        assert read_card(write_card(answer), on=TODAY) == answer


def test_lan() -> None:
    assert read_card(LAN, on=TODAY) == IdentityCard(
        number="025190012123",
        old_number="131234567",
        full_name="Nguyễn Thị Lan",
        born_on=dt.date(1990, 8, 15),
        gender="female",
        address="Khu 3, Tiên Cát, Việt Trì, Phú Thọ",
        issued_on=dt.date(2021, 4, 22),
    )


def test_a_name_in_capitals_is_written_as_a_name() -> None:
    card = read_card(LAN.replace("Nguyễn Thị Lan", "NGUYỄN THỊ LAN"), on=TODAY)
    assert isinstance(card, IdentityCard)
    assert card.full_name == "Nguyễn Thị Lan"


def torn(text: str) -> str:
    return text.encode().decode("cp1252", errors="replace")


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ("", "identity.card_empty", ""),
        ("\r\n", "identity.card_empty", ""),
        ("8938505974194", "identity.card_unknown_code", ""),
        ("https://example.vn/tra-cuu", "identity.card_unknown_code", ""),
        (LAN[:60], "identity.card_cut", "ngày cấp"),
        (LAN.replace("15081990", "1508199"), "identity.card_cut", "ngày sinh"),
        (LAN.replace("15081990", "31021990"), "identity.card_cut", "ngày sinh"),
        (LAN.replace("22042021", "22132021"), "identity.card_cut", "ngày cấp"),
        (LAN.replace("Nguyễn Thị Lan", ""), "identity.card_cut", "họ và tên"),
        (LAN.replace("|Nữ|", "|N|"), "identity.card_cut", "giới tính"),
        (LAN.replace("131234567", "13123"), "identity.card_cut", "số chứng minh cũ"),
        (LAN[1:], "identity.card_number", "11"),
        (LAN.replace("22042021", "24112026"), "identity.card_days_impossible", ""),
        (LAN.replace("15081990", "15082022"), "identity.card_days_impossible", ""),
        (torn(LAN), "identity.card_torn_letters", ""),
        (LAN.encode().decode("latin-1"), "identity.card_torn_letters", ""),
        (LAN.replace("ễ", "?").replace("ị", "?"), "identity.card_lost_letters", ""),
        (LAN.replace("ễ", "\ufffd"), "identity.card_lost_letters", ""),
        (LAN.replace("|", "~"), "identity.card_stroke_changed", ""),
        (LAN.swapcase(), "identity.card_caps_lock", ""),
        (LAN.replace("Khu 3", "Ađ 3"), "identity.card_input_method", ""),
        (LAN.replace("Nguyễn", "Nguyễ\u0301n"), "identity.card_input_method", ""),
        (LAN.replace("15081990", "1508199ô"), "identity.card_input_method", ""),
    ],
)
def test_why_a_code_is_not_read(text: str, code: str, fact: str) -> None:
    answer = read_card(text, on=TODAY)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert fact in str(answer.facts)


def photo(text: str, *, scale: int = 4) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def test_a_photograph_says_the_same_as_the_reader() -> None:
    assert read_code(photo(LAN)) == LAN


@given(cards)
def test_a_photograph_of_any_card(card: IdentityCard) -> None:
    text = read_code(photo(write_card(card), scale=3))
    assert isinstance(text, str)
    assert read_card(text, on=TODAY) == card


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "identity.photo_unreadable"),
        (b"MZ not a picture", "identity.photo_unreadable"),
        (b"\x00" * (12 * 1024 * 1024 + 1), "identity.photo_unreadable"),
    ],
)
def test_what_is_no_photograph(content: bytes, code: str) -> None:
    answer = read_code(content)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_photograph_without_a_code() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    answer = read_code(out.getvalue())
    assert isinstance(answer, Refusal)
    assert answer.code == "identity.card_not_in_photo"
    assert normalise(SENTENCES[answer.code].says)
