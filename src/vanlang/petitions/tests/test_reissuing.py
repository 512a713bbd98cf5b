"""A lost secret: at any counter, to who shows who they are; the old one dead, the sender told, nothing of the petition shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.support.people import sign_in

from vanlang.audit.api import list_records
from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.models import Message
from vanlang.petitions import queries, services
from vanlang.petitions.actors import SenderKey, secret_mark
from vanlang.petitions.errors import (
    PetitionNotAcceptableError,
    PetitionNotAllowedError,
    PetitionNotFoundError,
    TooManyPetitionsError,
)
from vanlang.petitions.models import PetitionMovement
from vanlang.petitions.tests.factories import SENDER, Desk
from vanlang.petitions.tests.test_telling import run_events
from vanlang.petitions.types import Filed, IdentityProof, PetitionAct, PetitionSource, PetitionState, Sender

ROOT = "/can-bo/phan-anh/"
CARD, PHONE = IdentityProof.CARD, IdentityProof.PHONE
NUMBER = "025190000123"


def anew(desk: Desk, filed: Filed, proof: IdentityProof = PHONE, shown: str = SENDER.phone, actor: Actor | None = None) -> Filed:  # fmt: skip
    return services.reissue_secret(
        code=filed.code, proof=proof, shown=shown, actor=actor or desk.world.hung, at=desk.at
    )


@pytest.mark.parametrize("state", list(PetitionState))
def test_in_every_state_the_new_one_opens_and_the_old_one_is_dead(desk: Desk, state: PetitionState) -> None:
    filed = desk.in_state(state)
    new = anew(desk, filed)
    assert (new.id, new.code) == (filed.id, filed.code)
    assert new.secret != filed.secret
    assert desk.row(filed).state == state
    key_id, key = services.prove(code=filed.code, secret=new.secret, at=desk.at)
    assert key_id == filed.id
    assert queries.get_sender_page(filed.id, key=key, at=desk.at).code == filed.code
    with pytest.raises(PetitionNotFoundError, match="wrong_secret"):
        services.prove(code=filed.code, secret=filed.secret, at=desk.at)
    with pytest.raises(PetitionNotFoundError):
        old = SenderKey(secret_mark=secret_mark(filed.code, filed.secret))
        queries.get_sender_page(filed.id, key=old, at=desk.at)


def test_the_act_is_recorded_and_the_sender_is_told_without_the_secret(desk: Desk) -> None:
    filed = desk.accepted()
    new = anew(desk, filed)
    last = PetitionMovement.objects.filter(petition_id=filed.id).order_by("-number")[0]
    assert (last.act, last.appointment_id) == (PetitionAct.REISSUE_SECRET, desk.world.hung.appointment_id)
    assert last.facts == {"proof": "phone"}
    assert "petitions.reissue_secret" in [
        one.act for one in list_records(object_type="petition", object_id=filed.id)
    ]
    run_events()
    run_events()
    message = Message.objects.get(template="petition_secret")
    told = str(message.letter)
    assert filed.code in told
    assert new.secret not in told
    assert new.secret.replace("-", "") not in told
    assert SENDER.name not in told


@pytest.mark.parametrize("shown", ["0987 654 321", "+84 987.654.321", "84987654321"])
def test_a_telephone_is_the_same_however_it_is_written(desk: Desk, shown: str) -> None:
    assert anew(desk, desk.file(), shown=shown).secret


def test_the_card_is_compared_where_its_number_is_on_record(desk: Desk) -> None:
    filed = desk.file(sender=replace(SENDER, personal_id=NUMBER))
    assert anew(desk, filed, CARD, "025 190 000 123").secret
    with pytest.raises(PetitionNotFoundError, match="identity_differs"):
        anew(desk, filed, CARD, SENDER.phone)


@pytest.mark.parametrize(
    ("proof", "shown"),
    [(PHONE, "0987654322"), (CARD, NUMBER), (PHONE, ""), (PHONE, "không nhớ"), (CARD, SENDER.phone)],
)
def test_another_number_gets_nothing_and_the_old_secret_lives(
    desk: Desk, proof: IdentityProof, shown: str
) -> None:
    filed = desk.file()
    with pytest.raises(PetitionNotFoundError, match="identity_differs"):
        anew(desk, filed, proof, shown)
    assert services.prove(code=filed.code, secret=filed.secret, at=desk.at)


def test_an_unknown_code_says_the_same_as_another_number(desk: Desk) -> None:
    for code in ("PA-261123-9999", "khong phai ma", ""):
        with pytest.raises(PetitionNotFoundError, match="identity_differs"):
            services.reissue_secret(
                code=code, proof=PHONE, shown="0987654321", actor=desk.world.hung, at=desk.at
            )


def test_guessing_ends_soon(desk: Desk) -> None:
    filed = desk.file()
    for _ in range(5):
        with pytest.raises(PetitionNotFoundError):
            anew(desk, filed, shown="0911111111")
    with pytest.raises(TooManyPetitionsError):
        anew(desk, filed)


@pytest.mark.parametrize("sender", [Sender(name="Bà cụ"), Sender(email="ai@example.vn")])
def test_an_anonymous_petition_has_nothing_to_compare_with(desk: Desk, sender: Sender) -> None:
    filed = desk.file(actor=desk.world.hung, source=PetitionSource.COUNTER, sender=sender)
    with pytest.raises(PetitionNotAcceptableError, match="reissue_impossible"):
        anew(desk, filed, shown="")


def test_what_another_system_brought_has_no_secret(desk: Desk) -> None:
    filed = desk.file(actor=SYSTEM, source=PetitionSource.NATIONAL, external_id="PAKN.7")
    with pytest.raises(PetitionNotAcceptableError, match="has_no_secret"):
        anew(desk, filed)


def test_only_who_sits_at_a_counter_or_handles_and_nobody_for_themselves(desk: Desk) -> None:
    world, filed = desk.world, desk.file()
    for actor in (world.phuc, world.thao, world.lan):
        with pytest.raises(PetitionNotAllowedError):
            anew(desk, filed, actor=actor)
    with acting(Scope.officer(world.nong_trang.id)):
        elsewhere = replace(world.hung, agency_id=world.nong_trang.id)
        assert anew(desk, filed, actor=elsewhere).secret, "at any counter of the province"


# --- the page -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("monday")
class TestThePage:
    def test_from_the_list_to_the_new_secret_and_nothing_of_the_petition(self, desk: Desk) -> None:
        filed = desk.file()
        hung = sign_in(Client(), desk.world.hung)
        assert f"{ROOT}cap-lai-ma/" in hung.get(ROOT).content.decode()
        wrong = hung.post(f"{ROOT}cap-lai-ma/", {"code": filed.code, "proof": "phone", "shown": "0911222333"})
        assert wrong.status_code == 404
        page = wrong.content.decode()
        assert "0911222333" in page, "what was typed is kept"
        assert "Không có phản ánh nào mang mã này" in page
        answer = hung.post(
            f"{ROOT}cap-lai-ma/", {"code": filed.code, "proof": "phone", "shown": SENDER.phone}
        )
        assert answer.status_code == 303
        page = hung.get(answer["Location"]).content.decode()
        assert filed.code in page
        assert "Mã bí mật mới" in page
        for hidden in ("Thịnh", SENDER.phone, "quầy số 2"):
            assert hidden not in page
        assert (
            "không hiện lại được"
            in sign_in(Client(), desk.world.mai).get(answer["Location"]).content.decode()
        )

    @pytest.mark.parametrize(
        "told", [{}, {"code": "PA-261123-0001"}, {"code": "x", "proof": "y", "shown": "z"}]
    )
    def test_what_is_missing_is_said(self, desk: Desk, told: dict[str, str]) -> None:
        assert sign_in(Client(), desk.world.hung).post(f"{ROOT}cap-lai-ma/", told).status_code == 422

    def test_an_anonymous_one_is_explained(self, desk: Desk) -> None:
        filed = desk.file(actor=desk.world.hung, source=PetitionSource.COUNTER, sender=Sender(name="Bà cụ"))
        hung = sign_in(Client(), desk.world.hung)
        answer = hung.post(f"{ROOT}cap-lai-ma/", {"code": filed.code, "proof": "card", "shown": NUMBER})
        assert answer.status_code == 422
        assert "không cấp lại mã được" in answer.content.decode()

    def test_leaders_and_clerks_have_no_such_page(self, desk: Desk) -> None:
        for actor in (desk.world.phuc, desk.world.thao):
            assert sign_in(Client(), actor).get(f"{ROOT}cap-lai-ma/").status_code == 403
