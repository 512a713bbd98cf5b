"""One digest a working day: what presses first, nothing when there is nothing, once however often the job runs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers import services as acts
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import Actor, Role, actor_of, appoint_substitute, list_appointments, scope_of
from vanlang.kernel import clock
from vanlang.kernel.scope import acting
from vanlang.notifications.models import Message
from vanlang.teamwork import services
from vanlang.teamwork.errors import TeamworkNotFoundError
from vanlang.teamwork.jobs import tell_digests
from vanlang.teamwork.labels import summary_of
from vanlang.teamwork.models import Digest
from vanlang.teamwork.queries.digest import digest_of
from vanlang.teamwork.rules.digest import DigestLine, DigestPart, Found, compose, is_due
from vanlang.teamwork.services import digest
from vanlang.teamwork.tests.officers import browser_of

DAY = dt.date(2026, 11, 23)
found = st.builds(
    lambda texts, more: Found(tuple(DigestLine(text) for text in texts), len(texts) + more if texts else 0),
    st.lists(st.text(max_size=5), max_size=3),
    st.integers(0, 5),
)


@given(st.dictionaries(st.sampled_from(DigestPart), found))
def test_parts_stand_in_their_order_and_empty_ones_are_left_out(given_parts: dict[DigestPart, Found]) -> None:
    content = compose(DAY, given_parts)
    shown = [section.part for section in content.sections]
    assert shown == [part for part in DigestPart if part in given_parts and given_parts[part].total]
    assert content.is_empty is (not shown)
    assert all(section.more >= 0 for section in content.sections)


@given(
    hour=st.integers(5, 20),
    now=st.integers(0, 23),
    is_sent=st.booleans(),
    works=st.booleans(),
    told=st.booleans(),
)
def test_it_is_due_once_on_a_working_day_from_its_hour_on(
    hour: int, now: int, is_sent: bool, works: bool, told: bool
) -> None:
    at = dt.datetime(2026, 11, 23, now, 5, tzinfo=clock.VIETNAM)
    due = is_due(at=at, hour=hour, is_sent=is_sent, is_working_day=works, told_on=[DAY] if told else [])
    assert due is (is_sent and works and not told and now >= hour)


def of(actor: Actor, at: dt.datetime) -> dict[DigestPart, int]:
    with acting(scope_of(actor)):
        return {section.part: section.total for section in digest_of(actor, at=at).sections}


def test_each_part_finds_its_own(world: World, lives: Lives) -> None:
    mai = world.mai
    late = lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    soon = lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=4))
    fresh = lives.to(State.IN_PROGRESS)
    followed = lives.to(State.RECEIVED)
    services.follow(dossier_id=followed, actor=mai, at=world.at)
    services.write_note(dossier_id=fresh, text="@Lê Thị Mai xem", actor=world.phuc, at=world.at)
    acts.hand_over(dossier_id=followed, unit_id=None, actor=world.hung, at=world.at + dt.timedelta(minutes=1))
    at = world.at + dt.timedelta(hours=1)
    assert of(mai, at) == {
        DigestPart.LATE: 1, DigestPart.DUE_SOON: 1, DigestPart.NEW: 2, DigestPart.MENTIONS: 1, DigestPart.FOLLOWED: 1 + 2,
    }  # fmt: skip
    assert {late, soon, fresh, followed}
    with acting(scope_of(mai)):
        assert summary_of(digest_of(mai, at=at)).startswith("1 hồ sơ quá hạn, 1 hồ sơ sắp đến hạn")


def test_one_s_own_acts_are_no_news(world: World, lives: Lives) -> None:
    followed = lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=3))
    services.follow(dossier_id=followed, actor=world.mai, at=world.at)
    acts.propose(dossier_id=followed, draft=lives.draft, actor=world.mai, at=world.at)
    assert DigestPart.FOLLOWED not in of(world.mai, world.at + dt.timedelta(minutes=5))
    services.follow(dossier_id=followed, actor=world.phuc, at=world.at)
    assert of(world.phuc, world.at + dt.timedelta(minutes=5))[DigestPart.FOLLOWED] == 1


def test_both_sides_read_of_a_substitution(world: World, lives: Lives) -> None:
    from vanlang.dossiers.tests.factories import make_officer
    from vanlang.organizations.api import UnitKind

    nam = make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Chuyên viên",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip
    appoint_substitute(
        absent_id=world.mai.appointment_id or 0, substitute_id=nam.appointment_id or 0, valid_from=DAY,
        valid_to=DAY + dt.timedelta(days=3), actor=world.mai, at=world.at,
    )  # fmt: skip
    held = lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    actor = actor_of(list_appointments(nam.account_id or 0, DAY)[0])
    assert of(actor, world.at) == {DigestPart.LATE: 1, DigestPart.SUBSTITUTION: 1}
    assert of(world.mai, world.at)[DigestPart.SUBSTITUTION] == 1
    assert held


def test_no_name_leaves_the_house(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    with acting(scope_of(world.mai)):
        content = digest_of(world.mai, at=world.at)
    assert "Nguyễn" not in repr(content)


def test_the_job_tells_each_officer_once_and_only_on_working_days(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    sunday = world.at - dt.timedelta(days=1)
    with clock.frozen(sunday):
        tell_digests(timestamp=0)
    assert not Digest.objects.exists()
    with clock.frozen(world.at):
        tell_digests(timestamp=0)
        tell_digests(timestamp=0)
    workers = 8  # four at each of two agencies
    assert Digest.objects.count() == workers
    messages = Message.objects.filter(event="teamwork.digest")
    assert {message.object_id for message in messages} == {str(world.mai.appointment_id)}
    assert Digest.objects.get(appointment_id=world.mai.appointment_id).figures["late"] == 1


def test_the_hour_is_one_s_own_choice(world: World) -> None:
    services.choose_digest(hour=10, is_sent=True, actor=world.mai)
    services.choose_digest(hour=8, is_sent=False, actor=world.thao)
    due = {key for key, _ in services.list_due_digests(at=world.at)}
    assert world.mai.appointment_id not in due
    assert world.thao.appointment_id not in due
    assert world.phuc.appointment_id in due
    later = {key for key, _ in services.list_due_digests(at=world.at + dt.timedelta(hours=1))}
    assert world.mai.appointment_id in later


@pytest.mark.usefixtures("monday")
def test_the_page_shows_the_same(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    client = browser_of(world.mai)
    page = client.get("/can-bo/cung-lam/ban-tin/").content.decode()
    assert "Quá hạn" in page
    assert "1 hồ sơ quá hạn" in page
    answer = client.post("/can-bo/cung-lam/ban-tin/", {"gio": "9"})
    assert answer.status_code == 303
    assert (
        "không có gì mới"
        in browser_of(world.nong_trang.clerk).get("/can-bo/cung-lam/ban-tin/").content.decode()
    )


def test_one_officer_s_trouble_keeps_nobody_else_waiting(
    world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_all(**_: object) -> None:
        raise TeamworkNotFoundError

    lives.to(State.IN_PROGRESS, at=world.at - dt.timedelta(days=10))
    monkeypatch.setattr(digest, "tell_officer", refuse_all)
    with clock.frozen(world.at):
        tell_digests(timestamp=0)
    told = set(Digest.objects.values_list("appointment_id", flat=True))
    assert len(told) == 7, "eight officers work today, and only Chị Mai has something to be told"
    assert world.mai.appointment_id not in told, "who was not told is tried again"
