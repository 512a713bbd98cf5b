"""A visit from the counter to the book: forty copies in one action, paper and electronic, and what is struck out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pikepdf
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.audit.api import list_records
from vanlang.catalogue.models import Fee
from vanlang.certification.api import (
    BroughtOriginal,
    NoSuchEntryError,
    NotCancelledError,
    NotEnteredError,
    NotTakenInError,
    RequestCard,
    cancel,
    get_request,
    list_requests,
    read_book,
    take_in,
)
from vanlang.certification.models import CertificationEntry, CertificationRequest
from vanlang.certification.tests.factories import (
    Counter,
    eight_originals,
    make_counter,
    run_jobs,
    scan_of,
)
from vanlang.certification.types import EntryState
from vanlang.documents.api import CERTIFICATION, list_register, read_outcome
from vanlang.documents.tests.pages import text_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.conftest import outside  # noqa: F401 - a fixture by its name
from vanlang.dossiers.tests.factories import append_signature
from vanlang.dossiers.tests.test_codes_concurrently import at_once
from vanlang.files.models import StoredFile
from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.signing import api as signing

TODAY = dt.date(2026, 11, 23)


def book_of(counter: Counter) -> list[tuple[int, str, str]]:
    """Return the book: number, document, note of a cancelled number."""
    lines = read_book(
        actor=counter.world.mai,
        from_on=TODAY,
        to_on=TODAY + dt.timedelta(days=1),
        purpose="Thử",
        at=counter.world.at,
    )
    return [(line.number, line.document, line.void_note) for line in lines]


# ---- taking in ---------------------------------------------------------------------------------


def test_forty_copies_are_taken_in_by_one_action(counter: Counter) -> None:
    visit = counter.take_in(*eight_originals())
    assert (len(visit.entries), visit.copies) == (8, 40)
    assert {entry.state for entry in visit.entries} == {EntryState.WAITING}
    dossier = Dossier.objects.get(pk=visit.entries[0].dossier_id)
    assert {entry.dossier_id for entry in visit.entries} == {dossier.pk}
    assert dossier.state == State.IN_PROGRESS
    assert dossier.holder_id == counter.world.mai.appointment_id
    assert dossier.request == "Chứng thực 40 bản sao từ 8 bản chính"
    assert (dossier.due_at, visit.due_at) == (dt.datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM),) * 2


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(14, 59, "23/11/2026"), (15, 0, "23/11/2026"), (15, 1, "25/11/2026"), (16, 30, "25/11/2026")],
)
def test_after_three_in_the_afternoon_it_is_done_the_next_working_day(
    counter: Counter, hour: int, minute: int, due: str
) -> None:
    """The next one is a Wednesday: 24 November is a day off."""
    at = counter.world.at.replace(hour=hour, minute=minute)
    visit = counter.take_in(*eight_originals()[:1], at=at)
    assert f"{visit.due_at.astimezone(VIETNAM):%d/%m/%Y}" == due
    assert Dossier.objects.get(pk=visit.entries[0].dossier_id).due_at == visit.due_at


def test_the_fee_is_the_catalogues(counter: Counter) -> None:
    """2.000 đồng a page, from the third page 1.000: 5.000 for a copy of three pages."""
    visit = counter.take_in(*eight_originals())
    assert {entry.fee_vnd for entry in visit.entries} == {25_000}
    assert visit.fee_vnd == 200_000


def test_without_a_confirmed_fee_none_is_written(counter: Counter) -> None:
    Fee.objects.filter(version__procedure__code="2.000815").delete()
    visit = counter.take_in(*eight_originals()[:2])
    assert ([entry.fee_vnd for entry in visit.entries], visit.fee_vnd) == ([None, None], None)


def test_pressed_twice_it_is_taken_in_once(counter: Counter) -> None:
    brought = counter.brought(*eight_originals())
    first, second = (take_in(brought=brought, actor=counter.world.hung, at=counter.world.at) for _ in "ab")
    assert first == second
    assert Dossier.objects.count() == 1


def test_what_cannot_be_taken_in_leaves_nothing(counter: Counter) -> None:
    electronic = BroughtOriginal(name="Căn cước", pages=2, copies=0, electronic=True)
    for originals in (
        (),
        (BroughtOriginal(name="A", pages=0, copies=1),),
        (*eight_originals()[:1], electronic),
    ):
        with pytest.raises(NotTakenInError):
            counter.take_in(*originals)
    assert not CertificationRequest.objects.exists()
    assert not Dossier.objects.exists()


def test_only_the_counter_takes_in(counter: Counter) -> None:
    with pytest.raises(dossiers.ActNotAllowed):
        take_in(
            brought=counter.brought(*eight_originals()[:1]), actor=counter.world.phuc, at=counter.world.at
        )


# ---- the book ----------------------------------------------------------------------------------


def test_entered_it_has_consecutive_numbers_and_lies_before_the_leader(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()))
    assert [entry.number for entry in visit.entries] == list(range(1, 9))
    assert {(entry.certified_on, entry.signer) for entry in visit.entries} == {(TODAY, "Nguyễn Văn Phúc")}
    dossier = Dossier.objects.get(pk=visit.entries[0].dossier_id)
    assert (dossier.state, dossier.on_paper) == (State.PROPOSED, True)
    assert dossier.holder_id == counter.world.phuc.appointment_id
    world = counter.world
    dossiers.approve(dossier_id=dossier.pk, actor=world.phuc, at=world.at)
    dossiers.release(dossier_id=dossier.pk, actor=world.thao, at=world.at)
    assert Outcome.objects.get(dossier=dossier).number == "01–08", "the clerk takes no second number"
    assert len(list_register(agency_id=world.viet_tri.id, book_kind=CERTIFICATION, year=2026)) == 8


def test_only_the_specialist_who_holds_it_enters(counter: Counter) -> None:
    visit = counter.take_in(*eight_originals()[:1])
    other = Counter(counter.world)
    leader = counter.world.phuc.appointment_id
    assert leader
    from vanlang.certification.api import enter

    with pytest.raises(dossiers.ActNotAllowed):
        enter(
            request_id=visit.id,
            leader_id=leader,
            address_of=str,
            actor=counter.world.thao,
            at=counter.world.at,
        )
    with pytest.raises(NotEnteredError) as refused:
        enter(
            request_id=visit.id,
            leader_id=counter.world.mai.appointment_id or 0,
            address_of=str,
            actor=counter.world.mai,
            at=counter.world.at,
        )
    assert refused.value.code == "certification.no_such_leader"
    assert not book_of(other)


def test_after_rework_the_numbers_stay(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()[:2]))
    with pytest.raises(NotEnteredError):
        counter.enter(visit)
    world, dossier_id = counter.world, visit.entries[0].dossier_id
    dossiers.return_for_rework(dossier_id=dossier_id, reason="Sai tên", actor=world.phuc, at=world.at)
    again = counter.enter(visit)
    assert [entry.number for entry in again.entries] == [1, 2]
    assert Outcome.objects.get(dossier_id=dossier_id).number == "01–02"


def test_a_number_that_is_cancelled_stays_with_note_and_day(counter: Counter) -> None:
    world = counter.world
    visit = counter.enter(counter.take_in(*eight_originals()[:3]))
    dossiers.return_for_rework(
        dossier_id=visit.entries[0].dossier_id, reason="In hỏng", actor=world.phuc, at=world.at
    )
    cancel(entry_id=visit.entries[1].id, note="Ghi nhầm tên", again=True, actor=world.mai, at=world.at)
    with pytest.raises(NotCancelledError):
        cancel(entry_id=visit.entries[1].id, note="Lần nữa", actor=world.mai, at=world.at)
    counter.enter(visit)
    assert book_of(counter) == [
        (1, "Bằng tốt nghiệp đại học", ""),
        (2, "Giấy khai sinh", "Ghi nhầm tên"),
        (3, "Căn cước", ""),
        (4, "Giấy khai sinh", ""),
    ]
    assert Outcome.objects.get(dossier_id=visit.entries[0].dossier_id).number == "01, 03–04"


def test_a_note_is_needed(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()[:1]))
    with pytest.raises(NotCancelledError) as refused:
        cancel(entry_id=visit.entries[0].id, note="  ", actor=counter.world.mai, at=counter.world.at)
    assert refused.value.code == "certification.note_missing"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM certification_certificationentry",
        "UPDATE certification_certificationentry SET number = 99",
        "UPDATE certification_certificationentry SET copies = 1",
        "UPDATE certification_certificationentry SET number = NULL, year = NULL, certified_on = NULL, signer = ''",
        "DELETE FROM documents_registerentry",
        "UPDATE documents_registerentry SET number = 99",
    ],
)
def test_the_database_lets_no_line_be_changed_or_deleted(counter: Counter, statement: str) -> None:
    counter.enter(counter.take_in(*eight_originals()[:2]))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [number for number, _, _ in book_of(counter)] == [1, 2]


def test_a_cancelled_line_stands_as_it_is(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()[:1]))
    cancel(entry_id=visit.entries[0].id, note="In hỏng", actor=counter.world.mai, at=counter.world.at)
    for column in ("cancel_note = 'khác'", "cancelled_at = NULL, cancel_note = ''"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE certification_certificationentry SET {column}")  # noqa: S608 - the test's own words


# ---- whose -------------------------------------------------------------------------------------


def test_another_agency_sees_neither_visit_nor_book(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()[:1]))
    stranger = counter.world.nong_trang.specialist
    for scope in (Scope.system(), Scope.officer(counter.world.nong_trang.id)):
        with acting(scope):
            with pytest.raises(NoSuchEntryError):
                get_request(visit.id, actor=stranger, at=counter.world.at)
            with pytest.raises(NoSuchEntryError):
                cancel(entry_id=visit.entries[0].id, note="x", actor=stranger, at=counter.world.at)
            assert list_requests(stranger, from_at=counter.world.at) == ()
    with acting(Scope.officer(counter.world.nong_trang.id)):
        assert not CertificationEntry.objects.exists(), "row-level security, whatever a query forgets"
        assert not CertificationRequest.objects.exists()


def test_reads_are_recorded_and_lists_are_masked(counter: Counter) -> None:
    world = counter.world
    visit = counter.take_in(*eight_originals()[:1])
    assert [line.requester for line in list_requests(world.mai, from_at=world.at)] != ["Nguyễn Thị Lan"]
    get_request(visit.id, actor=world.mai, at=world.at)
    book_of(counter)
    opened = list_records(object_type="certification.request", object_id=visit.id)
    assert "certification.open" in {record.act for record in opened}
    read = list_records(object_type="certification.book", object_id=world.viet_tri.id)
    assert {record.act for record in read} == {"certification.read_book"}


# ---- electronic --------------------------------------------------------------------------------


def an_electronic_copy(counter: Counter) -> RequestCard:
    return counter.take_in(
        BroughtOriginal(
            name="Bằng tốt nghiệp đại học", pages=2, copies=0, electronic=True, scan=("bang.pdf", scan_of(2))
        )
    )


def test_an_electronic_copy_is_the_scan_and_the_words_signed_by_the_leader(
    outside: Outside,  # noqa: F811 - the fixture above
    transactional_db: None,
    settings: object,
) -> None:
    now = clock.now()
    counter = make_counter(now)
    world = counter.world
    root = settings.VANLANG_STATE / "trust-certification"  # type: ignore[attr-defined] # Django's settings
    root.mkdir(exist_ok=True)
    (root / "sandbox.pem").write_bytes(outside.root())
    settings.SIGNING_TRUST_DIR = root  # type: ignore[attr-defined] # as above
    visit = counter.enter(an_electronic_copy(counter), at=now)
    (entry,) = visit.entries
    assert entry.number is None, "the number comes with the signature"
    draft = text_of(read_outcome(_document_of(entry.dossier_id)))
    assert "Chứng thực bản sao đúng với bản chính" in draft
    signing.enrol_officer(appointment_id=world.phuc.appointment_id or 0, actor=SYSTEM, at=now)
    dossiers.approve(dossier_id=entry.dossier_id, actor=world.phuc, at=now)
    dossiers.sign(dossier_id=entry.dossier_id, actor=world.phuc, at=now)
    run_jobs()
    (signed,) = get_request(visit.id, actor=world.mai, at=now).entries
    assert (signed.state, signed.number, signed.signer) == (EntryState.ENTERED, 1, "Nguyễn Văn Phúc")
    dossiers.release(dossier_id=entry.dossier_id, actor=world.thao, at=now)

    pdf = read_outcome(_document_of(entry.dossier_id))
    verdict = signing.verify_pdf(pdf, at=now)
    assert verdict.is_valid, verdict
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 3
        places = [index for index, page in enumerate(document.pages) if "/Annots" in page]
        assert places == [2], "the leader's mark stands on the page of the words"
    words = text_of(pdf)
    scan = StoredFile.objects.get(name__startswith="bang")
    assert scan.sha256[:32] in words
    assert f"01/{now.astimezone(VIETNAM).year}-SCT/BS" in words


def _document_of(dossier_id: object) -> object:
    return Outcome.objects.get(dossier_id=dossier_id).document_id


def test_an_electronic_copy_sent_back_after_its_signature_gets_a_number_of_its_own(counter: Counter) -> None:
    world = counter.world
    visit = counter.enter(an_electronic_copy(counter))
    dossier_id = visit.entries[0].dossier_id
    for step in (1, 2):
        dossiers.approve(dossier_id=dossier_id, actor=world.phuc, at=world.at)
        dossiers.sign(dossier_id=dossier_id, signer=append_signature, actor=world.phuc, at=world.at)
        run_jobs()
        run_jobs()  # a worker that died after its work does it again
        if step == 1:
            dossiers.return_for_rework(dossier_id=dossier_id, reason="Mờ", actor=world.phuc, at=world.at)
            run_jobs()
            run_jobs()
            counter.enter(visit)
    rows = CertificationEntry.objects.order_by("number").values_list("number", "cancel_note")
    assert list(rows) == [(1, "Trả lại để ký lại, số đã hủy"), (2, "")]
    assert [(number, note) for number, _, note in book_of(counter)] == [(1, "Mờ"), (2, "")]
    with pytest.raises(NotCancelledError) as refused:
        cancel(entry_id=CertificationEntry.objects.get(number=2).pk, note="x", actor=world.mai, at=world.at)
    assert refused.value.code == "certification.electronic_is_returned"


# ---- many at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_specialists_at_once_leave_no_gap_and_no_repeat(at: dt.datetime) -> None:
    """Twelve visits of three originals are entered together; every third is rolled back and gives its numbers back."""
    counter = make_counter(at)
    visits = [counter.take_in(*eight_originals(copies=1)[:3]) for _ in range(12)]
    barrier = Barrier(len(visits))

    def entering(visit: RequestCard, *, and_fail: bool) -> Callable[[], None]:
        def task() -> None:
            try:
                connection.ensure_connection()
                barrier.wait(timeout=60)
                with transaction.atomic():
                    counter.enter(visit)
                    if and_fail:
                        raise RuntimeError
            except RuntimeError:
                pass
            finally:
                connection.close()

        return task

    with ThreadPoolExecutor(len(visits)) as pool:
        tasks = [entering(visit, and_fail=index % 3 == 0) for index, visit in enumerate(visits)]
        for future in [pool.submit(copy_context().run, task) for task in tasks]:
            future.result(timeout=120)
    numbers = CertificationEntry.objects.filter(number__isnull=False).order_by("number")
    assert [row.number for row in numbers] == list(range(1, 25))
    for visit in visits:
        own = sorted(row.number for row in numbers if row.request_id == visit.id)
        assert own in ([], list(range(own[0], own[0] + 3)) if own else []), "a visit's numbers stand together"


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_taken_in_once_too(at: dt.datetime) -> None:
    counter = make_counter(at)
    brought = counter.brought(*eight_originals()[:2])
    first, second = at_once([lambda: take_in(brought=brought, actor=counter.world.hung, at=at)] * 2)
    assert first == second
    assert isinstance(first, RequestCard)
    assert Dossier.objects.count() == 1
