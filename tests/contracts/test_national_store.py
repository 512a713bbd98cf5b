"""
The national store of results over the wire: what is asked, what comes back, and that only a valid signature makes it evidence.

The file is signed by the stand-in's own authority and fetched from the portal; the golden messages are the contract.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.contracts.test_national_portal import Line, agrees, door, line
from vanlang.audit.models import Record
from vanlang.catalogue.api import get_version
from vanlang.catalogue.models import Case, OutcomeKind, ProcedureVersion, VersionOutcome
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers import services
from vanlang.dossiers.models import Attachment
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.files.tests.samples import pdf
from vanlang.identity.api import SYSTEM
from vanlang.intake import api as intake
from vanlang.kernel import clock
from vanlang.nationalportal.adapters.client import PortalAddress, PortalClient
from vanlang.nationalportal.adapters.store import PortalStore
from vanlang.nationalportal.cards import StoreCard
from vanlang.nationalportal.errors import ResultNotFoundError, ResultUnusableError, StoreSilentError
from vanlang.nationalportal.models import StoreLook, StoreResult
from vanlang.nationalportal.ports import forget_store, register_store
from vanlang.nationalportal.queries.composing import compose
from vanlang.nationalportal.queries.store import get_store, list_origins
from vanlang.nationalportal.rules.codec import encode
from vanlang.nationalportal.services.store import Matter, ask_store, bring, use_in_draft
from vanlang.nationalportal.types import FiledBy, Message, PortalDossier
from vanlang.signing import api as signing
from vanlang.signing.tests.papers import decision

__all__ = ["door", "line"]
MARRIAGE, RESIDENCE = "KQ.G15.000032", "1.004222"
LAN = "025190012123"
STORE = "/adapter/share/GetDanhSachKetQua"


class Recorded(PortalStore):
    """The adapter itself, with what went over it."""

    def __init__(self, client: PortalClient) -> None:
        super().__init__(lambda: client)
        self.asked: list[Message] = []
        self.answered: list[Any] = []

    def ask(self, question: Message) -> Any:
        self.asked.append(question)
        self.answered.append(super().ask(question))
        return self.answered[-1]


@dataclass
class Store:
    """A citizen with a draft whose paper a marriage certificate can replace, and the store that holds one."""

    line: Line
    wire: Recorded
    matter: Matter
    signed: bytes
    now: dt.datetime

    def hold(
        self, content: bytes, number: str = "15/GCN-KH", person: str = LAN, kind: str = MARRIAGE
    ) -> None:
        self.line.outside.order(
            "national_portal", "result", person=person, kind=kind, number=number, title="Giấy chứng nhận kết hôn",
            issuer="UBND phường Hồng Hà, Hà Nội", name="ket-hon.pdf", content_base64=base64.b64encode(content).decode(),
        )  # fmt: skip

    def ask(self) -> bool:
        return ask_store(matter=self.matter, actor=self.line.world.lan, at=self.now)

    def use(self) -> StoreResult:
        row = StoreResult.objects.filter(look=StoreLook.objects.latest("asked_at", "id")).earliest("position")
        return use_in_draft(draft_id=self.matter.id, result_id=row.pk, actor=self.line.world.lan, at=self.now)

    def told(self) -> Any:
        """Return the first paper as the portal would be told of it, once the draft is a dossier."""
        said = compose([self.matter.id], at=self.now)[self.matter.id]
        assert isinstance(said, PortalDossier)
        message: Any = encode(said)
        return message["TaiLieuNop"][0]


@pytest.fixture
def store(line: Line, settings: Any) -> Iterator[Store]:
    from vanlang.signing.adapters import status, timestamps

    status.forget_answers()
    timestamps.forget_silences()
    settings.SIGNING_AUTHORITY_URL = line.outside.certificate_authority
    settings.SIGNING_AUTHORITY_TOKEN = line.outside.enrolment_token
    settings.SIGNING_KEY_TYPE = "ec-p256"
    settings.SIGNING_TIMESTAMP_URL = None
    settings.SIGNING_TRUST_DIR = None
    now = clock.now().replace(microsecond=0)
    signing.trust_root(name="Chứng thực gốc thử nghiệm", block=line.outside.root(), actor=SYSTEM, at=now)
    phuc = line.world.phuc
    card = signing.enrol_officer(appointment_id=phuc.appointment_id or 0, actor=SYSTEM, at=now)
    signed = signing.sign_pdf(
        credential_id=card.id, actor=phuc, at=now, pdf=decision(), role="approve"
    ).content

    yielding, own_case, _ = make_procedure("1.000894")
    Case.objects.filter(pk=own_case.pk).update(yields={"register": "marriage", "fields": {}, "holder": "", "organisation": ""})  # fmt: skip
    kind = OutcomeKind.objects.create(code=MARRIAGE, name="Giấy chứng nhận kết hôn")
    VersionOutcome.objects.create(version=yielding, outcome_kind=kind, position=0)
    version, case, document = make_procedure(RESIDENCE)
    Case.objects.filter(pk=case.pk).update(
        takes=[{"register": "marriage", "paper": document.name, "fills": {}}]
    )
    ProcedureVersion.objects.update(revision=91)

    lan = line.world.lan
    draft_id = intake.start_draft(procedure_code=RESIDENCE, actor=lan, at=now)
    chosen = get_version(version.pk).case(case.pk)
    assert chosen is not None and lan.person_id is not None
    matter = Matter(
        id=draft_id, person_id=lan.person_id, personal_id=LAN, full_name="Nguyễn Thị Lan", procedure_code=RESIDENCE,
        case=chosen, filed_by=FiledBy.ONLINE, purpose="Nộp hồ sơ đăng ký thường trú",
    )  # fmt: skip
    client = PortalClient(PortalAddress(**settings.VANLANG_NATIONAL_PORTAL), seconds=5)
    wire = Recorded(client)
    register_store(wire)
    yield Store(line, wire, matter, signed, now)
    forget_store()
    client.close()


def offered(store: Store) -> StoreCard:
    """Return what the store is known to hold for the draft."""
    return get_store(
        store.matter.id, case=store.matter.case, on=store.now.date(), owner=store.matter.person_id
    )


def submitted(store: Store) -> None:
    """Make the draft a dossier that the counter received."""
    lan, at = store.line.world.lan, store.now
    intake.choose_place(
        draft_id=store.matter.id, case_id=store.matter.case.id, intake_agency_id=int(store.line.world.viet_tri.id),
        return_way=intake.ReturnWay.INTAKE, contact=intake.Contact("0912345678", ""), other_applicant=None, actor=lan, at=at,
    )  # fmt: skip
    intake.submit(draft_id=store.matter.id, actor=lan, at=at)
    services.receive(dossier_id=store.matter.id, actor=store.line.world.hung, at=at)


def test_what_is_asked_and_what_is_answered(store: Store) -> None:
    store.hold(store.signed)
    store.hold(store.signed, number="9/KS", kind="KQ.G15.000031")
    assert store.ask()
    assert agrees("GetDanhSachKetQua", store.wire.asked[0])
    assert agrees("GetDanhSachKetQua_tra_loi", store.wire.answered[0])
    read = Record.objects.get(act="nationalportal.ask_store", kind="read")
    assert (read.purpose, read.object_id) == ("Nộp hồ sơ đăng ký thường trú", str(store.matter.person_id))
    known = offered(store)
    assert [one.number for one in known.offers] == ["15/GCN-KH"], "what was not asked for is not read"


def test_a_signed_file_is_the_paper_and_says_so(store: Store) -> None:
    store.hold(store.signed)
    store.ask()
    kept = store.use()
    assert kept.file_id is not None
    assert store.use().file_id == kept.file_id, "pressed again, nothing is laid in twice"
    assert not offered(store).offers
    submitted(store)
    paper = Attachment.objects.get(dossier_id=store.matter.id)
    assert paper.file_id == kept.file_id
    assert list_origins(store.matter.id)[kept.file_id].number == "15/GCN-KH"
    told = store.told()
    assert (told["DuocLayTuKhoDMQG"], told["DuocTaiSuDung"], told["MaKetQuaThayThe"]) == ("1", "2", MARRIAGE)
    assert "DuocSoHoa" not in told


def test_who_uploads_a_paper_beside_the_offer_reuses_nothing(store: Store) -> None:
    store.hold(store.signed)
    store.ask()
    store.use()
    (laid,) = intake.get_draft(store.matter.id, actor=store.line.world.lan, on=store.now.date()).papers
    intake.detach(draft_id=store.matter.id, paper_id=laid.id, actor=store.line.world.lan, at=store.now)
    intake.attach(
        draft_id=store.matter.id, required_document_id=laid.required_document_id, content=store.signed, name="ban-cua-toi.pdf",
        actor=store.line.world.lan, at=store.now,
    )  # fmt: skip
    submitted(store)
    told = store.told()
    assert (told["DuocLayTuKhoDMQG"], told["DuocTaiSuDung"]) == ("0", "0"), (
        "the same bytes, but nobody fetched them"
    )
    assert "MaKetQuaThayThe" not in told


def _altered(store: Store) -> str:
    store.hold(store.signed)
    store.line.outside.misbehave("national_portal", "altered_file", path="/tep/")
    return "nationalportal.result_modified"


def _unsigned(store: Store) -> str:
    store.hold(pdf())
    return "nationalportal.result_not_signed"


def _gone(store: Store) -> str:
    store.hold(store.signed)
    store.line.outside.misbehave("national_portal", "lost_file", path="/tep/")
    return "nationalportal.result_gone"


def _no_pdf(store: Store) -> str:
    store.hold(b"no file at all")
    return "nationalportal.result_unreadable"


@pytest.mark.parametrize("spoil", [_altered, _unsigned, _gone, _no_pdf])
def test_a_file_that_is_not_what_it_should_be_is_nobodys_evidence(store: Store, spoil: Any) -> None:
    code = spoil(store)
    store.ask()
    with pytest.raises(ResultUnusableError) as refused:
        store.use()
    assert refused.value.code == code
    row = StoreResult.objects.get()
    assert (row.refusal, row.file_id) == (code, None)
    (offer,) = offered(store).offers
    assert offer.why_not == code
    assert list_origins(store.matter.id) == {}


@pytest.mark.parametrize("mode", ["nonsense", "error_500", "drop", "code:99", "code:7"])
def test_a_store_that_is_silent_is_a_fact_and_keeps_nobody(store: Store, mode: str) -> None:
    store.hold(store.signed)
    store.line.outside.misbehave("national_portal", mode, path="/adapter/share")
    assert not store.ask()
    look = StoreLook.objects.get()
    assert look.failure
    known = offered(store)
    assert (known.failure, known.offers) == (look.failure, ())
    store.now += dt.timedelta(seconds=1)
    assert store.ask(), "asked again, it answers"
    assert store.use().file_id


def test_a_session_that_is_over_is_nobodys_trouble(store: Store) -> None:
    store.hold(store.signed)
    store.line.outside.misbehave("national_portal", "expire_session", path=STORE)
    assert store.ask()


def test_a_file_that_cannot_be_fetched_now_is_not_refused_for_ever(store: Store) -> None:
    store.hold(store.signed)
    store.ask()
    store.line.outside.misbehave("national_portal", "error_500", path="/tep/")
    with pytest.raises(StoreSilentError):
        store.use()
    assert StoreResult.objects.get().refusal == ""
    assert store.use().file_id


def test_another_matters_result_is_not_there(store: Store) -> None:
    store.hold(store.signed)
    store.ask()
    row = StoreResult.objects.get()
    with pytest.raises(ResultNotFoundError):
        bring(matter=store.matter.person_id, result_id=row.pk, actor=store.line.world.hung, at=store.now)


def test_at_the_counter_the_file_is_fetched_once(store: Store) -> None:
    store.hold(store.signed)
    store.ask()
    row = StoreResult.objects.get()
    first = bring(matter=store.matter.id, result_id=row.pk, actor=store.line.world.hung, at=store.now)
    assert bring(matter=store.matter.id, result_id=row.pk, actor=store.line.world.hung, at=store.now) == first
    assert first.name.endswith("(từ kho dữ liệu quốc gia)")


def test_the_counter_offers_it_masked_and_takes_it_by_consent(store: Store) -> None:
    store.hold(store.signed)
    client, page = browser_of(store.line.world.hung), f"/can-bo/tiep-nhan/{RESIDENCE}/"
    with clock.frozen(store.now):
        first = client.get(page).content.decode()
        assert "Hỏi kho dữ liệu quốc gia" in first
        made = re.search(r'name="c-dossier_id" value="([^"]+)"', first)
        assert made
        told = {
            "c-dossier_id": made[1], "c-personal_id": LAN, "c-full_name": "Nguyễn Thị Lan", "c-channel": "direct",
            "c-competent": str(store.line.world.viet_tri.id), "c-return_to": str(store.line.world.viet_tri.id),
        }  # fmt: skip
        asked = client.post(page, told | {"viec": "hoi-kho"}).content.decode()
        assert "•5/GCN-KH" in asked and "15/GCN-KH" not in asked, "masked before they agree"
        result = StoreResult.objects.get()
        other = told | {"viec": "nhan", "dong-y-kho": str(result.pk), "c-personal_id": "025190099999"}
        assert client.post(page, other).status_code == 422, "of another person it is nobody's"
        answer = client.post(page, told | {"viec": "nhan", "dong-y-kho": str(result.pk)})
        assert answer.status_code == 303
        shown = client.get(f"/can-bo/ho-so/{made[1]}/").content.decode()
    assert "lấy từ kho dữ liệu quốc gia, số 15/GCN-KH" in shown
    paper = Attachment.objects.get(dossier_id=made[1])
    assert paper.required_document_id == store.matter.case.documents[0].id
    said = compose([uuid.UUID(made[1])], at=store.now)[uuid.UUID(made[1])]
    assert isinstance(said, PortalDossier)
    message: Any = encode(said)
    assert message["TaiLieuNop"][0]["DuocLayTuKhoDMQG"] == "1"


def test_at_the_counter_an_altered_file_files_nothing(store: Store) -> None:
    store.hold(store.signed)
    client, page = browser_of(store.line.world.hung), f"/can-bo/tiep-nhan/{RESIDENCE}/"
    with clock.frozen(store.now):
        made = re.search(r'name="c-dossier_id" value="([^"]+)"', client.get(page).content.decode())
        assert made
        told = {
            "c-dossier_id": made[1], "c-personal_id": LAN, "c-full_name": "Nguyễn Thị Lan", "c-channel": "direct",
            "c-competent": str(store.line.world.viet_tri.id), "c-return_to": str(store.line.world.viet_tri.id),
        }  # fmt: skip
        client.post(page, told | {"viec": "hoi-kho"})
        store.line.outside.misbehave("national_portal", "altered_file", path="/tep/")
        answer = client.post(page, told | {"viec": "nhan", "dong-y-kho": str(StoreResult.objects.get().pk)})
        assert answer.status_code == 409
        assert "đã bị sửa sau khi ký" in answer.content.decode()
    assert not Attachment.objects.exists()
