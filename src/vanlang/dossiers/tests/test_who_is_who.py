"""The five facts of a dossier: written at filing from who acts and what the house knows, closed by the database."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from vanlang.dossiers import queries, services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, DossierNotFound
from vanlang.dossiers.models import Dossier, Seat
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.rules.parties import Authority, authority_of
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_citizen
from vanlang.dossiers.types import Channel, PartyFacts
from vanlang.identity.api import (
    Actor,
    EntityFacts,
    EntityKind,
    MandateFacts,
    MandateKind,
    RepresentationKind,
    add_representation,
    end_representation,
    give_mandate,
    remember_entity,
    revoke_mandate,
    scope_of,
)
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.scope import acting

ONE, TWO = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))


@pytest.mark.parametrize(
    ("applicant", "agent", "represents", "has_mandate", "authority"),
    [
        (ONE, None, False, False, Authority.OWN),
        (ONE, ONE, False, False, Authority.OWN),
        (ONE, ONE, False, True, Authority.OWN),
        (ONE, TWO, False, True, Authority.MANDATE),
        (ONE, TWO, False, False, Authority.NONE_SHOWN),
        (ONE, TWO, True, False, Authority.NONE_SHOWN),
        (None, TWO, True, False, Authority.REPRESENTATIVE),
        (None, TWO, True, True, Authority.REPRESENTATIVE),
        (None, TWO, False, True, Authority.MANDATE),
        (None, TWO, False, False, Authority.NONE_SHOWN),
        (None, None, False, False, Authority.NONE_SHOWN),
    ],
)
def test_authority_follows_from_who_was_there(
    applicant: object, agent: object, represents: bool, has_mandate: bool, authority: Authority
) -> None:
    found = authority_of(
        applicant_id=applicant,  # type: ignore[arg-type] # any equal values do
        agent_id=agent,  # type: ignore[arg-type] # any equal values do
        represents=represents,
        has_mandate=has_mandate,
    )
    assert found is authority


@pytest.fixture
def son(world: World) -> Actor:
    return make_citizen("Trần Văn Sơn", "025190012888", "0911111111", world.at)[0]


@pytest.fixture
def company(world: World, son: Actor) -> PartyFacts:
    """An enterprise that Sơn represents."""
    facts = EntityFacts(
        kind=EntityKind.ENTERPRISE, number="0100109106", name="Công ty TNHH Chè Đất Tổ", address="Việt Trì"
    )
    entity_id = remember_entity(facts=facts, at=world.at)
    assert son.person_id
    add_representation(
        entity_id=entity_id,
        person_id=son.person_id,
        kind=RepresentationKind.LEGAL,
        actor=world.hung,
        at=world.at,
    )
    return PartyFacts(
        entity_id=entity_id, entity_number="0100109106", full_name=facts.name, address=facts.address
    )


def _filed(world: World, actor: Actor, **changes: object) -> Dossier:
    moved = services.submit(filing=world.filing(**changes), actor=actor, at=world.at)
    return Dossier.objects.get(pk=moved.dossier_id)


def test_left_out_of_a_filing_all_five_are_the_applicant(world: World) -> None:
    row = _filed(world, world.lan)
    lan = world.lan.person_id
    assert (row.subject_id, row.applicant_id, row.operator_id, row.payer_id, row.recipient_id) == (lan,) * 5
    assert (row.subject_name, row.payer_name, row.recipient_name) == ("Nguyễn Thị Lan",) * 3
    assert row.authority == Authority.OWN
    assert row.operator_appointment_id is None


def test_at_the_counter_the_hand_is_the_officers(world: World) -> None:
    row = _filed(world, world.hung, channel=Channel.DIRECT)
    assert (row.operator_id, row.operator_appointment_id) == (None, world.hung.appointment_id)
    assert row.authority == Authority.OWN


def test_who_came_for_another_is_named_and_what_was_not_shown_is_noted(world: World, son: Actor) -> None:
    helper = PartyFacts(person_id=son.person_id, full_name="Trần Văn Sơn", personal_id="025190012888")
    row = _filed(world, world.hung, channel=Channel.DIRECT, agent=helper, ground="Hàng xóm")
    assert (row.agent_id, row.agent_name, row.authority) == (
        son.person_id,
        "Trần Văn Sơn",
        Authority.NONE_SHOWN,
    )
    page = queries.get_dossier_page(row.pk, actor=world.hung, purpose="Giải quyết hồ sơ", at=world.at)
    assert page.parties.ground == "Hàng xóm"
    assert page.parties.agent is not None


def test_each_fact_may_be_somebody_else(world: World, company: PartyFacts, son: Actor) -> None:
    child, facts = make_citizen("Trần Gia An", "025220012000", "", world.at)
    recipient = PartyFacts(person_id=son.person_id, full_name="Trần Văn Sơn", personal_id="025190012888")
    row = _filed(world, world.lan, subject=facts, payer=company, recipient=recipient)
    assert (row.subject_id, row.subject_name) == (child.person_id, "Trần Gia An")
    assert (row.payer_id, row.payer_entity_id, row.payer_number) == (None, company.entity_id, "0100109106")
    assert (row.recipient_id, row.recipient_name) == (son.person_id, "Trần Văn Sơn")
    page = queries.get_for_citizen(row.pk, actor=world.lan, at=world.at)
    assert page.subject_name == "Trần Gia An"
    assert page.parties.payer == company_without_address(company)
    seat = Seat.objects.get(dossier=row, agency_id=world.viet_tri.id)
    assert seat.subject_name == "Trần Gia An"
    found = queries.list_inbox(world.hung, at=world.at, filter=queries_filter_all(), text="gia an").cards
    assert [(card.dossier_id, card.subject) for card in found] == [(row.pk, "Trần G. A.")]


def company_without_address(company: PartyFacts) -> PartyFacts:
    return replace(company, phone="", email="")


def queries_filter_all():  # type: ignore[no-untyped-def] # one member
    from vanlang.dossiers.types import InboxFilter

    return InboxFilter.ALL


@pytest.mark.parametrize("part", ["payer", "recipient", "subject"])
def test_payer_recipient_and_subject_alone_see_nothing(world: World, son: Actor, part: str) -> None:
    facts = PartyFacts(person_id=son.person_id, full_name="Trần Văn Sơn")
    row = _filed(world, world.lan, **{part: facts})
    with pytest.raises(DossierNotFound):
        access_dossier(row.pk, actor=son)
    with acting(scope_of(son)):
        assert not Dossier.objects.exists()


class TestLegalEntity:
    def test_a_representative_files_in_its_name(self, world: World, company: PartyFacts, son: Actor) -> None:
        acts = replace(son, entity_id=company.entity_id)
        with acting(scope_of(acts)):
            row = _filed(world, acts, applicant=company)
        assert (row.applicant_id, row.applicant_entity_id) == (None, company.entity_id)
        assert (row.authority, row.operator_id, row.agent_id) == (
            Authority.REPRESENTATIVE,
            son.person_id,
            son.person_id,
        )
        line = queries.list_inbox(
            world.hung, at=world.at, text="0100109106", filter=queries_filter_all()
        ).cards
        assert [card.applicant for card in line] == ["Công ty TNHH Chè Đất Tổ"], "public, so not masked"

    def test_it_is_seen_only_while_acting_for_it(self, world: World, company: PartyFacts, son: Actor) -> None:
        acts = replace(son, entity_id=company.entity_id)
        row = _filed(world, acts, applicant=company)
        assert access_dossier(row.pk, actor=acts) == row
        for actor in (son, world.lan, replace(world.lan, entity_id=None)):
            with pytest.raises(DossierNotFound):
                access_dossier(row.pk, actor=actor)
            with acting(scope_of(actor)):
                assert not Dossier.objects.exists()
        with acting(scope_of(acts)):
            assert [card.id for card in queries.list_for_citizen(acts, at=world.at)] == [row.pk]

    def test_a_colleague_sees_what_the_first_filed(
        self, world: World, company: PartyFacts, son: Actor
    ) -> None:
        row = _filed(world, replace(son, entity_id=company.entity_id), applicant=company)
        colleague = replace(world.lan, entity_id=company.entity_id)
        with acting(scope_of(colleague)):
            assert access_dossier(row.pk, actor=colleague).pk == row.pk

    def test_a_list_is_either_ones_own_or_the_entitys(
        self, world: World, company: PartyFacts, son: Actor
    ) -> None:
        acts = replace(world.lan, entity_id=company.entity_id)
        own = _filed(world, world.lan)
        its = _filed(world, replace(son, entity_id=company.entity_id), applicant=company)
        assert [card.id for card in queries.list_for_citizen(world.lan, at=world.at)] == [own.pk]
        assert [card.id for card in queries.list_for_citizen(acts, at=world.at)] == [its.pk]

    def test_a_stranger_cannot_file_in_its_name_unnoticed(self, world: World, company: PartyFacts) -> None:
        with pytest.raises(ActNotAllowed):
            services.submit(filing=world.filing(applicant=company), actor=world.lan, at=world.at)
        row = _filed(world, world.lan, applicant=company, operator_id=world.lan.person_id)
        assert row.authority == Authority.NONE_SHOWN

    def test_authority_that_ended_is_none(self, world: World, company: PartyFacts, son: Actor) -> None:
        from vanlang.identity.api import list_representations

        assert son.person_id
        (held,) = list_representations(son.person_id, world.at.date())
        end_representation(representation_id=held.id, on=world.at.date(), actor=world.hung, at=world.at)
        helper = PartyFacts(person_id=son.person_id, full_name="Trần Văn Sơn")
        row = _filed(world, world.hung, applicant=company, agent=helper, channel=Channel.DIRECT)
        assert row.authority == Authority.NONE_SHOWN

    def test_help_is_counted_by_month_and_right_for_one_agency(
        self, world: World, company: PartyFacts, son: Actor
    ) -> None:
        assert son.person_id
        helper = PartyFacts(person_id=son.person_id, full_name="Trần Văn Sơn")
        _filed(world, world.lan)
        _filed(world, replace(son, entity_id=company.entity_id), applicant=company)
        _filed(world, world.lan, applicant=company, operator_id=world.lan.person_id)
        _filed(world, world.hung, agent=helper, channel=Channel.DIRECT)
        begins = world.at.replace(day=1, hour=0)
        (month,) = queries.count_help(
            actor=world.phuc, from_at=begins, to_at=world.at + dt.timedelta(seconds=1)
        )
        assert (month.first_on, month.filed, month.representative, month.mandate) == (begins.date(), 4, 1, 0)
        assert (month.unshown_here, month.unshown_online, month.unshown) == (1, 1, 2)
        assert queries.count_help(actor=world.phuc, from_at=begins, to_at=begins) == []
        elsewhere = replace(world.phuc, agency_id=world.nong_trang.id)
        assert queries.count_help(actor=elsewhere, from_at=begins, to_at=world.at) == []


class TestMandate:
    def give(self, world: World, son: Actor, **changes: object) -> object:
        facts = MandateFacts(
            kind=MandateKind.ONLINE,
            principal_id=world.lan.person_id,
            agent_id=son.person_id or world.viet_tri.id,  # type: ignore[arg-type] # a person
            valid_to=world.at.date() + dt.timedelta(days=30),
        )
        return give_mandate(facts=replace(facts, **changes), actor=world.lan, at=world.at)  # type: ignore[arg-type] # fields by name

    def test_one_in_force_is_the_authority(self, world: World, son: Actor) -> None:
        mandate_id = self.give(world, son)
        with acting(scope_of(son)):
            row = _filed(world, son, operator_id=son.person_id, mandate_id=mandate_id)
        assert (row.authority, row.mandate_id) == (Authority.MANDATE, mandate_id)

    def test_revoked_refuses_the_mandate_not_the_help(self, world: World, son: Actor) -> None:
        mandate_id = self.give(world, son)
        revoke_mandate(mandate_id=mandate_id, actor=world.lan, at=world.at)  # type: ignore[arg-type] # a uuid
        with pytest.raises(ActNotPossible) as refused:
            _filed(world, son, operator_id=son.person_id, mandate_id=mandate_id)
        assert refused.value.code == "identity.mandate_revoked"
        row = _filed(world, son, operator_id=son.person_id)
        assert row.authority == Authority.NONE_SHOWN

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"procedure_codes": ("9.999999",)}, "identity.mandate_other_procedure"),
            ({"valid_from": dt.date(2026, 12, 1)}, "identity.mandate_not_yet"),
        ],
    )
    def test_why_it_does_not_hold(
        self, world: World, son: Actor, changes: dict[str, object], code: str
    ) -> None:
        mandate_id = self.give(world, son, **changes)
        with pytest.raises(ActNotPossible) as refused:
            _filed(world, son, operator_id=son.person_id, mandate_id=mandate_id)
        assert refused.value.code == code

    def test_that_of_others_is_no_ground(self, world: World, son: Actor) -> None:
        mandate_id = self.give(world, son)
        thief, _ = make_citizen("Lê Văn Trộm", "025190012999", "0922222222", world.at)
        with pytest.raises(ActNotPossible) as refused:
            _filed(world, thief, operator_id=thief.person_id, mandate_id=mandate_id)
        assert refused.value.code == "identity.mandate_of_others"


@pytest.mark.parametrize(
    "change",
    [
        {"applicant_id": None},
        {"subject_id": None},
        {"operator_id": None},
        {"payer_id": None},
        {"recipient_id": None},
        {"authority": "mandate"},
        {"authority": "representative"},
    ],
)
def test_the_database_keeps_the_facts_whole(world: World, change: dict[str, object]) -> None:
    row = _filed(world, world.lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=row.pk).update(**change)


def test_nobody_handles_a_matter_of_their_own_for_which_another_applied(world: World, lives: Lives) -> None:
    facts = PartyFacts(person_id=world.lan.person_id, full_name="Nguyễn Thị Lan")
    other, applicant = make_citizen("Trần Văn Sơn", "025190012888", "0911111111", world.at)
    row = _filed(world, other, applicant=applicant, subject=facts)
    lan_at_work = replace(world.hung, person_id=world.lan.person_id)
    with pytest.raises(ActNotAllowed):
        services.receive(dossier_id=row.pk, actor=lan_at_work, at=world.at)


def test_what_was_filed_before_is_carried_over(world: World, lives: Lives, son: Actor) -> None:
    """The migration's own statement, run on rows as they were before it: it writes what filing writes now."""
    carrying = importlib.import_module("vanlang.dossiers.migrations.0007_five_facts_carried_over")
    own, helped = _filed(world, world.lan), _filed(world, son, operator_id=son.person_id)
    typed = _filed(world, world.hung, channel=Channel.DIRECT)
    assert lives.to(State.IN_PROGRESS)
    facts = [field.attname for field in Dossier._meta.get_fields() if hasattr(field, "attname")]
    before = {row.pk: row.__dict__ for row in Dossier.objects.all()}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for constraint in Dossier._meta.constraints:
            if constraint.name in {
                "dossier_one_subject", "dossier_one_operator", "dossier_one_payer", "dossier_one_recipient"
            }:  # fmt: skip
                cursor.execute(f"ALTER TABLE dossiers_dossier DROP CONSTRAINT {constraint.name}")
        cursor.execute(
            "UPDATE dossiers_dossier SET authority = '', agent_id = NULL, agent_name = '', agent_number = '', "
            "agent_phone = '', operator_appointment_id = NULL, "
            "operator_id = CASE WHEN operator_id <> applicant_id THEN operator_id END, subject_id = NULL, "
            "subject_name = '', subject_number = '', subject_address = '', payer_id = NULL, payer_name = '', "
            "payer_number = '', payer_address = '', recipient_id = NULL, recipient_name = '', recipient_number = '', "
            "recipient_phone = ''"
        )
        cursor.execute(carrying.CARRY_OVER)
    assert {own.pk, helped.pk, typed.pk} < set(before)
    for row in Dossier.objects.all():
        known = before[row.pk] | {"agent_number": "", "agent_phone": ""}
        assert {name: getattr(row, name) for name in facts} == {name: known[name] for name in facts}
