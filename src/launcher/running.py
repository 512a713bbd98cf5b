"""`./vanlang run`: from nothing to a running province, and back to nothing at Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType

from launcher import postgres, setting_up
from launcher.processes import Process, stop_all, wait_for
from launcher.settings import ROOT, STATE, Ports, embedded_server, environment


class _Stop(Exception):  # noqa: N818 - Ctrl-C is no error
    pass


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./vanlang run", description="Chạy Văn Lang trên máy này.")
    parser.add_argument("--port", type=int, default=8000, help="cổng của trang web (mặc định 8000)")
    parser.add_argument("--without-demo", action="store_true", help="không nạp tài khoản và hồ sơ trình diễn")
    told = parser.parse_args(argv)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    started = time.monotonic()
    try:
        with ExitStack() as stack:
            return _run(stack, Ports.at(told.port), demo=not told.without_demo, started=started)
    except _Stop:
        print("\nĐã dừng tất cả.")
        return 0
    except (postgres.PostgresError, setting_up.SetUpError, RuntimeError) as error:
        print(f"\nKhông chạy được: {error}", file=sys.stderr)
        return 1


def _on_signal(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _run(stack: ExitStack, ports: Ports, *, demo: bool, started: float) -> int:
    _refuse_busy(ports)
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if not url:
        server = embedded_server()
        stack.callback(server.stop)
        server.start()
        url = server.url()
        create_database(url)
    told = environment(ports, database_url=url)
    processes = _processes(ports, told)
    stack.callback(stop_all, processes)
    sandbox, web, worker = processes
    sandbox.start()
    setting_up.set_up(told, demo=demo, before=lambda: wait_for(_health(ports), sandbox))
    web.start()
    wait_for(f"http://127.0.0.1:{ports.web}/", web)
    worker.start()
    wait_for(_health(ports), sandbox)
    _say(ports, told, demo=demo, seconds=time.monotonic() - started)
    while True:
        time.sleep(1)
        for process in processes:
            if process.is_dead:
                if process.keeps_dying:
                    msg = f"{process.name} dừng nhiều lần. Nhật ký kết thúc:\n{process.last_words()}"
                    raise RuntimeError(msg)
                print(f"{process.name} đã dừng; khởi động lại.", flush=True)
                process.start()


def _refuse_busy(ports: Ports) -> None:
    """
    Look before anything is started: a second start would talk to the first.

    Raises: RuntimeError when a port is taken.
    """
    for port in ports.all():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                msg = f"cổng {port} đang bận. Văn Lang có thể đang chạy rồi; hoặc chọn cổng khác bằng --port."
                raise RuntimeError(msg) from error


def _health(ports: Ports) -> str:
    """Return the address that answers when every stand-in does: the identity provider comes up last."""
    return f"http://127.0.0.1:{ports.identity}/_sandbox/health"


def create_database(url: str) -> None:
    import psycopg
    from psycopg import sql

    maintenance, name = url.rsplit("/", 1)
    with psycopg.connect(f"{maintenance}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _processes(ports: Ports, told: dict[str, str]) -> list[Process]:
    logs = STATE / "logs"
    public = told["VANLANG_PUBLIC_URL"]
    granian = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(ports.web),
        "--workers", "2", "--blocking-threads", "2", "--no-ws", "--respawn-failed-workers",
        "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    sandbox = [
        sys.executable, "-m", "sandbox", "--state", str(STATE / "sandbox"), "--identity-port", str(ports.identity),
        "--ca-port", str(ports.authority), "--post-port", str(ports.post), "--smtp-port", str(ports.smtp),
        "--smpp-port", str(ports.smpp), "--client-id", told["VANLANG_OIDC_CLIENT_ID"],
        "--redirect-uri", f"{public}/tai-khoan/oidc/national/login/callback/", "--logout-uri", f"{public}/",
    ]  # fmt: skip
    worker = [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker", "--concurrency", "1"]
    return [
        Process("Hệ thống bên ngoài giả lập", sandbox, told | _shared_secrets(told), logs / "sandbox.log"),
        Process("Trang web", granian, told, logs / "web.log"),
        Process("Xử lý việc nền", worker, told, logs / "worker.log"),
    ]


def _shared_secrets(told: dict[str, str]) -> dict[str, str]:
    """Return what both sides of the wire must know, by the names that the sandbox has for it."""
    return {
        "SANDBOX_IDENTITY_CLIENT_SECRET": told["VANLANG_OIDC_CLIENT_SECRET"],
        "SANDBOX_POST_PASSWORD": told["VANLANG_POST_PASSWORD"],
        "SANDBOX_ENROLMENT_TOKEN": told["VANLANG_SIGNING_AUTHORITY_TOKEN"],
    }


def _say(ports: Ports, told: dict[str, str], *, demo: bool, seconds: float) -> None:
    web = f"http://127.0.0.1:{ports.web}"
    print(f"""
Văn Lang đang chạy ({seconds:.1f} giây).

  Cổng người dân        {web}/
  Bàn làm việc cán bộ   {web}/can-bo/
  Định danh giả lập     http://127.0.0.1:{ports.identity}/
  Chứng thư giả lập     http://127.0.0.1:{ports.authority}/
  Hộp thư giả lập       http://127.0.0.1:{ports.post}/     thư, tin nhắn mà hệ thống gửi đều đến đây""")
    if demo:
        print(f"""
  Người dân: đăng nhập bằng tài khoản định danh, chọn Bà Lan.
  Cán bộ phường Việt Trì (mật khẩu chung: {told["VANLANG_DEMO_PASSWORD"]}):
    hung   Trần Mạnh Hùng     tiếp nhận và trả kết quả
    mai    Lê Thị Mai         chuyên viên
    phuc   Nguyễn Văn Phúc    lãnh đạo      mã xác thực: ./vanlang totp phuc
    thao   Phạm Thu Thảo      văn thư
    quan   Đỗ Minh Quân       quản lý danh mục, quản trị (ở phường; chọn vai trò thứ hai để làm ở tỉnh)
    linh   Phan Thùy Linh     quản trị của tỉnh: người thứ hai duyệt nhập Excel, chuyển thẩm quyền""")
    print("\n  Nhấn Ctrl-C để dừng tất cả.", flush=True)
