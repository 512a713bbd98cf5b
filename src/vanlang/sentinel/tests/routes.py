"""One comparison and one difference, for the test that asks every route as everybody."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.sentinel import ports
from vanlang.sentinel.models import SyncDifference, SyncRun
from vanlang.sentinel.rules.versions import versions_of
from vanlang.sentinel.tests.copies import SYSTEM, Sides, a_record
from vanlang.sentinel.types import DifferenceState, Remedy, RunState, RunStep, StateOwner, Way


def a_run(people: People) -> SyncRun:
    ports.register_comparison(Sides())
    day = people.at.date()
    return SyncRun.objects.create(
        system=SYSTEM, way=Way.DIGESTS, first_on=day, last_on=day, asked_at=people.at, state=RunState.DONE,
        step=RunStep.HEALING, beat_at=people.at, finished_at=people.at,
    )  # fmt: skip


def a_difference(people: People) -> dict[str, object]:
    found = SyncDifference.objects.filter(system=SYSTEM).first()
    if found is None:
        run, day, one = a_run(people), people.at.date(), a_record(1)
        found = SyncDifference.objects.create(
            system=SYSTEM, code=one.code, agency_id=people.home, first_on=day, last_on=day, kinds=["lost"],
            owner=StateOwner.HERE, remedy=Remedy.SEND, state=DifferenceState.OPEN, versions=versions_of([one], []),
            digest=b"1" * 32, found_at=people.at, seen_at=people.at, found_in=run, seen_in=run,
        )  # fmt: skip
    return {"difference_id": found.pk}


def the_system(people: People) -> dict[str, object]:
    ports.register_comparison(Sides())
    return {"system": SYSTEM}


SAMPLES = {
    # An administrator of any agency sees every difference; other officers those of their own, which test_pages proves
    "sentinel:difference": Sample(a_difference, owned=False, answers={200, 404}),
    "sentinel:send_again": Sample(a_difference, owned=False, answers={405}),
    "sentinel:take_theirs": Sample(a_difference, owned=False, answers={405}),
    "sentinel:explain": Sample(a_difference, owned=False, answers={405}),
    "sentinel:run": Sample(lambda people: {"run_id": a_run(people).pk}, owned=False),
    "sentinel:compare": Sample(the_system, owned=False),
    "sentinel:upload": Sample(the_system, owned=False),
    "sentinel:template": Sample(the_system, owned=False),
    "sentinel:month": Sample(lambda people: the_system(people) | {"year": 2026, "month": 8}, owned=False),
}
