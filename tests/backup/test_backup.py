"""A backup while everything runs: what it holds, what it does not copy again, and what happens when it cannot be made."""

from __future__ import annotations

import json
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest

from launcher.backup.cluster import Cluster
from launcher.backup.errors import BackupError, RefusedError
from launcher.backup.keys import Key
from launcher.backup.places import VIETNAM, Place
from launcher.backup.taking import Taken, Wishes, take
from tests.backup.conftest import Province

QUIET = Wishes(quiet=True)
BEGAN = datetime(2026, 11, 23, 2, 0, tzinfo=VIETNAM)
base_copy = Cluster.base_copy


def taken(province: Province, *, days: int = 0, keep: int = 14, rate: int = 0) -> Taken:
    wishes = Wishes(keep=keep, megabytes_a_second=rate, quiet=True)
    return take(province.place, province.repository, province.key, wishes, at=BEGAN + timedelta(days=days))


def test_everything_is_in_it_under_seal(province: Province) -> None:
    digest = province.file(b"%PDF giay khai sinh")
    province.act()
    made = taken(province)
    run = province.repository.find()
    manifest = run.manifest(province.key)
    assert (made.name, made.files, made.damaged, made.missing) == ("2026-11-23T020000", 1, (), ())
    assert manifest["tables"]["public.files_storedfile"] == 1
    assert manifest["log"]["count"] == 1
    assert run.contents(province.key) == {digest: 19}
    assert province.repository.content(province.key, digest) == b"%PDF giay khai sinh"
    for path in province.repository.root.rglob("*.sealed"):
        content = path.read_bytes()
        assert b"giay khai sinh" not in content
        assert digest not in str(path)
    info = json.loads((run.folder / "info.json").read_text())
    assert info["key"] == province.key.fingerprint
    assert province.key.text not in str(info)
    assert list(province.place.scratch.iterdir()) == []


