"""From another system's export to dossiers here, and the two compared day by day while both run."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.cutover import services
from vanlang.cutover.errors import CutoverConflictError, CutoverNotAllowedError
from vanlang.cutover.models import CutoverLine, CutoverRun, FoundDifference
from vanlang.cutover.queries import runs
from vanlang.cutover.rules.comparing import differences
from vanlang.cutover.rules.reading import instant, steps
from vanlang.cutover.tests import old_system
from vanlang.cutover.types import CutoverKind, Difference, Standing
from vanlang.dossiers.models import Adoption, Dossier, Movement
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.sheets.api import grid_of

AGENCY = "UBND phường Việt Trì"


def read(rows: list[old_system.Row], kind: CutoverKind, actor: Actor, at: dt.datetime) -> CutoverRun:
    services.add_system(code="cu", name="Hệ thống cũ", actor=actor, at=at)
    services.set_wording(
        code="cu", content=old_system.wording(at), file_name="anh-xa.xlsx", actor=actor, at=at
    )
    run_id = services.read_export(
        system_code="cu", kind=kind, content=old_system.export(rows, at), file_name="ho-so.xlsx", on=at.date(), actor=actor, at=at
    )  # fmt: skip
    return CutoverRun.objects.get(pk=run_id)


def enter(run: CutoverRun, actor: Actor, at: dt.datetime) -> CutoverRun:
    services.take_over(run_id=run.pk, actor=actor, at=at)
    with acting(Scope.system()):
        while services.take_over_batch(run_id=run.pk, at=at):
            pass
    run.refresh_from_db()
    return run


def sound(count: int) -> list[old_system.Row]:
    rng = random.Random(44)
    return [old_system.sound(number, AGENCY, rng) for number in range(count)]


def test_a_dry_run_writes_no_dossier_and_names_every_error(
    world: World, quan: Actor, at: dt.datetime
) -> None:
    run = read([*sound(20), *old_system.errors(AGENCY)], CutoverKind.TAKE_OVER, quan, at)
    assert run.totals["statuses"] == {"ready": 20, "faulty": 6}
    codes = [
        line.problems[0]["code"]
        for line in CutoverLine.objects.filter(run=run, status="faulty").order_by("number")
    ]
    assert codes == [
        "cutover.unknown_agency", "cutover.unknown_state", "cutover.unknown_procedure", "cutover.bad_instant",
        "cutover.bad_personal_id", "dossiers.adopt_state",
    ]  # fmt: skip
    assert Dossier.objects.count() == 0
    with acting(Scope.system()):
        places = runs.by_place(runs.get_run(run.pk))
    assert sum(place.theirs for place in places) == 26 and sum(place.enters for place in places) == 20


def test_ready_lines_enter_once_with_their_real_dates(world: World, quan: Actor, at: dt.datetime) -> None:
    rows = sound(12)
    run = enter(read(rows, CutoverKind.TAKE_OVER, quan, at), quan, at)
    assert (run.state, run.done, run.totals["statuses"]) == ("applied", 12, {"entered": 12})
    wording = {theirs: ours for part, theirs, ours in old_system.WORDING if part == "trạng thái"}
    assert Counter(Dossier.objects.values_list("state", flat=True)) == Counter(
        wording[str(row[3])] for row in rows
    )
    for row in rows:
        dossier = Adoption.objects.get(external_code=row[0]).dossier
        assert f"{dossier.submitted_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" == row[7]
    with pytest.raises(CutoverConflictError):
        services.take_over(run_id=run.pk, actor=quan, at=at)
    again = read(rows, CutoverKind.TAKE_OVER, quan, at)
    assert again.totals["statuses"] == {"here": 12}
    assert Dossier.objects.count() == 12
    assert set(Movement.objects.filter(act="adopt").values_list("appointment_id", flat=True)) == {
        quan.appointment_id
    }


def test_while_both_run_each_difference_is_named(world: World, quan: Actor, at: dt.datetime) -> None:
    rng = random.Random(1)
    rows = [old_system.sound(number, AGENCY, rng, "Đang thụ lý") for number in range(8)]
    enter(read(rows, CutoverKind.TAKE_OVER, quan, at), quan, at)
    same = read(rows, CutoverKind.PARALLEL, quan, at)
    assert same.totals == {"differences": {}, "theirs": 8, "ours": 8, "same": 8, "unread": []}
    rows[0][3], rows[0][10] = "Đã có kết quả", "20/11/2026 09:00"
    rows[1][9] = "30/11/2026 17:00"
    rows[2][2] = "UBND phường Nông Trang"
    rows[3][3] = "Không rõ"
    rows[4:5] = []
    rows.append(old_system.sound(500, AGENCY, rng, "Đang thụ lý"))
    rows.append(old_system.sound(501, AGENCY, rng, "Đã trả"))
    run = read(rows, CutoverKind.PARALLEL, quan, at + dt.timedelta(hours=1))
    found = {(one.external_code, one.kind) for one in FoundDifference.objects.filter(run=run)}
    assert found == {
        ("CU-00000", "state"), ("CU-00000", "finished"), ("CU-00001", "due"), ("CU-00002", "agency"),
        ("CU-00004", "missing_there"), ("CU-00500", "missing_here"),
    }  # fmt: skip
    assert run.totals["unread"] == ["CU-00003"] and run.totals["same"] == 3
    content = services.differences_workbook(run.pk, {}, at=at)
    assert len(grid_of(content).rows) == 1 + len(found)
    assert [one.differing for one in runs.trend("cu")] == [6]


def test_only_the_province_moves_dossiers(world: World, quan: Actor, at: dt.datetime) -> None:
    for actor in (world.hung, world.phuc):
        with pytest.raises(CutoverNotAllowedError):
            services.add_system(code="x", name="X", actor=actor, at=at)


def test_rows_of_an_export_are_hidden_from_offices(world: World, quan: Actor, at: dt.datetime) -> None:
    run = read(sound(3), CutoverKind.TAKE_OVER, quan, at)
    with acting(Scope.officer(world.viet_tri.id)):
        assert CutoverLine.objects.filter(run=run).count() == 0


@pytest.mark.parametrize(
    ("text", "says", "has_time"),
    [
        ("16/11/2026 09:05", "2026-11-16T09:05", True),
        ("16-11-2026", "2026-11-16T00:00", False),
        ("09:05 16/11/2026", "2026-11-16T09:05", True),
        ("2026-11-16T09:05:33", "2026-11-16T09:05", True),
        ("2026-11-16", "2026-11-16T00:00", False),
    ],
)
def test_instants_as_systems_write_them(text: str, says: str, has_time: bool) -> None:
    found = instant(text, VIETNAM)
    assert found is not None and (found.at.isoformat()[:16], found.has_time) == (says, has_time)


@pytest.mark.parametrize("text", ["31/02/2026", "hôm qua", "16/11/26", "16/11/2026 25:00"])
def test_what_is_no_instant_is_none(text: str) -> None:
    assert instant(text, VIETNAM) is None


def test_a_history_of_one_cell() -> None:
    assert steps("16/11/2026 09:00 | Chuyển xử lý | Trần Văn A\n17/11/2026 | Nhận |") == [
        ("16/11/2026 09:00", "Chuyển xử lý", "Trần Văn A", ""), ("17/11/2026", "Nhận", "", ""),
    ]  # fmt: skip


STANDING = st.builds(
    Standing, external_code=st.just(""), state=st.sampled_from(["handed_over", "delivered", "released"]),
    national=st.sampled_from(["4", "9", "10"]), agency=st.sampled_from(["H44.100", "H44.101"]),
    due_on=st.sampled_from(["", "2026-11-20", "2026-11-21"]), finished_on=st.sampled_from(["", "2026-11-19"]),
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from("abcdef"), STANDING), st.dictionaries(st.sampled_from("abcdef"), STANDING)
)
def test_differences_mirror_and_vanish_between_equals(
    theirs: dict[str, Standing], ours: dict[str, Standing]
) -> None:
    closed = frozenset({"delivered"})
    assert list(differences(theirs, theirs, closed=closed)) == []
    there = {(code, kind) for code, kind, *_ in differences(theirs, ours, closed=closed)}
    back = {(code, kind) for code, kind, *_ in differences(ours, theirs, closed=closed)}
    turned = {
        Difference.MISSING_HERE: Difference.MISSING_THERE,
        Difference.MISSING_THERE: Difference.MISSING_HERE,
    }
    assert {(code, turned.get(kind, kind)) for code, kind in there} == back
