"""The command line behind `./vanlang`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from launcher import postgres, setting_up
from launcher.settings import Ports, embedded_server, environment

HELP = """Văn Lang

  Chạy
    ./vanlang run [--port 8000]           chạy tất cả trên máy này, Ctrl-C để dừng
    ./vanlang demo [--url URL]            đi hết vòng đời hồ sơ qua HTTP, trên máy chủ đang chạy
    ./vanlang demo counter [--url URL]    một buổi sáng ở Một cửa: sáu mươi hồ sơ và mọi việc quanh chúng
    ./vanlang totp TÊN                    mã xác thực hiện tại của tài khoản trình diễn

  Dữ liệu
    ./vanlang catalogue import TỆP [--dry-run] [--skip-broken]
    ./vanlang catalogue report | todo [--department MÃ]
    ./vanlang dossiers check              mọi hồ sơ đang mở có người giữ, đồng hồ và bước tiếp theo

  Phát triển
    ./vanlang test [ĐƯỜNG DẪN …]          toàn bộ kiểm thử như CI
    ./vanlang check · fix                 phần nhanh của kiểm thử · tự sửa định dạng
    ./vanlang bench [TÊN] [--json]        đo tốc độ, cạnh thứ người khác sẽ dùng
    ./vanlang golden · screenshots        làm mới tệp mẫu · ảnh hướng dẫn, khi cố ý
    ./vanlang manage …                    lệnh của Django
"""


def main(argv: Sequence[str]) -> int:
    name, *rest = argv or ["help"]
    if name in {"help", "--help", "-h"}:
        print(HELP)
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(f"Không có lệnh “{name}”.\n\n{HELP}", file=sys.stderr)
        return 2
    try:
        return command(rest)
    except (postgres.PostgresError, setting_up.SetUpError) as error:
        print(error, file=sys.stderr)
        return 1


def run(rest: list[str]) -> int:
    from launcher import running

    return running.main(rest)


def test(rest: list[str]) -> int:
    from launcher import testing

    return testing.test(rest)


def check(rest: list[str]) -> int:
    from launcher import testing

    return testing.check(rest)


def fix(rest: list[str]) -> int:
    from launcher import testing

    return testing.fix(rest)


def bench(rest: list[str]) -> int:
    from launcher import benching

    return benching.main(rest)


def demo(rest: list[str]) -> int:
    from launcher import demo as walk

    return walk.main(rest)


def golden(rest: list[str]) -> int:
    from launcher import testing

    return testing.renew("VANLANG_RENEW_GOLDEN", rest)


def screenshots(rest: list[str]) -> int:
    from launcher import testing

    return testing.renew("VANLANG_SCREENSHOTS", ["tests/journeys", *rest])


def managed(*prefix: str) -> Callable[[list[str]], int]:
    """Return a command that asks Django, with our own database running while it does."""

    def command(rest: list[str]) -> int:
        with_database, stop = database()
        try:
            return setting_up.manage([*prefix, *rest], with_database)
        finally:
            stop()

    return command


def database() -> tuple[dict[str, str], Callable[[], None]]:
    """Return the environment of a database that answers, and how to leave it as it was found."""
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if url:
        return environment(Ports(), database_url=url), lambda: None
    server = embedded_server()
    was_running = server.is_running()
    server.start()
    told = environment(Ports(), database_url=server.url())
    if not was_running:
        from launcher.running import create_database

        create_database(server.url())
        setting_up.set_up(told, demo=True)
    return told, (lambda: None) if was_running else server.stop


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "demo": demo,
    "golden": golden,
    "screenshots": screenshots,
    "catalogue": managed("catalogue"),
    "dossiers": managed("dossiers"),
    "totp": managed("totp"),
    "manage": managed(),
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
