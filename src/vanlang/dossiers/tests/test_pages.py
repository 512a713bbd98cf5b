"""Opening: the read first, then the page; the citizen's view; tracking and printed codes."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vanlang.audit.api import list_records
from vanlang.documents.api import WORDS
from vanlang.dossiers import services
from vanlang.dossiers.errors import DossierNotFound, TooManyTries
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.queries import (
    get_by_public_token,
    get_dossier_page,
    get_for_citizen,
    list_for_citizen,
    template_facts,
)
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Hat, State
from vanlang.dossiers.tests.factories import Lives, World, make_citizen
from vanlang.identity.api import scope_of
from vanlang.kernel.scope import Scope, acting

PURPOSE = "Thụ lý hồ sơ"


def test_the_read_is_written_before_the_page_shows(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    with acting(scope_of(world.mai)), CaptureQueriesContext(connection) as queries:
        page = get_dossier_page(dossier_id, actor=world.mai, purpose=PURPOSE, at=world.at)
    statements = [query["sql"] for query in queries]
    written = next(number for number, sql in enumerate(statements) if 'INSERT INTO "audit_record"' in sql)
    assert written == 1  # after the one look that decides whether it may be seen
    assert len(statements) <= 14
    [read] = [r for r in list_records(object_type="dossier", object_id=dossier_id) if r.kind == "read"]
    assert (read.act, read.purpose, read.appointment_id) == (
        "dossiers.open",
        PURPOSE,
        world.mai.appointment_id,
    )
    assert page.applicant.personal_id == "025190012123"


def test_without_a_purpose_no_data(world: World, lives: Lives) -> None:
    with pytest.raises(ValueError, match="purpose"):
        get_dossier_page(lives.to(State.RECEIVED), actor=world.mai, purpose=" ", at=world.at)


def test_the_page_says_where_it_lies_who_holds_it_until_when(world: World, lives: Lives) -> None:
    page = get_dossier_page(lives.to(State.IN_PROGRESS), actor=world.mai, purpose=PURPOSE, at=world.at)
    assert page.status == (
        "Hồ sơ đang ở Phường Việt Trì, Lê Thị Mai (Tư pháp - Hộ tịch) đang giữ, hẹn trả trước 17:00 ngày 27/11/2026."
    )
    assert page.agencies == dict.fromkeys((Hat.INTAKE, Hat.COMPETENT, Hat.RETURN), "Phường Việt Trì")
    assert {button.act for button in page.acts} == {
        Act.HAND_OVER, Act.REQUEST_SUPPLEMENT, Act.CONSULT, Act.CONSULT_UNIT, Act.PROPOSE,
    }  # fmt: skip
    assert page.step_name == "Thẩm định"
    assert [move.act for move in page.history] == [Act.SUBMIT, Act.RECEIVE, Act.ASSIGN]
    assert page.history[-1].receiver == "Lê Thị Mai"


@pytest.mark.parametrize("state", [state for state in State if state not in {State.DRAFT, State.SIGNED}])
def test_every_state_has_its_page_and_its_sentence(world: World, lives: Lives, state: State) -> None:
    dossier_id = lives.to(state)
    page = get_dossier_page(dossier_id, actor=world.hung, purpose=PURPOSE, at=world.at)
    mine = get_for_citizen(dossier_id, actor=world.lan, at=world.at)
    for shown in (page, mine):
        assert shown.status.endswith(".")
        assert "!!" not in shown.status
    assert "Mai" not in repr(mine.owner)


def test_a_code_opens_as_well_as_an_id(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    for code in ("H44.100-261123-0001", " h44.100-261123-0001 "):
        assert get_dossier_page(code, actor=world.mai, purpose=PURPOSE, at=world.at).id == dossier_id
    for wrong, reason in (
        ("H44.100-261123-0002", "dossiers.not_found"),
        ("44.100", "dossiers.code_malformed"),
    ):
        with pytest.raises(DossierNotFound) as missing:
            get_dossier_page(wrong, actor=world.mai, purpose=PURPOSE, at=world.at)
        assert missing.value.code == reason


def test_a_citizen_sees_roles_not_names_and_no_inner_notes(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.PROPOSED)
    services.return_for_rework(dossier_id=dossier_id, reason="Nội bộ", actor=world.phuc, at=world.at)
    with acting(scope_of(world.lan)):
        page = get_for_citizen(dossier_id, actor=world.lan, at=world.at)
    told = repr(page.history)
    assert "Nội bộ" not in told
    assert "Phúc" not in told
    assert "Mai" not in told
    assert page.outcome is None
    assert {button.act for button in page.acts} == {Act.WITHDRAW}
    with pytest.raises(DossierNotFound):
        get_for_citizen(dossier_id, actor=world.mai, at=world.at)


def test_a_citizen_lists_their_own(world: World, lives: Lives) -> None:
    lives.to(State.AWAITING_SUPPLEMENT)
    lives.to(State.RELEASED)
    other, facts = make_citizen("Trần Văn Sơn", "025190012888", "0911111111", world.at)
    services.submit(filing=world.filing(applicant=facts), actor=other, at=world.at)
    with acting(scope_of(world.lan)):
        cards = list_for_citizen(world.lan, at=world.at)
    assert [(card.state, card.needs_answer) for card in cards] == [
        (State.RELEASED, False), (State.AWAITING_SUPPLEMENT, True),
    ]  # fmt: skip
    assert cards[1].status == "Hồ sơ đang ở Phường Việt Trì, chờ người nộp bổ sung; thời hạn đang tạm dừng."


def test_a_citizens_list_costs_the_same_however_long(world: World, lives: Lives) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list_for_citizen(world.lan, at=world.at)
        return len(queries)

    lives.to(State.HANDED_OVER)
    few = cost()
    for state in (State.HANDED_OVER, State.IN_PROGRESS, State.RELEASED):
        lives.to(state)
    assert cost() == few <= 3


# --- without an account -----------------------------------------------------------------------


def test_tracking_shows_the_masked_status(world: World, lives: Lives) -> None:
    lives.to(State.AWAITING_SUPPLEMENT)
    with acting(Scope.nobody()):
        for fact in ("2123", "5678"):
            status = services.track(code="H44.100-261123-0001", second_fact=fact, at=world.at)
            assert status.applicant == "Nguyễn T. L."
            assert status.asked == ("Giấy chứng sinh", "Họ tên mẹ")
    assert "025190012123" not in repr(status)


def test_tracking_says_the_same_of_a_wrong_code_and_a_wrong_fact(world: World, lives: Lives) -> None:
    lives.to(State.RECEIVED)
    codes = []
    for code, fact in (
        ("H44.100-261123-0001", "0000"),
        ("H44.100-261123-0099", "2123"),
        ("H44.100-261123-0001", ""),
    ):
        with pytest.raises(DossierNotFound) as missing:
            services.track(code=code, second_fact=fact, at=world.at)
        codes.append(missing.value.code)
    assert set(codes) == {"dossiers.tracking_failed"}


def test_guessing_is_rationed_and_a_right_answer_is_forgiven(world: World, lives: Lives) -> None:
    lives.to(State.RECEIVED)
    code = "H44.100-261123-0001"
    for _ in range(5):
        with pytest.raises(DossierNotFound):
            services.track(code=code, second_fact="0000", at=world.at)
    with pytest.raises(TooManyTries) as closed:
        services.track(code=code, second_fact="2123", at=world.at)
    assert closed.value.status == 429
    later = world.at + dt.timedelta(minutes=4)
    assert services.track(code=code, second_fact="2123", at=later).state is State.RECEIVED


def test_a_printed_code_proves_the_paper(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RELEASED)
    receipt = Dossier.objects.get(pk=dossier_id).receipt_token
    outcome = Outcome.objects.get(dossier_id=dossier_id).token
    with acting(Scope.nobody()):
        assert get_by_public_token(receipt, at=world.at).outcome_title == ""
        proved = get_by_public_token(outcome, at=world.at)
    assert (proved.outcome_title, proved.outcome_number) == ("Giấy khai sinh", "01/GKS-UBND")
    unreleased = Outcome.objects.get(dossier_id=lives.to(State.APPROVED)).token
    for token in (unreleased, "", str(uuid.uuid4())):
        with pytest.raises(DossierNotFound):
            get_by_public_token(token, at=world.at)


def test_every_word_of_the_dictionary_has_its_fact(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    facts = template_facts(get_dossier_page(dossier_id, actor=world.hung, purpose="Thử", at=world.at))
    assert set(facts) == set(WORDS)
    assert facts["ngày hẹn trả"] == "27/11/2026"
    assert {word for word, fact in facts.items() if not fact} == {"chủ hồ sơ"}
