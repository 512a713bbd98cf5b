"""Whose a dossier is: one owner at a time, references that nobody can move, claims that change nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.people import sign_in

from vanlang.connectors.api import list_letters
from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.identity.api import Role
from vanlang.kernel.clock import frozen
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.api import count_foreign, list_foreign_of
from vanlang.nationalportal.errors import ClaimNotFoundError, ClaimNotPossibleError, RouteNotAcceptableError
from vanlang.nationalportal.models import Claim, ForeignDossier, Route
from vanlang.nationalportal.queries.ownership import find_route, list_claims, list_foreign, list_routes
from vanlang.nationalportal.services.ownership import RouteOrder, add_route, decide_claim, end_route
from vanlang.nationalportal.tests.conftest import Wire
from vanlang.nationalportal.tests.test_arrivals import CODE, arrive, record
from vanlang.nationalportal.types import ClaimState

FIRST = dt.date(2026, 11, 1)
DAY = dt.timedelta(days=1)


def order(wire: Wire, **changes: object) -> RouteOrder:
    plain = RouteOrder(
        procedure_version_id=wire.world.version_id, agency_id=wire.world.viet_tri.id, system="G15.HT",
        system_name="Hệ thống hộ tịch", address="https://hotich.example.vn", valid_from=FIRST, valid_to=None,
        decision="Công văn 12/BTP",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type] # fields by name


def route(wire: Wire, **changes: object) -> int:
    return add_route(order=order(wire, **changes), actor=wire.world.phuc, at=wire.at)


# --- routes ------------------------------------------------------------------------------------------


def test_one_system_processes_at_a_time(wire: Wire) -> None:
    first = route(wire, valid_to=FIRST + 10 * DAY)
    with pytest.raises(RouteNotAcceptableError) as overlap:
        route(wire, system="G22", valid_from=FIRST + 5 * DAY)
    assert overlap.value.code == "nationalportal.route_overlaps"
    route(wire, system="G22", valid_from=FIRST + 10 * DAY)
    route(wire, agency_id=wire.world.nong_trang.id)
    with pytest.raises(RouteNotAcceptableError):
        route(wire, agency_id=wire.world.nong_trang.id, valid_from=FIRST, valid_to=FIRST)

    def system_on(day: dt.date) -> str | None:
        found = find_route(wire.world.version_id, wire.world.viet_tri.id, on=day)
        return found.system if found else None

    assert [system_on(FIRST - DAY), system_on(FIRST), system_on(FIRST + 10 * DAY)] == [None, "G15.HT", "G22"]
    with pytest.raises(RouteNotAcceptableError):
        end_route(route_id=first, ended_on=FIRST, actor=wire.world.phuc, at=wire.at)
    end_route(route_id=first, ended_on=FIRST + DAY, actor=wire.world.phuc, at=wire.at)
    assert system_on(FIRST + DAY) is None
    assert [card.is_in_force for card in list_routes(FIRST)] == [True, True, False]


def test_what_another_system_processes_is_a_reference_and_never_a_dossier(wire: Wire) -> None:
    route(wire)
    arrive(wire)
    arrive(wire, TrangThaiHoSo="4", NgayTiepNhan="20261123093000", NgayHenTra="20261125170000")
    assert not Dossier.objects.exists()
    (row,) = ForeignDossier.objects.all()
    assert (row.external_code, row.state, row.system) == (CODE, "4", "G15.HT")
    assert count_foreign(wire.world.viet_tri.id) == 1
    (card,) = list_foreign(wire.world.hung)
    assert (card.system, card.applicant) == ("Hệ thống hộ tịch", "Nguyễn T. L.")
    assert list_foreign(wire.world.hung, text=CODE) and not list_foreign(wire.world.hung, text="khác")
    assert wire.world.lan.person_id is not None
    assert [one.address for one in list_foreign_of(wire.world.lan.person_id)] == ["https://hotich.example.vn"]
    assert list_letters() == ()


def test_a_withdrawal_of_what_another_system_processes_is_a_persons_task(wire: Wire) -> None:
    route(wire)
    arrive(wire)
    arrive(wire, "RutHoSo", {"MaHoSo": CODE, "LyDo": ""})
    assert [one.reason for one in list_letters()] == ["nationalportal.unknown_dossier"]


def test_rows_are_seen_by_their_agency_and_their_citizen(wire: Wire) -> None:
    route(wire)
    arrive(wire)
    assert wire.world.lan.person_id is not None
    for scope, seen in (
        (Scope.officer(wire.world.viet_tri.id), 1),
        (Scope.officer(wire.world.nong_trang.id), 0),
        (Scope.citizen(wire.world.lan.person_id), 1),
        (Scope.citizen(uuid.uuid4()), 0),
        (Scope.nobody(), 0),
    ):
        with acting(scope):
            assert ForeignDossier.objects.count() == seen


# --- claims ------------------------------------------------------------------------------------------


def claimed(wire: Wire) -> Dossier:
    """Return a dossier of ours that the portal says is another system's."""
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.portal.refused[row.code or ""] = "8"
    wire.portal.dossiers[row.code or ""] = {"MaHoSo": row.code}
    wire.portal.shown_state = {
        "TrangThaiHoSo": "9",
        "NgayKetThucXuLy": "20261123080000",
        "NguonCapNhat": "G15.HT",
    }
    wire.send()
    return row


