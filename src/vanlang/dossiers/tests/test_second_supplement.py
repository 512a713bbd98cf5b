"""A second request for supplements: reasoned, counted, before the leader, and never blocked in silence."""

from __future__ import annotations

import pytest

from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, NotAcceptable
from vanlang.dossiers.models import Dossier, SupplementProposal, SupplementRequest
from vanlang.dossiers.queries import get_dossier_page, get_for_citizen
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import Again, AgainGround
from vanlang.dossiers.tests.factories import MISSING, Lives, World
from vanlang.dossiers.types import Answer

OVERSIGHT = Again(AgainGround.OVERSIGHT, "Lần trước chưa xem trang sau")


@pytest.fixture
def answered(world: World, lives: Lives) -> object:
    """A dossier whose first request was answered."""
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    answers = [Answer(kind=item.kind, key=item.key, value="đã sửa") for item in MISSING]
    services.answer_supplement(dossier_id=dossier_id, answers=answers, actor=world.lan, at=world.at)
    return dossier_id


def propose(world: World, dossier_id: object, again: Again | None = OVERSIGHT) -> None:
    services.propose_supplement(
        dossier_id=dossier_id,
        items=MISSING,
        again=again,
        actor=world.mai,
        at=world.at,  # type: ignore[arg-type] # an id
    )


def test_it_waits_for_the_leader_while_the_limit_runs(world: World, answered: object) -> None:
    propose(world, answered)
    row = Dossier.objects.get(pk=answered)
    assert (row.state, row.paused_at, row.supplements) == (State.IN_PROGRESS, None, 1)
    page = get_dossier_page(row.pk, actor=world.phuc, purpose="thử", at=world.at)
    assert page.proposed_supplement is not None
    assert page.proposed_supplement.reason == OVERSIGHT.reason
    assert {Act.APPROVE_SUPPLEMENT, Act.DECLINE_SUPPLEMENT} <= {button.act for button in page.acts}
    mine = get_for_citizen(row.pk, actor=world.lan, at=world.at)
    assert Act.PROPOSE_SUPPLEMENT not in {move.act for move in mine.history}
    assert len(mine.supplements) == 1
    with pytest.raises(ActNotPossible) as twice:
        propose(world, answered)
    assert twice.value.code == "dossiers.supplement_proposed_already"


def test_the_leader_sends_it_with_its_ground(world: World, answered: object) -> None:
    propose(world, answered)
    with pytest.raises(ActNotAllowed):
        services.approve_supplement(dossier_id=answered, actor=world.mai, at=world.at)  # type: ignore[arg-type] # an id
    services.approve_supplement(dossier_id=answered, actor=world.phuc, at=world.at)  # type: ignore[arg-type] # an id
    row = Dossier.objects.get(pk=answered)
    assert (row.state, row.supplements, row.paused_at) == (State.AWAITING_SUPPLEMENT, 2, world.at)
    second = SupplementRequest.objects.get(dossier=row, number=2)
    assert (second.again_ground, second.again_reason) == ("oversight", OVERSIGHT.reason)
    assert second.asked_by_id == world.mai.appointment_id
    mine = get_for_citizen(row.pk, actor=world.lan, at=world.at)
    assert mine.supplements[-1].again_reason == OVERSIGHT.reason


def test_the_leader_declines_with_a_reason(world: World, answered: object) -> None:
    propose(world, answered)
    with pytest.raises(NotAcceptable):
        services.decline_supplement(dossier_id=answered, reason="", actor=world.phuc, at=world.at)  # type: ignore[arg-type] # an id
    services.decline_supplement(
        dossier_id=answered,
        reason="Đủ căn cứ rồi",
        actor=world.phuc,
        at=world.at,  # type: ignore[arg-type] # an id
    )
    proposal = SupplementProposal.objects.get()
    assert (proposal.approved, proposal.decision_note) == (False, "Đủ căn cứ rồi")
    assert Dossier.objects.get(pk=answered).supplements == 1
    propose(world, answered)


@pytest.mark.parametrize("again", [None, Again(AgainGround.OTHER, "  ")])
def test_it_must_say_why(world: World, answered: object, again: Again | None) -> None:
    with pytest.raises(NotAcceptable) as refused:
        propose(world, answered, again)
    assert refused.value.code == "dossiers.supplement_again_unreasoned"


def test_before_receipt_the_counter_asks_again_with_its_ground(world: World, lives: Lives) -> None:
    """No limit runs yet: no leader is waited for, the ground is owed all the same."""
    dossier_id = lives.to(State.AWAITING_COMPLETION)
    answers = [Answer(kind=item.kind, key=item.key, value="đã sửa") for item in MISSING]
    services.answer_supplement(dossier_id=dossier_id, answers=answers, actor=world.lan, at=world.at)
    with pytest.raises(NotAcceptable):
        services.request_supplement(dossier_id=dossier_id, items=MISSING, actor=world.hung, at=world.at)
    services.request_supplement(
        dossier_id=dossier_id, items=MISSING, again=OVERSIGHT, actor=world.hung, at=world.at
    )
    assert Dossier.objects.get(pk=dossier_id).supplements == 2
