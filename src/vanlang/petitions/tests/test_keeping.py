"""What is kept of a petition, who sees it, and what the database itself refuses."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from vanlang.audit.api import list_records
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions import queries, services
from vanlang.petitions.errors import (
    PetitionNotFoundError,
)
from vanlang.petitions.models import (
    Petition,
    PetitionMovement,
)
from vanlang.petitions.tests.factories import ANSWER, TEXT, Desk
from vanlang.petitions.types import (
    PetitionKind,
    PetitionSource,
    PetitionState,
    Sender,
)

_S = PetitionState


def test_words_and_contact_stand_nowhere_in_the_clear(desk: Desk) -> None:
    filed = desk.proposed()
    with connection.cursor() as cursor:
        for table in ("petitions_petition", "petitions_petitionanswer", "petitions_petitionmovement"):
            cursor.execute(f"SELECT t::text FROM {table} AS t")  # noqa: S608 - our own tables
            stored = "\n".join(row[0] for row in cursor.fetchall())
            for secret in ("0987654321", "Thịnh", "quầy số 2", "thinh.do", filed.secret):
                assert secret not in stored
    assert desk.row(filed).words["text"] == TEXT


def test_every_act_and_every_read_stands_in_the_log(desk: Desk) -> None:
    filed = desk.accepted()
    queries.get_petition(filed.id, actor=desk.world.mai, purpose="Giải quyết phản ánh", at=desk.at)
    acts = [record.act for record in list_records(object_type="petition", object_id=str(filed.id))]
    assert sorted(acts) == ["petitions.accept", "petitions.classify", "petitions.file", "petitions.read"]


def test_an_agency_sees_what_it_holds_and_a_citizen_what_they_sent(desk: Desk) -> None:
    mine = desk.file(actor=desk.world.lan, sender=Sender())
    desk.file(agency_id=desk.world.nong_trang.id)
    lan = desk.world.lan.person_id
    assert lan is not None
    for scope, expected in (
        (Scope.officer(desk.world.viet_tri.id), [mine.id]),
        (Scope.citizen(lan), [mine.id]),
        (Scope.citizen(uuid.uuid4()), []),
        (Scope.nobody(), []),
    ):
        with acting(scope):
            assert list(Petition.objects.values_list("pk", flat=True)) == expected
            assert set(PetitionMovement.objects.values_list("petition_id", flat=True)) == set(expected)


def test_commands_work_in_the_scope_of_who_acts(desk: Desk) -> None:
    with acting(Scope.nobody()):
        filed = desk.file()
    with acting(Scope.officer(desk.world.viet_tri.id)):
        services.classify(petition_id=filed.id, kind=PetitionKind.OTHER, actor=desk.world.mai, at=desk.at)
        services.accept(petition_id=filed.id, actor=desk.world.mai, at=desk.at)
        services.ask_supplement(petition_id=filed.id, question="Quầy nào?", actor=desk.world.mai, at=desk.at)
    with acting(Scope.nobody()):
        services.supplement(petition_id=filed.id, text="Quầy 2", key=desk.key(filed), at=desk.at)
    with acting(Scope.officer(desk.world.viet_tri.id)):
        leader = desk.world.phuc.appointment_id
        assert leader is not None
        services.propose_answer(
            petition_id=filed.id, words=ANSWER, leader_id=leader, actor=desk.world.mai, at=desk.at
        )
        services.approve_answer(petition_id=filed.id, and_publish=True, actor=desk.world.phuc, at=desk.at)
    with acting(Scope.nobody()):
        services.say_satisfaction(petition_id=filed.id, is_satisfied=True, key=desk.key(filed), at=desk.at)
        assert queries.get_sender_page(filed.id, key=desk.key(filed), at=desk.at).is_satisfied is True
    with acting(Scope.officer(desk.world.nong_trang.id)), pytest.raises(PetitionNotFoundError):
        services.unpublish(
            petition_id=filed.id, reason="x", actor=desk.world.nong_trang.specialist, at=desk.at
        )


def test_history_is_only_added_to(desk: Desk) -> None:
    desk.file()
    with pytest.raises(DatabaseError), transaction.atomic():
        PetitionMovement.objects.update(act="refuse")
    with pytest.raises(DatabaseError), transaction.atomic():
        PetitionMovement.objects.all().delete()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": _S.ANSWERED},
        {"state": _S.PUBLISHED},
        {"state": _S.AWAITING_SENDER},
        {"kind": PetitionKind.DENUNCIATION},
        {"due_at": None},
        {"ground": "other"},
        {"secret_mark": ""},
        {"merged_into": "itself"},
        {"repeat_ground": "words"},
        {"source": PetitionSource.NATIONAL},
    ],
)
def test_the_database_keeps_the_invariants(desk: Desk, changes: dict[str, object]) -> None:
    filed = desk.accepted()
    if changes.get("merged_into"):
        changes = {"merged_into": filed.id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=filed.id).update(**changes)
