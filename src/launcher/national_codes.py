"""The stand-in for the national portal learns which procedures, agencies and sectors exist: those of this province."""

from __future__ import annotations

import subprocess
import sys
import urllib.request

from launcher.settings import ROOT


def ask(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Begin to read the codes; the start goes on meanwhile."""
    command = [sys.executable, str(ROOT / "manage.py"), "nationalportal", "published"]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)


def give(asked: subprocess.Popen[bytes], portal: str) -> None:
    """
    Hand the codes over as soon as they are read.

    Raises: RuntimeError when they cannot be read.
    """
    codes, _ = asked.communicate()
    if asked.returncode != 0:
        msg = "manage.py nationalportal published"
        raise RuntimeError(msg)
    request = urllib.request.Request(  # noqa: S310 - a loopback address of our own
        f"{portal}/_sandbox/catalogue", codes, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 - as above
        return
