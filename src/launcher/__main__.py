"""The command line behind `./vanlang`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from launcher import postgres, setting_up
from launcher.backup import finish_restore
from launcher.settings import Ports, embedded_server, environment

HELP = """Văn Lang

  Chạy
    ./vanlang run [--port 8000]           chạy tất cả trên máy này, Ctrl-C để dừng
    ./vanlang demo [--url URL]            đi hết vòng đời hồ sơ qua HTTP, trên máy chủ đang chạy
    ./vanlang demo counter [--url URL]    một buổi sáng ở Một cửa: sáu mươi hồ sơ và mọi việc quanh chúng
    ./vanlang demo portal [--url URL]     một ngày với Cổng quốc gia và nền tảng thanh toán, cả khi chúng trục trặc
    ./vanlang totp TÊN                    mã xác thực hiện tại của tài khoản trình diễn

  Máy chủ của tỉnh (docs/manual-vi/cai-dat.md)
    ./vanlang setup                       đưa cơ sở dữ liệu và tệp tĩnh về đúng bản này
    ./vanlang serve web|worker            một tiến trình, do systemd trông
    ./vanlang upgrade TỆP [--plan]        chuyển sang bản mới; --resume làm tiếp, --rollback quay lại

  Dữ liệu
    ./vanlang catalogue import TỆP [--dry-run] [--skip-broken]
    ./vanlang catalogue report | todo [--department MÃ]
    ./vanlang province tiny|month|year [--seed N]
                                          tỉnh giả lập: 1.500, 184.513 hay 2,2 triệu hồ sơ, trong cơ sở dữ liệu riêng
    ./vanlang dossiers check              mọi hồ sơ đang mở có người giữ, đồng hồ và bước tiếp theo

  Vận hành
    ./vanlang backup [--to THƯ_MỤC]       sao lưu cơ sở dữ liệu và tệp, niêm phong, khi hệ thống vẫn chạy
    ./vanlang backup key                  tạo khóa sao lưu, chỉ hiện một lần
    ./vanlang restore THƯ_MỤC [--replace] khôi phục; --drill: diễn tập, không đụng tới dữ liệu đang dùng
    ./vanlang doctor [--json]             khám máy: điều gì sắp hỏng và phải làm gì
    ./vanlang nodes configure TỆP --to THƯ_MỤC  cấu hình cho cơ sở dữ liệu trên ba máy; nodes drill: diễn tập mất máy

  Phát hành
    ./vanlang bundle [--to TỆP] [--check] đóng gói để cài nơi không có internet; --check: cài thử và chạy, không có mạng

  Phát triển
    ./vanlang test [ĐƯỜNG DẪN …]          toàn bộ kiểm thử như CI
    ./vanlang check · fix                 phần nhanh của kiểm thử · tự sửa định dạng
    ./vanlang bench [TÊN …] [--json] [--strict] [--keep] [--page]
                                          đo tốc độ, cạnh thứ người khác sẽ dùng; --page: vẽ docs/reference/performance.md
    ./vanlang chaos [--acts N] [--kills N] [--json]
                                          giết tiến trình, làm đầy đĩa khi đang làm việc, rồi đối chiếu từng việc
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


def province(rest: list[str]) -> int:
    from launcher import province as synthetic

    return synthetic.main(rest)


def chaos(rest: list[str]) -> int:
    from launcher import chaos as trouble

    return trouble.main(rest)


def nodes(rest: list[str]) -> int:
    from launcher import nodes as three

    return three.main(rest)


def golden(rest: list[str]) -> int:
    from launcher import testing

    return testing.renew("VANLANG_RENEW_GOLDEN", rest)


def screenshots(rest: list[str]) -> int:
    from launcher import testing

    return testing.renew("VANLANG_SCREENSHOTS", ["tests/journeys", *rest])


def serve(rest: list[str]) -> int:
    from launcher import serving

    return serving.main(rest)


def setup(rest: list[str]) -> int:
    from launcher import serving

    return serving.set_up(rest)


def upgrade(rest: list[str]) -> int:
    from launcher import upgrading

    return upgrading.main(rest)


def bundle(rest: list[str]) -> int:
    from launcher import bundling

    return bundling.main(rest)


def backup(rest: list[str]) -> int:
    from launcher.backup import command

    with_database, stop = database_alone()
    try:
        return command.backup(rest, with_database)
    finally:
        stop()


def restore(rest: list[str]) -> int:
    from launcher.backup import command

    with_database, stop = database_alone()
    try:
        return command.restore(rest, with_database)
    finally:
        stop()


def doctor(rest: list[str]) -> int:
    """Ask Django's doctor whatever state the database is in: that it does not answer is a finding, no error."""
    url = os.environ.get("VANLANG_DATABASE_URL", "") or embedded_server().known_url()
    return setting_up.manage(["doctor", *rest], environment(Ports(), database_url=url))


def database_alone() -> tuple[str, Callable[[], None]]:
    """Return the address of a server that answers, with nothing set up in it, and how to leave it as it was found."""
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if url:
        return url, lambda: None
    server = embedded_server()
    was_running = server.is_running()
    server.start()
    return server.url(), (lambda: None) if was_running else server.stop


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
        finish_restore(url)
        return environment(Ports(), database_url=url), lambda: None
    server = embedded_server()
    was_running = server.is_running()
    server.start()
    finish_restore(server.url())
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
    "chaos": chaos,
    "nodes": nodes,
    "golden": golden,
    "screenshots": screenshots,
    "serve": serve,
    "setup": setup,
    "bundle": bundle,
    "upgrade": upgrade,
    "catalogue": managed("catalogue"),
    "dossiers": managed("dossiers"),
    "province": province,
    "totp": managed("totp"),
    "backup": backup,
    "restore": restore,
    "doctor": doctor,
    "manage": managed(),
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
