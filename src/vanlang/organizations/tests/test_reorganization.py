from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from vanlang.audit.tests.actors import SOMEBODY
from vanlang.organizations import api
from vanlang.organizations.api import AgencyKind, NewName

START = dt.date(2025, 7, 1)


@pytest.fixture
def three(db: None) -> None:
    for code, name in (("H44.901", "Xã Một"), ("H44.902", "Xã Hai"), ("H44.903", "Xã Ba")):
        api.add_agency(
            code=code, kind=AgencyKind.COMMUNE, name=NewName(f"UBND {name}", name), valid_from=START
        )


def test_the_reference_file_holds_the_163_agencies(db: None) -> None:
    path = settings.VANLANG_REFERENCE / "agencies" / "phu-tho.toml"
    assert api.load_agencies(path) == 163
    assert api.load_agencies(path) == 0
    today = dt.date(2026, 11, 23)
    assert len(api.list_agencies(today, kind=AgencyKind.COMMUNE)) == 148
    assert api.find_agency_by_code("H44.100", today).short_name == "Phường Việt Trì"
    assert [card.code for card in api.list_agencies(today, text="viet tri")] == ["H44.100"]
    assert len(api.list_units(api.find_agency_by_code("H44.100", today).id, today)) == 6


def test_a_merger_keeps_the_past_and_names_the_successor(three: None, at: dt.datetime) -> None:
    day = dt.date(2026, 7, 1)
    api.merge(
        codes=["H44.901", "H44.902"], into="H44.901", name=NewName("UBND xã Mới", "Xã Mới"),
        effective_on=day, decision="NQ thử", actor=SOMEBODY, at=at,
    )  # fmt: skip
    before, after = dt.date(2026, 6, 30), day
    assert api.find_agency_by_code("H44.901", before).short_name == "Xã Một"
    assert api.find_agency_by_code("H44.901", after).short_name == "Xã Mới"
    assert not api.find_agency_by_code("H44.902", after).is_open
    assert [card.code for card in api.list_successors("H44.902", after)] == ["H44.901"]
    assert [card.code for card in api.list_successors("H44.902", before)] == ["H44.902"]
    assert [card.code for card in api.list_agencies(after)] == ["H44.903", "H44.901"]


def test_a_split_makes_two_of_one(three: None, at: dt.datetime) -> None:
    day = dt.date(2026, 7, 1)
    names = {"H44.903": NewName("UBND xã Ba", "Xã Ba"), "H44.904": NewName("UBND xã Bốn", "Xã Bốn")}
    api.split(code="H44.903", into=names, effective_on=day, decision="NQ thử", actor=SOMEBODY, at=at)
    assert [card.code for card in api.list_successors("H44.903", day)] == ["H44.903", "H44.904"]


def test_a_rename_is_dated(three: None, at: dt.datetime) -> None:
    day = dt.date(2026, 7, 1)
    api.rename(
        code="H44.902",
        name=NewName("UBND phường Hai", "Phường Hai"),
        effective_on=day,
        decision="NQ",
        actor=SOMEBODY,
        at=at,
    )
    assert api.find_agency_by_code("H44.902", day).short_name == "Phường Hai"
    assert api.list_changes()[0].kind is api.ChangeKind.RENAME


def test_an_agency_that_is_gone_cannot_be_merged_again(three: None, at: dt.datetime) -> None:
    day = dt.date(2026, 7, 1)
    new = NewName("UBND xã Mới", "Xã Mới")
    api.merge(
        codes=["H44.901", "H44.902"],
        into="H44.901",
        name=new,
        effective_on=day,
        decision="NQ",
        actor=SOMEBODY,
        at=at,
    )
    with pytest.raises(api.ReorganizationError) as caught:
        api.merge(
            codes=["H44.902", "H44.903"], into="H44.903", name=new,
            effective_on=dt.date(2026, 9, 1), decision="NQ", actor=SOMEBODY, at=at,
        )  # fmt: skip
    assert caught.value.code == "organizations.not_open"


@pytest.mark.parametrize(
    ("code", "refused"), [("H44.100", False), ("44", True), ("H44..1", True), ("H" * 40, True)]
)
def test_codes_have_the_shape_of_the_decision(code: str, refused: bool) -> None:
    from vanlang.organizations.rules.codes import check_code

    assert (check_code(code) is not None) is refused


@pytest.mark.parametrize(
    ("old", "new"), [("000.00.00.H44", "H44"), ("000.00.20.H13", "H13.20"), ("H44.100", "H44.100")]
)
def test_the_old_form_of_codes_is_read(old: str, new: str) -> None:
    from vanlang.organizations.rules.codes import from_old_form

    assert from_old_form(old) == new
