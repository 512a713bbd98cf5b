"""A bundle, from a commit and an index."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher.bundling import signing
from launcher.bundling.archive import Member, read_tree, write
from launcher.bundling.wheels import Wheel, WheelError, fetch
from launcher.settings import ROOT, STATE


class BundleError(RuntimeError):
    """The bundle could not be made. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """The machines that a bundle is for. Python is the one that makes it: markers of packages hang on it."""

    arch: str
    python: str = f"{sys.version_info.major}.{sys.version_info.minor}"

    @property
    def name(self) -> str:
        return f"{self.arch}-py{self.python.replace('.', '')}"


def make(*, commit: str, target: Target, to: Path | None, key: Path) -> Path:
    """
    Write the bundle of a commit and, beside it, its signed checksum.

    Raises: BundleError.
    """
    sha = _git("rev-parse", "--verify", f"{commit}^{{commit}}").decode().strip()
    at = int(_git("show", "--no-patch", "--format=%ct", sha))
    tree = read_tree(_git("archive", "--format=tar", sha))
    release = f"{_version(tree)}+{sha[:12]}"
    wheels = _wheels(tree["requirements.txt"].content, target)
    members = {f"app/{path}": member for path, member in tree.items()}
    members |= {f"wheels/{wheel.file}": Member(wheel.content) for wheel in wheels}
    members["install"] = tree["deploy/install"]
    members["LICENCES.tsv"] = Member(_licences(wheels))
    members["MANIFEST.json"] = Member(_manifest(release, sha, target, wheels))
    members["SHA256SUMS"] = Member(_sums(members))
    bundle = to or STATE / "bundles" / f"vanlang-{release}-{target.name}.tar"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    write(bundle, f"vanlang-{release}", members, at=at)
    signing.sign(bundle, key)
    return bundle


def _git(*arguments: str) -> bytes:
    answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode != 0:
        msg = f"git {arguments[0]}: {answer.stderr.decode().strip()}. Đóng gói cần kho mã nguồn git."
        raise BundleError(msg)
    return answer.stdout


def _version(tree: dict[str, Member]) -> str:
    found = re.search(r'^version = "([^"]+)"', tree["pyproject.toml"].content.decode(), re.MULTILINE)
    if found is None or "deploy/install" not in tree:
        msg = "Bản này chưa có deploy/install: quá cũ để đóng gói."
        raise BundleError(msg)
    return found[1]


def _wheels(lock: bytes, target: Target) -> list[Wheel]:
    folder = STATE / "bundles" / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "requirements.txt"
    written.write_bytes(lock)
    try:
        return fetch(written, folder, arch=target.arch)
    except WheelError as error:
        raise BundleError(str(error)) from error


def _licences(wheels: list[Wheel]) -> bytes:
    rows = [("văn-lang", "", "Apache-2.0"), *((wheel.name, wheel.version, wheel.licence) for wheel in wheels)]
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def _manifest(release: str, sha: str, target: Target, wheels: list[Wheel]) -> bytes:
    told = {
        "release": release,
        "commit": sha,
        "python": target.python,
        "arch": target.arch,
        "glibc": max(_glibc(wheel.file) for wheel in wheels),
        "wheels": [
            {"name": w.name, "version": w.version, "licence": w.licence, "file": w.file, "sha256": w.sha256}
            for w in wheels
        ],
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def _glibc(file: str) -> int:
    """Return the glibc 2.N that a wheel asks for at least; 0 where it asks for none."""
    minors = [int(minor) for minor in re.findall(r"manylinux_2_(\d+)_", file)]
    return min([*minors, *([17] if "manylinux2014" in file else [])], default=0)


def _sums(members: dict[str, Member]) -> bytes:
    lines = (
        f"{hashlib.sha256(member.content).hexdigest()}  {path}\n"
        for path, member in sorted(members.items())
        if not member.link
    )
    return "".join(lines).encode()
