"""Who may act for me and for whom I act: given, confirmed, ended; nothing typed is lost when a mandate ends meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import (
    EntityFacts,
    EntityKind,
    RepresentationKind,
    add_representation,
    end_representation,
    list_representations,
    remember_entity,
)
from vanlang.identity.models import Mandate, Person
from vanlang.portal.tests.test_filing import begin, fill

SON = {"agent_name": "Trần Văn Sơn", "agent_personal_id": "025085000456", "until_on": "31/12/2026"}


def give(client: Client, **more: str) -> Mandate:
    answer = client.post(reverse("portal:mandates"), {**SON, **more, "dong-y": "1"})
    assert answer.status_code == 303
    return Mandate.objects.order_by("-given_at", "-id")[0]


def test_it_is_read_in_plain_sentences_before_it_is_given(lan: Client, world: World) -> None:
    page = lan.post(reverse("portal:mandates"), SON).content.decode()
    assert "Nguyễn Thị Lan đồng ý để Trần Văn Sơn làm thay" in page
    assert "đến hết ngày 31/12/2026" in page
    assert not Mandate.objects.exists()
    mandate = give(lan)
    assert (mandate.principal_id, mandate.valid_to) == (world.lan.person_id, dt.date(2027, 1, 1))
    assert "Trần Văn Sơn" in lan.get(reverse("portal:mandates")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"agent_personal_id": "123"}, "Hãy nhập đủ 12 chữ số"),
        ({"agent_name": "Sơn"}, "Hãy ghi đủ họ và tên"),
        ({"procedure_code": "9.999999"}, "Không có thủ tục nào mang mã này"),
        ({"until_on": "01/01/2020"}, "Ngày hết hiệu lực phải sau ngày bắt đầu."),
        ({"until_on": "31/12/2030"}, "nhiều nhất một năm"),
        ({"agent_personal_id": "025190012123"}, "Không cần ủy quyền cho chính mình."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    lan: Client, world: World, wrong: dict[str, str], says: str
) -> None:
    answer = lan.post(reverse("portal:mandates"), {**SON, **wrong, "dong-y": "1"})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert wrong.get("agent_name", "Trần Văn Sơn") in answer.content.decode()
    assert not Mandate.objects.exists()


def test_typing_somebodys_number_neither_shows_nor_changes_them(
    lan: Client, stranger: Client, world: World
) -> None:
    give(lan, agent_name="Tên Khác Hẳn")
    assert Person.objects.get(personal_id="025085000456").full_name == "Trần Văn Sơn"


def test_the_agent_files_under_it_in_the_principals_name(lan: Client, stranger: Client, world: World) -> None:
    mandate = give(lan)
    draft_id = begin(stranger)
    fill(stranger, world, draft_id)
    assert (
        "Nguyễn Thị Lan ủy quyền"
        in stranger.get(reverse("portal:draft_place", args=[draft_id])).content.decode()
    )
    place = {"place": world.viet_tri.id, "phone": "0911111111", "mandate_id": str(mandate.pk), "next": "1"}
    assert stranger.post(reverse("portal:draft_place", args=[draft_id]), place).status_code == 303
    assert stranger.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    row = Dossier.objects.get()
    assert (row.applicant_id, row.authority, row.mandate_id) == (world.lan.person_id, "mandate", mandate.pk)
    assert lan.get(f"/ho-so/{row.pk}/").status_code == 200, "the principal sees it"


def test_ended_meanwhile_nothing_is_lost_and_help_goes_on_without(
    lan: Client, stranger: Client, world: World
) -> None:
    mandate = give(lan)
    draft_id = begin(stranger)
    fill(stranger, world, draft_id)
    place = {"place": world.viet_tri.id, "phone": "0911111111", "mandate_id": str(mandate.pk), "next": "1"}
    stranger.post(reverse("portal:draft_place", args=[draft_id]), place)
    assert lan.post(reverse("portal:end_mandate", args=[mandate.pk])).status_code == 303
    refused = stranger.post(reverse("portal:draft_review", args=[draft_id]))
    assert refused.status_code == 422
    assert "Người ủy quyền đã chấm dứt ủy quyền này." in refused.content.decode()
    assert not Dossier.objects.exists()
    again = stranger.get(reverse("portal:draft_place", args=[draft_id])).content.decode()
    assert 'value="Nguyễn Thị Lan"' in again, "the name stays, the mandate does not"
    helped = {"place": world.viet_tri.id, "phone": "0911111111", "other_name": "Nguyễn Thị Lan", "next": "1"}
    stranger.post(reverse("portal:draft_place", args=[draft_id]), helped)
    assert stranger.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    assert Dossier.objects.get().authority == "none_shown"


def test_only_who_gave_it_ends_it(lan: Client, stranger: Client, world: World) -> None:
    mandate = give(lan)
    assert stranger.post(reverse("portal:end_mandate", args=[mandate.pk])).status_code == 403
    mandate.refresh_from_db()
    assert mandate.revoked_at is None


class TestLegalEntity:
    @pytest.fixture
    def company(self, world: World) -> str:
        facts = EntityFacts(kind=EntityKind.ENTERPRISE, number="0100109106", name="Công ty TNHH Chè Đất Tổ")
        entity_id = remember_entity(facts=facts, at=world.at)
        assert world.lan.person_id
        add_representation(
            entity_id=entity_id,
            person_id=world.lan.person_id,
            kind=RepresentationKind.LEGAL,
            actor=world.hung,
            at=world.at,
        )
        return str(entity_id)

    def test_a_representative_files_and_follows_in_its_name(
        self, lan: Client, world: World, company: str
    ) -> None:
        assert lan.post(reverse("portal:stand_for"), {"entity": company}).status_code == 303
        assert "Hồ sơ của tổ chức" in lan.get("/ho-so/").content.decode()
        draft_id = begin(lan)
        fill(lan, world, draft_id)
        assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
        row = Dossier.objects.get()
        assert (str(row.applicant_entity_id), row.authority) == (company, "representative")
        assert lan.get(f"/ho-so/{row.pk}/").status_code == 200
        lan.post(reverse("portal:stand_for"), {"entity": ""})
        assert lan.get(f"/ho-so/{row.pk}/").status_code == 404, "as herself she does not see the company's"

    def test_a_draft_for_it_is_not_filed_in_ones_own_name(
        self, lan: Client, world: World, company: str
    ) -> None:
        lan.post(reverse("portal:stand_for"), {"entity": company})
        draft_id = begin(lan)
        fill(lan, world, draft_id)
        lan.post(reverse("portal:stand_for"), {"entity": ""})
        answer = lan.post(reverse("portal:draft_review", args=[draft_id]))
        assert answer.status_code == 422
        assert "đứng tên khác" in answer.content.decode()
        assert not Dossier.objects.exists()

    def test_when_the_representation_ends_the_next_request_is_ones_own(
        self, lan: Client, world: World, company: str
    ) -> None:
        lan.post(reverse("portal:stand_for"), {"entity": company})
        assert world.lan.person_id
        (held,) = list_representations(world.lan.person_id, world.at.date())
        end_representation(representation_id=held.id, on=world.at.date(), actor=world.hung, at=world.at)
        assert "Hồ sơ của tôi" in lan.get("/ho-so/").content.decode()

    def test_a_stranger_cannot_choose_it(self, stranger: Client, world: World, company: str) -> None:
        stranger.post(reverse("portal:stand_for"), {"entity": company})
        assert "Hồ sơ của tổ chức" not in stranger.get("/ho-so/").content.decode()

    def test_who_left_says_so_and_sees_no_more(
        self, lan: Client, stranger: Client, world: World, company: str
    ) -> None:
        assert world.lan.person_id
        (held,) = list_representations(world.lan.person_id, world.at.date())
        here = reverse("portal:leave_entity", args=[held.id])
        assert stranger.post(here).status_code == 403
        lan.post(reverse("portal:stand_for"), {"entity": company})
        assert "Công ty TNHH Chè Đất Tổ" in lan.get(here).content.decode()
        assert lan.post(here).status_code == 303
        assert list_representations(world.lan.person_id, world.at.date()) == []
        assert "Hồ sơ của tổ chức" not in lan.get("/ho-so/").content.decode()