def test_a_second_systems_claim_changes_nothing_and_shows_both_sides(wire: Wire) -> None:
    row = claimed(wire)
    (card,) = list_claims(wire.world.hung)
    assert (card.code, card.system, card.state) == (row.code, "Hệ thống mã G15.HT", ClaimState.OPEN)
    assert card.rows[0] == ("Trạng thái", "Được tiếp nhận", "Đã xử lý xong")
    row.refresh_from_db()
    assert row.state == State.RECEIVED
    assert [one.reason for one in list_letters()] == ["nationalportal.owned_elsewhere_there"]
    assert list_claims(wire.world.nong_trang.counter) == ()


def test_a_claim_is_decided_once_with_its_reason(wire: Wire) -> None:
    row = claimed(wire)
    claim = Claim.objects.get()
    hung = wire.world.hung

    def decide(state: ClaimState, reason: str = "Đã gọi đầu mối bên kia", actor: object = hung) -> None:
        decide_claim(claim_id=claim.pk, state=state, reason=reason, actor=actor, at=wire.at)  # type: ignore[arg-type]

    with pytest.raises(ClaimNotFoundError):
        decide(ClaimState.DISMISSED, actor=wire.world.nong_trang.counter)
    with pytest.raises(ClaimNotPossibleError) as silent:
        decide(ClaimState.DISMISSED, " ")
    assert silent.value.code == "nationalportal.claim_reason_missing"
    with pytest.raises(ClaimNotPossibleError) as still_open:
        decide(ClaimState.GIVEN)
    assert still_open.value.code == "nationalportal.claim_still_open_here"
    services.withdraw(dossier_id=row.pk, actor=wire.world.lan, at=wire.at)
    decide(ClaimState.GIVEN)
    with pytest.raises(ClaimNotPossibleError):
        decide(ClaimState.DISMISSED)


def test_a_second_system_on_a_foreign_dossier_is_a_claim_too(wire: Wire) -> None:
    first = route(wire)
    arrive(wire)
    end_route(route_id=first, ended_on=FIRST + 2 * DAY, actor=wire.world.phuc, at=wire.at)
    route(wire, system="G22", system_name="Khác", valid_from=FIRST + 2 * DAY)
    arrive(wire, TrangThaiHoSo="2")
    assert ForeignDossier.objects.get().state == "1"
    assert Claim.objects.get().system == "G22"


# --- pages -------------------------------------------------------------------------------------------


def page(wire: Wire, client: Client, name: str, *args: object, **posted: str) -> tuple[int, str]:
    with frozen(wire.at):
        address = reverse(name, args=args)
        answer = client.post(address, posted) if posted else client.get(address)
    return answer.status_code, answer.content.decode()


def test_officers_see_what_is_elsewhere_and_decide_claims(wire: Wire, client: Client) -> None:
    row = claimed(wire)
    route(wire)
    arrive(wire)
    sign_in(client, wire.world.hung)
    status, html = page(wire, client, "portal_desk:foreign")
    assert status == 200
    assert CODE in html and (row.code or "") in html and "Nguyễn T. L." in html
    assert "Nguyễn Thị Lan" not in html
    claim = Claim.objects.get()
    status, html = page(wire, client, "portal_desk:claim", claim.pk)
    assert status == 200 and "Được tiếp nhận" in html and "Đã xử lý xong" in html
    assert page(wire, client, "portal_desk:claim", claim.pk, state="given", reason="x")[0] == 409
    assert page(wire, client, "portal_desk:claim", claim.pk, state="dismissed")[0] == 422
    assert page(wire, client, "portal_desk:claim", claim.pk, state="dismissed", reason="Đã gọi")[0] == 303


def test_editors_write_routes_and_end_them(wire: Wire, client: Client) -> None:
    from vanlang.dossiers.tests.factories import make_officer
    from vanlang.organizations.types import UnitKind

    editor = make_officer(
        "editor", "Vũ Văn Biên", wire.world.viet_tri.id, wire.world.viet_tri.units[UnitKind.LEADERSHIP], "Quản trị",
        {Role.CATALOGUE_EDITOR}, wire.at,
    )  # fmt: skip
    sign_in(client, editor)
    told = {
        "procedure": "1.001193", "agency": "H44.100", "system": "G15.HT", "system_name": "Hệ thống hộ tịch",
        "address": "", "valid_from": "01/11/2026", "valid_to": "", "decision": "Công văn 12/BTP",
    }  # fmt: skip
    assert page(wire, client, "portal_desk:routes", **(told | {"procedure": "9.9"}))[0] == 422
    assert page(wire, client, "portal_desk:routes", **told)[0] == 303
    status, html = page(wire, client, "portal_desk:routes", **told)
    assert status == 422 and "Trong thời gian này" in html
    found = Route.objects.get()
    assert page(wire, client, "portal_desk:route_end", found.pk, ended_on="01/11/2026")[0] == 422
    assert page(wire, client, "portal_desk:route_end", found.pk, ended_on="25/11/2026")[0] == 303
    assert page(wire, client, "portal_desk:routes")[0] == 200


def test_the_dossier_page_says_that_it_came_from_the_portal(wire: Wire, client: Client) -> None:
    from vanlang.nationalportal.models import PortalFiling

    data = record(wire)
    arrive(wire, data=data)
    dossier_id = PortalFiling.objects.get().dossier_id
    sign_in(client, wire.world.hung)
    status, html = page(wire, client, "desk:dossier", dossier_id)
    assert status == 200
    assert f"mã ở Cổng {CODE}" in html
