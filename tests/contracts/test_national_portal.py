"""
The province and the national portal over the wire: our adapter against the sandbox's own process, both ways.

The messages of `national_portal/*.json` are the contract: what we say of one dossier, word for word, and what the portal
says to us. A change of either shows here before it shows there.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.door import Door, open_door
from tests.support.sandbox import Outside, get
from vanlang.connectors.api import (
    apply_round,
    forget,
    list_letters,
    register_receiver,
    register_sender,
    register_system,
    send_round,
)
from vanlang.connectors.models import Outgoing
from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier, Rating
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import MISSING, Lives, World, make_world
from vanlang.files.tests.samples import pdf
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.adapters.client import THE_PORTAL, PortalAddress, PortalClient
from vanlang.nationalportal.adapters.senders import ProgressSender, SnapshotSender
from vanlang.nationalportal.arrivals import receivers
from vanlang.nationalportal.models import PortalFiling
from vanlang.nationalportal.services.telling import tell_dossier
from vanlang.nationalportal.types import SYSTEM

GOLDEN = Path(__file__).parent / "national_portal"
MINUTE = dt.timedelta(minutes=1)
NAMED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Line:
    """Both ends."""

    world: World
    lives: Lives
    outside: Outside
    door: Door
    at: dt.datetime

    def tell(self, dossier_id: Any) -> Dossier:
        row = Dossier.objects.get(pk=dossier_id)
        tell_dossier(
            dossier_id=row.pk,
            number=row.version,
            code=row.code,
            agency_id=row.competent_agency_id,
            at=self.at,
        )
        return row

    def send(self) -> None:
        """Send, and come back as often as it takes for what waits; hours may pass."""
        for later in range(0, 600, 10):
            while send_round(system=SYSTEM, at=self.at + later * MINUTE).goes_on:
                pass
            if not Outgoing.objects.filter(state__in=["waiting", "sending"]).exists():
                return

    def shown(self, code: str) -> dict[str, Any]:
        """Return what the portal holds of a dossier."""
        found: dict[str, Any] = json.loads(get(f"{self.outside.national_portal}/_sandbox/dossiers/{code}"))
        return found

    def push(self, service: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Let something happen at the portal, let it in here, and apply it."""
        told = self.outside.order("national_portal", "push", service=service, data=data, **more)
        self.receive()
        return told

    def receive(self, answer: str = "0") -> None:
        with frozen(self.at):
            status, body = self.door.let_in()
        assert (status, json.loads(body)["error_code"]) == (200, answer)
        apply_round(at=self.at + MINUTE)


@pytest.fixture
def door() -> Iterator[Door]:
    with open_door() as made:
        yield made


@pytest.fixture
def line(db: None, outside: Outside, door: Door, settings: Any, at: dt.datetime) -> Iterator[Line]:
    world = make_world(at)
    portal = outside.fresh().national_portal
    named = {
        "url": portal, "user": "h44", "password": outside.portal_password, "dstcode": "VN:GOV:H44", "agency": "H44",
        "token": outside.portal_token,
    }  # fmt: skip
    settings.VANLANG_NATIONAL_PORTAL = named
    client = PortalClient(PortalAddress(**named), seconds=10)
    register_system(THE_PORTAL)
    register_sender(SnapshotSender(line=lambda: client))
    register_sender(ProgressSender(line=lambda: client))
    for receiver in receivers():
        register_receiver(receiver)
    outside.order(
        "national_portal", "catalogue",
        procedures=[{"MaTTHC": "1.001193", "TenTTHC": "Thủ tục đăng ký khai sinh"}],
        agencies=[{"MaDonVi": "H44.100", "TenDonVi": "UBND phường Việt Trì"}],
    )  # fmt: skip
    outside.order("national_portal", "province", url=door.url)
    yield Line(world, Lives(world), outside, door, at)
    client.close()
    forget(SYSTEM)


