"""A leader's batch: only what was looked at is approved, each by its own act, once; signing wants a second factor for the batch."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.audit.api import list_records
from vanlang.dossiers import services as acts
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.kernel import clock
from vanlang.teamwork import services
from vanlang.teamwork.errors import BatchError, TeamworkNotFoundError
from vanlang.teamwork.models import Batch, BatchLine
from vanlang.teamwork.queries.deciding import get_batch
from vanlang.teamwork.rules.deciding import SIGNING_WINDOW, may_mark, may_sign
from vanlang.teamwork.services import deciding
from vanlang.teamwork.tests.officers import browser_of
from vanlang.teamwork.types import BatchState, Choice, LineState

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=clock.VIETNAM)


@given(choice=st.sampled_from(Choice), looked=st.booleans(), reason=st.sampled_from(["", " ", "Sửa tên mẹ"]))
def test_approving_wants_a_look_and_returning_a_reason(choice: Choice, looked: bool, reason: str) -> None:
    refusal = may_mark(choice, looked_at=NOW if looked else None, reason=reason)
    wants = {Choice.APPROVE: looked, Choice.RETURN: bool(reason.strip()), Choice.SKIP: True}
    assert (refusal is None) is wants[choice]


@given(st.none() | st.integers(-3600, 7200))
def test_the_job_signs_only_while_the_factor_is_fresh(seconds: int | None) -> None:
    factor_at = None if seconds is None else NOW - dt.timedelta(seconds=seconds)
    is_fresh = seconds is not None and 0 <= seconds <= SIGNING_WINDOW.total_seconds()
    assert (may_sign(factor_at=factor_at, at=NOW) is None) is is_fresh


@pytest.fixture
def batch(world: World, lives: Lives) -> tuple[uuid.UUID, list[uuid.UUID]]:
    for _ in range(3):
        lives.to(State.PROPOSED)
    key = services.open_batch(actor=world.phuc, at=world.at)
    return key, [line.dossier_id for line in get_batch(key, actor=world.phuc).lines]


def look_and_mark(
    world: World, key: uuid.UUID, position: int, choice: Choice = Choice.APPROVE, reason: str = ""
) -> None:
    services.look_at(batch_id=key, position=position, actor=world.phuc, at=world.at)
    services.mark(
        batch_id=key, position=position, choice=choice, reason=reason, actor=world.phuc, at=world.at
    )


def run(world: World, key: uuid.UUID, at: dt.datetime | None = None) -> None:
    services.start_batch(batch_id=key, actor=world.phuc, at=at or world.at, signs=False, factor_at=None)
    while services.carry_out_next(batch_id=key, at=at or world.at):
        pass


def states(keys: list[uuid.UUID]) -> list[str]:
    return [Dossier.objects.get(pk=key).state for key in keys]


def test_what_was_not_looked_at_is_not_approved(
    world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    key, _ = batch
    with pytest.raises(BatchError) as refused:
        services.mark(batch_id=key, position=1, choice=Choice.APPROVE, actor=world.phuc, at=world.at)
    assert refused.value.code == "teamwork.batch_not_looked"
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLine.objects.filter(batch_id=key, position=1).update(choice=Choice.APPROVE)
    with pytest.raises(BatchError):
        services.start_batch(batch_id=key, actor=world.phuc, at=world.at, signs=False, factor_at=None)


def test_each_is_its_own_act(world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]) -> None:
    key, dossiers = batch
    look_and_mark(world, key, 1)
    look_and_mark(world, key, 2, Choice.RETURN, "Sửa họ tên mẹ")
    look_and_mark(world, key, 3, Choice.SKIP)
    run(world, key)
    assert states(dossiers) == [State.APPROVED, State.IN_PROGRESS, State.PROPOSED]
    assert Movement.objects.filter(dossier_id=dossiers[1]).latest("number").note == "Sửa họ tên mẹ"
    card = get_batch(key, actor=world.phuc)
    assert (card.state, card.handled, card.marked) == (BatchState.DONE, 2, 2)
    looks = [one for one in list_records(object_type="dossier", object_id=dossiers[0]) if one.kind == "read"]
    assert "Duyệt kết quả theo lượt" in {one.purpose for one in looks}


def test_what_changed_after_the_look_is_refused_and_named(
    world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    key, dossiers = batch
    for position in (1, 2):
        look_and_mark(world, key, position)
    acts.return_for_rework(dossier_id=dossiers[0], reason="Khác", actor=world.phuc, at=world.at)
    run(world, key)
    assert states(dossiers[:2]) == [State.IN_PROGRESS, State.APPROVED]
    line = get_batch(key, actor=world.phuc).lines[0]
    assert (line.line, line.why) == (LineState.REFUSED, "dossiers.changed_meanwhile")


def test_a_new_version_takes_the_mark_away(
    world: World, lives: Lives, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    key, dossiers = batch
    look_and_mark(world, key, 1)
    acts.return_for_rework(dossier_id=dossiers[0], reason="Khác", actor=world.phuc, at=world.at)
    acts.propose(dossier_id=dossiers[0], draft=lives.draft, actor=world.mai, at=world.at)
    services.look_at(batch_id=key, position=1, actor=world.phuc, at=world.at)
    assert get_batch(key, actor=world.phuc).lines[0].choice is None


def test_interrupted_it_goes_on_where_it_stopped(
    world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    key, dossiers = batch
    for position in (1, 2, 3):
        look_and_mark(world, key, position)
    services.start_batch(batch_id=key, actor=world.phuc, at=world.at, signs=False, factor_at=None)
    assert services.carry_out_next(batch_id=key, at=world.at)
    assert states(dossiers) == [State.APPROVED, State.PROPOSED, State.PROPOSED]
    run(world, key)
    assert states(dossiers) == [State.APPROVED] * 3
    assert not services.carry_out_next(batch_id=key, at=world.at)


def test_signing_wants_a_fresh_second_factor(world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]) -> None:
    key, _ = batch
    look_and_mark(world, key, 1)
    for factor_at in (None, world.at - dt.timedelta(hours=1)):
        with pytest.raises(BatchError) as refused:
            services.start_batch(batch_id=key, actor=world.phuc, at=world.at, signs=True, factor_at=factor_at)
        assert refused.value.code == "teamwork.batch_factor_old"
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=key).update(signs=True)


def test_one_batch_at_a_time_takes_in_what_is_new(
    world: World, lives: Lives, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    key, dossiers = batch
    more = lives.to(State.PROPOSED)
    assert services.open_batch(actor=world.phuc, at=world.at) == key
    assert [line.dossier_id for line in get_batch(key, actor=world.phuc).lines] == [*dossiers, more]
    with pytest.raises(BatchError):
        services.open_batch(actor=world.mai, at=world.at)
    with pytest.raises(TeamworkNotFoundError):
        services.look_at(batch_id=key, position=1, actor=world.nong_trang.leader, at=world.at)


@pytest.mark.usefixtures("monday")
class TestPages:
    def test_leafing_marking_carrying_out(self, world: World, lives: Lives) -> None:
        keys = [lives.to(State.PROPOSED) for _ in range(2)]
        client = browser_of(world.phuc, second_factor_at=world.at)
        assert "Bắt đầu lượt duyệt" in client.get("/can-bo/cung-lam/duyet/").content.decode()
        first = client.post("/can-bo/cung-lam/duyet/")["Location"]
        page = client.get(first).content.decode()
        assert "1 / 2" in page
        assert 'data-tw-key="j"' in page
        second = client.post(first, {"danh-dau": "approve"})["Location"]
        assert client.post(second, {"danh-dau": "return", "ly-do": ""}).status_code == 409
        client.get(second)
        whole = client.post(second, {"danh-dau": "return", "ly-do": "Sửa"})["Location"]
        page = client.get(whole).content.decode()
        assert "<strong>1</strong> phê duyệt, <strong>1</strong> trả lại" in page
        assert client.post(f"{whole}thuc-hien/").status_code == 303
        key = Batch.objects.get().pk
        while services.carry_out_next(batch_id=key, at=world.at):
            pass
        page = client.get(whole).content.decode()
        assert "Đã phê duyệt" in page
        assert "Đã trả lại" in page
        assert sorted(states(keys)) == [State.APPROVED, State.IN_PROGRESS]

    def test_signing_asks_for_the_code(self, world: World, lives: Lives) -> None:
        lives.to(State.PROPOSED)
        client = browser_of(world.phuc, second_factor_at=world.at - dt.timedelta(hours=2))
        first = client.post("/can-bo/cung-lam/duyet/")["Location"]
        client.get(first)
        whole = client.post(first, {"danh-dau": "approve"})["Location"]
        assert client.post(f"{whole}thuc-hien/", {"ky": "1"}).status_code == 403
        assert Batch.objects.get().state == BatchState.OPEN

    def test_only_leaders_leaf(self, world: World) -> None:
        assert browser_of(world.mai).get("/can-bo/cung-lam/duyet/").status_code == 403


def test_a_worker_that_comes_too_late_writes_nothing_over_what_was_done(
    world: World, batch: tuple[uuid.UUID, list[uuid.UUID]]
) -> None:
    """Started twice while it runs: the jobs stand in one line, and a stale mark never becomes a refusal."""
    key, dossiers = batch
    look_and_mark(world, key, 1)
    stale = BatchLine.objects.get(batch_id=key, position=1)
    for _ in "ab":
        services.start_batch(batch_id=key, actor=world.phuc, at=world.at, signs=False, factor_at=None)
    jobs = ProcrastinateJob.objects.filter(task_name="teamwork.batch")
    assert list(jobs.values_list("lock", flat=True)) == [f"teamwork.batch:{key}"] * 2
    while services.carry_out_next(batch_id=key, at=world.at):
        pass
    deciding._carry_out(Batch.objects.get(pk=key), stale, world.phuc, world.at)
    assert BatchLine.objects.get(pk=stale.pk).line == LineState.DONE
    assert states(dossiers)[0] == State.APPROVED
