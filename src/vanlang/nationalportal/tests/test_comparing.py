"""
The portal compared over the wire: what was told is equal, whatever is spoiled there is found, and healing is sent again.

The portal is the stand-in, another process that was written from docs/reference/sentinel.md alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as outside  # noqa: F401 - a fixture

from vanlang.connectors.api import forget as forget_system
from vanlang.connectors.api import list_letters, send_round
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.kernel.errors import OutsideSystemError
from vanlang.nationalportal.adapters import registering
from vanlang.nationalportal.adapters.client import PortalAddress, PortalClient, client
from vanlang.nationalportal.adapters.replica import PortalReplica
from vanlang.nationalportal.models import ForeignDossier
from vanlang.nationalportal.queries.projection import iterate_records, list_records
from vanlang.nationalportal.rules.codec import instant
from vanlang.nationalportal.services.telling import tell_dossier
from vanlang.nationalportal.tests.portal import ScriptedPortal, always
from vanlang.nationalportal.types import SYSTEM
from vanlang.organizations.api import AgencyCard, get_agency
from vanlang.sentinel.api import Record, RunCard, RunState, Way, ask_run, carry_out, forget, get_run
from vanlang.sentinel.models import SyncDifference

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
STATES = (
    State.RECEIVED, State.IN_PROGRESS, State.AWAITING_SUPPLEMENT, State.PROPOSED, State.RELEASED, State.DELIVERED,
    State.STOPPED, State.WITHDRAWN, State.DELIVERED,
)  # fmt: skip


class Province:
    """The province with its portal, both told the same."""

    def __init__(self, world: World, portal: Outside, at: dt.datetime) -> None:
        self.portal, self.at, self.nights = portal, at, 0
        lives = Lives(world)
        self.codes = sorted(self._told(lives.to(state)) for state in STATES)
        self.send()

    def _told(self, dossier_id: Any) -> str:
        row = Dossier.objects.get(pk=dossier_id)
        tell_dossier(
            dossier_id=row.pk,
            number=row.version,
            code=row.code,
            agency_id=row.competent_agency_id,
            at=self.at,
        )
        assert row.code
        return row.code

    def send(self) -> None:
        later = self.at + dt.timedelta(days=self.nights, hours=1)
        while send_round(system=SYSTEM, at=later).goes_on:
            pass
        assert list_letters(system=SYSTEM) == ()

    def compare(self, way: Way = Way.DIGESTS) -> RunCard:
        """Compare in the next night."""
        self.nights += 1
        when = self.at + dt.timedelta(days=self.nights)
        key = ask_run(system=SYSTEM, first_on=YEAR[0], last_on=YEAR[1], way=way, at=when, defer=False)
        carry_out(run_id=key, clock=lambda: when)
        return get_run(key)

    def order(self, deed: str, *codes: str, **more: object) -> list[dict[str, Any]]:
        did: list[dict[str, Any]] = self.portal.order("national_portal", deed, codes=list(codes), **more)[
            "did"
        ]
        return did


@pytest.fixture
def province(world: World, outside: Outside, settings: Any, at: dt.datetime) -> Iterator[Province]:  # noqa: F811 - the fixture
    outside.fresh()
    settings.VANLANG_NATIONAL_PORTAL = {
        "url": outside.national_portal, "user": "h44", "password": outside.portal_password, "dstcode": "x",
        "agency": "H44", "token": outside.portal_token,
    }  # fmt: skip
    registering.register()
    yield Province(world, outside, at)
    client().close()
    forget_system(SYSTEM)
    forget(SYSTEM)


def standing() -> dict[str, tuple[list[str], str]]:
    rows = SyncDifference.objects.exclude(state="settled")
    return {row.code: (row.kinds, row.state) for row in rows}


@pytest.mark.parametrize("way", [Way.DIGESTS, Way.LIST])
def test_what_was_told_is_equal(province: Province, way: Way) -> None:
    run = province.compare(way)
    assert (run.state, run.compared, run.differing, run.riddles) == (RunState.DONE, len(STATES), 0, 0)
    assert run.wire_bytes > 0
    assert sorted(one.code for one in iterate_records(*YEAR)) == province.codes
    assert {one.state for one in iterate_records(*YEAR)} >= {"2", "4", "5", "7", "8", "9", "10"}


@pytest.mark.parametrize("way", [Way.DIGESTS, Way.LIST])
def test_whatever_is_spoiled_is_found_and_ours_is_sent_again(province: Province, way: Way) -> None:
    lost, due, agency, results, doubled = province.codes[:5]
    province.order("lose", lost)
    for code, spoiled in ((due, "due"), (agency, "agency"), (results, "results")):
        province.order("alter", code, way=spoiled)
    province.order("double", doubled)
    (strange,) = (one["MaHoSo"] for one in province.order("strange", count=1, seed=7))
    run = province.compare(way)
    assert standing() == {
        lost: (["lost"], "healing"),
        due: (["dates"], "healing"),
        agency: (["place"], "healing"),
        results: (["results"], "healing"),
        doubled: (["doubled"], "open"),
        strange: (["strange"], "open"),
    }
    assert (run.differing, run.given_remedy) == (6, 4)
    province.send()
    assert province.compare(way).settled == 4
    assert standing().keys() == {doubled, strange}
    answer = province.portal.order("national_portal", "lose", codes=[strange])
    assert answer["did"]


def test_a_lost_dossier_comes_back_with_every_step(province: Province) -> None:
    code = province.codes[-1]
    steps = Dossier.objects.get(code=code).movements.count()
    province.order("lose", code)
    province.compare()
    province.send()
    run = province.compare()
    assert (run.settled, run.differing) == (1, 0)
    with PortalLine(province.portal) as line:
        told = line.ask("TraCuuHoSo", {"mahoso": code}, share=True)["data"]
    assert isinstance(told, dict)
    assert len(told["TienDo"]) == steps


def test_what_has_just_moved_is_under_way(province: Province, world: World) -> None:
    code = province.codes[0]
    province.order("lose", code)
    tomorrow = province.at + dt.timedelta(days=1)
    Dossier.objects.filter(code=code).update(moved_at=tomorrow - dt.timedelta(minutes=5))
    run = province.compare()
    assert (run.differing, run.under_way) == (0, 1)
    assert province.compare().differing == 1


def test_a_state_of_before_is_told_again_and_one_that_never_was_waits_for_a_person(
    province: Province,
) -> None:
    behind, never = (Dossier.objects.get(code=code) for code in province.codes[-2:])
    records = {one.code: one for one in list_records([behind.code or "", never.code or ""])}
    entry = province.portal.order("national_portal", "alter", codes=[never.code], way="state", seed=3)["did"][
        0
    ]
    had = records[never.code or ""]
    assert entry["to"]["TrangThaiHoSo"] != had.state
    province.compare()
    (kinds, state) = standing()[never.code or ""]
    earlier = {"1", "2", "4", "9"} if had.state == "10" else {"1", "2", "4"}
    expected = "behind" if entry["to"]["TrangThaiHoSo"] in earlier else "state"
    assert (kinds, state) == ([expected], "healing" if expected == "behind" else "open")


FOREIGN = {
    "MaHoSo": "000.00.15.G15-261110-000001", "TrangThaiHoSo": "9", "NgayTiepNhan": "20261110081500",
    "NgayHenTra": "20261115170000", "NgayKetThucXuLy": "20261114100000",
    "DanhSachGiayToKetQua": [{"MaGiayToKetQua": "KQ.1", "GiayToId": "7"}],
}  # fmt: skip


def a_reference(province: Province, agency: AgencyCard, **told: object) -> ForeignDossier:
    """Let the portal hold a dossier of another system, of which we hold what was true when it was received."""
    record = FOREIGN | {"DonViXuLy": agency.code} | told
    province.portal.order("national_portal", "load", records=[record], source="G15")
    return ForeignDossier.objects.create(
        system="G15", external_code=FOREIGN["MaHoSo"], procedure_code="1.001193", procedure_name="x",
        agency_id=agency.id, applicant_name="x", state="2", submitted_at=province.at, heard_at=province.at,
    )  # fmt: skip


def test_theirs_is_taken_as_far_as_a_reference_goes(province: Province, world: World) -> None:
    row = a_reference(province, get_agency(world.viet_tri.id, province.at.date()))
    run = province.compare()
    assert (run.differing, run.given_remedy) == (1, 1)
    row.refresh_from_db()
    assert (row.state, instant(row.received_at), instant(row.finished_at)) == (
        "9", FOREIGN["NgayTiepNhan"], FOREIGN["NgayKetThucXuLy"],
    )  # fmt: skip
    run = province.compare()
    assert (run.differing, run.settled, standing()) == (0, 1, {})


@pytest.mark.parametrize(
    "told", [{"DonViXuLy": "H44.nowhere"}, {"TrangThaiHoSo": "99"}, {"NgayHenTra": "soon"}]
)
def test_what_cannot_be_taken_waits_for_a_person(
    province: Province, world: World, told: dict[str, object]
) -> None:
    row = a_reference(province, get_agency(world.viet_tri.id, province.at.date()), **told)
    assert province.compare().given_remedy == 0
    row.refresh_from_db()
    assert row.state == "2"
    assert standing()[row.external_code][1] == "open"


def test_an_unknown_code_is_no_record_of_ours(province: Province) -> None:
    assert list_records(["no such code", province.codes[0]])[0].code == province.codes[0]
    with PortalLine(province.portal) as line:
        replica = PortalReplica(line)
        assert [one.code for one in replica.find(["no such code", province.codes[0]])] == [province.codes[0]]


@pytest.mark.parametrize("mode", ["error_500", "nonsense", "drop", "code:99"])
def test_a_portal_that_misbehaves_concludes_nothing(province: Province, mode: str) -> None:
    province.order("lose", province.codes[0])
    province.compare()
    province.portal.misbehave("national_portal", mode, times=100)
    run = province.compare()
    assert (run.state, run.reason, run.settled) == (RunState.FAILED, "sentinel.no_answer", 0)
    assert len(standing()) == 1
    province.portal.fresh()


@pytest.fixture
def replica(portal: ScriptedPortal) -> Iterator[PortalReplica]:
    line = PortalClient(PortalAddress(portal.url, user="h44", password="secret"), seconds=5)
    yield PortalReplica(line)
    line.close()


@pytest.mark.parametrize(
    "data",
    [
        None, {}, [["x"]], [[["20260803"], {"H44": [1, "zz"]}]], [[[], {"20260803": [-1, "0" * 32]}]],
        [[[], {"20260803": ["1", "0" * 32]}]], [], [[[], [1]]], [[["20260101"], {}]],
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(
    portal: ScriptedPortal, replica: PortalReplica, data: object
) -> None:
    portal.usual = always({"error_code": "0", "data": data})
    with pytest.raises(OutsideSystemError):
        replica.children([()])


@pytest.mark.parametrize(
    "row", [None, [], {}, {"MaHoSo": 3}, {"MaHoSo": "a", "KetQua": [["x"]]}, {"MaHoSo": "a", "NgayTra": 5}]
)
def test_a_record_that_is_none_is_refused(
    portal: ScriptedPortal, replica: PortalReplica, row: object
) -> None:
    portal.usual = always({"error_code": "0", "data": [row], "tong": 1})
    with pytest.raises(OutsideSystemError):
        replica.records([("20260803", "H44.1")])
    with pytest.raises(OutsideSystemError):
        replica.list_day(dt.date(2026, 8, 3))


def test_a_day_is_listed_page_by_page(portal: ScriptedPortal, replica: PortalReplica) -> None:
    pages = {"1": [{"MaHoSo": "a"}, {"MaHoSo": "b"}], "2": [{"MaHoSo": "c"}]}
    portal.usual = lambda path, call: {"error_code": "0", "data": pages[call["trang"]], "tong": 3}
    assert replica.list_day(dt.date(2026, 8, 3)) == [Record(code, "", "", "") for code in "abc"]
    assert replica.traffic().questions == 3  # two pages and the login


class PortalLine:
    """A line of the test's own to the stand-in."""

    def __init__(self, portal: Outside) -> None:
        self._line = PortalClient(
            PortalAddress(
                portal.national_portal, "h44", portal.portal_password, "x", "H44", portal.portal_token
            )
        )

    def __enter__(self) -> PortalClient:
        return self._line

    def __exit__(self, *_: object) -> None:
        self._line.close()
