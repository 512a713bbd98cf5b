"""Sealed parts: whatever was written comes out again, and nothing that was not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launcher.backup import sealing
from launcher.backup.errors import DamagedError, RefusedError
from launcher.backup.keys import Key, find_key, keep_key, key_for_opening
from launcher.backup.sealing import Sealer, Stream, seal, sealed_size, unseal, unsealed

KEY = Key(bytes(range(32)))
SMALL = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "CHUNK", 16)


@given(pieces=st.lists(st.binary(max_size=50), max_size=8))
@SMALL
def test_what_was_written_comes_out(tmp_path: Path, pieces: list[bytes]) -> None:
    path = tmp_path / "part"
    with Sealer(path, KEY, "a/database") as part:
        for piece in pieces:
            part.write(piece)
    whole = b"".join(pieces)
    assert unsealed(path, KEY, "a/database") == whole
    assert path.stat().st_size == part.size == sealed_size(len(whole))
    assert Stream(unseal(path, KEY, "a/database")).read() == whole


@given(content=st.binary(min_size=1, max_size=60), where=st.integers(min_value=0), bit=st.integers(0, 7))
@SMALL
def test_a_flipped_bit_is_noticed(tmp_path: Path, content: bytes, where: int, bit: int) -> None:
    path = tmp_path / "part"
    seal(path, KEY, "part", content)
    sealed = bytearray(path.read_bytes())
    sealed[where % len(sealed)] ^= 1 << bit
    path.write_bytes(sealed)
    with pytest.raises(DamagedError):
        unsealed(path, KEY, "part")


@given(content=st.binary(max_size=60), left=st.integers(min_value=0))
@SMALL
def test_a_cut_is_noticed(tmp_path: Path, content: bytes, left: int) -> None:
    path = tmp_path / "part"
    seal(path, KEY, "part", content)
    sealed = path.read_bytes()
    path.write_bytes(sealed[: left % len(sealed)])
    with pytest.raises(DamagedError):
        unsealed(path, KEY, "part")


def test_chunks_do_not_change_places_and_none_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "part"
    seal(path, KEY, "part", bytes(64))
    sealed, head, chunk = path.read_bytes(), 40, 32
    first, second, rest = (
        sealed[head : head + chunk],
        sealed[head + chunk : head + 2 * chunk],
        head + 2 * chunk,
    )
    for changed in (second + first, second, first + first + second):
        path.write_bytes(sealed[:head] + changed + sealed[rest:])
        with pytest.raises(DamagedError):
            unsealed(path, KEY, "part")


def test_a_part_under_another_name_or_key_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "part"
    seal(path, KEY, "yesterday/database", b"rows")
    for key, name in ((KEY, "today/database"), (Key.made(), "yesterday/database")):
        with pytest.raises(DamagedError):
            unsealed(path, key, name)
    with pytest.raises(DamagedError, match="không có tệp"):
        unsealed(tmp_path / "gone", KEY, "part")


def test_a_part_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    def write_and_fail() -> None:
        with Sealer(tmp_path / "part", KEY, "part") as part:
            part.write(bytes(100))
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_and_fail()
    assert list(tmp_path.iterdir()) == []


# --- the key -----------------------------------------------------------------------------------------


@given(secret=st.binary(min_size=32, max_size=32))
def test_a_key_survives_paper(secret: bytes) -> None:
    text = Key(secret).text
    assert len(text.split("-")) == 14
    assert Key.read(text.lower().replace("-", " ") + "\n") == Key(secret)


@given(where=st.integers(0, 55), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_misread_letter_is_noticed(where: int, letter: str) -> None:
    letters = list(KEY.text.replace("-", ""))
    if letters[where] != letter:
        letters[where] = letter
        with pytest.raises(RefusedError, match="gõ chưa đúng"):
            Key.read("".join(letters))


def test_a_key_is_never_written_over_and_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VANLANG_BACKUP_KEY", raising=False)
    assert find_key(tmp_path) is None
    path = keep_key(tmp_path, KEY)
    assert path.stat().st_mode & 0o777 == 0o600
    assert find_key(tmp_path) == KEY
    with pytest.raises(FileExistsError):
        keep_key(tmp_path, Key.made())
    assert key_for_opening(tmp_path, KEY.fingerprint, given=None) == KEY
    with pytest.raises(RefusedError, match="không phải khóa của bản sao lưu"):
        key_for_opening(tmp_path, Key.made().fingerprint, given=None)


def test_without_a_key_a_person_is_told_what_to_bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VANLANG_BACKUP_KEY", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(RefusedError, match="--key-file"):
        key_for_opening(tmp_path, KEY.fingerprint, given=None)
