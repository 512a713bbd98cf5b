"""What the portal hears of a dossier: each act once and in order, the whole as it is now, nothing that is not so."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vanlang.connectors.api import SystemVerdict, list_letters, replay, try_again
from vanlang.connectors.models import Outgoing
from vanlang.connectors.services.sending import LEASE, claim
from vanlang.dossiers import services
from vanlang.dossiers.events import EVENT_OF, DossierDueMoved
from vanlang.dossiers.models import Attachment, Dossier, Movement
from vanlang.dossiers.rules.states import NATURE, State
from vanlang.files.api import store
from vanlang.files.tests.samples import pdf
from vanlang.identity.api import SYSTEM as THE_HOUSE
from vanlang.kernel import events
from vanlang.nationalportal import subscribers
from vanlang.nationalportal.adapters.answers import Told, each_of
from vanlang.nationalportal.models import Told as HeldThere
from vanlang.nationalportal.services import telling
from vanlang.nationalportal.tests.conftest import MINUTE, Wire
from vanlang.nationalportal.tests.portal import always
from vanlang.nationalportal.types import DOSSIER, PROGRESS, SYSTEM

DAY = dt.timedelta(days=1)


def test_a_dossier_is_told_with_every_step_behind_it(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.IN_PROGRESS, pace=MINUTE))
    assert wire.send() == 1 + row.version
    told = wire.portal.dossiers[row.code or ""]
    assert told["TrangThaiHoSo"] == "4"
    assert (told["MaTTHC"], told["DonViXuLy"]) == ("1.001193", "H44.100")
    assert told["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "025190012123"}]
    steps = wire.portal.progress
    assert [step["TrangThai"] for step in steps] == ["1", "2", "4", "4"][: len(steps)]
    assert [step["ThoiDiemXuLy"] for step in steps] == sorted(step["ThoiDiemXuLy"] for step in steps)
    assert steps[1]["NguoiXuLy"] == "Trần Mạnh Hùng"
    assert steps[1]["PhongBanXuLy"] == "Bộ phận Một cửa"
    assert HeldThere.objects.filter(dossier=row).exists()


# SIGNED needs a typeset document; test_composing.py holds it for every state
@pytest.mark.parametrize("state", [one for one in State if NATURE[one].national and one is not State.SIGNED])
def test_the_state_that_is_told_is_the_dossiers_own(wire: Wire, state: State) -> None:
    row = wire.tell(wire.lives.to(state))
    wire.send()
    if row.code is None:
        assert wire.portal.calls == []
        return
    national = NATURE[state].national
    assert national is not None
    assert wire.portal.dossiers[row.code]["TrangThaiHoSo"] == national.value
    assert list_letters() == ()


def test_what_happened_before_the_code_is_told_with_it(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.SUBMITTED)
    wire.tell(dossier_id)
    assert not Outgoing.objects.exists()
    wire.lives.receive(dossier_id, wire.at + MINUTE)
    wire.tell(dossier_id)
    assert list(Outgoing.objects.order_by("id").values_list("kind", "number")) == [
        (DOSSIER, 2),
        (PROGRESS, 1),
        (PROGRESS, 2),
    ]


def test_an_event_that_comes_twice_or_late_changes_nothing(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.IN_PROGRESS)
    row = wire.tell(dossier_id)
    telling.tell_dossier(
        dossier_id=dossier_id, number=2, code=row.code, agency_id=row.competent_agency_id, at=wire.at
    )
    wire.tell(dossier_id)
    wire.send()
    assert [step["NoiDungXuLy"] for step in wire.portal.progress] == [
        step["NoiDungXuLy"] for step in sorted(wire.portal.progress, key=lambda one: one["ThoiDiemXuLy"])
    ]
    assert len(wire.portal.progress) == row.version


def test_a_batch_asks_the_database_as_often_as_one_dossier_does(wire: Wire) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            wire.tell(wire.lives.to(State.RELEASED))
        before = len(wire.portal.told("DongBoHoSoMC"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            due = [row for row in claim(system=SYSTEM, at=wire.at, room=200) if row.kind == DOSSIER]
            claimed = len(caught)
            from vanlang.connectors.ports import get_sender
            from vanlang.connectors.services.sending import answers_of

            answers = answers_of(get_sender(SYSTEM, DOSSIER), due, wire.at)
        assert {one.verdict for one in answers.values()} == {SystemVerdict.TAKEN}
        assert len(due) == count
        assert len(wire.portal.told("DongBoHoSoMC")) == before + 1
        return len(caught) - claimed

    assert queries(1) == queries(7)


def test_what_is_there_already_is_said_again_as_an_update_in_the_same_send(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.portal.dossiers[row.code or ""] = {"MaHoSo": row.code}
    wire.send()
    assert [call["isUpdating"] for call in wire.portal.told("DongBoHoSoMC")] == ["False", "True"]
    assert wire.portal.dossiers[row.code or ""]["TrangThaiHoSo"] == "2"
    wire.lives.hand_over(row.pk, wire.at + MINUTE)
    wire.tell(row.pk)
    HeldThere.objects.update(rest=None)  # it is not known what else it holds
    wire.send()
    assert [call["isUpdating"] for call in wire.portal.told("DongBoHoSoMC")] == ["False", "True", "True"]


# --- the state alone -----------------------------------------------------------------------------------


def test_where_nothing_else_changed_the_state_alone_is_told(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    whole = dict(wire.portal.dossiers[row.code or ""])
    wire.lives.hand_over(row.pk, wire.at + MINUTE)
    wire.tell(row.pk)
    wire.send()
    assert len(wire.portal.told("DongBoHoSoMC")) == 1
    (call,) = wire.portal.told("DongBoTrangThaiHoSo")
    assert call["type"] == "2"
    assert call["data"] == [
        {"MaHoSo": row.code, "TrangThai": "4", "NgayTiepNhan": whole["NgayTiepNhan"], "NgayHenTra": whole["NgayHenTra"]}
    ]  # fmt: skip
    assert wire.portal.dossiers[row.code or ""] == whole | {"TrangThaiHoSo": "4"}
    assert not Outgoing.objects.exclude(state="sent").exists()


def _changed(wire: Wire, row: Dossier) -> None:
    wire.lives.hand_over(row.pk, wire.at + MINUTE)
    wire.tell(row.pk)


def test_where_something_else_changed_the_whole_is_told(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    _changed(wire, row)
    Dossier.objects.filter(pk=row.pk).update(applicant_phone="0911222333")
    wire.send()
    assert wire.portal.told("DongBoTrangThaiHoSo") == []
    assert wire.portal.dossiers[row.code or ""]["SoDienThoai"] == "0911222333"


def test_what_the_portal_lost_is_told_whole(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    whole = wire.portal.dossiers.pop(row.code or "")
    _changed(wire, row)
    wire.send()
    assert wire.portal.dossiers[row.code or ""] == whole | {"TrangThaiHoSo": "4"}


def test_after_an_answer_was_lost_the_whole_is_told(wire: Wire) -> None:
    """It may hold the old or the new: a state alone would leave what else it then has."""
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    _changed(wire, row)
    wire.portal.replies = [wire.portal.lose_answer]
    wire.send()
    assert HeldThere.objects.get(dossier=row).rest is None
    wire.send(later=2 * MINUTE)
    assert [len(call["data"]) for call in wire.portal.told("DongBoHoSoMC")] == [1, 1]
    assert len(wire.portal.told("DongBoTrangThaiHoSo")) == 1
    assert HeldThere.objects.get(dossier=row).rest is not None


def test_what_is_told_again_on_request_is_told_whole(wire: Wire) -> None:
    """Somebody found it different: which field, a state alone would not mend."""
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    wire.portal.dossiers[row.code or ""]["ChuHoSo"] = "Người khác"
    replay(
        system=SYSTEM,
        kind=DOSSIER,
        from_at=wire.at - DAY,
        to_at=wire.at + DAY,
        actor=THE_HOUSE,
        at=wire.at,
    )
    wire.send()
    assert wire.portal.told("DongBoTrangThaiHoSo") == []
    assert wire.portal.dossiers[row.code or ""]["ChuHoSo"] != "Người khác"


def test_steps_whose_answer_was_lost_are_looked_for_and_not_doubled(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.IN_PROGRESS, pace=MINUTE))
    wire.portal.replies = [wire.portal.do, wire.portal.lose_answer]
    wire.send()
    assert len(wire.portal.progress) == row.version  # it was told, and we do not know
    assert Outgoing.objects.filter(kind=PROGRESS, state="waiting").count() == row.version
    wire.send(later=2 * MINUTE)
    assert len(wire.portal.progress) == row.version
    assert not Outgoing.objects.exclude(state="sent").exists()
    assert len(wire.portal.told("TraCuuHoSo")) == 1


def test_steps_of_a_worker_that_died_are_looked_for(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED, pace=MINUTE))
    wire.send()
    Outgoing.objects.filter(kind=PROGRESS).update(state="sending", settled_at=None, next_at=wire.at + LEASE)
    wire.send(later=LEASE)
    assert len(wire.portal.progress) == row.version


def test_what_the_portal_lost_is_told_again_before_its_steps(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.portal.replies = [always({"error_code": "0"})]  # it says "done" and forgets
    wire.send()
    assert wire.portal.dossiers[row.code or ""]["TrangThaiHoSo"] == "2"
    assert len(wire.portal.progress) == row.version


def test_a_step_never_stands_there_before_its_dossier(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.RECEIVED)
    wire.tell(dossier_id)
    wire.lives.hand_over(dossier_id, wire.at + MINUTE)
    row = wire.tell(dossier_id)  # the newer snapshot lies behind the steps of the first
    wire.send()
    services_told = [call["service"] for _, call in wire.portal.calls]
    assert services_told[0] == "DongBoHoSoMC"
    assert len(wire.portal.progress) == row.version


def test_nonsense_is_tried_again_and_nothing_overtakes(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.portal.replies = [always(b"<html>")]
    wire.send()
    assert wire.portal.progress == []
    wire.send(later=2 * MINUTE)
    assert len(wire.portal.progress) == row.version


def test_a_call_that_breaks_holds_everything_behind_it(wire: Wire) -> None:
    row = _lived_long(wire, wire.lives.to(State.RECEIVED), acts=24)
    wire.tell(row)
    wire.portal.replies = [wire.portal.do, wire.portal.do, always(b"<html>")]
    wire.send()
    assert len(wire.portal.progress) == 10
    wire.send(later=2 * MINUTE)
    wire.send(later=4 * MINUTE)
    assert [step["ThoiDiemXuLy"] for step in wire.portal.progress] == sorted(
        step["ThoiDiemXuLy"] for step in wire.portal.progress
    )
    assert len(wire.portal.progress) == 24


def test_what_comes_after_an_unfit_step_waits_for_it(wire: Wire) -> None:
    row = _lived_long(wire, wire.lives.to(State.RECEIVED), acts=5, too_long=4)
    wire.tell(row)
    wire.send()
    assert len(wire.portal.progress) == 3
    (letter,) = list_letters()
    assert (letter.number, letter.blocks) == (4, 1)


def _lived_long(wire: Wire, dossier_id: uuid.UUID, *, acts: int, too_long: int = 0) -> uuid.UUID:
    """Write further acts behind those that there are, a minute after each other, until there are so many."""
    known = Dossier.objects.get(pk=dossier_id).version
    Movement.objects.bulk_create([
        Movement(
            dossier_id=dossier_id, number=number, act="hand_over", from_state="received", to_state="handed_over",
            at=wire.at + number * MINUTE, party="counter", actor_name="Trần Mạnh Hùng" * (9 if number == too_long else 1),
        )
        for number in range(known + 1, acts + 1)
    ])  # fmt: skip
    Dossier.objects.filter(pk=dossier_id).update(version=acts)
    return dossier_id


def test_a_refused_dossier_is_a_persons_task_and_the_others_go_on(wire: Wire) -> None:
    one, other = (wire.tell(wire.lives.to(State.RECEIVED)) for _ in range(2))
    wire.portal.refused[one.code or ""] = "5"
    wire.send()
    (letter,) = list_letters()
    assert (letter.stream, letter.reason) == (str(one.pk), "nationalportal.unknown_procedure_there")
    assert letter.blocks == one.version
    assert other.code in wire.portal.dossiers
    wire.portal.refused.clear()
    try_again(letter_id=letter.id, is_incoming=False, actor=THE_HOUSE, at=wire.at)
    wire.send()
    assert one.code in wire.portal.dossiers


def test_what_does_not_fit_is_not_sent_and_says_which_field_by_how_much(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.RECEIVED)
    name = "Nguyễn Trần " * 5
    Movement.objects.bulk_create([
        Movement(
            dossier_id=dossier_id, number=3, act="hand_over", from_state="received", to_state="handed_over", at=wire.at,
            party="counter", actor_name=name,
        )
    ])  # fmt: skip
    Dossier.objects.filter(pk=dossier_id).update(version=3)
    wire.tell(dossier_id)
    wire.send()
    (letter,) = list_letters()
    assert letter.reason == f"nationalportal.too_long?field=NguoiXuLy&limit=50&length={len(name)}"
    assert len(wire.portal.progress) == 2


def test_a_range_is_told_again_and_steps_are_not_doubled(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    for kind in (DOSSIER, PROGRESS):
        replay(
            system=SYSTEM, kind=kind, from_at=wire.at - DAY, to_at=wire.at + DAY, actor=THE_HOUSE, at=wire.at
        )
    wire.send()
    assert [call["isUpdating"] for call in wire.portal.told("DongBoHoSoMC")] == ["False", "True"]
    assert len(wire.portal.progress) == row.version


def test_a_span_that_was_never_told_is_told_once(wire: Wire) -> None:
    rows = [Dossier.objects.get(pk=wire.lives.to(State.RECEIVED)) for _ in range(3)]
    wire.lives.to(State.SUBMITTED)
    new = telling.tell_range(from_at=wire.at, to_at=wire.at + DAY, at=wire.at)
    assert new == sum(1 + row.version for row in rows)
    assert telling.tell_range(from_at=wire.at, to_at=wire.at + DAY, at=wire.at) == 0
    wire.send()
    assert set(wire.portal.dossiers) == {row.code for row in rows}


def test_a_moved_appointment_is_told_though_nobody_acted(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    due_at = (row.due_at or wire.at) + DAY
    Dossier.objects.filter(pk=row.pk).update(due_at=due_at)
    event = DossierDueMoved(
        at=wire.at, dossier_id=row.pk, number=row.version, code=row.code, state=row.state,
        agency_id=row.competent_agency_id, from_due_at=wire.at, due_at=due_at, calendar_version=7,
    )  # fmt: skip
    subscribers.tell_of_appointment(event)
    subscribers.tell_of_appointment(event)
    assert wire.send() == 1
    assert (
        wire.portal.dossiers[row.code or ""]["NgayHenTra"]
        == f"{due_at.astimezone(wire.at.tzinfo):%Y%m%d%H%M%S}"
    )


def test_every_act_has_a_listener() -> None:
    assert set(subscribers.ACTS) == set(EVENT_OF.values())
    assert all(heard.name in events._types for heard in subscribers.ACTS)


# --- flags -----------------------------------------------------------------------------------------


def test_flags_come_from_rows_alone(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    wire.send()
    told = wire.portal.dossiers[row.code or ""]
    assert told["NoiNopHoSo"] == "2"
    assert "TaiKhoanDuocXacThucVoiVNeID" not in told  # nobody signed in: not known
    assert {"DuocThanhToanTrucTuyen", "DSKetNoiCSDL", "HoSoCoThanhPhanSoHoa"} & set(told) == set()


def test_a_scan_by_an_officer_is_digitised_and_a_citizens_own_file_is_not_known(wire: Wire) -> None:
    row = wire.tell(wire.lives.to(State.RECEIVED))
    card = store(content=pdf(), name="giay.pdf", at=wire.at)

    def attach(account_id: int | None, file_id: uuid.UUID | None) -> Attachment:
        return Attachment.objects.create(
            dossier=row, kind="submitted", name="Giấy chứng sinh", file_id=file_id, originals=1, added_at=wire.at,
            account_id=account_id,
        )  # fmt: skip

    def papers() -> dict[str, dict[str, str]]:
        wire.tell(row.pk)
        Outgoing.objects.filter(kind=DOSSIER).update(state="waiting", next_at=wire.at, settled_at=None)
        wire.send()
        return {one["TepDinhKemId"]: one for one in wire.portal.dossiers[row.code or ""]["TaiLieuNop"]}

    scan, hand = attach(wire.world.hung.account_id, card.id), attach(None, None)
    told = papers()
    assert told[str(scan.pk)]["DuocSoHoa"] == "1"
    assert told[str(hand.pk)]["DuocSoHoa"] == "0"
    assert wire.portal.dossiers[row.code or ""]["HoSoCoThanhPhanSoHoa"] == "1"
    assert {one["DuocTaiSuDung"] for one in told.values()} == {"0"}
    own = attach(None, card.id)
    assert "DuocSoHoa" not in papers()[str(own.pk)]
    assert "HoSoCoThanhPhanSoHoa" not in wire.portal.dossiers[row.code or ""]


# --- answers ----------------------------------------------------------------------------------------


def test_answers_are_read_row_by_row() -> None:
    rows = {7: {"MaHoSo": "a"}, 8: {"MaHoSo": "b"}}
    whole = each_of({"error_code": "0"}, rows)  # type: ignore[arg-type] # messages
    assert whole == {7: Told.taken(), 8: Told.taken()}
    each = each_of(
        {
            "error_code": "5",
            "ketqua": [{"MaHoSo": "b", "error_code": "5"}, {"MaHoSo": "a", "error_code": "0"}],
        },
        rows,  # type: ignore[arg-type]
    )
    assert (each[7].verdict, each[8].verdict) == (SystemVerdict.TAKEN, SystemVerdict.REFUSED)
    silent = each_of({"error_code": "0", "ketqua": [{"MaHoSo": "a", "error_code": "0"}]}, rows)  # type: ignore[arg-type]
    assert silent[8].verdict is SystemVerdict.UNCLEAR
    odd = each_of({"error_code": "0", "ketqua": "x"}, rows)  # type: ignore[arg-type]
    assert {one.verdict for one in odd.values()} == {SystemVerdict.UNCLEAR}


def test_withdrawn_before_receipt_is_nobodys_business_there(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.SUBMITTED)
    services.withdraw(dossier_id=dossier_id, actor=wire.world.lan, at=wire.at)
    wire.tell(dossier_id)
    assert not Outgoing.objects.exists()
