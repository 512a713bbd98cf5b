"""What a mandate lets one do, day by day."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.identity.rules.mandates import check_period, may_act, of_age_on, standing_of
from vanlang.identity.types import MandateCard, MandateKind

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)


def card(**changes: object) -> MandateCard:
    facts: dict[str, object] = {
        "id": uuid.UUID(int=1), "kind": MandateKind.WRITTEN, "principal_id": uuid.UUID(int=2),
        "principal_entity_id": None, "principal_name": "Nguyễn Thị Lan", "agent_id": uuid.UUID(int=3),
        "agent_name": "Trần Văn Sơn", "procedure_codes": (), "ground": "", "is_notarised": False,
        "valid_from": dt.date(2026, 11, 1), "valid_to": dt.date(2026, 12, 1), "given_at": NOW, "revoked_at": None,
    }  # fmt: skip
    return MandateCard(**(facts | changes))  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    ("changes", "on", "code"),
    [
        ({}, TODAY, None),
        ({}, dt.date(2026, 11, 1), None),
        ({}, dt.date(2026, 10, 31), "identity.mandate_not_yet"),
        ({}, dt.date(2026, 11, 30), None),
        ({}, dt.date(2026, 12, 1), "identity.mandate_expired"),
        ({"valid_to": None}, dt.date(2040, 1, 1), None),
        ({"revoked_at": NOW}, TODAY, "identity.mandate_revoked"),
        ({"revoked_at": NOW}, dt.date(2027, 1, 1), "identity.mandate_revoked"),
        ({"procedure_codes": ("1.001193",)}, TODAY, None),
        ({"procedure_codes": ("2.000815",)}, TODAY, "identity.mandate_other_procedure"),
    ],
)
def test_whether_it_holds(changes: dict[str, object], on: dt.date, code: str | None) -> None:
    refusal = may_act(card(**changes), procedure_code="1.001193", on=on)
    assert (refusal.code if refusal else None) == code


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.booleans())
def test_a_day_has_one_standing_and_only_in_force_lets_act(on: dt.date, is_revoked: bool) -> None:
    one = card(revoked_at=NOW if is_revoked else None)
    holds = may_act(one, procedure_code="1.001193", on=on) is None
    assert holds == (standing_of(one, on).value == "in_force")


@pytest.mark.parametrize(
    ("kind", "days", "code"),
    [
        (MandateKind.ONLINE, 30, None),
        (MandateKind.ONLINE, 366, None),
        (MandateKind.ONLINE, 367, "identity.mandate_too_long"),
        (MandateKind.ONLINE, None, "identity.mandate_too_long"),
        (MandateKind.IN_PERSON, None, "identity.mandate_too_long"),
        (MandateKind.WRITTEN, None, None),
        (MandateKind.WRITTEN, 3000, None),
        (MandateKind.WRITTEN, 0, "identity.mandate_period_empty"),
        (MandateKind.WRITTEN, -5, "identity.mandate_period_empty"),
    ],
)
def test_how_long_it_may_run(kind: MandateKind, days: int | None, code: str | None) -> None:
    until = TODAY + dt.timedelta(days=days) if days is not None else None
    refusal = check_period(kind, valid_from=TODAY, valid_to=until, on=TODAY)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("born_on", "of_age"),
    [
        (dt.date(2010, 5, 6), dt.date(2028, 5, 6)),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1)),
        (dt.date(2012, 2, 29), dt.date(2030, 3, 1)),
    ],
)
def test_a_parents_say_ends_when_the_child_is_of_age(born_on: dt.date, of_age: dt.date) -> None:
    assert of_age_on(born_on) == of_age
