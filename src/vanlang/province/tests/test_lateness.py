"""
The lateness of each agency is the published one, within what chance does to a sample.

Planned without a database: the calendar is the ward's, the offers are made up, the workload is the table of the province.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
import uuid
from collections import Counter
from random import Random

import pytest
from django.conf import settings

from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.calendars.tests.world import viet_tri
from vanlang.dossiers.api import Channel, generating
from vanlang.kernel.clock import VIETNAM

SAMPLE = 30_000
BEGIN = dt.datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)
YEAR = dt.timedelta(days=365)
UNLIKELY = 1e-6
"""Of 160 agencies not one is so far out by chance in a thousand samples."""
FAR = 4.5
"""The same in standard deviations."""


def published() -> dict[str, tuple[int, int]]:
    path = settings.VANLANG_REFERENCE / "province" / "workload.toml"
    month = tomllib.loads(path.read_text(encoding="utf-8"))["month"]
    return {code: (received, late) for code, (received, late) in month.items() if received}


def ground_of(workload: dict[str, tuple[int, int]]) -> generating.Ground:
    staff = {slot: (int(slot),) for slot in generating.Slot}
    places = tuple(
        generating.Place(
            agency_id=number,
            staff=staff,
            weight=received,
            late=late / received,
            offers=((0, 3), (1, 1)),
            calendar=viet_tri(),
        )
        for number, (received, late) in enumerate(workload.values(), start=1)
    )
    return generating.Ground(
        seed=44, count=2 * SAMPLE, from_at=BEGIN, until=BEGIN + YEAR, places=places,
        offers=(offer("1.000001", 3), offer("1.000002", 15)), applicant_of=_nobody,
    )  # fmt: skip


def offer(code: str, days: int) -> generating.Offer:
    limit = TimeLimit(days, LimitUnit.WORKING_DAY)
    return generating.Offer(
        version_id=1, case_id=1, code=code, name="Thủ tục", request="Trường hợp", title="Kết quả", process=(),
        limits={Channel.ONLINE: limit, Channel.DIRECT: limit}, papers=(),
    )  # fmt: skip


def _nobody(agency_id: int, draw: Random) -> tuple[uuid.UUID, None]:
    return uuid.UUID(int=draw.getrandbits(128)), None


@pytest.fixture(scope="module")
def settled() -> dict[int, tuple[int, int]]:
    """
    Agency → dossiers with an outcome, and how many of those came late.

    Looked at is the earlier half of a year: all of it is settled, so that the late ones are not missing because they are late.
    """
    ground = ground_of(published())
    done, late = Counter[int](), Counter[int]()
    for life in generating.plan(ground, range(SAMPLE)):
        released = next((leg for leg in life.legs if leg.act is generating.Act.RELEASE), None)
        if released is None:
            continue
        due = life.due[released.number - 1]
        assert due is not None
        done[life.competent] += 1
        late[life.competent] += life.at[released.number - 1] > due
    return {agency: (done[agency], late[agency]) for agency in done}


def test_each_agency_is_as_late_as_it_was_published(settled: dict[int, tuple[int, int]]) -> None:
    distances = []
    for number, (code, (received, late)) in enumerate(published().items(), start=1):
        done, found = settled.get(number, (0, 0))
        share = late / received
        assert _chance(found, done, share) > UNLIKELY, (
            f"{code}: {found} of {done} late, published {share:.1%}"
        )
        expected = done * share
        if min(expected, done - expected) >= 5:
            distances.append((found - expected) / math.sqrt(expected * (1 - share)))
    # together they are spread as chance spreads them: chi-square, within 4 of its standard deviations
    total, degrees = sum(one**2 for one in distances), len(distances)
    assert degrees > 120
    assert abs(total - degrees) < 4 * math.sqrt(2 * degrees)


def _chance(found: int, of: int, share: float) -> float:
    """Return how likely a binomial count is so far out, or farther, on its side."""
    if share in {0.0, 1.0}:
        return float(found == of * share)
    whole = math.lgamma(of + 1) + of * math.log(1 - share)
    odds = math.log(share / (1 - share))
    likely = [
        math.exp(whole - math.lgamma(one + 1) - math.lgamma(of - one + 1) + one * odds)
        for one in range(of + 1)
    ]
    return min(sum(likely[: found + 1]), sum(likely[found:]))


def test_chance_is_that_of_a_coin() -> None:
    assert _chance(0, 2, 0.5) == pytest.approx(0.25)
    assert _chance(3, 10, 0.5) == pytest.approx(0.171875)


def test_the_whole_province_is_as_late_as_it_was_published(settled: dict[int, tuple[int, int]]) -> None:
    received = sum(one for one, _ in published().values())
    share = sum(late for _, late in published().values()) / received
    done = sum(one for one, _ in settled.values())
    found = sum(late for _, late in settled.values())
    assert abs(found / done - share) < 3 * math.sqrt(share * (1 - share) / done)


def test_each_agency_is_asked_for_as_much_as_it_was_published(settled: dict[int, tuple[int, int]]) -> None:
    done = sum(one for one, _ in settled.values())
    received = sum(one for one, _ in published().values())
    for number, (code, (asked, _)) in enumerate(published().items(), start=1):
        expected = done * asked / received
        assert abs(settled.get(number, (0, 0))[0] - expected) < FAR * math.sqrt(expected) + 1, code
