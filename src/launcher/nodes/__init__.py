"""
`./vanlang nodes configure|drill`: the database on three machines (docs/adr/0028).

    ./vanlang nodes configure nodes.toml --to FOLDER    what each machine needs, out of deploy/ha/templates
    ./vanlang nodes drill [--acts N] [--kills N]        three nodes on this machine, troubled while the province works
    ./vanlang nodes drill --sabotage                    must fail: a loss and a doubling are planted before the comparison
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.nodes.plan import Plan, PlanError, made_secrets, render
from launcher.settings import ROOT

FORM = ROOT / "deploy" / "ha" / "nodes.toml"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./vanlang nodes", description="Cơ sở dữ liệu trên ba máy.")
    commands = parser.add_subparsers(dest="command", required=True)
    configuring = commands.add_parser("configure", help="viết cấu hình cho từng máy")
    configuring.add_argument("form", type=Path, help="tệp mô tả ba máy, theo mẫu deploy/ha/nodes.toml")
    configuring.add_argument("--to", type=Path, required=True, help="thư mục để viết vào")
    drilling = commands.add_parser("drill", help="dựng ba máy trên máy này, giết máy chủ khi đang làm việc")
    drilling.add_argument("--acts", type=int, default=150, help="số việc được xác nhận (mặc định 150)")
    drilling.add_argument("--kills", type=int, default=3, help="số lần giết máy làm chủ (mặc định 3)")
    drilling.add_argument("--clients", type=int, default=3, help="số người làm cùng lúc (mặc định 3)")
    drilling.add_argument("--seed", type=int, default=44, help="hạt giống của mọi lựa chọn (mặc định 44)")
    drilling.add_argument(
        "--sabotage",
        action="store_true",
        help="xóa một việc, chép đôi một việc trước khi đối chiếu: phải bị phát hiện",
    )
    drilling.add_argument("--json", action="store_true", help="in kết quả cho máy khác đọc")
    told = parser.parse_args(argv)
    if told.command == "configure":
        return configure(told.form, told.to)
    from launcher.nodes import drilling as drill

    wanted = drill.Wanted(told.acts, told.kills, told.clients, told.seed, told.sabotage)
    return drill.main(wanted, as_json=told.json)


def configure(form: Path, to: Path) -> int:
    """Write a folder for each node, and the secrets that they share; what is there is kept."""
    try:
        plan = Plan.read(form)
    except (OSError, PlanError) as error:
        print(error, file=sys.stderr)
        return 2
    secrets = made_secrets(to / "secrets.json")
    for node in plan.nodes:
        render(plan, node, secrets, to / node.name)
        print(f"{to / node.name}: chép sang máy {node.address}, vào {plan.config}")
    print(f"{to / 'secrets.json'}: mật khẩu của cụm, cất vào két rồi xóa khỏi máy này")
    return 0
