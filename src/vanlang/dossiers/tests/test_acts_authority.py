"""The twin of the lives: who may not do an act gets a clear sentence and the right status, and nothing changes."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from vanlang.dossiers import services
from vanlang.dossiers.errors import (
    ActNotAllowed,
    ActNotPossible,
    ChangedMeanwhile,
    DossierNotFound,
    NotAcceptable,
)
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import PAPER_DRAFT, Lives, World, make_citizen
from vanlang.dossiers.types import Channel
from vanlang.identity.api import NOBODY, Actor, ActorKind, Role
from vanlang.kernel.labels import sentence_of

Act = Callable[[World, uuid.UUID], object]

WRONG_ROLE: list[tuple[str, State, Act]] = [
    ("specialist receives", State.SUBMITTED, lambda w, d: services.receive(dossier_id=d, actor=w.mai, at=w.at)),
    ("counter assigns what is with a specialist", State.IN_PROGRESS,
     lambda w, d: services.assign(dossier_id=d, to_appointment_id=w.mai.appointment_id or 0, actor=w.hung, at=w.at)),
    ("leader proposes", State.IN_PROGRESS,
     lambda w, d: services.propose(dossier_id=d, draft=PAPER_DRAFT, actor=w.phuc, at=w.at)),
    ("specialist approves", State.PROPOSED, lambda w, d: services.approve(dossier_id=d, actor=w.mai, at=w.at)),
    ("clerk signs", State.APPROVED,
     lambda w, d: services.sign(dossier_id=d, signer=b"", actor=w.thao, at=w.at)),
    ("leader releases", State.APPROVED, lambda w, d: services.release(dossier_id=d, actor=w.phuc, at=w.at)),
    ("clerk delivers", State.RELEASED,
     lambda w, d: services.deliver(dossier_id=d, channel=Channel.DIRECT, receiver="Lan", actor=w.thao, at=w.at)),
    ("counter stops", State.IN_PROGRESS, lambda w, d: services.stop(dossier_id=d, reason="x", actor=w.hung, at=w.at)),
    ("citizen receives", State.SUBMITTED, lambda w, d: services.receive(dossier_id=d, actor=w.lan, at=w.at)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "state", "act"), WRONG_ROLE, ids=[name for name, _, _ in WRONG_ROLE])
def test_a_wrong_role_is_refused_and_nothing_changes(
    world: World, lives: Lives, name: str, state: State, act: Act
) -> None:
    dossier_id = lives.to(state)
    before = (Dossier.objects.filter(pk=dossier_id).values().get(), Movement.objects.count())
    with pytest.raises(ActNotAllowed) as refused:
        act(world, dossier_id)
    assert refused.value.status == 403
    sentence = sentence_of(refused.value.code, refused.value.facts)
    assert "%(" not in sentence.says
    assert sentence.do_now.endswith(".")
    assert (Dossier.objects.filter(pk=dossier_id).values().get(), Movement.objects.count()) == before


def strangers(world: World) -> dict[str, Actor]:
    thief, _ = make_citizen("Trần Văn Tò", "025190012999", "0900000000", world.at)
    admin = Actor(
        ActorKind.OFFICER,
        account_id=99,
        agency_id=world.viet_tri.id,
        roles=frozenset({Role.ADMIN, Role.CATALOGUE_EDITOR}),
    )
    return {
        "another agency": world.nong_trang.counter,
        "another citizen": thief,
        "an administrator": admin,
        "nobody": NOBODY,
    }


@pytest.mark.parametrize("who", ["another agency", "another citizen", "an administrator", "nobody"])
def test_a_stranger_learns_not_even_that_it_exists(world: World, lives: Lives, who: str) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    actor = strangers(world)[who]
    with pytest.raises(DossierNotFound) as hidden:
        services.withdraw(dossier_id=dossier_id, actor=actor, at=world.at)
    with pytest.raises(DossierNotFound) as missing:
        services.withdraw(dossier_id=uuid.uuid4(), actor=actor, at=world.at)
    assert (hidden.value.code, hidden.value.facts) == (missing.value.code, missing.value.facts)


def test_who_is_neither_applicant_nor_counter_cannot_file(world: World) -> None:
    thief = strangers(world)["another citizen"]
    for actor in (thief, world.mai, world.nong_trang.counter):
        with pytest.raises(ActNotAllowed):
            services.submit(filing=world.filing(), actor=actor, at=world.at)
    assert not Dossier.objects.exists()


def test_who_files_for_another_is_named_as_operator(world: World) -> None:
    son, _ = make_citizen("Trần Văn Sơn", "025190012888", "0911111111", world.at)
    filed = services.submit(filing=world.filing(operator_id=son.person_id), actor=son, at=world.at)
    row = Dossier.objects.get(pk=filed.dossier_id)
    assert (row.applicant_id, row.operator_id) == (world.lan.person_id, son.person_id)
    services.withdraw(dossier_id=row.pk, actor=son, at=world.at)


def test_an_act_out_of_its_state_says_where_it_stands(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    with pytest.raises(ActNotPossible) as refused:
        services.approve(dossier_id=dossier_id, actor=world.phuc, at=world.at)
    says = sentence_of(refused.value.code, refused.value.facts).says
    assert says == "Không thể phê duyệt khi hồ sơ đang ở trạng thái “Mới nộp”."


def test_two_officers_at_once_the_second_is_told_who_and_when(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    services.receive(dossier_id=dossier_id, actor=world.hung, at=world.at, expected_version=1)
    with pytest.raises(ChangedMeanwhile) as late:
        services.receive(dossier_id=dossier_id, actor=world.hung, at=world.at, expected_version=1)
    assert late.value.status == 409
    says = sentence_of(late.value.code, late.value.facts).says
    assert (
        says
        == "Hồ sơ vừa được Trần Mạnh Hùng xử lý (tiếp nhận) lúc 09:00 ngày 23/11/2026, sau khi bạn mở trang này."
    )


def test_nobody_handles_their_own_dossier(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    hung_himself = Actor(
        ActorKind.OFFICER,
        account_id=world.hung.account_id,
        person_id=world.lan.person_id,
        appointment_id=world.hung.appointment_id,
        agency_id=world.hung.agency_id,
        unit_id=world.hung.unit_id,
        roles=world.hung.roles,
    )
    with pytest.raises(ActNotAllowed) as refused:
        services.receive(dossier_id=dossier_id, actor=hung_himself, at=world.at)
    assert refused.value.code == "dossiers.own_dossier"


def test_work_goes_only_to_suitable_hands(world: World, lives: Lives) -> None:
    received = lives.to(State.RECEIVED)
    for wrong in (world.hung, world.nong_trang.specialist):
        with pytest.raises(NotAcceptable) as refused:
            services.assign(
                dossier_id=received,
                to_appointment_id=wrong.appointment_id or 0,
                actor=world.phuc,
                at=world.at,
            )
        assert refused.value.code == "dossiers.officer_not_suitable"
    with pytest.raises(NotAcceptable):
        services.hand_over(
            dossier_id=received,
            unit_id=next(iter(world.nong_trang.units.values())),
            actor=world.hung,
            at=world.at,
        )
    held = lives.to(State.IN_PROGRESS)
    with pytest.raises(NotAcceptable):
        services.consult(
            dossier_id=held, agency_ids=[world.viet_tri.id], question="?", actor=world.mai, at=world.at
        )


def test_reasons_are_owed(world: World, lives: Lives) -> None:
    filed, held = lives.to(State.SUBMITTED), lives.to(State.IN_PROGRESS)
    with pytest.raises(NotAcceptable):
        services.refuse(dossier_id=filed, reasons=["  "], actor=world.hung, at=world.at)
    with pytest.raises(NotAcceptable):
        services.stop(dossier_id=held, reason=" ", actor=world.phuc, at=world.at)
    released = lives.to(State.RELEASED)
    with pytest.raises(NotAcceptable):
        services.deliver(dossier_id=released, channel=Channel.DIRECT, actor=world.hung, at=world.at)
