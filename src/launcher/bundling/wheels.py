"""The wheels of a lock: taken from the index for one platform, each compared with the hashes that the lock names."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

OLDEST_GLIBC, NEWEST_GLIBC = 5, 34
"""manylinux_2_5 to manylinux_2_34: what Debian 12 and every later one can load."""


class WheelError(RuntimeError):
    """A wheel could not be fetched, or is not what the lock says."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One package as it is delivered."""

    file: str
    name: str
    version: str
    licence: str
    sha256: str
    content: bytes


def fetch(lock: Path, folder: Path, *, arch: str) -> list[Wheel]:
    """
    Return the wheels that `lock` names for this Python on `arch`, by name.

    Raises: WheelError.
    """
    platforms = [f"manylinux_2_{minor}_{arch}" for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)]
    command = [
        str(_pip(folder)), "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
        "--only-binary", ":all:", "--python-version", f"{sys.version_info.major}.{sys.version_info.minor}",
        "--implementation", "cp",
        *(option for name in (*platforms, f"manylinux2014_{arch}", f"linux_{arch}") for option in ("--platform", name)),
        "--dest", str(folder / arch), "--requirement", str(lock),
    ]  # fmt: skip
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        msg = f"Không tải được các gói Python: {answer.stderr.strip().splitlines()[-1:]}"
        raise WheelError(msg)
    allowed = hashes(lock.read_text(encoding="utf-8"))
    wheels = [_read(path) for path in (folder / arch).glob("*.whl")]
    wanted = [wheel for wheel in wheels if wheel.sha256 in allowed.get(wheel.name, set())]
    missing = sorted(_marked(lock.read_text(encoding="utf-8")) - {wheel.name for wheel in wanted})
    if missing:
        msg = f"Thiếu hoặc sai mã băm: {', '.join(missing)}"
        raise WheelError(msg)
    return sorted(wanted, key=lambda wheel: wheel.name)


def hashes(lock: str) -> dict[str, set[str]]:
    """Return the hashes that a lock allows, by name of package."""
    found: dict[str, set[str]] = {}
    for entry in re.split(r"\n(?=\w)", lock.replace("\\\n", " ")):
        named = re.match(r"([\w.-]+)(?:\[[^]]*\])?==(\S+)", entry)
        if named:
            found[_normal(named[1])] = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
    return found


def _marked(lock: str) -> set[str]:
    """Return the packages of a lock that Linux needs."""
    lines = (line for line in lock.replace("\\\n", " ").splitlines() if "==" in line)
    return {_normal(line.split("==")[0].split("[")[0].strip()) for line in lines if "'win32'" not in line}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(path: Path) -> Wheel:
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        (metadata,) = (
            name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)
        )
        told = Parser().parsestr(archive.read(metadata).decode("utf-8", "replace"), headersonly=True)
    classified = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    licence = (
        told["License-Expression"]
        or " / ".join(classified)
        or (told["License"] or "").strip().splitlines()[:1]
        or "?"
    )
    return Wheel(
        file=path.name,
        name=_normal(told["Name"]),
        version=told["Version"],
        licence=licence if isinstance(licence, str) else licence[0],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def _pip(folder: Path) -> Path:
    """Return a pip: the environment that runs us may have none."""
    tools = folder / "tools"
    pip = tools / "bin" / "pip"
    if not pip.exists():
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        subprocess.run([str(base if base.exists() else sys.executable), "-m", "venv", str(tools)], check=True)
    return pip
