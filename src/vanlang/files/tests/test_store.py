"""The store: whole or nothing, once for equal content, noticed when damaged."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import threading
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from vanlang.files import api, ports
from vanlang.files.adapters.disk import DiskStore
from vanlang.files.jobs import sweep_contents
from vanlang.files.models import StoredFile
from vanlang.files.services.store import sweep
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of

from . import samples


@pytest.fixture
def disk(tmp_path: Path):
    store = DiskStore(tmp_path)
    with ports.plugged(contents=store):
        yield store


def files_in(store: DiskStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_went_in(db: None, disk: DiskStore, at: dt.datetime) -> None:
    content = samples.pdf(3)
    card = api.store(content=content, name="../Đơn đề nghị.PDF", at=at)
    assert (card.name, card.pages, card.size_bytes) == ("Đơn đề nghị.pdf", 3, len(content))
    assert card.sha256 == hashlib.sha256(content).hexdigest()
    assert api.read(card.id) == content
    assert api.get_file(card.id) == card
    assert api.get_files([card.id, uuid.uuid4()]) == {card.id: card}
    (path,) = files_in(disk)
    assert path.relative_to(disk.root).parts == (card.sha256[:2], card.sha256[2:4], card.sha256)
    assert path.stat().st_mode & 0o077 == 0


def test_equal_content_lies_on_disk_once(db: None, disk: DiskStore, at: dt.datetime) -> None:
    content = samples.image()
    first, second = (api.store(content=content, name=name, at=at) for name in ("một.jpg", "hai.jpg"))
    assert first.id != second.id
    assert (first.name, second.name) == ("một.jpg", "hai.jpg")
    assert len(files_in(disk)) == 1


def test_a_changed_byte_is_noticed_and_healed_by_the_next_store(
    db: None, disk: DiskStore, at: dt.datetime
) -> None:
    content = samples.pdf()
    card = api.store(content=content, name="a.pdf", at=at)
    (path,) = files_in(disk)
    path.write_bytes(content[:-1] + b"X")
    with pytest.raises(api.FileDamagedError):
        api.read(card.id)
    path.unlink()
    with pytest.raises(api.FileDamagedError):
        api.read(card.id)
    path.write_bytes(b"")
    api.store(content=content, name="a.pdf", at=at)
    assert api.read(card.id) == content


def test_a_crash_before_the_rename_leaves_nothing(disk: DiskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="Input/output"):
        disk.write(b"content")
    assert files_in(disk) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(
    disk: DiskStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_: int) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(api.FileStoreFullError):
        disk.write(b"content")
    assert files_in(disk) == []


def test_content_is_flushed_before_it_is_named(disk: DiskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    flush, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append("flush"), flush(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (seen.append("rename"), rename(self, to))[1])
    disk.write(b"content")
    assert seen[:2] == ["flush", "rename"]
    assert seen[2:] == ["flush"] * 3, "the folders, so that the new name survives a power cut"


def test_unknown_id(db: None) -> None:
    for ask in (api.get_file, api.read):
        with pytest.raises(api.UnknownFileError):
            ask(uuid.uuid4())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 junk", "Hãy xuất lại tệp PDF từ máy quét rồi tải lên lần nữa."),
        (
            b"MZ",
            "Hãy tải lên tệp PDF, ảnh JPEG, PNG, WebP, Word (.docx), Excel (.xlsx); đổi tên đuôi tệp không đổi được loại tệp.",
        ),
    ],
)
def test_a_refusal_says_what_to_do(
    db: None, disk: DiskStore, at: dt.datetime, content: bytes, says: str
) -> None:
    with pytest.raises(api.FileRefusedError) as refused:
        api.store(content=content, name="đơn.pdf", at=at)
    assert sentence_of(refused.value.code, refused.value.facts).do_now == says
    assert files_in(disk) == []
    assert not StoredFile.objects.exists()


# ---- letting go --------------------------------------------------------------------------------


def test_a_file_goes_after_its_term_and_its_content_with_the_last_card(
    db: None, disk: DiskStore, at: dt.datetime
) -> None:
    today = at.date()
    content = samples.pdf()
    kept = api.store(content=content, name="a.pdf", at=at, retain_until=today + dt.timedelta(days=1))
    other = api.store(content=content, name="b.pdf", at=at)
    with pytest.raises(api.FileInUseError):
        api.remove(file_id=kept.id, on=today)
    api.remove(file_id=other.id, on=today)
    assert sweep(sha256=kept.sha256) is False
    api.remove(file_id=kept.id, on=today + dt.timedelta(days=1))
    with pytest.raises(api.UnknownFileError):
        api.remove(file_id=kept.id, on=today)
    assert sweep(sha256=kept.sha256) is True
    assert files_in(disk) == []


def test_the_sweeper_takes_only_what_is_old_and_without_a_row(
    db: None, disk: DiskStore, at: dt.datetime
) -> None:
    card = api.store(content=samples.pdf(), name="a.pdf", at=at)
    orphan_old, orphan_young = disk.write(b"old"), disk.write(b"young")
    two_days_ago = (clock.now() - dt.timedelta(days=2)).timestamp()
    for sha256 in (card.sha256, orphan_old):
        os.utime(disk.root / sha256[:2] / sha256[2:4] / sha256, (two_days_ago, two_days_ago))
    sweep_contents(timestamp=0)
    assert sorted(path.name for path in files_in(disk)) == sorted([card.sha256, orphan_young])


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_leaves_what_somebody_is_storing(disk: DiskStore, at: dt.datetime) -> None:
    """The row is not committed yet, so the sweeper cannot see it; the lock on the content tells."""
    content = samples.pdf()
    sha256 = hashlib.sha256(content).hexdigest()
    answers: list[bool] = []

    def sweeper() -> None:
        try:
            answers.append(sweep(sha256=sha256))
        finally:
            connection.close()

    with transaction.atomic():
        api.store(content=content, name="a.pdf", at=at)
        thread = threading.Thread(target=sweeper)
        thread.start()
        thread.join()
    assert answers == [False]
    assert len(files_in(disk)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_store_the_same_at_once(disk: DiskStore, at: dt.datetime) -> None:
    content = samples.image("PNG")
    cards, start = [], threading.Barrier(12)

    def hand_in() -> None:
        try:
            start.wait()
            cards.append(api.store(content=content, name="ảnh.png", at=at))
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({card.id for card in cards}) == 12
    assert len(files_in(disk)) == 1
    assert all(api.read(card.id) == content for card in cards)


def test_the_database_knows_what_a_hash_looks_like(db: None, at: dt.datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(
            sha256="../../etc/passwd",
            size_bytes=1,
            content_type="x",
            name="x",
            scan_state="clean",
            created_at=at,
        )


# ---- handing out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "shown"), [(samples.pdf(), True), (samples.image("WEBP"), True), (samples.office(), False)]
)
def test_a_browser_shows_papers_and_saves_the_rest(
    db: None, disk: DiskStore, at: dt.datetime, content: bytes, shown: bool
) -> None:
    card = api.store(content=content, name="Giấy tờ", at=at)
    response = api.download_response(card, api.read(card.id), inline=True)
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response["Content-Type"] == card.content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response.content == content
    saved = api.download_response(card, content)
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]


def test_the_suite_keeps_its_files_apart() -> None:
    assert "vanlang-test-" in str(settings.VANLANG_FILES_DIR)
