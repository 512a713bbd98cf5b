"""Notes and mentions: seen where the dossier is seen by officers, never by citizens; words stand after minutes."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from vanlang.audit.api import list_records
from vanlang.dossiers.api import DossierNotFound
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_officer
from vanlang.identity.api import Role, scope_of
from vanlang.kernel.scope import acting
from vanlang.organizations.api import UnitKind
from vanlang.teamwork import queries, services
from vanlang.teamwork.errors import NotAcceptableError, NoteError, TeamworkNotFoundError
from vanlang.teamwork.models import Follow, Mention, Note
from vanlang.teamwork.rules.notes import cut_at_mentions, mentioned
from vanlang.teamwork.tests.officers import browser_of

MINUTES = dt.timedelta(minutes=1)
names = st.lists(st.text("aàLêThịMai ", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=4)


@given(text=st.text("@aàLêThịMai ,.\n", max_size=60), people=names)
def test_the_pieces_joined_are_the_text(text: str, people: list[str]) -> None:
    pieces = cut_at_mentions(text, people)
    assert "".join(piece for piece, _ in pieces) == text
    assert set(mentioned(text, people)) <= set(people)
    assert {piece[1:] for piece, named in pieces if named} == set(mentioned(text, people))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Lê Thị Mai xem giúp", ("Lê Thị Mai",)),
        ("nhờ @Lê Thị Mai, @Nguyễn Văn Phúc.", ("Lê Thị Mai", "Nguyễn Văn Phúc")),
        ("@Lê Thị xem", ("Lê Thị",)),
        ("@Lê Thị Maii", ("Lê Thị",)),
        ("@Lê Thị Mai và lại @Lê Thị Mai", ("Lê Thị Mai",)),
        ("mai@example.vn", ()),
        ("Lê Thị Mai", ()),
    ],
)
def test_the_longest_name_is_meant(text: str, found: tuple[str, ...]) -> None:
    assert mentioned(text, ["Lê Thị", "Lê Thị Mai", "Nguyễn Văn Phúc"]) == found


@pytest.fixture
def noted(world: World, lives: Lives) -> tuple[uuid.UUID, uuid.UUID]:
    dossier_id = lives.to(State.IN_PROGRESS)
    note = services.write_note(
        dossier_id=dossier_id, text="@Nguyễn Văn Phúc xem giúp.\nBản chụp mờ.", actor=world.mai, at=world.at
    )
    return dossier_id, note


def test_a_mention_is_a_task_until_it_is_ticked_off(world: World, noted: tuple[uuid.UUID, uuid.UUID]) -> None:
    with acting(scope_of(world.phuc)):
        [task] = queries.list_mentions(world.phuc, at=world.at)
        assert (task.dossier_id, task.by, task.text) == (
            noted[0],
            "Lê Thị Mai",
            "@Nguyễn Văn Phúc xem giúp.\nBản chụp mờ.",
        )
        assert queries.count_mentions(world.phuc) == 1
        services.finish_mention(mention_id=task.id, actor=world.phuc, at=world.at)
        services.finish_mention(mention_id=task.id, actor=world.phuc, at=world.at)
        assert queries.list_mentions(world.phuc, at=world.at) == ()
        [done] = queries.list_mentions(world.phuc, at=world.at, with_done=True)
        assert done.done_at == world.at
    with pytest.raises(TeamworkNotFoundError):
        services.finish_mention(mention_id=task.id, actor=world.thao, at=world.at)


def test_the_consulted_agency_is_a_colleague_while_it_sits_there(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_OPINION)
    ready = lives.to(State.IN_PROGRESS)
    expert = world.nong_trang.counter
    with acting(scope_of(world.mai)):
        offered = {
            card.agency_id for card in queries.list_colleagues(dossier_id, actor=world.mai, at=world.at)
        }
        assert offered == {world.viet_tri.id, world.nong_trang.id}
        only_home = {card.agency_id for card in queries.list_colleagues(ready, actor=world.mai, at=world.at)}
        assert only_home == {world.viet_tri.id}
        services.write_note(
            dossier_id=dossier_id, text="Nhờ @Trần Mạnh Hùng trả lời", actor=world.mai, at=world.at
        )
    with acting(scope_of(expert)):
        assert [task.dossier_id for task in queries.list_mentions(expert, at=world.at)] == [dossier_id]
        assert len(queries.list_notes(dossier_id, actor=expert, at=world.at)) == 1
        with pytest.raises(DossierNotFound):
            queries.list_notes(ready, actor=expert, at=world.at)
    from vanlang.dossiers import api as dossiers

    dossiers.give_opinion(
        dossier_id=dossier_id, opinion="Đúng", actor=world.nong_trang.specialist, at=world.at
    )
    with acting(scope_of(expert)):
        assert queries.list_mentions(expert, at=world.at) == ()


def test_no_citizen_sees_a_note_by_any_way(world: World, noted: tuple[uuid.UUID, uuid.UUID]) -> None:
    with pytest.raises(DossierNotFound):
        queries.list_notes(noted[0], actor=world.lan, at=world.at)
    with acting(scope_of(world.lan)):
        assert not Note.objects.exists()
        assert not Mention.objects.exists()
    stranger = world.nong_trang.specialist
    with acting(scope_of(stranger)):
        assert not Note.objects.exists()
    with acting(scope_of(world.mai)):
        assert Note.objects.count() == 1


def test_words_change_for_minutes_then_stand(world: World, noted: tuple[uuid.UUID, uuid.UUID]) -> None:
    _, note = noted
    services.edit_note(note_id=note, text="@Phạm Thu Thảo xem", actor=world.mai, at=world.at + 15 * MINUTES)
    assert queries.count_mentions(world.phuc) == 0
    assert queries.count_mentions(world.thao) == 1
    with pytest.raises(NoteError) as refused:
        services.edit_note(note_id=note, text="khác", actor=world.mai, at=world.at + 16 * MINUTES)
    assert refused.value.code == "teamwork.note_too_old"
    with pytest.raises(NoteError) as refused:
        services.edit_note(note_id=note, text="khác", actor=world.phuc, at=world.at)
    assert refused.value.code == "teamwork.note_not_yours"


def test_a_note_is_struck_out_and_stays(world: World, noted: tuple[uuid.UUID, uuid.UUID]) -> None:
    dossier_id, note = noted
    with pytest.raises(NoteError):
        services.strike_note(note_id=note, reason="x", actor=world.thao, at=world.at)
    with pytest.raises(NotAcceptableError):
        services.strike_note(note_id=note, reason="  ", actor=world.mai, at=world.at)
    services.strike_note(note_id=note, reason="Ghi nhầm hồ sơ", actor=world.phuc, at=world.at)
    [card] = queries.list_notes(dossier_id, actor=world.mai, at=world.at)
    assert (card.text, card.struck_by, card.struck_why) == ("", "Nguyễn Văn Phúc", "Ghi nhầm hồ sơ")
    assert queries.count_mentions(world.phuc) == 0
    assert Note.objects.get(pk=note).text.startswith("@Nguyễn")
    acts = {one.act for one in list_records(object_type="dossier", object_id=dossier_id)}
    assert {"teamwork.write_note", "teamwork.strike_note"} <= acts
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM teamwork_note")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
def test_no_empty_note_and_no_novel(world: World, lives: Lives, text: str) -> None:
    with pytest.raises(NotAcceptableError):
        services.write_note(dossier_id=lives.to(State.RECEIVED), text=text, actor=world.hung, at=world.at)


def test_names_are_offered_while_they_are_typed(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    make_officer(
        "mai2", "Lê Thị Mai Hoa", world.viet_tri.id, world.viet_tri.units[UnitKind.REGISTRY], "Văn thư", {Role.CLERK}, world.at
    )  # fmt: skip

    def offered(text: str) -> list[str]:
        return [
            card.name for card in queries.suggest_colleagues(dossier_id, text, actor=world.hung, at=world.at)
        ]

    assert offered("nhờ @le mai") == ["Lê Thị Mai", "Lê Thị Mai Hoa"]
    assert offered("nhờ @Lê Thị Mai ") == []
    assert offered("không nhắc ai") == []
    assert offered("@hung") == []  # nobody mentions themselves


def test_the_star(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    services.follow(dossier_id=dossier_id, actor=world.mai, at=world.at)
    services.follow(dossier_id=dossier_id, actor=world.mai, at=world.at + MINUTES)
    assert queries.list_followed(world.mai) == {dossier_id: world.at}
    with pytest.raises(DossierNotFound):
        services.follow(dossier_id=dossier_id, actor=world.nong_trang.specialist, at=world.at)
    with acting(scope_of(world.nong_trang.specialist)):
        assert not Follow.objects.exists()
    services.unfollow(dossier_id=dossier_id, actor=world.mai)
    assert queries.list_followed(world.mai) == {}


@pytest.mark.usefixtures("monday")
class TestPages:
    def test_a_note_is_written_on_the_dossier_s_page(self, world: World, lives: Lives) -> None:
        dossier_id = lives.to(State.IN_PROGRESS)
        client = browser_of(world.mai)
        page = client.get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
        assert f"/can-bo/cung-lam/ho-so/{dossier_id}/ghi-chu/" in page
        answer = client.post(
            f"/can-bo/cung-lam/ho-so/{dossier_id}/ghi-chu/", {"noi-dung": "@Nguyễn Văn Phúc ơi"}
        )
        assert answer.status_code == 303
        page = client.get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
        assert '<mark class="tw-named">@Nguyễn Văn Phúc</mark> ơi' in page
        tasks = browser_of(world.phuc).get("/can-bo/cung-lam/nhac-toi-toi/").content.decode()
        assert "@Nguyễn Văn Phúc ơi" in tasks

    def test_htmx_gets_the_part_that_a_fresh_page_shows(self, world: World, lives: Lives) -> None:
        dossier_id = lives.to(State.IN_PROGRESS)
        client, path = browser_of(world.mai), f"/can-bo/cung-lam/ho-so/{dossier_id}/ghi-chu/"
        part = client.post(path, {"noi-dung": "Đã gọi điện"}, headers={"HX-Request": "true"}).content.decode()
        part = part[: part.index("</form>")]
        whole = client.get(path).content.decode()
        assert without_tokens(part).strip() in without_tokens(whole)
        empty = client.post(path, {"noi-dung": " "}, headers={"HX-Request": "true"})
        assert empty.status_code == 422
        assert "Ghi chú chưa có nội dung." in empty.content.decode()

    def test_edit_strike_suggest(self, world: World, noted: tuple[uuid.UUID, uuid.UUID]) -> None:
        dossier_id, note = noted
        client = browser_of(world.mai)
        edit, strike = (f"/can-bo/cung-lam/ghi-chu/{note}/{what}/" for what in ("sua", "gach-bo"))
        assert "Bản chụp mờ." in client.get(edit).content.decode()
        assert client.post(edit, {"noi-dung": ""}).status_code == 422
        assert client.post(edit, {"noi-dung": "Đã rõ"}).status_code == 303
        assert client.post(strike, {"ly-do": ""}).status_code == 422
        assert client.post(strike, {"ly-do": "nhầm"}).status_code == 303
        assert "đã được gạch bỏ" in client.get(strike).content.decode()
        offered = client.get(
            f"/can-bo/cung-lam/ho-so/{dossier_id}/goi-y/", {"noi-dung": "@phuc"}
        ).content.decode()
        assert 'data-tw-mention="Nguyễn Văn Phúc"' in offered

    def test_the_star_is_set_and_listed(self, world: World, lives: Lives) -> None:
        dossier_id = lives.to(State.IN_PROGRESS)
        client, path = browser_of(world.mai), f"/can-bo/cung-lam/ho-so/{dossier_id}/theo-doi/"
        assert client.post(path, {"theo-doi": "co"}).status_code == 303
        assert str(dossier_id) in client.get("/can-bo/ho-so/?loc=theo-doi").content.decode()
        assert client.post(path, {"theo-doi": "khong"}).status_code == 303
        assert str(dossier_id) not in client.get("/can-bo/ho-so/?loc=theo-doi").content.decode()


def test_every_table_of_teamwork_is_locked(db: None) -> None:
    from django.apps import apps

    tables = {model._meta.db_table for model in apps.get_app_config("teamwork").get_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relname = ANY(%s)",
            [sorted(tables)],
        )
        assert {name for (name,) in cursor.fetchall()} == tables


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
