"""The law of the verdict, as a table that a jurist can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.signing.rules.judgement import Facts, inside, validity_of, worst_of
from vanlang.signing.tests.pki import AT, YEAR
from vanlang.signing.types import Validity

GOOD = Facts(
    intact=True,
    changed_after=False,
    trusted=True,
    weak=False,
    valid_from=AT - YEAR,
    valid_to=AT + YEAR,
    revoked_at=None,
    existed_at=AT,
)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Validity.VALID),
        ({"intact": False}, Validity.MODIFIED),
        ({"changed_after": True}, Validity.MODIFIED),
        ({"trusted": False}, Validity.UNTRUSTED),
        ({"weak": True}, Validity.UNTRUSTED),
        ({"existed_at": AT - 2 * YEAR}, Validity.UNTRUSTED),
        ({"existed_at": AT + YEAR}, Validity.EXPIRED),
        ({"existed_at": AT + YEAR - dt.timedelta(seconds=1)}, Validity.VALID),
        ({"revoked_at": AT - HOUR}, Validity.REVOKED),
        ({"revoked_at": AT}, Validity.REVOKED),
        ({"revoked_at": AT + HOUR}, Validity.VALID),
        ({"revoked_at": AT - HOUR, "trusted": False}, Validity.REVOKED),
        ({"intact": False, "revoked_at": AT - HOUR, "trusted": False}, Validity.MODIFIED),
        ({"trusted": False, "existed_at": AT + YEAR}, Validity.UNTRUSTED),
    ],
)
def test_what_a_signature_is_worth(change: dict[str, object], expected: Validity) -> None:
    assert validity_of(replace(GOOD, **change)) is expected


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        ([], Validity.NOT_SIGNED),
        ([Validity.VALID, Validity.VALID], Validity.VALID),
        ([Validity.VALID, Validity.EXPIRED], Validity.EXPIRED),
        ([Validity.UNTRUSTED, Validity.VALID], Validity.UNTRUSTED),
        ([Validity.REVOKED, Validity.UNTRUSTED, Validity.MODIFIED], Validity.MODIFIED),
    ],
)
def test_a_file_is_worth_its_worst_signature(signatures: list[Validity], expected: Validity) -> None:
    assert worst_of(signatures) is expected


@given(
    intact=st.booleans(),
    changed=st.booleans(),
    trusted=st.booleans(),
    weak=st.booleans(),
    revoked=st.none() | st.integers(-900, 900),
    existed=st.integers(-900, 900),
)
def test_valid_needs_everything(
    *, intact: bool, changed: bool, trusted: bool, weak: bool, revoked: int | None, existed: int
) -> None:
    facts = replace(
        GOOD,
        intact=intact,
        changed_after=changed,
        trusted=trusted,
        weak=weak,
        revoked_at=None if revoked is None else AT + dt.timedelta(days=revoked),
        existed_at=AT + dt.timedelta(days=existed),
    )
    in_period = -365 <= existed < 365
    stood = revoked is None or revoked > existed
    sound = intact and not changed and trusted and not weak
    assert (validity_of(facts) is Validity.VALID) == (sound and in_period and stood)


@given(days=st.integers(-4000, 4000))
def test_the_moment_of_the_chain_is_inside_the_period(days: int) -> None:
    moment = inside(AT + dt.timedelta(days=days), AT - YEAR, AT + YEAR)
    assert AT - YEAR <= moment < AT + YEAR
    if -365 <= days < 365:
        assert moment == AT + dt.timedelta(days=days)
