"""What a provider's claims say of a person, in whatever names and shapes."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.identity.rules import claims


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/03/1985", dt.date(1985, 3, 12)),
        ("1985-03-12", dt.date(1985, 3, 12)),
        ("19850312", dt.date(1985, 3, 12)),
        ("1985", None),
        ("31/02/1985", None),
        ("", None),
    ],
)
def test_days(text: str, day: dt.date | None) -> None:
    assert claims.day(text) == day


@pytest.mark.parametrize(
    ("text", "number"), [("+84912345678", "0912345678"), ("0912345678", "0912345678"), ("", "")]
)
def test_telephones(text: str, number: str) -> None:
    assert claims.phone(text) == number


@pytest.mark.parametrize(("text", "level"), [("2", 2), ("", None), ("cao", None), ("²", None)])
def test_levels(text: str, level: int | None) -> None:
    assert claims.level(text) == level


@pytest.mark.parametrize(
    ("text", "gender"), [("female", "female"), ("Nữ", "female"), ("Nam", "male"), ("1", "")]
)
def test_genders(text: str, gender: str) -> None:
    assert claims.gender(text) == gender


def test_the_first_name_that_is_there_wins() -> None:
    told = {"HoVaTen": "", "name": " Lan ", "address": {"formatted": "Tổ 5"}, "family_name": "Nguyễn"}
    assert claims.told(told, ("HoVaTen", "name", "family_name")) == "Lan"
    assert claims.told(told, ("address",)) == "Tổ 5"
    assert claims.told(told, ("SoDinhDanh",)) == ""
