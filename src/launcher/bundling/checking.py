"""`./vanlang bundle --check`: what is proved of a bundle, where no network can be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from launcher.bundling import signing
from launcher.settings import ROOT

UNREACHABLE = "http://127.0.0.1:9"
"""Nobody listens on the discard port: every index and proxy is told to be there."""


def check(bundle: Path) -> int:
    """Install the bundle in an empty folder and use it; return 0 when everything held."""
    public = bundle.with_name("release.pub")
    if not (public.exists() and signing.is_genuine(bundle, public)):
        print(
            f"✗ Chữ ký của {bundle.name} không đúng, hoặc thiếu .sha256, .sha256.sig, release.pub bên cạnh.",
            file=sys.stderr,
        )
        return 1
    print("✓ Mã băm của gói đúng và được ký.", flush=True)
    alone = _without_network()
    with tempfile.TemporaryDirectory(
        prefix="vanlang-bundle-", dir=os.environ.get("VANLANG_CHECK_DIR")
    ) as folder:
        command = [
            *alone,
            _python(),
            str(ROOT / "src" / "launcher" / "bundling" / "inside.py"),
            str(bundle.resolve()),
            folder,
        ]
        return subprocess.run(
            command, env=_bare(Path(folder), cut_off=bool(alone)), cwd=folder, check=False
        ).returncode


def _without_network() -> list[str]:
    """Return what starts a command in a network namespace of its own, or nothing where that is forbidden."""
    for way in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0
        ):
            return [*way, "--"]
    return []


def _bare(folder: Path, *, cut_off: bool) -> dict[str, str]:
    """Return the environment of a machine that has nothing of ours: no index, no tools, no settings."""
    return {
        "PATH": os.pathsep.join(
            [str(Path(_python()).parent), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]
        ),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": UNREACHABLE,
        "UV_INDEX_URL": UNREACHABLE,
        **dict.fromkeys(("http_proxy", "https_proxy"), UNREACHABLE),
        "no_proxy": "127.0.0.1,localhost",
        "BUNDLE_CUT_OFF": "1" if cut_off else "",
    }


def _python() -> str:
    """Return the interpreter under ours: the one that a bare machine has."""
    plain = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return str(plain if plain.exists() else sys.executable)
