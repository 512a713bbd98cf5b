"""Standing in for a colleague on leave: between equals, dated, never for oneself, never in chains."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from vanlang.audit.api import list_records
from vanlang.identity.api import (
    Actor,
    Role,
    SubstitutionError,
    SubstitutionNotAcceptableError,
    SubstitutionNotAllowedError,
    actor_for,
    appoint_substitute,
    end_substitution,
    list_substitutions,
)
from vanlang.identity.models import Account, Substitution
from vanlang.identity.queries import find_account
from vanlang.identity.rules.substitution import Place, may_set, may_substitute, roles_that_pass
from vanlang.identity.tests.colleagues import Colleagues, make_colleagues

TODAY = dt.date(2026, 11, 23)
WEEK = dt.timedelta(days=7)
places = st.builds(
    Place, st.integers(1, 5), st.integers(1, 2), st.frozensets(st.sampled_from(list(Role)), min_size=1)
)


@given(absent=places, substitute=places, decision=st.sampled_from(["", " ", "15/QĐ-UBND"]))
def test_nobody_gains_a_role(absent: Place, substitute: Place, decision: str) -> None:
    passed = roles_that_pass(absent, substitute, decision=decision)
    assert passed <= absent.roles & substitute.roles
    assert Role.LEADER not in passed or decision.strip()
    assert not passed & {Role.ADMIN, Role.CATALOGUE_EDITOR}


@given(
    absent=places, substitute=places, decision=st.sampled_from(["", "15/QĐ-UBND"]), days=st.integers(-3, 500)
)
def test_what_is_accepted_passes_something_to_another_of_the_agency(
    absent: Place, substitute: Place, decision: str, days: int
) -> None:
    decided_on = TODAY if decision else None
    refusal = may_substitute(
        absent, substitute, valid_from=TODAY, valid_to=TODAY + dt.timedelta(days=days), today=TODAY,
        decision=decision, decided_on=decided_on,
    )  # fmt: skip
    if refusal is None:
        assert absent.appointment_id != substitute.appointment_id
        assert absent.agency_id == substitute.agency_id
        assert 0 < days <= 366
        assert roles_that_pass(absent, substitute, decision=decision)


LEADER, SPECIALIST, COUNTER = (Place(number, 1, frozenset({role})) for number, role in enumerate(
    (Role.LEADER, Role.SPECIALIST, Role.COUNTER), start=1))  # fmt: skip


@pytest.mark.parametrize(
    ("absent", "substitute", "decision", "code"),
    [
        (SPECIALIST, Place(9, 1, frozenset({Role.SPECIALIST})), "", None),
        (SPECIALIST, COUNTER, "15/QĐ", "identity.substitution_no_shared_role"),
        (LEADER, SPECIALIST, "15/QĐ", "identity.substitution_no_shared_role"),
        (LEADER, Place(9, 1, frozenset({Role.LEADER})), "", "identity.substitution_without_decision"),
        (LEADER, Place(9, 1, frozenset({Role.LEADER})), "15/QĐ", None),
        (SPECIALIST, Place(9, 2, frozenset({Role.SPECIALIST})), "", "identity.substitution_other_agency"),
        (SPECIALIST, SPECIALIST, "", "identity.substitution_of_oneself"),
    ],
)
def test_between_equals_and_a_leader_only_by_decision(
    absent: Place, substitute: Place, decision: str, code: str | None
) -> None:
    refusal = may_substitute(
        absent, substitute, valid_from=TODAY, valid_to=TODAY + WEEK, today=TODAY,
        decision=decision, decided_on=TODAY if decision else None,
    )  # fmt: skip
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("agency", "appointment", "roles", "allowed"),
    [(1, 2, {Role.SPECIALIST}, True), (1, 7, {Role.LEADER}, True), (1, 7, {Role.ADMIN}, True),
     (1, 7, {Role.SPECIALIST}, False), (2, 7, {Role.LEADER}, False), (None, None, set(), False)],
)  # fmt: skip
def test_who_may_set_it(agency: int | None, appointment: int | None, roles: set[Role], allowed: bool) -> None:
    assert (
        may_set(absent=SPECIALIST, agency_id=agency, appointment_id=appointment, roles=roles) is None
    ) is allowed


@pytest.fixture
def people(db: None, at: dt.datetime) -> Colleagues:
    return make_colleagues(at)


def stand_in(absent: Actor, substitute: Actor, by: Actor, at: dt.datetime, **more: object) -> int:
    told: dict[str, object] = {"valid_from": at.date(), "valid_to": at.date() + WEEK, **more}
    return appoint_substitute(
        absent_id=absent.appointment_id or 0, substitute_id=substitute.appointment_id or 0, actor=by, at=at, **told  # type: ignore[arg-type] # dates and texts by name
    )  # fmt: skip


def seen(actor: Actor, on: dt.date) -> tuple[str, ...]:
    found = actor_for(Account.objects.get(pk=actor.account_id), on=on, appointment_id=actor.appointment_id)
    loaded = find_account(actor.account_id or 0, on)
    assert loaded is not None
    assert actor_for(loaded, on=on).stands_for == found.stands_for, "both ways of asking agree"
    return tuple(one.name for one in found.stands_for)


def test_it_holds_from_its_first_day_and_ends_by_itself(people: Colleagues, at: dt.datetime) -> None:
    stand_in(people.mai, people.nam, people.mai, at, valid_from=at.date() + dt.timedelta(days=1))
    days = [seen(people.nam, at.date() + dt.timedelta(days=day)) for day in range(8)]
    assert days == [(), *[("Lê Thị Mai",)] * 6, ()]
    assert seen(people.mai, at.date() + dt.timedelta(days=2)) == ()
    [card] = list_substitutions(people.mai.agency_id or 0, on=at.date())
    assert (card.absent.name, card.substitute.name, card.roles) == (
        "Lê Thị Mai",
        "Vũ Hoài Nam",
        {Role.SPECIALIST},
    )
    assert not list_substitutions(people.mai.agency_id or 0, on=at.date() + WEEK)


def test_it_ends_with_the_absent_ones_appointment(people: Colleagues, at: dt.datetime) -> None:
    from vanlang.identity.api import end_appointment

    stand_in(people.mai, people.nam, people.mai, at)
    end_appointment(
        appointment_id=people.mai.appointment_id or 0, on=at.date() + dt.timedelta(days=2), actor=people.phuc, at=at
    )  # fmt: skip
    assert seen(people.nam, at.date() + dt.timedelta(days=1)) == ("Lê Thị Mai",)
    assert seen(people.nam, at.date() + dt.timedelta(days=2)) == ()


def test_overlaps_and_chains_are_refused_by_the_database(people: Colleagues, at: dt.datetime) -> None:
    stand_in(people.mai, people.nam, people.phuc, at)
    for absent, substitute, code in (
        (people.mai, people.tam, "identity.substitution_overlaps"),
        (people.nam, people.tam, "identity.substitution_chains"),
        (people.tam, people.mai, "identity.substitution_chains"),
    ):
        with pytest.raises(SubstitutionError) as refused:
            stand_in(absent, substitute, people.phuc, at)
        assert refused.value.code == code
    later = at.date() + WEEK
    stand_in(people.nam, people.tam, people.phuc, at, valid_from=later, valid_to=later + WEEK)
    assert Substitution.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.filter(absent_id=people.nam.appointment_id).update(valid_from=at.date())


def test_rows_are_never_deleted(people: Colleagues, at: dt.datetime) -> None:
    stand_in(people.mai, people.nam, people.mai, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_substitution")


def test_the_leader_s_powers_need_a_decision(people: Colleagues, at: dt.datetime) -> None:
    with pytest.raises(SubstitutionNotAcceptableError) as refused:
        stand_in(people.phuc, people.ha, people.phuc, at)
    assert refused.value.code == "identity.substitution_without_decision"
    stand_in(people.phuc, people.ha, people.phuc, at, decision="15/QĐ-UBND", decided_on=at.date())
    [one] = actor_for(Account.objects.get(pk=people.ha.account_id), on=at.date()).stands_for
    assert one.roles == {Role.LEADER}


def test_a_stranger_may_not_set_or_end_it(people: Colleagues, at: dt.datetime) -> None:
    with pytest.raises(SubstitutionNotAllowedError):
        stand_in(people.mai, people.nam, people.tam, at)
    key = stand_in(people.mai, people.nam, people.mai, at)
    with pytest.raises(SubstitutionNotAllowedError):
        end_substitution(substitution_id=key, actor=people.tam, at=at)


def test_ended_early_and_taken_back(people: Colleagues, at: dt.datetime) -> None:
    key = stand_in(people.mai, people.nam, people.mai, at)
    end_substitution(substitution_id=key, actor=people.mai, at=at + dt.timedelta(days=2))
    assert seen(people.nam, at.date() + dt.timedelta(days=1)) == ("Lê Thị Mai",)
    assert seen(people.nam, at.date() + dt.timedelta(days=2)) == ()
    again = stand_in(
        people.mai,
        people.nam,
        people.mai,
        at + dt.timedelta(days=2),
        valid_from=at.date() + dt.timedelta(days=2),
    )
    end_substitution(substitution_id=again, actor=people.phuc, at=at + dt.timedelta(days=2))
    assert seen(people.nam, at.date() + dt.timedelta(days=3)) == ()
    with pytest.raises(SubstitutionError):
        end_substitution(substitution_id=again, actor=people.phuc, at=at + dt.timedelta(days=2))
    acts = [one.act for one in list_records(object_type="substitution", object_id=again)]
    assert sorted(acts) == ["identity.appoint_substitute", "identity.end_substitution"]
