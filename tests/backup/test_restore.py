"""Putting a backup back: the whole of it or nothing, and never over something by accident."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from launcher import postgres
from launcher.backup import loading, restoring
from launcher.backup.cluster import Cluster
from launcher.backup.errors import BackupError, DamagedError, RefusedError
from launcher.backup.keys import Key, find_key
from launcher.backup.places import Place
from launcher.backup.repository import Run
from launcher.backup.restoring import Restored, finish_pending, is_pending, let_go, restore
from launcher.secrets import installation_secrets
from tests.backup.conftest import Province, make_place
from tests.backup.test_backup import BEGAN, taken


@pytest.fixture(autouse=True)
def _no_secrets_of_the_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "VANLANG_SECRET_KEY",
        "VANLANG_KEY_ENCRYPTION_KEY",
        "VANLANG_BACKUP_KEY",
        "VANLANG_BACKUP_KEY_FILE",
    ):
        monkeypatch.delenv(name, raising=False)


def put_back(
    province: Province, place: Place | None = None, *, replace: bool = False, key: Key | None = None
) -> Restored:
    return restore(
        place or province.place, province.repository, province.repository.find(), key or province.key,
        replace=replace, quiet=True,
    )  # fmt: skip


def newest(province: Province) -> Run:
    return province.repository.find()


def test_a_new_machine_gets_everything(province: Province, server: postgres.Server, tmp_path: Path) -> None:
    digest = province.file(b"%PDF")
    for _ in range(3):
        province.act()
    (province.place.state / "trust").mkdir()
    (province.place.state / "trust" / "root.pem").write_text("a root that we believe")
    secrets = installation_secrets(province.place.state)
    taken(province)
    name = f"{Cluster(province.place.url).name}_new"
    there = Province(make_place(server, name, tmp_path / "there"), province.repository, province.key)
    restored = put_back(province, there.place)
    assert (restored.files, restored.aside) == (1, ())
    assert there.contents() == {digest: b"%PDF"}
    assert there.asked("SELECT count(*) FROM audit_record") == [(3,)]
    assert installation_secrets(there.place.state) == secrets
    assert (there.place.state / "trust" / "root.pem").read_text() == "a root that we believe"
    assert find_key(there.place.state) == province.key
    assert list(there.place.state.glob(".restoring-*")) == []


@pytest.mark.django_db
def test_what_the_database_enforced_it_enforces_again(
    whole_province: Province, whole_server: postgres.Server, tmp_path: Path
) -> None:
    province, server = whole_province, whole_server
    province.act()
    taken(province)
    there = Province(
        make_place(server, f"{Cluster(province.place.url).name}_new", tmp_path / "there"),
        province.repository, province.key,
    )  # fmt: skip
    put_back(province, there.place)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
        there.asked("UPDATE audit_record SET act = 'other'")
    with psycopg.connect(there.place.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE later (id int)")
        connection.execute("SET ROLE vanlang_app")
        assert connection.execute("SELECT count(*) FROM audit_record").fetchone() == (
            0,
        )  # nobody's scope: no rows
        connection.execute("INSERT INTO later VALUES (1)")  # default privileges hold for tables to come
    same = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
    assert there.asked(same) == province.asked(same)
    policies = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
    assert there.asked(policies) == province.asked(policies)


@pytest.mark.django_db
def test_an_owner_that_is_no_superuser_can_take_it_in(
    whole_province: Province, whole_server: postgres.Server, tmp_path: Path
) -> None:
    province, server = whole_province, whole_server
    province.act()
    province.file(b"%PDF")
    taken(province)
    province.asked("DROP ROLE IF EXISTS owner_of_new")
    province.asked("CREATE ROLE owner_of_new LOGIN PASSWORD 'owner' CREATEDB CREATEROLE")
    province.asked("GRANT vanlang_app TO owner_of_new WITH ADMIN OPTION")
    province.asked('GRANT SET ON PARAMETER "vanlang.scope" TO owner_of_new')  # functions of the house set it
    name = f"{Cluster(province.place.url).name}_theirs"
    made = make_place(server, name, tmp_path / "there")
    address = conninfo_to_dict(made.url) | {"user": "owner_of_new", "password": "owner"}
    there = Place(url=make_conninfo("", **address), state=made.state, store=made.store, scratch=made.scratch)
    assert put_back(province, there).files == 1


def test_what_is_there_is_not_replaced_unless_told_and_is_kept_aside(province: Province) -> None:
    province.file(b"old")
    taken(province)
    lately = province.file(b"newer than the backup")
    with pytest.raises(RefusedError, match="--replace"):
        put_back(province)
    assert lately in province.contents()
    restored = put_back(province, replace=True)
    assert lately not in province.contents()
    assert province.asked("SELECT count(*) FROM files_storedfile") == [(1,)]
    assert any("before" in name for name in restored.aside)
    aside = next(name for name in restored.aside if name.startswith("province"))
    with psycopg.connect(make_conninfo(province.place.url, dbname=aside)) as connection:
        assert connection.execute("SELECT count(*) FROM files_storedfile").fetchone() == (2,)
    assert aside in let_go(province.place)
    assert let_go(province.place) == []
    assert province.asked("SELECT count(*) FROM files_storedfile") == [(1,)]


def test_a_running_installation_is_not_pulled_away(province: Province) -> None:
    taken(province)
    with psycopg.connect(province.place.url), pytest.raises(RefusedError, match="còn chạy"):
        put_back(province, replace=True)


def test_another_key_opens_nothing(province: Province) -> None:
    taken(province)
    with pytest.raises(DamagedError):
        put_back(province, replace=True, key=Key.made())


def test_another_installation_key_in_the_environment_is_refused(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(province)
    monkeypatch.setenv("VANLANG_KEY_ENCRYPTION_KEY", "another")
    with pytest.raises(RefusedError, match="VANLANG_KEY_ENCRYPTION_KEY"):
        put_back(province, replace=True)
    unchanged(province)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-17])


def unchanged(province: Province) -> None:
    """The old state is there as it was, and nothing of the new."""
    assert province.asked("SELECT count(*) FROM files_storedfile") == [(2,)] or province.asked(
        "SELECT count(*) FROM files_storedfile"
    ) == [(0,)]
    names = {row[0] for row in province.asked("SELECT datname FROM pg_database")}
    assert not any("_restoring_" in str(name) or "_before_" in str(name) for name in names)
    assert not is_pending(province.place.state)
    assert list(province.place.state.glob(".restoring-*")) == []
    assert list(province.place.store.parent.glob("files.restoring*")) == []


def test_a_damaged_part_is_named_and_nothing_is_touched(province: Province) -> None:
    province.file(b"in the backup" * 300)
    taken(province)
    province.file(b"newer")
    for part, harm in itertools.product(
        ("manifest", "household", "contents", "database"), (flip, cut, Path.unlink)
    ):
        path = newest(province).path(part)
        sound = path.read_bytes()
        harm(path)
        with pytest.raises(DamagedError) as refused:
            put_back(province, replace=True)
        path.write_bytes(sound)
        assert (refused.value.part, refused.value.code) == (part, 1)
        unchanged(province)
    assert put_back(province, replace=True).files == 1


def test_a_content_that_is_gone_or_changed_is_named(province: Province) -> None:
    digest = province.file(b"a paper")
    taken(province)
    province.file(b"newer")
    path = province.repository.content_path(province.key, digest)
    flip(path)
    with pytest.raises(DamagedError, match=f"files/{digest}"):
        put_back(province, replace=True)
    path.unlink()
    with pytest.raises(DamagedError, match="không có tệp"):
        put_back(province, replace=True)
    unchanged(province)


def test_a_part_of_another_backup_does_not_fit(province: Province) -> None:
    taken(province)
    first = newest(province).path("database").read_bytes()
    province.file(b"one")
    province.file(b"two")
    taken(province, days=1)
    sizes = json.dumps(newest(province).manifest(province.key))
    assert sizes
    path = newest(province).path("database")
    path.write_bytes(first.ljust(path.stat().st_size, b"\0")[: path.stat().st_size])
    with pytest.raises(DamagedError, match="“database”"):
        put_back(province, replace=True)
    unchanged(province)


def test_a_failure_while_it_is_made_ready_leaves_the_old_state(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.file(b"one")
    taken(province)
    province.file(b"two")
    load = loading.load

    def half(*told: object, **more: object) -> None:
        load(*told, **more)  # type: ignore[arg-type] # handed on as it came
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loading, "load", half)
    with pytest.raises(BackupError, match="Dữ liệu đang dùng vẫn như trước"):
        put_back(province, replace=True)
    unchanged(province)


def test_cut_in_the_exchange_it_is_carried_to_its_end(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = province.file(b"in the backup")
    taken(province)
    province.file(b"newer")
    with monkeypatch.context() as dying:

        def die(*_: object) -> None:
            raise KeyboardInterrupt

        dying.setattr(restoring, "_rename_database", die)
        with pytest.raises(KeyboardInterrupt):
            put_back(province, replace=True)
    assert is_pending(province.place.state)
    finish_pending(province.place)
    finish_pending(province.place)
    assert province.contents().keys() == {old}
    assert province.asked("SELECT sha256 FROM files_storedfile") == [(old,)]
    assert not is_pending(province.place.state)


def test_a_backup_that_is_not_there_is_said(province: Province) -> None:
    with pytest.raises(RefusedError, match="không có bản sao lưu"):
        province.repository.find()
    taken(province)
    with pytest.raises(RefusedError, match="2020-01-01T000000"):
        province.repository.find("2020-01-01T000000")
    assert province.repository.find(BEGAN.strftime("%Y-%m-%dT%H%M%S"))
