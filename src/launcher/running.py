"""`./vanlang run`: from nothing to a running province, and back to nothing at Ctrl-C."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType

from launcher import national_codes, postgres, setting_up
from launcher.backup import finish_restore
from launcher.processes import Process, stop_all, wait_for
from launcher.settings import ROOT, STATE, Ports, embedded_server, environment


class _Stop(Exception):  # noqa: N818 - Ctrl-C is no error
    pass


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./vanlang run", description="Chạy Văn Lang trên máy này.")
    parser.add_argument("--port", type=int, default=8000, help="cổng của trang web (mặc định 8000)")
    parser.add_argument("--without-demo", action="store_true", help="không nạp tài khoản và hồ sơ trình diễn")
    parser.add_argument("--province", choices=("tiny", "month", "year"), help="chạy trên tỉnh giả lập đã tạo")
    told = parser.parse_args(argv)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    started = time.monotonic()
    try:
        with ExitStack() as stack:
            demo = not (told.without_demo or told.province)
            database = f"vanlang_{told.province}" if told.province else "vanlang"
            return _run(stack, Ports.at(told.port), demo=demo, database=database, started=started)
    except _Stop:
        print("\nĐã dừng tất cả.")
        return 0
    except (postgres.PostgresError, setting_up.SetUpError, RuntimeError) as error:
        print(f"\nKhông chạy được: {error}", file=sys.stderr)
        return 1


def _on_signal(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _run(stack: ExitStack, ports: Ports, *, demo: bool, database: str, started: float) -> int:
    _refuse_busy(ports)
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    server = None if url else embedded_server()
    if server is not None:
        stack.callback(server.stop)
        server.start()
        url = server.url(database)
        finish_restore(url)  # before a database is made: the restored one takes its name
        create_database(url)
    else:
        finish_restore(url)
    told = environment(ports, database_url=url)
    shutil.rmtree(told["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)  # what earlier processes counted
    processes = _processes(ports, told)
    stack.callback(stop_all, processes)
    sandbox, web, worker = processes
    sandbox.start()
    setting_up.set_up(told, demo=demo, before=lambda: wait_for(health_of(ports), sandbox))
    codes = national_codes.ask(told)
    web.start()
    wait_for(f"http://127.0.0.1:{ports.web}/", web)
    national_codes.give(codes, f"http://127.0.0.1:{ports.portal}")
    worker.start()
    wait_for(health_of(ports), sandbox)
    _say(ports, told, demo=demo, seconds=time.monotonic() - started)
    while True:
        time.sleep(1)
        _revive(server, processes)


def _revive(server: postgres.Server | None, processes: list[Process]) -> None:
    """
    Start again what died, the database first: the others need it.

    Raises: RuntimeError for a process that keeps dying: starting it once more would only hide the reason.
    """
    if server is not None and server.has_died():
        print("Cơ sở dữ liệu đã dừng; khởi động lại.", flush=True)
        server.start()
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


def health_of(ports: Ports) -> str:
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
    granian = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(ports.web),
        "--workers", "2", "--blocking-threads", "2", "--no-ws", "--respawn-failed-workers",
        "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker", "--concurrency", "1"]
    return [
        outside(ports, told),
        Process("Trang web", granian, told, logs / "web.log"),
        Process("Xử lý việc nền", worker, told, logs / "worker.log"),
    ]


def outside(ports: Ports, told: dict[str, str], *further: str) -> Process:
    """Return the stand-ins for the outside world; `further` are options of theirs."""
    public = told["VANLANG_PUBLIC_URL"]
    sandbox = [
        sys.executable, "-m", "sandbox", "--state", str(STATE / "sandbox"), "--identity-port", str(ports.identity),
        "--ca-port", str(ports.authority), "--post-port", str(ports.post), "--smtp-port", str(ports.smtp),
        "--smpp-port", str(ports.smpp), "--portal-port", str(ports.portal), "--payment-port", str(ports.payment),
        "--payment-partner", told["VANLANG_PAYMENT_PARTNER"],
        "--province-url", f"http://127.0.0.1:{ports.web}", "--client-id", told["VANLANG_OIDC_CLIENT_ID"],
        "--redirect-uri", f"{public}/tai-khoan/oidc/national/login/callback/", "--logout-uri", f"{public}/",
        *further,
    ]  # fmt: skip
    return Process(
        "Hệ thống bên ngoài giả lập", sandbox, told | _shared_secrets(told), STATE / "logs" / "sandbox.log"
    )


def _shared_secrets(told: dict[str, str]) -> dict[str, str]:
    """Return what both sides of the wire must know, by the names that the sandbox has for it."""
    return {
        "SANDBOX_IDENTITY_CLIENT_SECRET": told["VANLANG_OIDC_CLIENT_SECRET"],
        "SANDBOX_POST_PASSWORD": told["VANLANG_POST_PASSWORD"],
        "SANDBOX_PORTAL_PASSWORD": told["VANLANG_PORTAL_PASSWORD"],
        "SANDBOX_PORTAL_TOKEN": told["VANLANG_PORTAL_TOKEN"],
        "SANDBOX_PAYMENT_SECRET": told["VANLANG_PAYMENT_SECRET"],
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
  Hộp thư giả lập       http://127.0.0.1:{ports.post}/     thư, tin nhắn mà hệ thống gửi đều đến đây
  Cổng quốc gia giả lập http://127.0.0.1:{ports.portal}/     hồ sơ đã đồng bộ, những gì đẩy về tỉnh
  Thanh toán giả lập    http://127.0.0.1:{ports.payment}/     không thu tiền thật""")
    if demo:
        print(f"""
  Người dân: đăng nhập bằng tài khoản định danh, chọn Bà Lan.
  Cán bộ phường Việt Trì (mật khẩu chung: {told["VANLANG_DEMO_PASSWORD"]}):
    hung   Trần Mạnh Hùng     tiếp nhận và trả kết quả
    mai    Lê Thị Mai         chuyên viên
    phuc   Nguyễn Văn Phúc    lãnh đạo      mã xác thực: ./vanlang totp phuc
    thao   Phạm Thu Thảo      văn thư
    hanh   Đinh Thị Hạnh      kế toán: đối soát, khóa sổ
    quan   Đỗ Minh Quân       quản lý danh mục, quản trị (ở phường; chọn vai trò thứ hai để làm ở tỉnh)
    linh   Phan Thùy Linh     quản trị của tỉnh: người thứ hai duyệt nhập Excel, chuyển thẩm quyền""")
    print("\n  Nhấn Ctrl-C để dừng tất cả.", flush=True)
