"""A chain lived through real dossiers, with real events handed to its subscriber."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import partial

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from vanlang.chains import api as chains
from vanlang.chains.api import ChainCard, ChainState, LegState
from vanlang.chains.errors import NotAcceptableError
from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.slip import print_slip
from vanlang.chains.services.following import follow
from vanlang.chains.services.loading import keep_plan
from vanlang.documents.tests.pages import text_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Medium, OutcomeKind
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.tests.factories import PAPER_DRAFT, World, make_procedure, make_world
from vanlang.dossiers.tests.test_codes_concurrently import at_once
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.ids import new_id
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.models import Message
from vanlang.organizations.models import AgencyVersion

pytestmark = pytest.mark.django_db

PLAN = """
code = "birth"
title = "Khai sinh, thường trú, bảo hiểm y tế"
short_title = "Khai sinh liên thông"
limit = "20 working_day"
[[leg]]
key = "birth"
title = "Đăng ký khai sinh"
procedure = "1.001193"
[[leg]]
key = "residence"
title = "Đăng ký thường trú"
procedure = "1.004222"
agency = "H44.101"
after = ["birth"]
papers = { birth = "Giấy khai sinh" }
[[leg]]
key = "insurance"
title = "Thẻ bảo hiểm y tế"
outside = "Bảo hiểm xã hội"
limit = "10 day"
after = ["birth"]
"""


@dataclass
class Stage:
    world: World
    plan_id: int
    at: dt.datetime

    def open(self, chain_id: uuid.UUID | None = None, *, plan: str = "birth") -> chains.Opened:
        world = self.world
        with acting(Scope.officer(world.viet_tri.id)):
            plan_id, found = chains.get_plan(plan, self.at.date())
            asked = chains.asked_papers(found, self.at.date())
            return chains.open_chain(
                chain_id=chain_id or new_id(),
                plan_id=plan_id,
                applicant=world.lan_facts,
                channel=Channel.DIRECT,
                answers={},
                papers=[chains.Handed(asked=paper, originals=1) for paper in asked],
                actor=world.hung,
                at=self.at,
            )

    def card(self, chain_id: uuid.UUID) -> ChainCard:
        with acting(Scope.officer(self.world.viet_tri.id)):
            return chains.get_chain(chain_id, actor=self.world.hung, at=self.at)

    def finish(
        self, dossier_id: uuid.UUID, *, kind: OutcomeKind = OutcomeKind.GRANTED, home: bool = True
    ) -> None:
        """Lead a received dossier to its issued outcome, and hand the event to the chain."""
        office = self.world.viet_tri if home else self.world.nong_trang
        from dataclasses import replace

        from vanlang.organizations.types import UnitKind

        at = self.at
        dossiers.hand_over(
            dossier_id=dossier_id, unit_id=office.units[UnitKind.SPECIALIST], actor=office.counter, at=at
        )
        dossiers.claim(dossier_id=dossier_id, actor=office.specialist, at=at)
        dossiers.propose(
            dossier_id=dossier_id, draft=replace(PAPER_DRAFT, kind=kind, medium=Medium.PAPER),
            to_appointment_id=office.leader.appointment_id, address_of=lambda token: f"https://x/{token}",
            actor=office.specialist, at=at,
        )  # fmt: skip
        dossiers.approve(dossier_id=dossier_id, actor=office.leader, at=at)
        dossiers.release(dossier_id=dossier_id, actor=office.clerk, at=at)
        follow(dossier_id=dossier_id, at=at)

    def leg(self, chain_id: uuid.UUID, key: str) -> Leg:
        return Leg.objects.get(chain_id=chain_id, key=key)


@pytest.fixture
def stage(at: dt.datetime) -> Stage:
    return make_stage(at)


def make_stage(at: dt.datetime) -> Stage:
    world = make_world(at)
    make_procedure("1.004222", days=7)
    assert keep_plan(PLAN, on=at.date())
    plan_id, _ = chains.get_plan("birth", at.date())
    return Stage(world, plan_id, at)


def states(card: ChainCard) -> dict[str, LegState]:
    return {leg.key: leg.state for leg in card.legs}


def test_opened_once_it_runs_to_its_end_by_itself(stage: Stage) -> None:
    opened = stage.open()
    card = stage.card(opened.chain_id)
    assert states(card) == {
        "birth": LegState.OPEN,
        "residence": LegState.WAITING,
        "insurance": LegState.WAITING,
    }
    assert card.due_at is not None and not card.needs_person
    assert card.forecast_at is not None and stage.at < card.forecast_at

    stage.finish(opened.dossier_id)
    card = stage.card(opened.chain_id)
    assert states(card) == {"birth": LegState.DONE, "residence": LegState.OPEN, "insurance": LegState.OUTSIDE}
    residence = stage.leg(opened.chain_id, "residence")
    assert residence.agency_id == stage.world.nong_trang.id
    assert residence.dossier_id is not None
    dossier = Dossier.objects.get(pk=residence.dossier_id)
    assert (dossier.code or "").startswith("H44.101-")
    assert dossier.return_agency_id == stage.world.viet_tri.id
    assert "Giấy khai sinh" in set(Attachment.objects.filter(dossier=dossier).values_list("name", flat=True))

    stage.finish(residence.dossier_id, home=False)
    with acting(Scope.officer(stage.world.viet_tri.id)):
        chains.note_sent(
            chain_id=opened.chain_id,
            leg_key="insurance",
            note="CV 12/UBND",
            actor=stage.world.hung,
            at=stage.at,
        )
        chains.answer_outside(
            chain_id=opened.chain_id, leg_key="insurance", granted=True, note="Thẻ số 123", actor=stage.world.hung, at=stage.at
        )  # fmt: skip
    card = stage.card(opened.chain_id)
    assert card.state is ChainState.DONE
    assert card.finished_at == stage.at


def test_the_shipped_death_chain_is_lived_once_its_procedures_are_confirmed(stage: Stage) -> None:
    for code in ("1.000656", "1.003197"):
        make_procedure(code)
    shipped = settings.VANLANG_REFERENCE / "chains" / "death.toml"
    assert keep_plan(shipped.read_text(encoding="utf-8"), on=stage.at.date())
    opened = stage.open(plan="death-residence-allowance")
    waiting = {"death": LegState.OPEN, "residence": LegState.WAITING, "allowance": LegState.WAITING}
    assert states(stage.card(opened.chain_id)) == waiting

    stage.finish(opened.dossier_id)
    found = states(stage.card(opened.chain_id))
    assert found == {"death": LegState.DONE, "residence": LegState.OPEN, "allowance": LegState.OUTSIDE}
    residence = stage.leg(opened.chain_id, "residence").dossier_id
    assert residence is not None
    handed = set(Attachment.objects.filter(dossier_id=residence).values_list("name", flat=True))
    assert "Trích lục khai tử" in handed

    stage.finish(residence)
    with acting(Scope.officer(stage.world.viet_tri.id)):
        for answer in (chains.note_sent, partial(chains.answer_outside, granted=True)):
            answer(
                chain_id=opened.chain_id,
                leg_key="allowance",
                note="CV 13/UBND",
                actor=stage.world.hung,
                at=stage.at,
            )  # type: ignore[operator]
    assert stage.card(opened.chain_id).state is ChainState.DONE


def test_opened_twice_is_one(stage: Stage) -> None:
    chain_id = new_id()
    first, second = stage.open(chain_id), stage.open(chain_id)
    assert (first.dossier_id, second.again) == (second.dossier_id, True)
    assert Chain.objects.count() == Dossier.objects.count() == 1


def test_an_event_told_twice_starts_nothing_twice(stage: Stage) -> None:
    opened = stage.open()
    stage.finish(opened.dossier_id)
    follow(dossier_id=opened.dossier_id, at=stage.at)
    assert Dossier.objects.count() == 2
    assert follow(dossier_id=new_id(), at=stage.at) is False


def test_an_agency_that_is_gone_blocks_its_leg_and_no_other(stage: Stage) -> None:
    opened = stage.open()
    AgencyVersion.objects.filter(agency_id=stage.world.nong_trang.id).update(valid_to=stage.at.date())
    stage.finish(opened.dossier_id)
    card = stage.card(opened.chain_id)
    assert states(card) == {
        "birth": LegState.DONE,
        "residence": LegState.BLOCKED,
        "insurance": LegState.OUTSIDE,
    }
    assert card.needs_person
    assert next(leg.trouble for leg in card.legs if leg.key == "residence") == "chains.agency_gone"

    with acting(Scope.officer(stage.world.viet_tri.id)):
        chains.retry_leg(
            chain_id=opened.chain_id, leg_key="residence", actor=stage.world.hung, at=stage.at,
            agency_id=stage.world.viet_tri.id,
        )  # fmt: skip
    residence = stage.leg(opened.chain_id, "residence")
    assert residence.state == LegState.OPEN
    assert residence.agency_id == stage.world.viet_tri.id


def test_a_leg_that_failed_cuts_the_rest_off_and_a_person_decides(stage: Stage) -> None:
    opened = stage.open()
    stage.finish(opened.dossier_id, kind=OutcomeKind.DENIED)
    card = stage.card(opened.chain_id)
    assert states(card)["birth"] is LegState.FAILED
    assert card.needs_person
    with acting(Scope.officer(stage.world.viet_tri.id)):
        for key in ("residence", "insurance"):
            with pytest.raises(chains.NotAcceptableError):
                chains.drop_leg(
                    chain_id=opened.chain_id, leg_key=key, reason=" ", actor=stage.world.hung, at=stage.at
                )
            chains.drop_leg(
                chain_id=opened.chain_id,
                leg_key=key,
                reason="Chưa khai sinh",
                actor=stage.world.hung,
                at=stage.at,
            )
    card = stage.card(opened.chain_id)
    assert card.state is ChainState.ENDED and card.finished_at is not None and not card.needs_person


def test_a_failed_leg_tried_again_gets_a_new_dossier_and_keeps_the_former(stage: Stage) -> None:
    opened = stage.open()
    stage.finish(opened.dossier_id)
    former = stage.leg(opened.chain_id, "residence").dossier_id
    assert former is not None
    dossiers.stop(
        dossier_id=former, reason="Người dân chưa rõ chỗ ở", actor=stage.world.nong_trang.leader, at=stage.at
    )
    follow(dossier_id=former, at=stage.at)
    assert stage.leg(opened.chain_id, "residence").trouble == "chains.stopped"
    with acting(Scope.officer(stage.world.viet_tri.id)):
        chains.retry_leg(chain_id=opened.chain_id, leg_key="residence", actor=stage.world.hung, at=stage.at)
    again = stage.leg(opened.chain_id, "residence")
    assert again.state == LegState.OPEN
    assert again.dossier_id != former and again.former_dossiers == [former]


def test_what_cannot_run_today_is_refused_before_anything_is_promised(stage: Stage) -> None:
    from vanlang.catalogue.models import ProcedureVersion

    ProcedureVersion.objects.filter(procedure__code="1.004222").update(
        is_ready=False, lacks=["limit_missing"]
    )
    with pytest.raises(chains.ChainNotOpenableError) as refused:
        stage.open()
    assert refused.value.code == "chains.procedure_not_ready"
    assert not Chain.objects.exists() and not Dossier.objects.exists()
    (card,) = chains.list_plans(stage.at.date(), intake_agency_id=stage.world.viet_tri.id)
    assert card.lacks == (("Đăng ký thường trú", "chains.procedure_not_ready"),)


def test_only_the_agency_that_took_it_in_and_its_applicant_see_a_chain(stage: Stage) -> None:
    opened = stage.open()
    with acting(Scope.officer(stage.world.nong_trang.id)):
        assert not Chain.objects.exists()
        with pytest.raises(chains.ChainNotFoundError):
            chains.get_chain(opened.chain_id, actor=stage.world.nong_trang.counter, at=stage.at)
    person_id = stage.world.lan.person_id
    assert person_id is not None
    with acting(Scope.citizen(person_id)):
        assert chains.get_chain(opened.chain_id, actor=stage.world.lan, at=stage.at).applicant_name
        assert [line.id for line in chains.list_for_citizen(stage.world.lan)] == [opened.chain_id]
    with acting(Scope.nobody()):
        assert not Chain.objects.exists() and not Leg.objects.exists()


def test_the_citizens_page_names_nobody(stage: Stage) -> None:
    opened = stage.open()
    token = Chain.objects.get(pk=opened.chain_id).token
    with acting(Scope.nobody()):
        card = chains.get_chain_by_token(token, at=stage.at)
    assert card.applicant_name == "" and not card.needs_person
    with pytest.raises(chains.ChainNotFoundError), acting(Scope.nobody()):
        chains.get_chain_by_token("khong-co", at=stage.at)


def test_a_dossier_knows_which_leg_it_is(stage: Stage) -> None:
    opened = stage.open()
    found = chains.leg_of(opened.dossier_id, actor=stage.world.hung)
    assert found is not None and (found.number, found.of, found.is_ours) == (1, 3, True)
    assert chains.leg_of(new_id(), actor=stage.world.hung) is None


def test_the_database_refuses_a_leg_without_its_reason_and_a_chain_that_vanishes(stage: Stage) -> None:
    opened = stage.open()
    with pytest.raises(DatabaseError), transaction.atomic():
        Leg.objects.filter(chain_id=opened.chain_id, key="residence").update(state=LegState.BLOCKED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Chain.objects.filter(pk=opened.chain_id).delete()


def test_a_new_edition_moves_no_running_chain(stage: Stage) -> None:
    opened = stage.open()
    assert not keep_plan(PLAN, on=stage.at.date())
    later = stage.at.date() + dt.timedelta(days=1)
    assert keep_plan(PLAN.replace("20 working_day", "10 working_day"), on=later)
    assert Chain.objects.get(pk=opened.chain_id).plan_id == stage.plan_id
    assert chains.get_plan("birth", later)[0] != stage.plan_id
    with pytest.raises(chains.PlanRefusedError):
        keep_plan(PLAN.replace('outside = "Bảo hiểm xã hội"', ""), on=later)


def test_a_leg_goes_to_no_agency_that_there_is_not(stage: Stage) -> None:
    opened = stage.open()
    AgencyVersion.objects.filter(agency__code="H44.101").update(valid_to=stage.at.date())
    stage.finish(opened.dossier_id)
    assert stage.leg(opened.chain_id, "residence").state == LegState.BLOCKED
    with acting(Scope.officer(stage.world.viet_tri.id)), pytest.raises(NotAcceptableError) as refused:
        chains.retry_leg(
            chain_id=opened.chain_id,
            leg_key="residence",
            actor=stage.world.hung,
            at=stage.at,
            agency_id=10**9,
        )
    assert refused.value.code == "chains.no_such_agency"
    assert stage.leg(opened.chain_id, "residence").state == LegState.BLOCKED


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_one_chain_is_opened(at: dt.datetime) -> None:
    with transaction.atomic():
        stage, chain_id = make_stage(at), new_id()
    first, second = at_once([lambda: stage.open(chain_id)] * 2)
    assert isinstance(first, chains.Opened) and isinstance(second, chains.Opened)
    assert first.dossier_id == second.dossier_id
    assert {first.again, second.again} == {False, True}
    assert Dossier.objects.count() == 1


def told(chain_id: uuid.UUID) -> list[str]:
    """Return what the citizen was told of a chain, in order."""
    with acting(Scope.system()):
        rows = Message.objects.filter(object_type="chain", object_id=str(chain_id)).order_by("told_at", "id")
        return [row.template for row in rows]


def test_the_citizen_is_told_once_of_each_thing_that_becomes_of_the_whole(stage: Stage) -> None:
    opened = stage.open()
    assert told(opened.chain_id) == ["chain_received"]
    stage.open(chain_id=opened.chain_id)
    assert told(opened.chain_id) == ["chain_received"], "opened again, told once"
    stage.finish(opened.dossier_id, kind=OutcomeKind.DENIED)
    assert told(opened.chain_id).count("chain_needs") == 1
    follow(dossier_id=opened.dossier_id, at=stage.at + dt.timedelta(hours=1))
    assert told(opened.chain_id).count("chain_needs") == 1, "an event that comes again says nothing new"


def test_one_slip_names_every_leg_one_date_and_one_code(stage: Stage) -> None:
    opened = stage.open()
    with acting(Scope.officer(stage.world.viet_tri.id)):
        pdf = print_slip(
            opened.chain_id,
            address_of=lambda token: f"https://x/{token}",
            actor=stage.world.hung,
            at=stage.at,
        )
    text = " ".join(text_of(pdf).split())
    card = stage.card(opened.chain_id)
    for leg in card.legs:
        assert leg.title in text and leg.agency_name in text
    assert (card.legs[0].code or "?") in text
    due = card.due_at
    assert due is not None
    day = due.astimezone(VIETNAM)
    assert f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" in text
    with pytest.raises(chains.ChainNotFoundError), acting(Scope.officer(stage.world.nong_trang.id)):
        print_slip(
            opened.chain_id, address_of=lambda token: token, actor=stage.world.nong_trang.counter, at=stage.at
        )
