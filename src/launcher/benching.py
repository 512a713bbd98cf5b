"""`./vanlang bench [NAME …]`: figures, each beside what a user would pick instead, in one run."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from launcher import postgres
from launcher.performance.kept import (
    OVER_BUDGET,
    Kept,
    all_kept,
    command_of,
    keep,
    machine,
    now,
    report_in,
    server_settings,
)
from launcher.running import create_database
from launcher.setting_up import manage
from launcher.settings import ROOT, STATE, Ports, environment

ROUND: dict[str, tuple[str, ...]] = {
    "province": (),
    "lives": ("--seconds", "6"),
    "calendars": ("--cases", "50000"),
    "search": (),
    "eforms": (),
    "signing": ("--seconds", "0.7"),
    "payments": ("--callbacks", "600"),
    "petitions": ("--petitions", "5000"),
    "notices": ("--messages", "200"),
    "transfer": ("--dossiers", "200"),
}
"""What `./vanlang bench` without names measures, and with which sizes: ten minutes on two cores. The others by name."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done with what the benches find."""

    json: bool
    keep: bool
    strict: bool


def names() -> list[str]:
    """Return the benches there are."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))


def main(argv: Sequence[str]) -> int:
    """Run the benches named before any option, or the round; the exit code says whether every answer was right, not whether it was fast."""
    wanted = list(itertools.takewhile(lambda argument: not argument.startswith("-"), argv))
    own = argparse.ArgumentParser(prog="./vanlang bench", usage=USAGE, add_help=False)
    for flag in ("--json", "--keep", "--strict", "--page"):
        own.add_argument(flag, action="store_true")
    told, options = own.parse_known_args(argv[len(wanted) :])
    unknown = set(wanted) - set(names())
    if unknown or (options and not wanted):
        print(f"{USAGE}\nCó: {', '.join(names())}", file=sys.stderr)
        return 2
    wishes = Wishes(json=told.json, keep=told.keep, strict=told.strict)
    code = 0
    if wanted or not told.page:
        code = _measure({name: tuple(options) for name in wanted} or ROUND, wishes)
    if told.page:
        _draw()
    return code


USAGE = (
    "./vanlang bench [TÊN …] [--json] [--strict] [--keep] [--page] [tùy chọn của phép đo được nêu tên]\n"
    "  không nêu tên: một vòng dưới 10 phút; --strict: chậm hơn mức cho phép cũng là sai;\n"
    "  --keep: giữ kết quả ở bench/results; --page: vẽ lại docs/reference/performance.md từ kết quả đã giữ"
)


def _measure(wanted: dict[str, tuple[str, ...]], wishes: Wishes) -> int:
    given = os.environ.get("VANLANG_DATABASE_URL", "")
    if given:
        return _all(wanted, wishes, given)
    with postgres.running(STATE / "bench-postgres") as server:
        url = server.url("vanlang_bench")
        create_database(url)
        return _all(wanted, wishes, url)


def _all(wanted: dict[str, tuple[str, ...]], wishes: Wishes, url: str) -> int:
    told = environment(Ports(), database_url=url)
    told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    if manage(["migrate", "--verbosity", "0"], told) or manage(
        ["createcachetable", "--verbosity", "0"], told
    ):
        return 1
    settings = server_settings(url)
    found = [_one(name, options, wishes, told, settings) for name, options in wanted.items()]
    if wishes.json:
        print(json.dumps({"benches": [asdict(one) for one in found]}, indent=1, ensure_ascii=False))
    _sum_up(found, strict=wishes.strict)
    return 0 if all(one.is_in_budget or (one.is_right and not wishes.strict) for one in found) else 1


def _one(
    name: str, options: Sequence[str], wishes: Wishes, told: dict[str, str], settings: dict[str, str]
) -> Kept:
    """Run one bench; what it prints is shown as it comes, or read when its report is wanted."""
    _say(f"\n=== {name} {' '.join(options)}")
    reads = wishes.json or wishes.keep
    code = f"import sys; from bench.{name} import main; sys.exit(main(sys.argv[1:]))"
    before, began, at = os.getloadavg()[0], time.monotonic(), now()
    ran = subprocess.run(
        [sys.executable, "-c", code, *options, *(["--json"] if reads else [])],
        env=told, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE if reads else None,
    )  # fmt: skip
    kept = Kept(
        bench=name, command=command_of(name, options), measured_at=at, seconds=round(time.monotonic() - began, 1),
        exit=ran.returncode, machine=machine(), load=[round(before, 2), round(os.getloadavg()[0], 2)], server=settings,
        report=(report_in(ran.stdout) if reads else None) or {},
    )  # fmt: skip
    _say(f"--- {name}: {_verdict(kept)}, {kept.seconds:.0f} s")
    if wishes.keep and kept.is_right and kept.report:
        _say(f"    {keep(kept).relative_to(ROOT)}")
    return kept


def _verdict(one: Kept) -> str:
    if not one.is_right:
        return f"WRONG (exit {one.exit})"
    return "right, in its budget" if one.is_in_budget else "right, OVER ITS BUDGET"


def _sum_up(found: Sequence[Kept], *, strict: bool) -> None:
    _say("")
    for one in found:
        _say(f"{one.bench:18}{one.seconds:>7.0f} s  {_verdict(one)}")
    wrong = sum(not one.is_right for one in found)
    late = sum(one.exit == OVER_BUDGET for one in found)
    word = ", which --strict takes for a failure" if strict and late else ""
    _say(
        f"{len(found)} benches in {sum(one.seconds for one in found):.0f} s: {wrong} wrong, {late} over budget{word}"
    )


def _draw() -> None:
    from launcher.performance import page

    for path in page.write(page.draw(all_kept())):
        _say(f"{path.relative_to(ROOT)}")


def _say(text: str) -> None:
    """Say how it goes where a report is not: beside it."""
    print(text, file=sys.stderr, flush=True)
