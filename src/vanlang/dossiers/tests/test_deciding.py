"""Outcomes: proposed, endorsed by levels, sent back, signed electronically, released, delivered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.support.sandbox import Outside

from vanlang.documents.api import (
    Article,
    DecisionLetter,
    Head,
    OutcomeRefusedError,
    OutcomeState,
    Signer,
    get_outcome,
)
from vanlang.documents.models import OutcomeDocument
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, NotAcceptable
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import (
    PAPER_DRAFT,
    Lives,
    World,
    append_signature,
    make_officer,
    make_procedure,
    make_world,
)
from vanlang.dossiers.types import Channel, Draft, Medium, OutcomeKind
from vanlang.files.api import read
from vanlang.identity.api import SYSTEM, Role, scope_of
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import acting
from vanlang.organizations.types import UnitKind
from vanlang.signing.api import enrol_officer, trust_root, verify_pdf

LETTER = DecisionLetter(
    head=Head(agency="UBND phường Việt Trì", place="Việt Trì"),
    signer=Signer(title="PHÓ CHỦ TỊCH", name="Nguyễn Văn Phúc"),
    kind="Quyết định",
    abstract="Về việc đăng ký khai sinh",
    authority="Ủy ban nhân dân phường Việt Trì",
    resolving="Quyết định:",
    articles=(Article(paragraphs=("Đăng ký khai sinh cho Trần Gia An.",)),),
)
ELECTRONIC = Draft(
    kind=OutcomeKind.GRANTED, medium=Medium.ELECTRONIC, title="Quyết định", book_kind="QĐ", data=LETTER
)


@pytest.fixture
def electronic(world: World) -> Lives:
    return Lives(world, ELECTRONIC)


def test_an_electronic_outcome_is_numbered_signed_checked_and_released(
    world: World, electronic: Lives
) -> None:
    dossier_id = electronic.to(State.SIGNED)
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    assert (outcome.number, outcome.signed_by_id) == ("01/QĐ-UBND", world.phuc.appointment_id)
    assert outcome.file_id is not None
    with pytest.raises(OutcomeRefusedError):
        services.release(
            dossier_id=dossier_id, actor=world.thao, at=world.at, check=lambda pdf: Refusal("signing.broken")
        )
    with pytest.raises(
        OutcomeRefusedError
    ) as broken:  # nobody signed this page: the house's own check says so
        services.release(dossier_id=dossier_id, actor=world.thao, at=world.at)
    assert broken.value.code == "dossiers.signature_not_valid"
    assert Dossier.objects.get(pk=dossier_id).state == State.SIGNED
    electronic.release(dossier_id, world.at)
    assert outcome.document_id is not None
    assert get_outcome(outcome.document_id).state is OutcomeState.RELEASED
    services.deliver(dossier_id=dossier_id, channel=Channel.ONLINE, actor=world.lan, at=world.at)
    assert Dossier.objects.get(pk=dossier_id).state == State.DELIVERED


def test_an_electronic_outcome_cannot_be_released_unsigned(world: World, electronic: Lives) -> None:
    dossier_id = electronic.to(State.APPROVED)
    with pytest.raises(ActNotPossible) as refused:
        electronic.release(dossier_id, world.at)
    assert refused.value.code == "dossiers.not_signed"


def test_a_page_signed_elsewhere_must_be_the_page_that_was_numbered(world: World, electronic: Lives) -> None:
    dossier_id = electronic.to(State.APPROVED)
    sheet = services.prepare_to_sign(dossier_id=dossier_id, actor=world.phuc, at=world.at)
    with pytest.raises(OutcomeRefusedError):
        services.sign(dossier_id=dossier_id, signer=b"%PDF-1.7 another", actor=world.phuc, at=world.at)
    services.sign(dossier_id=dossier_id, signer=append_signature(sheet), actor=world.phuc, at=world.at)
    assert Dossier.objects.get(pk=dossier_id).state == State.SIGNED


def test_paper_is_signed_with_ink(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.APPROVED)
    assert Dossier.objects.get(pk=dossier_id).waits_for == "clerk"
    with pytest.raises(ActNotPossible) as refused:
        services.sign(dossier_id=dossier_id, signer=append_signature, actor=world.phuc, at=world.at)
    assert refused.value.code == "dossiers.outcome_on_paper"
    no_book = Lives(world, replace(PAPER_DRAFT, book_kind=""))
    unnumbered = no_book.to(State.APPROVED)
    with pytest.raises(NotAcceptable):
        no_book.release(unnumbered, world.at)
    services.release(dossier_id=unnumbered, actor=world.thao, at=world.at, number="15/GKS")
    assert Outcome.objects.get(dossier_id=unnumbered).number == "15/GKS"


def test_an_electronic_draft_needs_its_text(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    with pytest.raises(NotAcceptable):
        services.propose(
            dossier_id=dossier_id, draft=replace(ELECTRONIC, data=None), actor=world.mai, at=world.at
        )


def test_rework_goes_back_to_its_specialist_and_voids_the_number(world: World, electronic: Lives) -> None:
    dossier_id = electronic.to(State.SIGNED)
    document_id = Outcome.objects.get(dossier_id=dossier_id).document_id
    with pytest.raises(NotAcceptable):
        services.return_for_rework(dossier_id=dossier_id, reason=" ", actor=world.thao, at=world.at)
    services.return_for_rework(dossier_id=dossier_id, reason="Sai thể thức", actor=world.thao, at=world.at)
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.holder_id) == (State.IN_PROGRESS, world.mai.appointment_id)
    assert document_id is not None
    assert get_outcome(document_id).state is OutcomeState.VOID
    for act in (electronic.propose, electronic.approve, electronic.sign):
        act(dossier_id, world.at)
    assert Outcome.objects.get(dossier_id=dossier_id).number == "02/QĐ-UBND"


def test_a_dossier_that_ends_without_an_outcome_voids_its_number(world: World, electronic: Lives) -> None:
    stopped, withdrawn = electronic.to(State.SIGNED), electronic.to(State.APPROVED)
    services.prepare_to_sign(dossier_id=withdrawn, actor=world.phuc, at=world.at)
    documents = [Outcome.objects.get(dossier_id=key).document_id for key in (stopped, withdrawn)]
    electronic.stop(stopped, world.at)
    electronic.withdraw(withdrawn, world.at)
    assert [get_outcome(key).state for key in documents if key] == [OutcomeState.VOID, OutcomeState.VOID]


def test_the_code_on_an_outcome_leads_to_its_proof(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    services.propose(
        dossier_id=dossier_id,
        draft=ELECTRONIC,
        actor=world.mai,
        at=world.at,
        address_of=lambda token: f"https://x.vn/{token}",
    )
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    data = OutcomeDocument.objects.get(pk=outcome.document_id).data
    assert data["verification"]["text"] == f"https://x.vn/{outcome.token}"


def test_a_draft_sent_back_before_its_signature_is_revised(world: World, electronic: Lives) -> None:
    dossier_id = electronic.to(State.PROPOSED)
    before = Outcome.objects.get(dossier_id=dossier_id).document_id
    services.return_for_rework(dossier_id=dossier_id, reason="Ghi rõ hơn", actor=world.phuc, at=world.at)
    electronic.propose(dossier_id, world.at)
    assert Outcome.objects.get(dossier_id=dossier_id).document_id == before


def test_leaders_agree_in_the_order_of_the_process(world: World, lives: Lives) -> None:
    process = [
        ("Thẩm định", "specialist", 60),
        ("Trưởng phòng duyệt", "leader", 20),
        ("Lãnh đạo ký", "leader", 20),
    ]
    version, case, _ = make_procedure("1.004873", process=process)
    unit = world.viet_tri.units[UnitKind.LEADERSHIP]
    head = make_officer(
        "binh", "Đỗ Thanh Bình", world.viet_tri.id, unit, "Trưởng phòng", {Role.LEADER}, world.at
    )
    dossier_id = lives.to(State.PROPOSED, procedure_version_id=version.pk, case_id=case.pk)
    with pytest.raises(ActNotPossible) as refused:
        services.approve(dossier_id=dossier_id, actor=head, at=world.at)
    assert refused.value.code == "dossiers.endorse_first"
    services.endorse(
        dossier_id=dossier_id, actor=head, at=world.at, to_appointment_id=world.phuc.appointment_id
    )
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.holder_id, row.position) == (State.PROPOSED, world.phuc.appointment_id, 2)
    lives.approve(dossier_id, world.at)


def test_specialists_work_in_the_order_of_the_process(world: World, lives: Lives) -> None:
    process = [("Thẩm định", "specialist", 60), ("Kiểm tra pháp chế", "specialist", 20), ("Ký", "leader", 20)]
    version, case, _ = make_procedure("1.004874", process=process)
    dossier_id = lives.to(State.IN_PROGRESS, procedure_version_id=version.pk, case_id=case.pk)
    with pytest.raises(ActNotPossible) as refused:
        lives.propose(dossier_id, world.at)
    assert refused.value.code == "dossiers.steps_remain"
    services.hand_over(dossier_id=dossier_id, actor=world.mai, at=world.at)
    services.claim(dossier_id=dossier_id, actor=world.mai, at=world.at)
    lives.propose(dossier_id, world.at)


def test_who_prepared_does_not_decide(world: World, lives: Lives) -> None:
    unit = world.viet_tri.units[UnitKind.SPECIALIST]
    both = make_officer(
        "both",
        "Vũ Hai Vai",
        world.viet_tri.id,
        unit,
        "Phó Chủ tịch",
        {Role.SPECIALIST, Role.LEADER},
        world.at,
    )
    dossier_id = lives.to(State.RECEIVED)
    services.assign(
        dossier_id=dossier_id, to_appointment_id=both.appointment_id or 0, actor=world.phuc, at=world.at
    )
    services.propose(dossier_id=dossier_id, draft=PAPER_DRAFT, actor=both, at=world.at)
    with pytest.raises(ActNotAllowed) as refused:
        services.approve(dossier_id=dossier_id, actor=both, at=world.at)
    assert refused.value.code == "dossiers.own_proposal"
    lives.approve(dossier_id, world.at + dt.timedelta(hours=1))


def test_without_a_certificate_nobody_signs(world: World, electronic: Lives) -> None:
    dossier_id = electronic.to(State.APPROVED)
    with pytest.raises(ActNotPossible) as refused:
        services.sign(dossier_id=dossier_id, actor=world.phuc, at=world.at)
    assert refused.value.code == "dossiers.no_certificate"


def test_signed_with_a_real_key_and_released_after_a_real_check(outside: Outside, db: None) -> None:
    """A certificate of the authority on the wire, a PAdES signature, a verdict; no stand-in between."""
    now = clock.now().replace(microsecond=0)
    world = make_world(now)
    lives = Lives(world, ELECTRONIC)
    trust_root(name="Chứng thực gốc thử nghiệm", block=outside.root(), actor=SYSTEM, at=now)
    enrol_officer(appointment_id=world.phuc.appointment_id or 0, actor=SYSTEM, at=now)
    dossier_id = lives.to(State.APPROVED)
    with acting(scope_of(world.phuc)):
        services.sign(dossier_id=dossier_id, actor=world.phuc, at=now)
    with acting(scope_of(world.thao)):
        moved = services.release(dossier_id=dossier_id, actor=world.thao, at=now)
    assert moved.state is State.RELEASED
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    assert outcome.file_id is not None
    verdict = verify_pdf(read(outcome.file_id), at=now)
    assert verdict.is_valid
    assert "Nguyễn Văn Phúc" in repr(verdict.signatures)
