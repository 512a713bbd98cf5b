"""Exports: every spelling of an instant that is certain is read, everything else is named by its cell."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.zone import VIETNAM
from vanlang.sentinel.rules.exports import instant_of, results_of
from vanlang.sentinel.rules.lenses import kept, lens_for, lens_of, seen_through
from vanlang.sentinel.rules.versions import digest_over, packed, unpacked
from vanlang.sentinel.tests.copies import a_record
from vanlang.sentinel.types import CLEAR, Lens

FIRST = dt.datetime(2000, 1, 1, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ""), ("20260803081500", "20260803081500"), ("3/8/2026", "20260803"), ("03/08/2026 8:15", "202608030815"),
        ("03/08/2026  08:15:59", "20260803081559"), ("2026-08-03", "20260803"), ("2026-08-03T08:15:00", "20260803081500"),
        ("31/02/2026", None), ("08:15 03/08/2026", None), ("3/8/26", None), ("hôm qua", None), ("٢٠٢٦٠٨٠٣", None),
    ],
)  # fmt: skip
def test_instants(said: str, meant: str | None) -> None:
    assert instant_of(said) == meant


@given(st.integers(0, 3_000_000_000).map(lambda seconds: FIRST + dt.timedelta(seconds=seconds)))
def test_every_spelling_means_the_same(at: dt.datetime) -> None:
    digits = f"{at:%Y%m%d%H%M%S}"
    for spelling in ("%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S"):
        assert instant_of(at.strftime(spelling)) == digits


def test_results() -> None:
    assert results_of("KQ.G02.000001=12/GP-UBND; =7\nKQ.1=a=b") == (
        ("KQ.G02.000001", "12/GP-UBND"), ("", "7"), ("KQ.1", "a=b"),
    )  # fmt: skip
    assert results_of("") == ()
    assert results_of("12/GP-UBND") is None


def test_a_lens_shows_no_more_than_the_file_says() -> None:
    one = a_record(1)
    vague = a_record(1, received=one.received[:8], due=one.due[:12])
    lens = lens_for([vague, a_record(2)], {"code", "agency", "state", "received", "due", "finished"})
    assert lens == Lens(frozenset({"returned", "results"}), (("received", 8), ("due", 12)))
    assert seen_through(lens, one) == seen_through(lens, vague)
    assert seen_through(lens, one).finished == one.finished
    assert lens_of(kept(lens)) == lens
    assert lens_of(kept(CLEAR)) == CLEAR
    assert seen_through(CLEAR, one) is one


def test_what_is_kept_comes_back() -> None:
    one = a_record(1)
    assert unpacked(packed(one)) == one
    assert digest_over([one], []) != digest_over([], [one])
    assert digest_over([one, a_record(2)], []) == digest_over([a_record(2), one], [])
