"""How petitions come in: from whom, with which code and secret, and what is not taken in."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.identity.api import SYSTEM
from vanlang.petitions import queries, services
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.errors import (
    PetitionNotAcceptableError,
    PetitionNotAllowedError,
    PetitionNotFoundError,
    TooManyPetitionsError,
)
from vanlang.petitions.models import (
    Petition,
)
from vanlang.petitions.tests.factories import ANSWER, TEXT, Desk
from vanlang.petitions.types import (
    PetitionKind,
    PetitionSource,
    RepeatGround,
    Sender,
)


def test_another_systems_petition_is_one_whatever_how_often_it_comes(desk: Desk) -> None:
    first = desk.file(
        actor=SYSTEM, source=PetitionSource.NATIONAL, external_id="PAKN.1", sender=Sender(phone="0911222333")
    )
    again = desk.file(actor=SYSTEM, source=PetitionSource.NATIONAL, external_id="PAKN.1", text="khác")
    assert (again.id, again.is_new) == (first.id, False)
    assert queries.find_external(PetitionSource.NATIONAL, "PAKN.1") == first.id
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " "}, "petitions.empty"),
        ({"title": "x" * 201}, "petitions.title_too_long"),
        ({"sender": Sender(name="Lan")}, "petitions.no_contact"),
    ],
)
def test_what_is_not_taken_in(desk: Desk, changes: dict[str, object], code: str) -> None:
    with pytest.raises(PetitionNotAcceptableError, match=code):
        desk.file(**changes)  # type: ignore[arg-type] # fields by name


def test_who_signed_in_needs_no_contact_and_follows_without_a_secret(desk: Desk) -> None:
    filed = desk.file(actor=desk.world.lan, sender=Sender())
    assert desk.row(filed).contact["personal_id"] == "025190012123"
    page = queries.get_sender_page(filed.id, key=SenderKey(actor=desk.world.lan), at=desk.at)
    assert page.code == filed.code
    assert [one.code for one in queries.list_of_sender(desk.world.lan)] == [filed.code]


def test_an_officer_files_for_nobody_at_the_portal_and_a_leader_takes_none_down(desk: Desk) -> None:
    with pytest.raises(PetitionNotAllowedError, match="file_as_citizen"):
        desk.file(actor=desk.world.mai)
    with pytest.raises(PetitionNotAllowedError, match="act_not_for_role"):
        desk.file(actor=desk.world.thao, source=PetitionSource.COUNTER)
    assert desk.file(actor=desk.world.hung, source=PetitionSource.COUNTER, sender=Sender()).secret


def test_codes_count_through_the_day(desk: Desk) -> None:
    assert [desk.file().code for _ in range(3)] == ["PA-261123-0001", "PA-261123-0002", "PA-261123-0003"]
    assert desk.file(at=desk.at + dt.timedelta(days=2)).code == "PA-261125-0001"


def test_a_secret_is_shown_a_few_times_only(desk: Desk) -> None:
    filed = desk.file()
    petition_id, key = services.prove(code=filed.code, secret=filed.secret.lower(), at=desk.at)
    assert petition_id == filed.id
    assert key.secret_mark == desk.key(filed).secret_mark
    for _ in range(5):
        with pytest.raises(PetitionNotFoundError, match="wrong_secret"):
            services.prove(code=filed.code, secret="WRONG", at=desk.at)
    with pytest.raises(TooManyPetitionsError):
        services.prove(code=filed.code, secret=filed.secret, at=desk.at)
    with pytest.raises(PetitionNotFoundError, match="wrong_secret"):
        services.prove(code="PA-000000-0000", secret=filed.secret, at=desk.at)


def test_the_same_words_are_marked_as_repeated_with_the_earlier_one(desk: Desk) -> None:
    first = desk.file()
    other = Sender(phone="0911222333")
    again = desk.file(text="Kính gửi phường. " + TEXT, sender=other, at=desk.at + dt.timedelta(days=1))
    row = desk.row(again)
    assert (row.repeats_id, row.repeat_ground) == (first.id, RepeatGround.WORDS)
    page = queries.get_petition(again.id, actor=desk.world.mai, purpose="Phân loại", at=desk.at)
    assert page.likes[0].code == first.code
    assert page.likes[0].likeness_percent >= 60
    assert page.repeats_code == first.code


def test_the_same_sender_about_the_same_matter_is_repeated(desk: Desk) -> None:
    first = desk.file()
    again = desk.file(title="Vẫn chờ", text=TEXT[:90], sender=Sender(phone="+84 987 654 321"))
    row = desk.row(again)
    assert (row.repeats_id, row.repeat_ground) == (first.id, RepeatGround.SENDER)


def test_a_person_may_say_that_it_is_no_repetition(desk: Desk) -> None:
    desk.file()
    again = desk.file()
    assert desk.row(again).repeats_id is not None
    services.classify(
        petition_id=again.id, kind=PetitionKind.OTHER, repeats=None, actor=desk.world.mai, at=desk.at
    )
    assert desk.row(again).repeats_id is None
    strange = desk.file(
        title="Đường hỏng", text="Đường vào khu dân cư hỏng nặng", sender=Sender(phone="0911222333")
    )
    with pytest.raises(PetitionNotAcceptableError, match="not_alike"):
        services.classify(
            petition_id=again.id,
            kind=PetitionKind.OTHER,
            repeats=strange.id,
            actor=desk.world.mai,
            at=desk.at,
        )


def test_a_merged_one_reads_the_public_version_of_the_leading_answer(desk: Desk) -> None:
    first = desk.proposed()
    other = desk.classified(sender=Sender(name="Trần Thị Hoa", phone="0911222333"))
    services.merge(petition_id=other.id, into=first.id, actor=desk.world.mai, at=desk.at)
    services.approve_answer(petition_id=first.id, and_publish=True, actor=desk.world.phuc, at=desk.at)
    page = queries.get_sender_page(other.id, key=desk.key(other), at=desk.at)
    assert page.answer == ANSWER.public_answer
    assert "Thịnh" not in page.answer
