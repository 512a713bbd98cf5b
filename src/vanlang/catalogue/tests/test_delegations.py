"""Who settles, by dated decisions: to the communes, to the province, for some places or for all, and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from vanlang.catalogue import api
from vanlang.catalogue.errors import CatalogueConflictError, CatalogueInvalidError, CatalogueNotAllowedError
from vanlang.catalogue.models import Competence, ProcedureVersion
from vanlang.catalogue.tests.factories import import_file, make_agency, make_editor, row, write_file
from vanlang.catalogue.types import DelegationState, Level
from vanlang.identity.api import SYSTEM
from vanlang.organizations.api import AgencyKind

FROM, TO = dt.date(2027, 1, 1), dt.date(2028, 1, 1)
CODE, OTHER = "1.999001", "1.999002"


@pytest.fixture
def places(db: None, tmp_path: Path, at: dt.datetime) -> dict[str, int]:
    """Two communes, the department, and procedures that are settled at the province."""
    import_file(write_file(tmp_path, row(CODE), row(OTHER)), at)
    ProcedureVersion.objects.update(levels=["province"], department_code="H44.45")
    return {
        "viet tri": make_agency("H44.100", AgencyKind.COMMUNE),
        "nong trang": make_agency("H44.101", AgencyKind.COMMUNE),
        "department": make_agency("H44.45"),
    }


def order(**changes: object) -> api.DelegationOrder:
    facts: dict[str, object] = {
        "decision": "12/2026/QĐ-UBND",
        "decided_on": dt.date(2026, 12, 1),
        "procedure_codes": (CODE,),
        "level": Level.COMMUNE,
        "valid_from": FROM,
        "valid_to": TO,
    }
    return api.DelegationOrder(**(facts | changes))  # type: ignore[arg-type] # fields by name


def settles(intake: int, on: dt.date) -> int | None:
    return api.competent_agency_for(ProcedureVersion.objects.get(procedure__code=CODE).pk, intake, on)


def test_to_every_commune_for_a_period(places: dict[str, int], at: dt.datetime) -> None:
    commune, department = places["viet tri"], places["department"]
    assert settles(commune, FROM) == department
    api.delegate(order=order(), actor=SYSTEM, at=at)
    assert settles(commune, FROM - dt.timedelta(days=1)) == department
    assert settles(commune, FROM) == commune, "on the day of intake"
    assert settles(places["nong trang"], TO - dt.timedelta(days=1)) == places["nong trang"]
    assert settles(commune, TO) == department


def test_to_a_list_of_communes(places: dict[str, int], at: dt.datetime) -> None:
    api.delegate(order=order(commune_ids=(places["viet tri"],)), actor=SYSTEM, at=at)
    assert settles(places["viet tri"], FROM) == places["viet tri"]
    assert settles(places["nong trang"], FROM) == places["department"]


def test_from_the_communes_to_the_province(places: dict[str, int], at: dt.datetime) -> None:
    ProcedureVersion.objects.update(levels=["commune"])
    api.delegate(order=order(level=Level.PROVINCE), actor=SYSTEM, at=at)
    assert settles(places["viet tri"], FROM) == places["department"]
    assert settles(places["viet tri"], TO) == places["viet tri"]


def test_several_procedures_by_one_decision(places: dict[str, int], at: dt.datetime) -> None:
    api.delegate(order=order(procedure_codes=(CODE, OTHER)), actor=SYSTEM, at=at)
    [card] = api.list_delegations(FROM)
    assert (card.procedures, card.communes, card.state) == ((CODE, OTHER), (), DelegationState.IN_FORCE)
    assert api.list_delegations(FROM, procedure_code=OTHER) == (card,)


def test_taken_back_by_a_decision(places: dict[str, int], at: dt.datetime) -> None:
    key = api.delegate(order=order(), actor=SYSTEM, at=at)
    back_on = dt.date(2027, 6, 1)
    with pytest.raises(CatalogueInvalidError):
        api.end_delegation(delegation_id=key, ended_on=back_on, decision=" ", actor=SYSTEM, at=at)
    api.end_delegation(delegation_id=key, ended_on=back_on, decision="7/2027/QĐ-UBND", actor=SYSTEM, at=at)
    commune = places["viet tri"]
    assert settles(commune, back_on - dt.timedelta(days=1)) == commune
    assert settles(commune, back_on) == places["department"]
    card = api.get_delegation(key, back_on)
    assert (card.state, card.ended_by) == (DelegationState.TAKEN_BACK, "7/2027/QĐ-UBND")
    api.delegate(order=order(decision="8/2027/QĐ-UBND", valid_from=back_on), actor=SYSTEM, at=at)
    with pytest.raises(CatalogueInvalidError) as twice:
        api.end_delegation(delegation_id=key, ended_on=back_on, decision="9", actor=SYSTEM, at=at)
    assert twice.value.code == "catalogue.delegation_ended"


def test_one_that_never_came_into_force_stays_in_the_history(places: dict[str, int], at: dt.datetime) -> None:
    key = api.delegate(order=order(), actor=SYSTEM, at=at)
    api.end_delegation(delegation_id=key, ended_on=FROM, decision="13/2026/QĐ-UBND", actor=SYSTEM, at=at)
    assert settles(places["viet tri"], FROM) == places["department"]
    [card] = api.list_delegations(dt.date(2026, 12, 24))
    assert (card.state, card.procedures) == (DelegationState.TAKEN_BACK, ())


OVERLAPS = [
    ({}, ()),
    ({"valid_from": dt.date(2027, 12, 31), "valid_to": None}, ()),
    ({"level": Level.PROVINCE}, ("viet tri",)),
]


@pytest.mark.parametrize(("changes", "where"), OVERLAPS)
def test_an_overlap_is_refused_by_name(
    places: dict[str, int], at: dt.datetime, changes: dict[str, object], where: tuple[str, ...]
) -> None:
    api.delegate(order=order(), actor=SYSTEM, at=at)
    communes = tuple(places[name] for name in where)
    with pytest.raises(CatalogueConflictError) as refused:
        api.delegate(order=order(decision="99/QĐ-UBND", commune_ids=communes, **changes), actor=SYSTEM, at=at)
    assert refused.value.code == "catalogue.delegation_overlaps"
    assert refused.value.facts == {"procedure": CODE, "decision": "12/2026/QĐ-UBND"}


@pytest.mark.parametrize(
    "where", [(None, "viet tri"), ("viet tri", None), ("viet tri", "viet tri"), (None, None)]
)
def test_the_database_refuses_it_too(places: dict[str, int], where: tuple[str | None, str | None]) -> None:
    procedure_id = ProcedureVersion.objects.get(procedure__code=CODE).procedure_id
    lines = [
        Competence(
            procedure_id=procedure_id, level="commune", valid_from=FROM, valid_to=TO,
            commune_id=places[name] if name else None,
        )
        for name in where
    ]  # fmt: skip
    lines[0].save()
    with pytest.raises(IntegrityError), transaction.atomic():
        lines[1].save()


def test_neighbours_do_not_overlap(places: dict[str, int], at: dt.datetime) -> None:
    api.delegate(order=order(), actor=SYSTEM, at=at)
    api.delegate(order=order(decision="2", valid_from=TO, valid_to=None), actor=SYSTEM, at=at)
    assert Competence.objects.count() == 2


WRONG = [
    ({"decision": " "}, "catalogue.delegation_without_decision"),
    ({"procedure_codes": ()}, "catalogue.delegation_empty"),
    ({"level": Level.MINISTRY}, "catalogue.delegation_level"),
    ({"decided_on": FROM + dt.timedelta(days=1)}, "catalogue.delegation_before_decision"),
    ({"valid_to": FROM}, "catalogue.delegation_period"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG)
def test_an_order_that_is_not_whole(
    places: dict[str, int], at: dt.datetime, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(CatalogueInvalidError) as refused:
        api.delegate(order=order(**changes), actor=SYSTEM, at=at)
    assert refused.value.code == code


def test_only_communes_are_listed_and_only_editors_delegate(places: dict[str, int], at: dt.datetime) -> None:
    with pytest.raises(CatalogueInvalidError):
        api.delegate(order=order(commune_ids=(places["department"],)), actor=SYSTEM, at=at)
    with pytest.raises(CatalogueNotAllowedError):
        api.delegate(order=order(), actor=make_editor("H44.19", at), at=at)
    api.delegate(order=order(), actor=make_editor("H44.45", at), at=at)