def agrees(name: str, told: Any) -> bool:
    """Compare with what was agreed. Renew on purpose with `./vanlang golden`, and read the difference."""
    if os.environ.get("VANLANG_RENEW_GOLDEN"):
        text = json.dumps(plain(told), ensure_ascii=False, indent=1)
        (GOLDEN / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    assert plain(told) == golden(name)
    return True


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def plain(told: Any) -> Any:
    """Return a message without the names that are new each time."""
    text = NAMED.sub("<id>", json.dumps(told, ensure_ascii=False))
    text = re.sub(r"/tep/[0-9a-f]{32}", "/tep/<id>", text)
    return json.loads(re.sub(r"https?://[^/\"]+", "<address>", text))


# --- what we say ---------------------------------------------------------------------------------------


def test_what_we_say_of_a_dossier_word_for_word(line: Line) -> None:
    row = line.tell(line.lives.to(State.DELIVERED, pace=MINUTE))
    line.send()
    shown = line.shown(row.code or "")
    (record,) = shown["records"]
    del record["source"]
    assert agrees("DongBoHoSoMC", record)
    assert agrees("CapNhatTienDoHoSoMC", shown["progress"])
    assert list_letters() == ()


def test_what_we_say_while_something_is_missing(line: Line) -> None:
    row = line.tell(line.lives.to(State.AWAITING_SUPPLEMENT, pace=MINUTE))
    line.send()
    (record,) = line.shown(row.code or "")["records"]
    assert record["TrangThaiHoSo"] == "5"
    assert agrees("DanhSachHoSoBoSung", record["DanhSachHoSoBoSung"])


@pytest.mark.parametrize("service", ["DongBoHoSoMC", "CapNhatTienDoHoSoMC"])
@pytest.mark.parametrize("mode", ["nonsense", "expire_session", "answer_lost", "code:99"])
@pytest.mark.parametrize("times", [1, 3])
def test_however_it_misbehaves_all_is_there_once(line: Line, service: str, mode: str, times: int) -> None:
    row = line.tell(line.lives.to(State.IN_PROGRESS, pace=MINUTE))
    path = f"/adapter/integration/{service}"
    line.outside.misbehave("national_portal", mode, times=times, path=path)
    line.send()
    _is_there_once(line, row)


@pytest.mark.parametrize("mode", ["error_500", "drop"])
def test_however_it_breaks_off_all_is_there_once(line: Line, mode: str) -> None:
    row = line.tell(line.lives.to(State.IN_PROGRESS, pace=MINUTE))
    line.outside.misbehave("national_portal", mode, times=3, path="/adapter/")
    line.send()
    _is_there_once(line, row)


@pytest.mark.parametrize(
    "mode", ["", "nonsense", "expire_session", "answer_lost", "code:99", "code:10", "drop"]
)
def test_a_state_that_changed_alone_is_told_alone(line: Line, mode: str) -> None:
    """However it goes: in the end the record there is what it was, with the state that is true now."""
    row = line.tell(line.lives.to(State.RECEIVED, pace=MINUTE))
    line.send()
    (before,) = line.shown(row.code or "")["records"]
    if mode:
        line.outside.misbehave("national_portal", mode, path="/adapter/integration/DongBoTrangThaiHoSo")
    line.lives.hand_over(row.pk, line.at + 9 * MINUTE)
    row = line.tell(row.pk)
    line.send()
    (after,) = line.shown(row.code or "")["records"]
    assert after == before | {"TrangThaiHoSo": "4"}
    _is_there_once(line, row)


def test_what_it_takes_and_forgets_is_told_again_with_the_steps(line: Line) -> None:
    row = line.tell(line.lives.to(State.IN_PROGRESS, pace=MINUTE))
    line.outside.misbehave("national_portal", "lose_call", path="/adapter/integration/DongBoHoSoMC")
    line.send()
    _is_there_once(line, row)


def test_a_procedure_that_it_does_not_know_is_a_persons_task(line: Line) -> None:
    line.outside.order("national_portal", "catalogue", procedures=[{"MaTTHC": "9.000001", "TenTTHC": "Khác"}])
    row_id = line.lives.to(State.RECEIVED)
    Dossier.objects.filter(pk=row_id).update(procedure_code="1.999999")
    line.tell(row_id)
    line.send()
    assert [one.reason for one in list_letters()] == ["nationalportal.unknown_procedure_there"]


def _is_there_once(line: Line, row: Dossier) -> None:
    shown = line.shown(row.code or "")
    assert [one["TrangThaiHoSo"] for one in shown["records"]] == ["4"]
    times = [step["ThoiDiemXuLy"] for step in shown["progress"]]
    assert len(times) == len(set(times)) == row.version
    assert times == sorted(times)
    assert list_letters() == ()


# --- what it says to us ----------------------------------------------------------------------------------


def file_there(line: Line, **changes: object) -> str:
    record = golden("NopHoSo") | changes
    file = {"name": "Giấy chứng sinh.pdf", "content_base64": base64.b64encode(pdf()).decode()}
    told = line.outside.order("national_portal", "file", record=record, files=[file])
    return str(told["MaHoSo"])


def test_what_was_filed_there_lives_here_and_is_told_back(line: Line) -> None:
    code = file_there(line)
    line.receive()
    row = PortalFiling.objects.get(external_code=code).dossier
    assert isinstance(row, Dossier)
    assert (row.state, row.applicant_id) == (State.SUBMITTED, line.world.lan.person_id)
    line.tell(row.pk)
    line.send()
    services.receive(dossier_id=row.pk, actor=line.world.hung, at=line.at + MINUTE)
    row = line.tell(row.pk)
    line.send()
    (record,) = line.shown(code)["records"]
    assert (record["TrangThaiHoSo"], record["SoBienNhan"], record["NoiNopHoSo"]) == ("2", row.code, "1")
    assert [step["TrangThai"] for step in line.shown(code)["progress"]] == ["1", "2"]


def test_a_push_that_comes_twice_or_finds_us_down_is_one_dossier(line: Line) -> None:
    line.outside.misbehave("national_portal", "duplicate_push", path="/ket-noi/cong-quoc-gia/NopHoSo")
    file_there(line)
    line.door.shut_once()
    line.receive()
    line.receive("3")
    assert Dossier.objects.count() == 1


def test_what_the_portal_says_later_is_done_here(line: Line) -> None:
    code = file_there(line)
    line.receive()
    row = PortalFiling.objects.get(external_code=code).dossier
    assert isinstance(row, Dossier)
    services.request_supplement(dossier_id=row.pk, items=MISSING, actor=line.world.hung, at=line.at + MINUTE)
    scan = {"name": "Giấy chứng sinh.pdf", "content_base64": base64.b64encode(pdf(2)).decode()}
    line.push("BoSungHoSo", golden("BoSungHoSo") | {"MaHoSo": code}, files=[scan])
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    line.push("RutHoSo", golden("RutHoSo") | {"MaHoSo": code})
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert list_letters() == ()


def test_a_rating_and_a_hint_of_money(line: Line) -> None:
    row = Dossier.objects.get(pk=line.lives.to(State.RELEASED))
    line.push("DanhGiaHoSo", golden("DanhGiaHoSo") | {"MaHoSo": row.code})
    assert Rating.objects.get(dossier=row).overall == 5
    line.push("ThanhToanHoSo", golden("ThanhToanHoSo") | {"MaHoSo": row.code})
    assert [one.reason for one in list_letters()] == ["nationalportal.unknown_payment"]
