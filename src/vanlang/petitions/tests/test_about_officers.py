"""A petition about how an officer behaves: not read, not handled, not heard of by them; above them when they lead."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.support.people import sign_in

from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives
from vanlang.identity.api import Actor
from vanlang.identity.models import Appointment
from vanlang.notifications.models import Message
from vanlang.organizations.api import AgencyKind, NewName, add_agency
from vanlang.petitions import queries, services
from vanlang.petitions.errors import (
    PetitionActError,
    PetitionNotAcceptableError,
    PetitionNotFoundError,
)
from vanlang.petitions.models import Petition
from vanlang.petitions.queries.access import facts_of
from vanlang.petitions.rules.flow import BEFORE_IT_GOES_ABOVE, BY_THE_SENDER, allowed_acts
from vanlang.petitions.services.digest import tell_what_is_late
from vanlang.petitions.tests.factories import ANSWER, Desk
from vanlang.petitions.types import Filed, PetitionAct, PetitionFilter, PetitionKind, PetitionState

pytestmark = pytest.mark.usefixtures("monday")
ROOT = "/can-bo/phan-anh/"


def about(desk: Desk, whom: Actor, by: Actor | None = None, **changes: object) -> Filed:
    filed = desk.file(**changes)  # type: ignore[arg-type] # fields by name
    services.classify(
        petition_id=filed.id, kind=PetitionKind.CONDUCT, about=whom.appointment_id, actor=by or desk.world.hung,
        at=desk.at,
    )  # fmt: skip
    return filed


@pytest.mark.parametrize("name", ["mai", "hung", "phuc"])
def test_whom_it_is_about_finds_it_nowhere(desk: Desk, name: str) -> None:
    world = desk.world
    whom: Actor = getattr(world, name)
    filed = about(desk, whom, by=world.mai if name == "hung" else world.hung)
    others = [one for one in (world.mai, world.hung, world.phuc) if one is not whom]
    with pytest.raises(PetitionNotFoundError):
        queries.get_petition(filed.id, actor=whom, purpose="Xem", at=desk.at)
    with pytest.raises(PetitionNotFoundError):
        queries.get_text(filed.id, actor=whom, at=desk.at)
    listed = {
        actor.appointment_id: [line.code for line in queries.list_inbox(actor, pile=PetitionFilter.TO_DECIDE, at=desk.at)]
        for actor in (whom, *others)
    }  # fmt: skip
    assert listed.pop(whom.appointment_id) == []
    assert set(map(tuple, listed.values())) == {(filed.code,)}
    assert queries.count_inbox(whom, at=desk.at)[PetitionFilter.TO_DECIDE] == 0
    again = replace(whom, appointment_id=(whom.appointment_id or 0) + 99_999)
    with pytest.raises(PetitionNotFoundError):
        queries.get_petition(filed.id, actor=again, purpose="Xem", at=desk.at)
    for act in PetitionAct:
        assert act in BY_THE_SENDER or act not in allowed_acts(
            facts_of(desk.row(filed), actor=whom, at=desk.at)
        )


def test_pages_of_every_role(desk: Desk) -> None:
    filed = about(desk, desk.world.mai)
    mai, hung, phuc, thao = (sign_in(Client(), one) for one in (desk.world.mai, desk.world.hung, desk.world.phuc, desk.world.thao))  # fmt: skip
    for where in ("", "noi-dung.txt", "viec/tiep-nhan/", "bien-nhan/"):
        assert mai.get(f"{ROOT}{filed.id}/{where}").status_code == 404
    assert mai.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "other"}).status_code == 404
    assert f"{filed.id}" not in mai.get(f"{ROOT}?ma={filed.code}").content.decode()
    for client in (hung, phuc):
        page = client.get(f"{ROOT}{filed.id}/").content.decode()
        assert "Người này không xem được phản ánh" in page
        assert filed.code in client.get(f"{ROOT}?ma={filed.code}").content.decode()
    assert thao.get(f"{ROOT}{filed.id}/").status_code == 403
    given = hung.get(f"{ROOT}{filed.id}/viec/giao/").content.decode()
    assert f'value="{desk.world.mai.appointment_id}"' not in given, "it cannot be given to them"


def test_it_is_named_on_the_page_of_classifying_and_taken_out_of_their_hands(desk: Desk) -> None:
    filed = desk.accepted()
    assert desk.row(filed).holder_id == desk.world.mai.appointment_id
    filed = desk.file(text="Một việc khác: cán bộ bắt chờ rồi không giải thích gì cả.")
    hung = sign_in(Client(), desk.world.hung)
    mai_id = desk.world.mai.appointment_id
    assert f'value="{mai_id}"' in hung.get(f"{ROOT}{filed.id}/").content.decode()
    answer = hung.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "conduct", "ve-ai": str(mai_id)})
    assert answer.status_code == 303
    row = desk.row(filed)
    assert (row.about_id, row.about_account_id) == (mai_id, desk.world.mai.account_id)
    assert f'value="{mai_id}" selected' in hung.get(f"{ROOT}{filed.id}/").content.decode()
    bad = hung.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "conduct", "ve-ai": "99999999"})
    assert bad.status_code == 422
    cleared = hung.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "other", "ve-ai": ""})
    assert cleared.status_code == 303
    assert desk.row(filed).about_id is None


def test_who_names_themselves_is_led_back_to_the_list(desk: Desk) -> None:
    filed = desk.file()
    mai = sign_in(Client(), desk.world.mai)
    told = {"loai": "conduct", "ve-ai": str(desk.world.mai.appointment_id)}
    answer = mai.post(f"{ROOT}{filed.id}/phan-loai/", told)
    assert (answer.status_code, answer["Location"]) == (303, ROOT)


def test_it_is_never_given_to_them_by_whatever_way(desk: Desk) -> None:
    world = desk.world
    filed = about(desk, world.mai)
    with pytest.raises(PetitionNotAcceptableError, match="given_to_whom_it_is_about"):
        services.assign(
            petition_id=filed.id,
            unit_id=None,
            appointment_id=world.mai.appointment_id,
            actor=world.phuc,
            at=desk.at,
        )
    services.accept(petition_id=filed.id, actor=world.hung, at=desk.at)
    with pytest.raises(PetitionNotFoundError):
        services.propose_answer(
            petition_id=filed.id,
            words=ANSWER,
            leader_id=world.phuc.appointment_id or 0,
            actor=world.mai,
            at=desk.at,
        )
    for column in ("holder_id", "leader_id"):
        with pytest.raises(IntegrityError, match="petition_not_with"), transaction.atomic():
            Petition.objects.filter(pk=filed.id).update(**{column: world.mai.appointment_id})


def test_others_carry_it_to_its_answer(desk: Desk) -> None:
    world = desk.world
    filed = about(desk, world.mai)
    services.accept(petition_id=filed.id, actor=world.hung, at=desk.at)
    leader = world.phuc.appointment_id or 0
    services.propose_answer(
        petition_id=filed.id, words=ANSWER, leader_id=leader, actor=world.hung, at=desk.at
    )
    services.approve_answer(petition_id=filed.id, actor=world.phuc, at=desk.at)
    assert desk.row(filed).state == PetitionState.ANSWERED


def test_they_are_told_nothing_in_the_morning(desk: Desk) -> None:
    filed = about(desk, desk.world.mai)
    tell_what_is_late(at=desk.at + dt.timedelta(days=24))
    letters = {row.object_id: str(row.letter) for row in Message.objects.filter(template="petitions_late")}
    assert str(desk.world.mai.appointment_id) not in {str(key) for key in letters}
    assert any(filed.code in letter for letter in letters.values())


def test_a_page_of_a_dossier_does_not_tell_them_that_it_exists(desk: Desk, lives: Lives) -> None:
    from vanlang.dossiers.models import Dossier

    dossier = Dossier.objects.get(pk=lives.to(State.IN_PROGRESS))
    filed = about(desk, desk.world.mai, dossier_code=dossier.code)
    world = desk.world
    assert queries.list_about_dossier(dossier.pk, actor=world.mai) == []
    for actor in (world.hung, world.phuc, world.lan):
        assert [one.code for one in queries.list_about_dossier(dossier.pk, actor=actor)] == [filed.code]


# --- above them ---------------------------------------------------------------------------------------


@pytest.fixture
def province(desk: Desk) -> int:
    name = NewName("UBND tỉnh Phú Thọ", "UBND tỉnh")
    return int(add_agency(code="H44.01", kind=AgencyKind.PROVINCE, name=name, valid_from=dt.date(2025, 7, 1)))


def test_a_petition_about_a_leader_goes_above_them(desk: Desk, province: int) -> None:
    world = desk.world
    filed = about(desk, world.phuc)
    acts = set(allowed_acts(facts_of(desk.row(filed), actor=world.hung, at=desk.at)))
    assert acts == BEFORE_IT_GOES_ABOVE
    with pytest.raises(PetitionActError, match="about_a_leader"):
        services.accept(petition_id=filed.id, actor=world.hung, at=desk.at)
    with pytest.raises(PetitionNotAcceptableError, match="route_above"):
        services.route(
            petition_id=filed.id, agency_id=world.nong_trang.id, note="", actor=world.hung, at=desk.at
        )
    page = sign_in(Client(), world.hung).get(f"{ROOT}{filed.id}/viec/chuyen/").content.decode()
    assert f'value="{province}"' in page
    assert f'value="{world.nong_trang.id}"' not in page
    services.route(petition_id=filed.id, agency_id=province, note="", actor=world.hung, at=desk.at)
    there = replace(world.hung, agency_id=province)
    assert PetitionAct.ACCEPT in allowed_acts(facts_of(desk.row(filed), actor=there, at=desk.at))
    with pytest.raises(PetitionNotFoundError):
        at_both = replace(world.phuc, agency_id=province)
        queries.get_petition(filed.id, actor=at_both, purpose="Xem", at=desk.at)


def test_within_the_province_another_leader_answers(desk: Desk, province: int) -> None:
    world = desk.world
    Appointment.objects.filter(pk=world.phuc.appointment_id).update(agency_id=province)
    filed = desk.file(agency_id=province)
    there = replace(world.hung, agency_id=province)
    services.classify(
        petition_id=filed.id,
        kind=PetitionKind.CONDUCT,
        about=world.phuc.appointment_id,
        actor=there,
        at=desk.at,
    )
    assert PetitionAct.ACCEPT in allowed_acts(facts_of(desk.row(filed), actor=there, at=desk.at))
