"""What everybody may read, and what the sender alone may say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from vanlang.kernel.scope import Scope, acting
from vanlang.petitions import queries, services
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.errors import (
    PetitionNotAcceptableError,
    PetitionNotAllowedError,
    PetitionNotFoundError,
)
from vanlang.petitions.models import (
    Petition,
    PetitionPublication,
    PetitionSatisfaction,
)
from vanlang.petitions.tests.factories import ANSWER, Desk
from vanlang.petitions.types import (
    AnswerWords,
    SatisfactionWay,
    Sender,
)


@pytest.mark.parametrize(
    "words",
    [
        replace(ANSWER, public_answer="Trả lời ông Đỗ Văn Thịnh: đã thêm quầy."),
        replace(ANSWER, public_answer="Liên hệ 0 9 8 7.654 321."),
        replace(ANSWER, public_question="do van thinh hỏi về quầy số 2"),
        replace(ANSWER, public_title="Phản ánh của thinh.do@example.vn"),
        replace(ANSWER, public_title="Số định danh 025", public_question="052000003 là của tôi"),
    ],
)
def test_what_names_the_sender_is_not_published(desk: Desk, words: AnswerWords) -> None:
    filed = desk.proposed(words)
    if words.public_title.startswith("Số định danh"):
        Petition.objects.filter(pk=filed.id).update(
            contact={**desk.row(filed).contact, "personal_id": "025052000003"}
        )
    with pytest.raises(PetitionNotAcceptableError, match="personal_data"):
        services.approve_answer(petition_id=filed.id, and_publish=True, actor=desk.world.phuc, at=desk.at)


def test_published_is_found_by_anybody_and_taken_back_by_nobody_seen(desk: Desk) -> None:
    filed = desk.published()
    with acting(Scope.nobody()):
        (card,) = queries.list_published(text="quay so 2", at=desk.at)
        assert card.title == ANSWER.public_title
        assert not list(queries.list_published(text="không có", at=desk.at))
    services.unpublish(petition_id=filed.id, reason="Nêu tên người dân.", actor=desk.world.mai, at=desk.at)
    with acting(Scope.nobody()):
        assert not list(queries.list_published(at=desk.at))
        with pytest.raises(PetitionNotFoundError):
            queries.get_published(card.id, at=desk.at)
    assert PetitionPublication.objects.get().withdrawn_reason == "Nêu tên người dân."


def test_a_name_said_in_the_words_alone_is_not_published(desk: Desk) -> None:
    words = replace(ANSWER, text="Đã thêm một quầy.", public_answer="Trả lời ông Thịnh: đã thêm một quầy.")
    filed = desk.proposed(
        words, text="Tôi là Đỗ Văn Thịnh, chờ lâu ở quầy số 2.", sender=Sender(phone="0987654321")
    )
    with pytest.raises(PetitionNotAcceptableError, match="personal_data"):
        services.approve_answer(petition_id=filed.id, and_publish=True, actor=desk.world.phuc, at=desk.at)


def test_satisfaction_is_the_senders_alone(desk: Desk) -> None:
    filed = desk.answered()
    key = desk.key(filed)
    for wrong in (SenderKey(), SenderKey(secret_mark="x" * 64), SenderKey(actor=desk.world.lan)):
        with pytest.raises(PetitionNotFoundError):
            services.say_satisfaction(petition_id=filed.id, is_satisfied=True, key=wrong, at=desk.at)
    for officer in (desk.world.mai, desk.world.phuc, desk.world.hung):
        with pytest.raises(PetitionNotAllowedError, match="sender_says_it"):
            services.say_satisfaction(
                petition_id=filed.id, is_satisfied=True, key=replace(key, actor=officer), at=desk.at
            )
    with pytest.raises(PetitionNotAllowedError, match="sender_says_it"):
        services.say_satisfaction(
            petition_id=filed.id, is_satisfied=True, key=key, was_officer_here=True, at=desk.at
        )
    services.say_satisfaction(
        petition_id=filed.id, is_satisfied=False, why="Vẫn chờ lâu", key=key, at=desk.at
    )
    services.say_satisfaction(petition_id=filed.id, is_satisfied=True, key=key, at=desk.at)
    said = PetitionSatisfaction.objects.get()
    assert (said.is_satisfied, said.way, said.why) == (True, SatisfactionWay.SECRET, None)


def test_the_database_takes_no_satisfaction_from_an_officer(desk: Desk) -> None:
    filed = desk.answered()
    with acting(Scope.officer(desk.world.viet_tri.id)), pytest.raises(DatabaseError), transaction.atomic():
        PetitionSatisfaction.objects.create(
            petition_id=filed.id,
            is_satisfied=True,
            way=SatisfactionWay.SECRET,
            said_at=desk.at,
            changed_at=desk.at,
        )
