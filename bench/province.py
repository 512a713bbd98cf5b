"""
The pages of a day over a synthetic province: are the rows right, how many questions are asked, how long does the server take?

    ./vanlang bench province                       # a month: 184,513 dossiers of 163 agencies; and 10,000 and 50,000 of them
    ./vanlang bench province --scale year          # 2.2 million, beside the three
    ./vanlang bench province --scale tiny --alone --requests 20

The world is generated once and kept (`support/worlds.py`); each run works in a copy. A real worker (granian, one process, one
thread) on loopback; clients with one kept connection each ask one page after another, as every role in turn, and read the
whole answer: sessions, row-level security, templates and the log of reads are in it, and so is the client's own work.

**Right** is what the exit code says, 0 or 1:
- the first page of every list is that of an independent count over the dossiers' own table (`support/right_rows.py`); a
  dossier's page and its tracking show its code; a search of the portal has one of the expected procedures among its first five;
  every submitted draft is one dossier with one seat for each agency it names, one movement and one line of the log;
- no page asks for its lines: at the agency with the most dossiers a page asks at most three questions more than at the one
  with the fewest (a kind of thing may be new there: a unit, a name, a pause; fifty lines may not), for each role, and for an
  officer with all four roles no more than three above the role that asks most; and the same from the smallest world to the largest.

**Fast** (exit code 3, a failure with `--strict`): 95th percentile of every page under 100 ms and of a submission under 150 ms,
of each role by itself; and flat: the median page of the largest world takes at most half as long again as that of the smallest.

Beside them, in turn with them: the list, the page of one row and the insert that a Django developer would first write
(`support/plain`), which count, mask, check and log nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.support.verdict import verdict
from bench.support.worlds import SIZES, copy_of, world

ROOT = Path(__file__).resolve().parents[1]
BUDGET_MS, SUBMIT_MS = 100.0, 150.0
KINDS = 3
"""How many questions more a page may ask where more kinds of things are on it."""
FLAT = 1.5
SMALLER = (10_000, 50_000)
REQUESTS, SUBMITTED = 120, 40
FLAT_REQUESTS = 60


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when rows and questions are right and every page is in its budget."""
    parser = argparse.ArgumentParser(prog="bench province", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--scale", choices=sorted(SIZES), default="month")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="measured requests for each page")
    parser.add_argument(
        "--alone", action="store_true", help="this world only, without smaller ones beside it"
    )
    told = parser.parse_args(argv)
    whole = _in_a_process(told.scale, told.requests, everything=True)
    smaller = [] if told.alone else [size for size in (*SMALLER, SIZES["month"]) if size < SIZES[told.scale]]
    others = [_in_a_process(size, min(FLAT_REQUESTS, told.requests), everything=False) for size in smaller]
    report = _report(whole, others)
    print(json.dumps(report, indent=2, ensure_ascii=False) if told.json else _tables(report))
    return verdict(right=not report["wrong"], in_budget=not report["slow"])


def _in_a_process(size: str | int, requests: int, *, everything: bool) -> dict[str, Any]:
    """Measure one world in a process of its own: what a process knows of a database it keeps."""
    code = "import sys; from bench.province import in_one_world; in_one_world(*sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(size), str(requests), "everything" if everything else ""],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def in_one_world(size: str, requests: str, everything: str) -> None:
    """Measure and print one JSON object."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ["VANLANG_SECOND_FACTOR_ROLES"] = ""
    kept = world(int(size) if size.isdecimal() else size)
    load = os.getloadavg()[0]
    with copy_of(kept) as server:
        measured = _measure(int(requests), everything=bool(everything))
    loads = [round(load, 2), round(os.getloadavg()[0], 2)]
    print(json.dumps(kept.as_facts() | {"server": server, "load": loads} | measured))


# --- one world -----------------------------------------------------------------------------------------


def _measure(requests: int, *, everything: bool) -> dict[str, Any]:
    import structlog
    from django.core.management import call_command

    from bench.support.asking import count_queries, time_page
    from bench.support.day import Day
    from bench.support.server import worker
    from vanlang.kernel.scope import Scope, acting

    call_command("collectstatic", "--noinput", verbosity=0)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(30)
    )  # no line for each page asked in here
    with acting(Scope.system()):
        day = Day.of_this_world()
        few, many = (count_queries(place.pages(), place.visitors) for place in (day.fewest, day.most))
        with worker(VANLANG_PUBLIC_URL="http://127.0.0.1") as ours:
            wrong = day.wrong_rows(ours)
            wanted = [page for page in day.most.pages() if everything or page.name in FLAT_PAGES]
            lines = [time_page(page, ours, day.most.visitors, requests) for page in wanted]
            with worker(DJANGO_SETTINGS_MODULE="bench.support.plain.settings") as plain:
                submitted = day.submit(ours, plain, SUBMITTED if everything else SUBMITTED // 2)
                sides = day.race(ours, plain, requests // 2)
    for line in lines:
        line["queries"] = {who: many[line["page"], who] for who in line["visitors"]}
        line["queries_of_few"] = {who: few[line["page"], who] for who in line["visitors"]}
    return {
        "agency": day.most.code, "own": day.most.own, "fewest": day.fewest.code, "fewest_own": day.fewest.own,
        "pages": lines, "submitted": submitted, "side_by_side": sides, "wrong": wrong + submitted["wrong"] + _asks_for_lines(lines),
        "checked": day.checked,
    }  # fmt: skip


FLAT_PAGES = (
    "inbox: waits for me",
    "inbox: all, latest first",
    "inbox: overdue",
    "search: a family name",
    "search: a code",
    "a dossier",
    "tracking",
)
"""Of these is said how they grow."""


def _asks_for_lines(lines: Sequence[dict[str, Any]]) -> list[str]:
    """Return which pages ask more where there is more."""
    found = []
    for line in lines:
        for who, count in line["queries"].items():
            if count > line["queries_of_few"][who] + KINDS:
                found.append(
                    f"{line['page']}, {who}: {line['queries_of_few'][who]} queries of few, {count} of many"
                )
        single = max(count for who, count in line["queries"].items() if who != "every role")
        if line["queries"].get("every role", 0) > single + KINDS:
            found.append(
                f"{line['page']}: {line['queries']['every role']} queries for every role, {single} for one"
            )
    return found


# --- all worlds ----------------------------------------------------------------------------------------


def _report(whole: dict[str, Any], others: Sequence[dict[str, Any]]) -> dict[str, Any]:
    worlds = [*others, whole]
    wrong = [f"{one['dossiers']:,} dossiers: {what}" for one in worlds for what in one["wrong"]]
    wrong += _grown(others, whole)
    slow = [
        f"{line['page']}: {line['slowest_visitor_p95_ms']} ms"
        for line in whole["pages"]
        if line["slowest_visitor_p95_ms"] >= BUDGET_MS
    ]
    if whole["submitted"]["p95_ms"] >= SUBMIT_MS:
        slow.append(f"submit: {whole['submitted']['p95_ms']} ms")
    slow += _steep(worlds)
    return {
        "worlds": worlds, "wrong": wrong, "slow": slow, "budget_ms": BUDGET_MS, "submit_ms": SUBMIT_MS,
        "server": whole["server"], "shown": [_pages_figure(whole), _beside_figure(whole), *_flat_figures(worlds)],
    }  # fmt: skip


def _grown(others: Sequence[dict[str, Any]], whole: dict[str, Any]) -> list[str]:
    """Return which pages ask more in the largest world than in a smaller one."""
    most = {line["page"]: max(line["queries"].values()) for line in whole["pages"]}
    return [
        f"{line['page']}: {max(line['queries'].values())} queries of {one['dossiers']:,} dossiers, {most[line['page']]} of {whole['dossiers']:,}"
        for one in others
        for line in one["pages"]
        if most[line["page"]] > max(line["queries"].values()) + KINDS
    ]


def _steep(worlds: Sequence[dict[str, Any]]) -> list[str]:
    """Return which pages take half as long again in the largest world."""
    first, last = _medians(worlds[0]), _medians(worlds[-1])
    return [
        f"{page}: {first[page]} ms of {worlds[0]['dossiers']:,} dossiers, {last[page]} ms of {worlds[-1]['dossiers']:,}"
        for page in first
        if last[page] > FLAT * first[page]
    ]


def _medians(one: dict[str, Any]) -> dict[str, float]:
    found = {line["page"]: line["p50_ms"] for line in one["pages"]}
    return found | {"submit": one["submitted"]["p50_ms"]}


def _pages_figure(whole: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [line["page"], line["p50_ms"], line["p95_ms"], line["slowest_visitor_p95_ms"], line["cpu_ms"],
         min(line["queries"].values()), max(line["queries"].values()), max(line["queries_of_few"].values())]
        for line in whole["pages"]
    ]  # fmt: skip
    submitted = whole["submitted"]
    rows.append(
        [
            "submit",
            submitted["p50_ms"],
            submitted["p95_ms"],
            submitted["p95_ms"],
            submitted["cpu_ms"],
            "",
            "",
            "",
        ]
    )
    return {
        "title": f"Pages over {whole['dossiers']:,} dossiers: 95th percentile",
        "says": f"Asked at {whole['agency']}, which sits at {whole['own']:,} dossiers, as each role in turn; few: {whole['fewest']} with "
        f"{whole['fewest_own']:,}. Budget {BUDGET_MS:.0f} ms, of a submission {SUBMIT_MS:.0f} ms. {whole['checked']} answers were compared with an "
        f"independent count, {len(whole['wrong'])} differ. The world: {whole['megabytes']:,} MB.",
        "columns": ["page", "p50 ms", "p95 ms", "p95 of the slowest role", "CPU ms", "queries, least", "queries, most", "queries of few, most"],
        "rows": rows,
        "plot": {"kind": "bars", "column": 2, "unit": "ms", "budget": BUDGET_MS},
    }  # fmt: skip


def _beside_figure(whole: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [f"{side['what']}, {side['who']}", side["p50_ms"], side["p95_ms"], side["cpu_ms"]]
        for side in whole["side_by_side"]
    ]
    submitted = whole["submitted"]
    rows.append(["submit, Văn Lang", submitted["p50_ms"], submitted["p95_ms"], submitted["cpu_ms"]])
    rows.append(["insert a row, plain Django", submitted["plain_p50_ms"], submitted["plain_p95_ms"], ""])
    return {
        "title": "Beside what one would first write, over the same dossiers",
        "says": "Asked in turn in the same run. Plain Django: ListView with Paginator and Q, DetailView, one INSERT; no mask, no log, no policy.",
        "columns": ["page", "p50 ms", "p95 ms", "CPU ms"],
        "rows": rows,
        "plot": {"kind": "bars", "column": 2, "unit": "ms", "beside": [row[0] for row in rows if "plain" in row[0]]},
    }  # fmt: skip


def _flat_figures(worlds: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(worlds) < 2:
        return []
    medians = [_medians(one) for one in worlds]
    ours = {
        page: [[one["dossiers"], found[page]] for one, found in zip(worlds, medians, strict=True)]
        for page in medians[0]
    }
    sides = [
        {f"{side['what']}, {side['who']}": side["p50_ms"] for side in one["side_by_side"]} for one in worlds
    ]
    plain = {
        what: [[one["dossiers"], found[what]] for one, found in zip(worlds, sides, strict=True)]
        for what in sides[0]
    }
    return [
        _growing("The same pages, more dossiers: median", ours, worlds, budget=BUDGET_MS),
        _growing("Beside plain Django, more dossiers: median", plain, worlds),
    ]


def _growing(
    title: str, series: dict[str, Any], worlds: Sequence[dict[str, Any]], budget: float | None = None
) -> dict[str, Any]:
    own = ", ".join(f"{one['own']:,}" for one in worlds)
    plot: dict[str, Any] = {"kind": "lines", "unit": "ms", "x": "dossiers in the province", "series": series}
    return {
        "title": title,
        "says": f"The same agencies, officers and people; {worlds[-1]['agency']} sits at {own} of them.",
        "columns": ["page", *(f"{one['dossiers']:,}" for one in worlds)],
        "rows": [[page, *(value for _, value in points)] for page, points in series.items()],
        "plot": plot | ({"budget": budget} if budget else {}),
    }  # fmt: skip


def _tables(report: dict[str, Any]) -> str:
    lines: list[str] = []
    for one in report["worlds"]:
        kept = "kept" if one["was_kept"] else "made now"
        lines.append(
            f"World of {one['dossiers']:,} dossiers ({kept}, {one['made_seconds']} s, {one['megabytes']:,} MB); load {one['load'][0]} before, {one['load'][1]} after"
        )
    lines.append(f"PostgreSQL {report['server']}, {os.cpu_count()} cores")
    for figure in report["shown"]:
        lines += ["", figure["title"], figure["says"]]
        width = max(len(str(row[0])) for row in figure["rows"]) + 2
        lines.append(" " * width + "  ".join(f"{name:>9}" for name in figure["columns"][1:]))
        for row in figure["rows"]:
            cells = zip(row[1:], figure["columns"][1:], strict=True)
            lines.append(
                f"{row[0]:{width}}" + "  ".join(f"{value:>{max(9, len(name))}}" for value, name in cells)
            )
    lines += [
        "",
        *(f"WRONG: {what}" for what in report["wrong"]),
        *(f"SLOW: {what}" for what in report["slow"]),
    ]
    lines.append(
        f"{'Rows and questions are right' if not report['wrong'] else 'WRONG'}; {'every budget is met' if not report['slow'] else 'OVER BUDGET'}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