def test_acts_go_on_meanwhile_and_what_the_copy_names_is_in_the_file_part(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.file(b"before")

    @contextmanager
    def busy(self: Cluster, **told: int) -> Iterator[Iterator[bytes]]:
        province.file(b"after the first look at the files, before the copy")
        with base_copy(self, **told) as pieces:

            def meanwhile() -> Iterator[bytes]:
                for number, piece in enumerate(pieces):
                    province.file(f"while the copy was made {number}".encode())
                    province.act()
                    yield piece

            yield meanwhile()

    monkeypatch.setattr(Cluster, "base_copy", busy)
    made = taken(province)
    run = province.repository.find()
    manifest, listed = run.manifest(province.key), run.contents(province.key)
    assert made.missing == ()
    assert manifest["tables"]["public.files_storedfile"] >= 3
    assert listed.keys() >= set(province.contents())
    for digest in listed:
        province.repository.content(province.key, digest)


def test_no_snapshot_is_held_while_it_is_made(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[object] = []

    @contextmanager
    def watched(self: Cluster, **told: int) -> Iterator[Iterator[bytes]]:
        with base_copy(self, **told) as pieces:

            def looked() -> Iterator[bytes]:
                for piece in pieces:
                    held.append(
                        province.asked(
                            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()),"
                            " (SELECT count(*) FROM pg_replication_slots WHERE xmin IS NOT NULL OR catalog_xmin IS NOT NULL),"
                            " (SELECT count(*) FROM pg_replication_slots WHERE temporary AND restart_lsn IS NOT NULL)"
                        )[0]
                    )
                    yield piece

            yield looked()

    monkeypatch.setattr(Cluster, "base_copy", watched)
    taken(province)
    assert set(held) == {(0, 0, 1)}
    assert province.asked("SELECT count(*) FROM pg_replication_slots") == [(0,)]


def test_a_content_is_copied_once_for_all_backups(province: Province) -> None:
    province.file(b"one")
    assert taken(province).new_files == 1
    province.file(b"two")
    second = taken(province, days=1)
    assert (second.files, second.new_files) == (2, 1)


def test_a_cut_content_is_copied_again(province: Province) -> None:
    path = province.repository.content_path(province.key, province.file(b"one"))
    taken(province)
    path.write_bytes(path.read_bytes()[:-1])
    assert taken(province, days=1).new_files == 1
    assert taken(province, days=2).new_files == 0


def test_old_ones_go_with_what_only_they_named(province: Province) -> None:
    gone = province.file(b"only in the first")
    taken(province)
    province.asked("DELETE FROM files_storedfile")
    province.content_path(gone).unlink()
    kept = province.file(b"still here")
    taken(province, days=1, keep=2)
    assert province.repository.content(province.key, gone)
    last = taken(province, days=2, keep=2)
    assert last.let_go == ("2026-11-23T020000",)
    assert [run.name for run in province.repository.runs()] == ["2026-11-25T020000", "2026-11-24T020000"]
    assert not province.repository.content_path(province.key, gone).exists()
    assert province.repository.content(province.key, kept) == b"still here"


def test_a_file_that_is_gone_is_said_and_the_rest_is_saved(province: Province) -> None:
    lost, kept = province.file(b"lost"), province.file(b"kept")
    province.content_path(lost).unlink()
    made = taken(province)
    assert made.missing == (lost,)
    assert province.repository.find().contents(province.key).keys() == {kept}


def test_a_file_that_rots_is_said_and_kept_sound_from_an_earlier_backup(province: Province) -> None:
    digest = province.file(b"sound")
    taken(province)
    province.content_path(digest).write_bytes(b"rotten"[:5])
    made = taken(province, days=1)
    assert (made.damaged, made.missing, made.files) == (
        (),
        (),
        1,
    )  # it has the length that it had: not read again
    province.content_path(digest).write_bytes(b"longer than it was")
    made = taken(province, days=2)
    assert (made.damaged, made.missing) == ((digest,), ())
    assert province.repository.content(province.key, digest) == b"sound"


def test_a_full_disk_leaves_the_earlier_backups_and_nothing_half(province: Province) -> None:
    taken(province)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (1_000_000, before[1])
    )  # the kernel refuses the write, as a quota does
    try:
        with pytest.raises(BackupError, match="giải phóng dung lượng") as refused:
            taken(province, days=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == 1
    assert [run.name for run in province.repository.runs()] == ["2026-11-23T020000"]
    assert [path.name for path in province.repository.root.glob(".new*")] == []
    assert taken(province, days=2).name == "2026-11-25T020000"


def test_a_copy_that_breaks_off_is_no_backup(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def broken(self: Cluster, **told: int) -> Iterator[Iterator[bytes]]:
        with base_copy(self, **told) as pieces:

            def cut() -> Iterator[bytes]:
                yield next(pieces)
                province.asked("SELECT pg_terminate_backend(pid) FROM pg_stat_replication")
                yield from pieces

            yield cut()

    monkeypatch.setattr(Cluster, "base_copy", broken)
    with pytest.raises(BackupError, match="ngừng giữa chừng"):
        taken(province, rate=1)
    assert province.repository.runs() == []


def test_who_may_not_copy_is_told_what_to_grant(province: Province) -> None:
    province.asked("DROP ROLE IF EXISTS plain")
    province.asked("CREATE ROLE plain LOGIN PASSWORD 'plain'")
    address = psycopg.conninfo.conninfo_to_dict(province.place.url)
    place = Place(
        url=psycopg.conninfo.make_conninfo("", **(address | {"user": "plain", "password": "plain"})),
        state=province.place.state, store=province.place.store, scratch=province.place.scratch,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="ALTER ROLE plain REPLICATION"):
        take(place, province.repository, province.key, QUIET)
    assert province.repository.runs() == []


def test_only_one_at_a_time(province: Province) -> None:
    with province.repository.begun(BEGAN), pytest.raises(RefusedError, match="Một lần sao lưu khác"):
        taken(province, days=1)


def test_nobody_answers(province: Province) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://vanlang@127.0.0.1:{nobody.getsockname()[1]}/x"
        place = Place(
            url=url, state=province.place.state, store=province.place.store, scratch=province.place.scratch
        )
        with pytest.raises(RefusedError, match="Không kết nối được"):
            take(place, province.repository, province.key, QUIET)


def test_what_a_backup_that_died_left_is_cleared(province: Province) -> None:
    left = province.repository.root / ".new-2026-11-22T020000"
    left.mkdir(parents=True)
    (left / "database.sealed").write_bytes(b"half")
    taken(province)
    assert not left.exists()


def test_backups_of_another_key_are_left_alone(province: Province) -> None:
    digest = province.file(b"theirs")
    taken(province)
    mine = Province(province.place, province.repository, Key.made())
    taken(mine, days=1, keep=1)
    taken(mine, days=2, keep=1)
    assert [run.name for run in province.repository.runs()] == ["2026-11-25T020000", "2026-11-23T020000"]
    assert province.repository.content(province.key, digest) == b"theirs"
