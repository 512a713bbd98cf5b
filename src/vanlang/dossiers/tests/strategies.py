"""Hypothesis strategies for the values of the dossier's rules."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from vanlang.dossiers.rules.access import Places, Viewer
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.states import Hat, Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.transitions import Facts, Standing

standings = st.builds(
    Standing,
    parties=st.frozensets(st.sampled_from(Party)),
    hats=st.frozensets(st.sampled_from(Hat)),
    holds=st.booleans(),
    in_unit=st.booleans(),
    own=st.booleans(),
    prepared=st.booleans(),
    asked=st.booleans(),
)
CONDITIONS = [one.name for one in dataclasses.fields(Facts) if one.name not in {"state", "standing"}]
conditions = st.fixed_dictionaries({name: st.booleans() for name in CONDITIONS})
"""Everything that the table asks beside state and actor."""
facts = st.builds(
    lambda state, standing, more: Facts(state, standing, **more),
    st.one_of(st.none(), st.sampled_from(State)),
    standings,
    conditions,
)
acts = st.sampled_from(Act)

# Small worlds collide often: three agencies, three people.
agency_ids = st.integers(min_value=1, max_value=3)
person_ids = st.uuids(version=4)
few_people = st.sampled_from([f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 4)])

places = st.builds(
    Places,
    intake_agency_id=agency_ids,
    competent_agency_id=agency_ids,
    return_agency_id=agency_ids,
    advisers=st.frozensets(agency_ids, max_size=2),
    advising_units=st.frozensets(st.integers(1, 2), max_size=2),
    applicant_id=few_people,
    operator_id=st.none() | few_people,
    holder_unit_id=st.none() | st.integers(1, 2),
    holder_id=st.none() | st.integers(1, 3),
    specialist_id=st.none() | st.integers(1, 3),
)
viewers = st.builds(
    Viewer,
    parties=st.frozensets(st.sampled_from(Party), max_size=2),
    person_id=st.none() | few_people,
    appointment_id=st.none() | st.integers(1, 3),
    agency_id=st.none() | agency_ids,
    unit_id=st.none() | st.integers(1, 2),
)

processes = st.lists(
    st.builds(
        Step,
        name=st.just("Bước"),
        party=st.sampled_from([Party.COUNTER, Party.SPECIALIST, Party.LEADER, Party.CLERK]),
        share=st.integers(0, 100),
        phase=st.just(1),
    ),
    max_size=8,
)
codes = st.builds(
    DossierCode,
    agency_code=st.from_regex(r"[A-Z]\d{2}(\.\d{2,3}){0,3}", fullmatch=True).filter(str.isascii),
    received_on=st.dates(date(2020, 1, 1), date(2068, 12, 31)),
    number=st.integers(1, 999_999),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - zone given
