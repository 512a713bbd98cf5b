"""Ordering a mass transfer: who may, what is shown before, batches that are exactly once, the way back, the pages."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from vanlang.audit.api import list_records
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_officer
from vanlang.identity.api import Actor, Role, end_appointment, scope_of
from vanlang.kernel.scope import acting
from vanlang.organizations.api import NewName, UnitKind, merge
from vanlang.teamwork import services
from vanlang.teamwork.errors import NotAcceptableError, TransferError, TransferNotAllowedError
from vanlang.teamwork.models import Transfer, TransferLine
from vanlang.teamwork.queries import transfers
from vanlang.teamwork.rules.transfer import Agencies, may_order
from vanlang.teamwork.tests.officers import browser_of
from vanlang.teamwork.types import Destination, LineState, Source, SourceKind

NEW, FORM = "/can-bo/cung-lam/ban-giao/moi/", "source_word"


@given(
    kind=st.sampled_from(SourceKind), is_open=st.booleans(), successors=st.frozensets(st.integers(1, 4)),
    target=st.integers(1, 4), own=st.none() | st.integers(1, 4), leads=st.booleans(),
)  # fmt: skip
def test_work_stays_with_its_agency_or_its_heirs(
    kind: SourceKind, is_open: bool, successors: frozenset[int], target: int, own: int | None, leads: bool
) -> None:
    agencies = Agencies(1, is_open, successors)
    if may_order(kind, agencies, target_id=target, own_id=own, leads=leads) is None:
        assert leads
        assert own is not None
        assert target == 1 if is_open else target in successors
        assert own == 1 or own in successors
        assert not (is_open and kind is SourceKind.AGENCY)


@pytest.fixture
def nam(world: World) -> Actor:
    return make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Chuyên viên",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip


def of_mai(world: World) -> Source:
    return Source(kind=SourceKind.OFFICER, id=world.mai.appointment_id or 0)


def to(world: World, officer: Actor) -> Destination:
    return Destination(agency_id=world.viet_tri.id, officer_id=officer.appointment_id)


def carry_out(key: uuid.UUID, at: dt.datetime, *, size: int = 50) -> int:
    rounds = 1
    while services.carry_out_batch(transfer_id=key, at=at, size=size):
        rounds += 1
    return rounds


def order(world: World, nam: Actor, **more: object) -> uuid.UUID:
    told: dict[str, object] = {
        "source": of_mai(world),
        "destination": to(world, nam),
        "reason": "Chuyển công tác",
        "actor": world.phuc,
        "at": world.at,
    }
    with acting(scope_of(world.phuc)):
        return services.order_transfer(**(told | more))  # type: ignore[arg-type] # by name


def test_the_work_of_an_officer_who_left(world: World, lives: Lives, nam: Actor) -> None:
    keys = [lives.to(State.IN_PROGRESS) for _ in range(5)]
    end_appointment(
        appointment_id=world.mai.appointment_id or 0, on=world.at.date(), actor=world.phuc, at=world.at
    )
    key = order(world, nam, decision="15/QĐ-UBND")
    assert carry_out(key, world.at, size=2) == 3
    card = transfers.get_transfer(key, actor=world.phuc)
    assert (card.total, card.done, card.refused, card.waiting, card.finished_at) == (5, 5, 0, 0, world.at)
    assert {row.holder_id for row in Dossier.objects.filter(pk__in=keys)} == {nam.appointment_id}
    [record] = list_records(object_type="transfer", object_id=key)
    assert record.facts["dossiers"] == 5


def test_killed_in_between_it_goes_on_and_moves_nothing_twice(world: World, lives: Lives, nam: Actor) -> None:
    keys = [lives.to(State.IN_PROGRESS) for _ in range(4)]
    key = order(world, nam)
    assert services.carry_out_batch(transfer_id=key, at=world.at, size=2) == 2
    with (
        pytest.raises(KeyboardInterrupt),
        transaction.atomic(),
    ):  # the worker dies before its batch is committed
        services.carry_out_batch(transfer_id=key, at=world.at, size=1)
        raise KeyboardInterrupt
    assert TransferLine.objects.filter(transfer_id=key, line=LineState.WAITING).count() == 2
    services.resume_transfer(transfer_id=key, actor=world.phuc)
    carry_out(key, world.at)
    carry_out(key, world.at)
    assert transfers.get_transfer(key, actor=world.phuc).done == 4
    moves = Movement.objects.filter(dossier_id__in=keys, act="transfer").values_list("dossier_id", flat=True)
    assert sorted(moves) == sorted(keys)


def test_a_receiver_who_left_meanwhile_leaves_every_dossier_where_it_is(
    world: World, lives: Lives, nam: Actor
) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    key = order(world, nam)
    end_appointment(appointment_id=nam.appointment_id or 0, on=world.at.date(), actor=world.phuc, at=world.at)
    carry_out(key, world.at)
    [line] = transfers.list_lines(key)
    assert (line.line, line.why) == (LineState.REFUSED, "dossiers.officer_not_suitable")
    assert Dossier.objects.get(pk=dossier_id).holder_id == world.mai.appointment_id


def test_what_cannot_go_is_named_before(world: World, lives: Lives, nam: Actor) -> None:
    lives.to(State.IN_PROGRESS)
    lives.to(State.AWAITING_SUPPLEMENT)
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    with acting(scope_of(world.phuc)):
        preview = transfers.preview_transfer(
            of_mai(world),
            Destination(agency_id=world.viet_tri.id, unit_id=unit),
            actor=world.phuc,
            at=world.at,
        )
    assert preview.moving == 1
    assert preview.goes == (("Tư pháp - Hộ tịch", 1),)
    assert preview.stays == (("dossiers.transfer_needs_specialist", 1),)


def test_the_way_back_is_another_transfer_of_the_same_dossiers(
    world: World, lives: Lives, nam: Actor
) -> None:
    moved = lives.to(State.IN_PROGRESS)
    key = order(world, nam)
    carry_out(key, world.at)
    own = lives.to(State.IN_PROGRESS)
    from vanlang.dossiers import services as acts

    acts.assign(dossier_id=own, to_appointment_id=nam.appointment_id or 0, actor=world.phuc, at=world.at)
    with acting(scope_of(world.phuc)):
        back = services.order_return(transfer_id=key, reason="Rút quyết định", actor=world.phuc, at=world.at)
    carry_out(back, world.at)
    assert Dossier.objects.get(pk=moved).holder_id == world.mai.appointment_id
    assert Dossier.objects.get(pk=own).holder_id == nam.appointment_id


def test_who_may_not_order(world: World, lives: Lives, nam: Actor) -> None:
    lives.to(State.IN_PROGRESS)
    for actor in (world.mai, world.nong_trang.leader):
        with pytest.raises(TransferNotAllowedError):
            order(world, nam, actor=actor)
    with pytest.raises(TransferNotAllowedError):
        order(world, nam, destination=Destination(agency_id=world.nong_trang.id))
    with pytest.raises(TransferNotAllowedError):
        order(world, nam, source=Source(kind=SourceKind.AGENCY, id=world.viet_tri.id))
    with pytest.raises(NotAcceptableError):
        order(world, nam, reason=" ")
    with pytest.raises(TransferError):
        order(world, nam, source=Source(kind=SourceKind.OFFICER, id=world.phuc.appointment_id or 0))
    assert not Transfer.objects.exists()


def merged(world: World, at: dt.datetime) -> None:
    merge(
        codes=["H44.101", "H44.100"], into="H44.100", name=NewName("UBND phường Việt Trì", "Phường Việt Trì"),
        effective_on=at.date(), decision="1661/NQ-UBTVQH15", actor=world.phuc, at=at,
    )  # fmt: skip


def test_the_heir_takes_over_an_agency_that_is_no_more(world: World, lives: Lives) -> None:
    dead = world.nong_trang
    filing = {"intake_agency_id": dead.id, "competent_agency_id": dead.id, "return_agency_id": dead.id}
    key = lives.to(State.SUBMITTED, **filing)
    tomorrow = world.at + dt.timedelta(days=1)
    merged(world, tomorrow)
    with acting(scope_of(world.phuc)):
        assert not Dossier.objects.filter(pk=key).exists()
        assert [card.id for card in transfers.list_sources(world.phuc, tomorrow.date()).agencies] == [dead.id]
        order_id = services.order_transfer(
            source=Source(kind=SourceKind.AGENCY, id=dead.id), destination=Destination(agency_id=world.viet_tri.id),
            reason="Sáp nhập phường", decision="1661/NQ-UBTVQH15", actor=world.phuc, at=tomorrow,
        )  # fmt: skip
    carry_out(order_id, tomorrow)
    with acting(scope_of(world.hung)):
        row = Dossier.objects.get(pk=key)
        assert {row.intake_agency_id, row.competent_agency_id, row.return_agency_id} == {world.viet_tri.id}


@pytest.mark.usefixtures("monday")
class TestPages:
    def test_choose_look_order_watch(self, world: World, lives: Lives, nam: Actor) -> None:
        dossier_id = lives.to(State.IN_PROGRESS)
        client = browser_of(world.phuc)
        assert "Bàn giao mới" in client.get("/can-bo/cung-lam/ban-giao/").content.decode()
        assert client.get(NEW).status_code == 200
        told = {
            FORM: f"officer:{world.mai.appointment_id}", "specialist": str(nam.appointment_id), "unit": "", "leader": "",
            "reason": "Chuyển công tác", "decision": "",
        }  # fmt: skip
        preview = client.post(NEW, told).content.decode()
        assert "<strong>1</strong> hồ sơ từ Lê Thị Mai" in preview
        assert "1 hồ sơ đến Vũ Hoài Nam" in preview
        answer = client.post(NEW, told | {"chuyen": "1"})
        assert answer.status_code == 303
        page = client.get(answer["Location"]).content.decode()
        assert "Chạy tiếp" in page
        [row] = Transfer.objects.all()
        carry_out(row.pk, world.at)
        page = client.get(answer["Location"]).content.decode()
        assert "Chuyển ngược lại" in page
        assert str(dossier_id) in page
        assert client.post(f"{answer['Location']}chay-tiep/").status_code == 303
        assert client.post(f"{answer['Location']}nguoc-lai/", {"ly-do": "Nhầm"}).status_code == 303

    def test_what_is_missing_is_named_and_what_was_typed_stays(
        self, world: World, lives: Lives, nam: Actor
    ) -> None:
        lives.to(State.IN_PROGRESS)
        client = browser_of(world.phuc)
        told = {
            FORM: f"officer:{world.mai.appointment_id}",
            "specialist": str(nam.appointment_id),
            "reason": "",
            "decision": "7/QĐ",
        }
        answer = client.post(NEW, told)
        assert answer.status_code == 422
        assert 'value="7/QĐ"' in answer.content.decode()
        nobody = told | {"reason": "x", FORM: f"officer:{world.thao.appointment_id}"}
        assert "Không có hồ sơ nào chuyển được" in client.post(NEW, nobody).content.decode()

    def test_others_do_not_see_it(self, world: World, lives: Lives, nam: Actor) -> None:
        lives.to(State.IN_PROGRESS)
        key = order(world, nam)
        assert browser_of(world.mai).get("/can-bo/cung-lam/ban-giao/").status_code == 403
        assert browser_of(world.nong_trang.leader).get(f"/can-bo/cung-lam/ban-giao/{key}/").status_code == 404
