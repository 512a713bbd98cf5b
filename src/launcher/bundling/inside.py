"""
What `bundle --check` does where there is no network: install, run, ask for a page, live two lives of a dossier.

A program of its own, on the machine's Python alone: `python inside.py BUNDLE EMPTY-FOLDER`.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

IFUP = 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40)
"""SIOCSIFFLAGS: lo up and running."""


def main(bundle: Path, folder: Path) -> int:
    port = 18080
    if os.environ.get("BUNDLE_CUT_OFF"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, *IFUP)
        assert [name for _, name in socket.if_nameindex()] == ["lo"]  # noqa: S101 - this program is a check
        say("Không gian mạng riêng, chỉ có loopback.")
    else:
        port = free_port()
        say("Máy này không cho tách mạng: kho gói và proxy trỏ vào địa chỉ không ai trả lời.")
    subprocess.run(["tar", "-xf", str(bundle), "-C", str(folder)], check=True)
    (unpacked,) = folder.glob("vanlang-*")
    home = folder / "opt"
    timed("Đã cài", [sys.executable, str(unpacked / "install"), "--to", str(home)])
    return used(home, port)


def used(home: Path, port: int) -> int:
    """Run what was installed; return 0 when a page came and the demo's dossiers were lived."""
    url = f"http://127.0.0.1:{port}"
    with (home / "run.log").open("wb") as log:
        command = [sys.executable, str(home / "vanlang"), "run", "--port", str(port)]
        running = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        started = time.monotonic()
        if not served(url, running):
            print((home / "run.log").read_text(errors="replace")[-3000:], file=sys.stderr)
            return 1
        say(f"Trang đầu của Cổng trả lời sau {time.monotonic() - started:.0f} giây kể từ khi chạy.")
        if not timed(
            "Hai hồ sơ được nộp, giải quyết, ký và trả",
            [sys.executable, str(home / "vanlang"), "demo", "--url", url],
        ):
            return 1
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=60)
    say("Đã dừng sạch." if running.returncode == 0 else f"Dừng với mã {running.returncode}.")
    return running.returncode


def served(url: str, running: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/can-bo/", timeout=5) as answer:  # noqa: S310 - loopback
                return b"<html" in answer.read()
        except OSError:
            time.sleep(0.5)
    return False


def timed(what: str, command: list[str]) -> bool:
    started = time.monotonic()
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        print(answer.stdout[-3000:] + answer.stderr[-3000:], file=sys.stderr)
        print(f"✗ {what}: mã {answer.returncode}", flush=True)
        raise SystemExit(1)
    say(f"{what} ({time.monotonic() - started:.0f} giây).")
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(what: str) -> None:
    print(f"✓ {what}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
