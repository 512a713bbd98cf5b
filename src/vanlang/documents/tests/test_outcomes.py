"""An outcome from draft to release, and every way in which it is not released."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from vanlang.audit.api import list_records
from vanlang.documents import api
from vanlang.documents.models import OutcomeDocument, RegisterEntry
from vanlang.documents.rules import outcomes as rules
from vanlang.documents.types import OutcomeAct, OutcomeState
from vanlang.files import api as files
from vanlang.files import ports
from vanlang.files.adapters.disk import DiskStore
from vanlang.identity.api import SYSTEM, Actor, ActorKind
from vanlang.kernel import events
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import Scope, acting

from . import pages
from .samples import DECISION, EXTRACT
from .signer import sign
from .test_numbering import add_agency


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with ports.plugged(contents=DiskStore(tmp_path)):
        yield


@pytest.fixture
def ward(db: None) -> int:
    return add_agency()


def draft(ward: int, at: dt.datetime, data: api.OutcomeData = EXTRACT) -> api.OutcomeCard:
    return api.draft_outcome(
        agency_id=ward,
        book_kind="TLKS",
        title="Trích lục khai sinh Nguyễn Gia Bảo",
        data=data,
        actor=SYSTEM,
        at=at,
    )


def sound(pdf: bytes) -> Refusal | None:
    return None if pdf.startswith(b"%PDF-") else Refusal("documents.not_signed")


def test_draft_sign_release(ward: int, at: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events._handlers, "documents.outcome_released", [print])
    published: list[events.Event] = []
    monkeypatch.setattr(events, "publish", published.append)
    card = draft(ward, at)
    assert (card.state, card.symbol, card.issued_on, card.file_id) == (OutcomeState.DRAFT, "", None, None)
    assert "DỰ THẢO" in pages.text_of(api.read_outcome(card.id)), (
        "number and day of the sample are not taken over"
    )
    assert "15/TLKS-UBND" not in pages.text_of(api.read_outcome(card.id))

    signed = api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)
    assert (signed.state, signed.symbol, signed.issued_on) == (OutcomeState.SIGNED, "01/TLKS-UBND", at.date())
    words = pages.text_of(api.read_outcome(card.id))
    assert "Số: 01/TLKS-UBND" in words
    assert "ngày 23 tháng 11 năm 2026" in words
    assert "DỰ THẢO" not in words
    assert signed.file_id
    assert files.get_file(signed.file_id).name == "Trích lục khai sinh Nguyễn Gia Bảo.pdf"

    released = api.release_outcome(outcome_id=card.id, check=sound, actor=SYSTEM, at=at)
    assert released.state is OutcomeState.RELEASED
    assert published == [api.OutcomeReleased(at=at, outcome_id=card.id, agency_id=ward)]
    (line,) = api.list_register(agency_id=ward, book_kind="TLKS", year=2026)
    assert (line.symbol, line.signer, line.title) == (
        "01/TLKS-UBND", "Phạm Văn Phúc", "Trích lục khai sinh Nguyễn Gia Bảo",
    )  # fmt: skip
    acts = [record.act for record in list_records(object_type="documents.outcome", object_id=str(card.id))]
    assert sorted(acts) == ["documents.draft", "documents.release", "documents.sign"]


def test_the_signer_gets_the_page_and_the_place(ward: int, at: dt.datetime) -> None:
    seen: list[api.Sheet] = []

    def look(sheet: api.Sheet) -> bytes:
        seen.append(sheet)
        return sign(sheet)

    api.sign_outcome(outcome_id=draft(ward, at).id, signer=look, actor=SYSTEM, at=at)
    (sheet,) = seen
    box = sheet.box("signer")
    assert box
    assert "TM. ỦY BAN NHÂN DÂN" in pages.texts_in(
        sheet.pdf, box.page, (box.x1 - 60, box.y2, box.x2 + 60, box.y2 + 50)
    )


def test_a_signer_that_fails_takes_the_number_back(ward: int, at: dt.datetime) -> None:
    card = draft(ward, at)

    def fail(_: api.Sheet) -> bytes:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        api.sign_outcome(outcome_id=card.id, signer=fail, actor=SYSTEM, at=at)
    assert api.get_outcome(card.id).state is OutcomeState.DRAFT
    assert not RegisterEntry.objects.exists()
    assert api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at).symbol == "01/TLKS-UBND"


@pytest.mark.parametrize(
    ("signer", "code"),
    [
        (lambda sheet: sheet.pdf, "documents.not_signed"),
        (
            lambda sheet: sheet.pdf.replace(b"%PDF-1.7", b"%PDF-1.6") + b"/ByteRange",
            "documents.signed_other_content",
        ),
    ],
)
def test_what_was_numbered_is_what_is_signed(
    ward: int, at: dt.datetime, signer: api.SheetSigner, code: str
) -> None:
    card = draft(ward, at)
    with pytest.raises(api.OutcomeRefusedError) as refused:
        api.sign_outcome(outcome_id=card.id, signer=signer, actor=SYSTEM, at=at)
    assert refused.value.code == code
    assert api.get_outcome(card.id).state is OutcomeState.DRAFT


# ---- a key far away ----------------------------------------------------------------------------


def test_number_now_and_sign_later(ward: int, at: dt.datetime) -> None:
    card = draft(ward, at)
    sheet = api.number_outcome(outcome_id=card.id, actor=SYSTEM, at=at)
    assert api.get_outcome(card.id).state is OutcomeState.NUMBERED
    assert api.read_outcome(card.id) == sheet.pdf
    tomorrow = at + dt.timedelta(days=1)
    with pytest.raises(api.OutcomeRefusedError) as refused:
        api.attach_signed(outcome_id=card.id, content=sign(sheet)[1:], actor=SYSTEM, at=tomorrow)
    assert refused.value.code == "documents.signed_other_content"
    signed = api.attach_signed(outcome_id=card.id, content=sign(sheet), actor=SYSTEM, at=tomorrow)
    assert (signed.state, signed.symbol, signed.issued_on) == (OutcomeState.SIGNED, "01/TLKS-UBND", at.date())


def test_a_number_whose_document_fails_stays_in_the_register(ward: int, at: dt.datetime) -> None:
    first, second = draft(ward, at), draft(ward, at)
    api.number_outcome(outcome_id=first.id, actor=SYSTEM, at=at)
    voided = api.void_outcome(outcome_id=first.id, reason="Sai tên người được cấp", actor=SYSTEM, at=at)
    assert (voided.state, voided.symbol) == (OutcomeState.VOID, "01/TLKS-UBND")
    assert api.sign_outcome(outcome_id=second.id, signer=sign, actor=SYSTEM, at=at).symbol == "02/TLKS-UBND"
    lines = api.list_register(agency_id=ward, book_kind="TLKS", year=2026)
    assert [(line.number, line.void_reason) for line in lines] == [(1, "Sai tên người được cấp"), (2, "")]


# ---- refusals ----------------------------------------------------------------------------------


def test_the_clerk_refuses_a_signature_that_does_not_hold(ward: int, at: dt.datetime) -> None:
    card = draft(ward, at)
    api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)
    with pytest.raises(api.OutcomeRefusedError) as refused:
        api.release_outcome(
            outcome_id=card.id, check=lambda _: Refusal("signing.expired"), actor=SYSTEM, at=at
        )
    assert refused.value.code == "signing.expired"
    assert api.get_outcome(card.id).state is OutcomeState.SIGNED


def test_a_draft_that_cannot_be_printed_is_refused_at_once(ward: int, at: dt.datetime) -> None:
    broken = dataclasses.replace(EXTRACT, groups=({"title": "không có facts"},))
    with pytest.raises(api.TemplateBrokenError):
        draft(ward, at, broken)
    assert not OutcomeDocument.objects.exists()


def test_a_draft_is_revised_and_a_numbered_one_is_not(ward: int, at: dt.datetime) -> None:
    card = draft(ward, at)
    revised = api.revise_outcome(outcome_id=card.id, title="Quyết định", data=DECISION, actor=SYSTEM, at=at)
    assert revised.title == "Quyết định"
    assert "QUYẾT ĐỊNH" in pages.text_of(api.read_outcome(card.id))
    api.number_outcome(outcome_id=card.id, actor=SYSTEM, at=at)
    with pytest.raises(api.OutcomeRefusedError):
        api.revise_outcome(outcome_id=card.id, title="Khác", data=EXTRACT, actor=SYSTEM, at=at)


def test_unknown_outcome(db: None) -> None:
    with pytest.raises(api.UnknownOutcomeError):
        api.get_outcome(uuid.uuid4())


ACTS = {
    OutcomeAct.REVISE: lambda it, at: api.revise_outcome(outcome_id=it, title="x", data=EXTRACT, actor=SYSTEM, at=at),
    OutcomeAct.NUMBER: lambda it, at: api.sign_outcome(outcome_id=it, signer=sign, actor=SYSTEM, at=at),
    OutcomeAct.ATTACH_SIGNED: lambda it, at: api.attach_signed(outcome_id=it, content=b"", actor=SYSTEM, at=at),
    OutcomeAct.RELEASE: lambda it, at: api.release_outcome(outcome_id=it, check=sound, actor=SYSTEM, at=at),
    OutcomeAct.VOID: lambda it, at: api.void_outcome(outcome_id=it, reason="x", actor=SYSTEM, at=at),
}  # fmt: skip


def test_every_act_that_the_table_does_not_know_is_refused(ward: int, at: dt.datetime) -> None:
    def brought_to(state: OutcomeState) -> uuid.UUID:
        card = draft(ward, at)
        if state in {OutcomeState.NUMBERED, OutcomeState.VOID}:
            api.number_outcome(outcome_id=card.id, actor=SYSTEM, at=at)
        if state is OutcomeState.VOID:
            api.void_outcome(outcome_id=card.id, reason="x", actor=SYSTEM, at=at)
        if state in {OutcomeState.SIGNED, OutcomeState.RELEASED}:
            api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)
        if state is OutcomeState.RELEASED:
            api.release_outcome(outcome_id=card.id, check=sound, actor=SYSTEM, at=at)
        return card.id

    refused = 0
    for state in OutcomeState:
        outcome_id = brought_to(state)
        assert api.get_outcome(outcome_id).state is state
        for act, do in ACTS.items():
            if (state, act) not in rules.TRANSITIONS:
                with pytest.raises(api.OutcomeRefusedError) as error:
                    do(outcome_id, at)
                assert error.value.code == "documents.act_not_possible"
                assert api.get_outcome(outcome_id).state is state
                refused += 1
    assert refused == len(OutcomeState) * len(OutcomeAct) - len(rules.TRANSITIONS)


def test_released_and_void_are_final_and_every_state_is_reachable() -> None:
    assert {state for state, _ in rules.TRANSITIONS} == {
        OutcomeState.DRAFT,
        OutcomeState.NUMBERED,
        OutcomeState.SIGNED,
    }
    assert set(rules.TRANSITIONS.values()) == set(OutcomeState)


# ---- who sees ----------------------------------------------------------------------------------


def test_others_see_an_outcome_only_once_it_is_in_force(ward: int, at: dt.datetime) -> None:
    other = add_agency("H44.101", "UBND phường Nông Trang")
    card = draft(ward, at)
    api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)
    citizen, counter = Scope.citizen(uuid.uuid4()), Scope.officer(other)
    for scope in (citizen, counter, Scope.nobody()):
        with acting(scope), pytest.raises(api.UnknownOutcomeError):
            api.get_outcome(card.id)
    thao = Actor(ActorKind.OFFICER, agency_id=ward, name="Đỗ Thị Thảo")
    with acting(Scope.officer(ward)):
        api.release_outcome(outcome_id=card.id, check=sound, actor=thao, at=at)
    for scope in (citizen, counter):
        with acting(scope):
            assert api.get_outcome(card.id).symbol == "01/TLKS-UBND"
            assert "01/TLKS-UBND" in pages.text_of(api.read_outcome(card.id))
    with acting(Scope.nobody()), pytest.raises(api.UnknownOutcomeError):
        api.get_outcome(card.id)


def test_the_database_knows_what_a_numbered_outcome_needs(ward: int, at: dt.datetime) -> None:
    card = draft(ward, at)
    for wrong in (
        {"state": "released"},
        {"state": "numbered"},
        {"symbol": "01/QĐ-UBND"},
        {"issued_on": at.date()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutcomeDocument.objects.filter(pk=card.id).update(**wrong)
