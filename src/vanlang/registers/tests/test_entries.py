"""An entry from its release to its end; what was written stays; who sees it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from vanlang.audit.models import Record
from vanlang.files.api import store
from vanlang.kernel.ids import new_id
from vanlang.kernel.scope import Scope, acting
from vanlang.registers import api as registers
from vanlang.registers.api import EntryState, Grade, Holder, Proof
from vanlang.registers.errors import (
    EntryEndedError,
    EntryUnusableError,
    FactsInvalidError,
    MayNotReadError,
    UnknownEntryError,
)
from vanlang.registers.models import Entry, EntryEdition, EntryUse, RegisterSchema
from vanlang.registers.queries.entries import _in_state, span_of
from vanlang.registers.rules.states import state_on
from vanlang.registers.tests.world import World

FACTS = {
    "child_name": "Trần Gia An", "child_gender": "male", "child_born_on": "2026-11-02", "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam", "birth_place": "Bệnh viện Đa khoa tỉnh", "home_town": "Phú Thọ",
    "mother_name": "Nguyễn Thị Lan", "declared_by": "Nguyễn Thị Lan",
}  # fmt: skip
Register = Callable[..., uuid.UUID]


@pytest.fixture
def register(world: World, at: dt.datetime) -> Register:
    """Write an entry at Việt Trì for Bà Lan, as the clerk does; words replace what it says."""

    def write(**changes: object) -> uuid.UUID:
        number = str(changes.get("number", "15/GKS-UBND"))
        proof = Proof(
            dossier_id=changes.get("dossier_id") or new_id(),  # type: ignore[arg-type] # an id by its name
            number=number,
            issued_on=changes.get("issued_on", at.date()),  # type: ignore[arg-type] # a day by its name
            title="Giấy khai sinh",
            token=number,
        )
        name = str(changes.get("name", "Trần Gia An"))
        return registers.register_entry(
            register_code=str(changes.get("register", "birth")),
            agency_id=int(str(changes.get("agency_id", world.viet_tri))),
            holder=Holder(person_id=world.lan_id, name=name),
            proof=proof,
            facts=changes.get("facts", FACTS),  # type: ignore[arg-type] # facts by their name
            actor=world.thao,
            at=changes.get("at", at),  # type: ignore[arg-type] # an instant by its name
        )

    return write


def opened(entry_id: uuid.UUID, world: World, at: dt.datetime) -> registers.EntryPage:
    return registers.get_entry_page(entry_id, actor=world.thao, purpose="Đối chiếu", at=at)


def test_an_entry_says_what_its_result_says(world: World, register: Register, at: dt.datetime) -> None:
    page = opened(register(), world, at)
    assert (page.state, page.grade, page.missing) == (EntryState.VALID, Grade.A, ())
    assert [title for title, _ in page.rows[:3]] == ["Họ, chữ đệm, tên", "Giới tính", "Ngày sinh"], (
        "in the register's order"
    )
    assert ("Giới tính", "Nam") in page.rows and ("Ngày sinh", "02/11/2026") in page.rows
    assert [event.kind for event in page.history] == ["registered"]


def test_opening_is_written_before_it_is_shown(world: World, register: Register, at: dt.datetime) -> None:
    entry_id = register()
    opened(entry_id, world, at)
    read = Record.objects.get(act="registers.open")
    assert (read.object_id, read.purpose, read.account_id) == (
        str(entry_id),
        "Đối chiếu",
        world.thao.account_id,
    )
    with pytest.raises(ValueError, match="purpose"):
        registers.get_entry_page(entry_id, actor=world.thao, purpose=" ", at=at)


def test_missing_facts_do_not_hold_a_result_up_and_are_completed_later(
    world: World, register: Register, at: dt.datetime
) -> None:
    entry_id = register(facts={name: value for name, value in FACTS.items() if name != "home_town"})
    page = opened(entry_id, world, at)
    assert (page.grade, page.missing) == (Grade.C, ("Quê quán",))
    later = at + dt.timedelta(hours=1)
    registers.complete_entry(
        entry_id=entry_id, facts={"home_town": "Phú Thọ", "child_name": "Tên khác"}, reason="Theo bản gốc",
        actor=world.thao, at=later,
    )  # fmt: skip
    page = opened(entry_id, world, later)
    assert (page.grade, page.missing) == (Grade.B, ())
    assert page.facts["child_name"] == "Trần Gia An", "completing is no correction"
    assert [(one.number, one.superseded_at) for one in page.editions] == [(1, later), (2, None)]
    assert "home_town" not in page.editions[0].facts, "what was said then stays readable"
    with pytest.raises(FactsInvalidError):
        registers.complete_entry(entry_id=entry_id, facts={}, reason="", actor=world.thao, at=later)


def test_a_corrected_result_replaces_its_entry(world: World, register: Register, at: dt.datetime) -> None:
    dossier_id = new_id()
    first = register(dossier_id=dossier_id)
    later = at + dt.timedelta(days=10)
    second = register(dossier_id=dossier_id, number="16/GKS-UBND", at=later, issued_on=later.date())
    old, new = opened(first, world, later), opened(second, world, later)
    assert (old.state, old.replaced_by_id, old.ended_reason) == (EntryState.REPLACED, second, "16/GKS-UBND")
    assert (new.state, new.replaces_id) == (EntryState.VALID, first)
    standing = registers.find_standing("15/GKS-UBND", on=at.date())
    assert standing is not None and standing.state is EntryState.VALID, "last week's answer stays what it was"
    standing = registers.find_standing("15/GKS-UBND", on=later.date())
    assert standing is not None and (standing.state, standing.replaced_by_number) == (
        EntryState.REPLACED,
        "16/GKS-UBND",
    )


def test_a_revoked_result_ends_its_entry_once(world: World, register: Register, at: dt.datetime) -> None:
    dossier_id = new_id()
    entry_id = register(dossier_id=dossier_id)
    ended = registers.revoke_entry(
        dossier_id=dossier_id, reason="Cấp sai thẩm quyền", actor=world.thao, at=at
    )
    again = registers.revoke_entry(dossier_id=dossier_id, reason="Lần hai", actor=world.thao, at=at)
    assert (ended, again) == ((entry_id,), ())
    assert opened(entry_id, world, at).ended_reason == "Cấp sai thẩm quyền"
    with pytest.raises(EntryEndedError):
        registers.complete_entry(entry_id=entry_id, facts={}, reason="", actor=world.thao, at=at)


def test_what_was_written_stays_also_for_the_system(
    world: World, register: Register, at: dt.datetime
) -> None:
    entry_id = register()
    row = Entry.objects.get(pk=entry_id)
    attempts: list[Callable[[], object]] = [
        lambda: Entry.objects.filter(pk=entry_id).update(number="99/X"),
        lambda: Entry.objects.filter(pk=entry_id).delete(),
        lambda: EntryEdition.objects.filter(entry=row).update(facts={}),
        lambda: row.changes.update(reason="khác"),
        lambda: RegisterSchema.objects.update(schema={}),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    registers.revoke_entry(dossier_id=row.source_dossier_id, reason="Cấp sai", actor=world.thao, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry_id).update(ended_as="", ended_on=None, ended_reason="")


def test_one_dossier_has_one_standing_entry_in_a_register(
    world: World, register: Register, at: dt.datetime
) -> None:
    row = Entry.objects.get(pk=register())
    row.pk, row.token = new_id(), "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_file_is_kept_with_its_hash(world: World, at: dt.datetime) -> None:
    from vanlang.files.tests.samples import pdf

    file = store(content=pdf(), name="Giấy khai sinh.pdf", at=at)
    proof = Proof(
        dossier_id=new_id(),
        number="17/GKS-UBND",
        issued_on=at.date(),
        title="Giấy khai sinh",
        file_id=file.id,
    )
    entry_id = registers.register_entry(
        register_code="birth", agency_id=world.viet_tri, proof=proof, facts=FACTS, actor=world.thao, at=at,
        holder=Holder(person_id=world.lan_id, name="Trần Gia An"),
    )  # fmt: skip
    assert Entry.objects.get(pk=entry_id).sha256 == file.sha256


def test_searching_is_masked_and_by_any_part_of_number_or_name(
    world: World, register: Register, at: dt.datetime
) -> None:
    wanted = register(number="15/GKS-UBND", name="Trần Gia An")
    register(number="16/GKS-UBND", name="Lê Văn Bình")
    register(number="17/GKS-UBND", name="Trần Gia An", agency_id=world.nong_trang)
    birth = registers.access_register("birth", actor=world.thao)
    for text in ("tran gia an", "15/GKS", "an 15"):
        lines = registers.search_entries(birth, actor=world.thao, text=text, on=at.date())
        assert [(line.id, line.holder) for line in lines] == [(wanted, "Trần G. A.")]
    assert len(registers.search_entries(birth, actor=world.thao, on=at.date())) == 2


def test_the_filter_of_states_is_the_rule(world: World, register: Register, at: dt.datetime) -> None:
    revoked = new_id()
    register(number="1", dossier_id=revoked)
    register(number="2", issued_on=at.date() + dt.timedelta(days=3))
    register(number="3", register="marital-status", issued_on=at.date() - dt.timedelta(days=400))
    registers.revoke_entry(
        dossier_id=revoked, reason="Cấp sai", actor=world.thao, at=at + dt.timedelta(days=1)
    )
    for day in (at.date() + dt.timedelta(days=step) for step in (-300, -1, 0, 1, 3, 900)):
        by_rule = {row.pk: state_on(span_of(row), day) for row in Entry.objects.all()}
        by_filter = {
            row.pk: state for state in EntryState for row in Entry.objects.filter(_in_state(state, day))
        }
        assert by_filter == by_rule


def test_a_role_that_is_no_reader_and_an_agency_elsewhere_see_nothing(
    world: World, register: Register, at: dt.datetime
) -> None:
    from dataclasses import replace

    from vanlang.identity.api import Role

    entry_id = register()
    with pytest.raises(MayNotReadError):
        registers.access_register("birth", actor=replace(world.thao, roles=frozenset({Role.ADMIN})))
    with pytest.raises(UnknownEntryError):
        registers.get_entry_page(entry_id, actor=world.clerk_elsewhere, purpose="Xem", at=at)


def test_row_level_security_shows_an_entry_to_its_agency_and_its_holder(
    world: World, register: Register, at: dt.datetime
) -> None:
    entry_id = register()
    sees = {
        Scope.officer(world.viet_tri): True,
        Scope.officer(world.nong_trang): False,
        Scope.citizen(world.lan_id): True,
        Scope.citizen(world.stranger_id): False,
        Scope.nobody(): False,
    }
    for scope, wanted in sees.items():
        with acting(scope):
            assert Entry.objects.filter(pk=entry_id).exists() is wanted, scope
            assert EntryEdition.objects.filter(entry_id=entry_id).exists() is wanted, scope


def test_an_agency_cannot_write_into_the_register_of_another(world: World, register: Register) -> None:
    with acting(Scope.officer(world.nong_trang)), pytest.raises(DatabaseError), transaction.atomic():
        register()


def test_the_same_matter_twice_is_pointed_out(world: World, register: Register, at: dt.datetime) -> None:
    first, second = register(number="15/GKS-UBND"), register(number="20/GKS-UBND")
    assert [line.id for line in opened(first, world, at).twins] == [second]


def test_a_use_keeps_consent_and_purpose_and_the_other_agency_sees_it(
    world: World, register: Register, at: dt.datetime
) -> None:
    entry_id, dossier_id = register(), new_id()

    def use(person_id: uuid.UUID) -> None:
        registers.record_use(
            entry_id=entry_id, dossier_id=dossier_id, required_document_id=7, agency_id=world.nong_trang,
            person_id=person_id, purpose="Đăng ký thường trú", actor=world.lan, at=at,
        )  # fmt: skip

    use(world.lan_id)
    use(world.lan_id)
    assert EntryUse.objects.count() == 1
    assert Record.objects.filter(act="registers.use", purpose="Đăng ký thường trú").count() == 1
    with acting(Scope.officer(world.nong_trang)):
        (card,) = registers.list_uses(dossier_id, on=at.date())
    assert (card.number, card.state, card.grade) == ("15/GKS-UBND", EntryState.VALID, Grade.A)
    with pytest.raises(UnknownEntryError):
        use(world.stranger_id)


def test_an_expired_entry_is_held_but_not_usable(world: World, register: Register, at: dt.datetime) -> None:
    entry_id = register(
        register="marital-status",
        issued_on=at.date() - dt.timedelta(days=400),
        facts={
            "subject_name": "Nguyễn Thị Lan", "subject_personal_id": "025190012123", "subject_born_on": "1990-01-01",
            "subject_address": "Việt Trì", "status": "never", "purpose": "marriage",
        },
    )  # fmt: skip
    (held,) = registers.list_held(world.lan_id, on=at.date())
    assert (held.id, held.why_not) == (entry_id, "registers.expired")
    with pytest.raises(EntryUnusableError) as refused:
        registers.record_use(
            entry_id=entry_id, dossier_id=new_id(), required_document_id=7, agency_id=world.nong_trang,
            person_id=world.lan_id, purpose="Kết hôn", actor=world.lan, at=at,
        )  # fmt: skip
    assert refused.value.code == "registers.expired"


def test_an_export_is_one_read_with_its_purpose(world: World, register: Register, at: dt.datetime) -> None:
    register()
    birth = registers.access_register("birth", actor=world.thao)
    ((line, name, facts),) = registers.export_entries(
        birth, actor=world.thao, text="", state=None, purpose="Báo cáo tháng 11", at=at
    )
    assert (line.number, name, facts["child_name"]) == ("15/GKS-UBND", "Trần Gia An", "Trần Gia An")
    read = Record.objects.get(act="registers.export")
    assert (read.purpose, read.facts) == ("Báo cáo tháng 11", {"entries": 1})


def test_loading_twice_adds_nothing(registers: None, at: dt.datetime) -> None:
    from django.conf import settings

    from vanlang.registers.services import load_registers

    loaded = load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    assert loaded.total >= 8
    assert loaded.added == 0
