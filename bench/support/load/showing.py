"""What a report of the load says: as figures for the page of performance, and as tables to read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.support.load.figures import LIMIT_MS
from bench.support.load.mix import ERRANDS, PROVINCE_PER_SECOND

Report = Mapping[str, Any]
Figure = dict[str, Any]

COLUMNS = {
    "people": "people",
    "requests_per_second": "requests/s",
    "polls_per_second": "polls/s",
    "dossiers_per_second": "dossiers/s",
    "times_the_province": "× province",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "errors": "errors",
    "house_cores": "house, cores",
    "client_cores": "clients, cores",
    "jobs_due": "jobs due",
}
WIDTH = 34


# --- for the page -----------------------------------------------------------------------------------------


def shown(report: Report) -> list[Figure]:
    """Return the figures of a report, as `launcher.performance` describes them."""
    return [_climbs(report), _steps(report), _kinds(report), _memory(report), _mix()]


def _climbs(report: Report) -> Figure:
    climbs = {"everything that people do": report["steps"]} | {
        side["who"]: side["steps"] for side in report["side_by_side"]
    }
    rows = []
    for who, steps in climbs.items():
        held = [one for one in steps if one["held"]]
        best = max(held, key=lambda one: one["requests_per_second"], default=None)
        rows.append(
            [who, best["requests_per_second"], best["p95_ms"], best["cpu_ms_per_request"]]
            if best
            else [who, 0, None, None]
        )
    return {
        "title": "How much at once",
        "says": f"The highest rate with a 95th percentile under {LIMIT_MS:.0f} ms and no error; the house on "
        f"{report['house_cores']} of {report['cores']} cores ({report['web']}), the clients on another.",
        "columns": ["what is asked", "requests a second", "p95 ms", "processor ms a request"],
        "rows": [["–" if cell is None else cell for cell in row] for row in rows],
        "plot": {
            "kind": "lines", "unit": "ms", "x": "requests a second", "budget": LIMIT_MS,
            "series": {who: _points(steps) for who, steps in climbs.items()},
        },
    }  # fmt: skip


def _points(steps: Sequence[Report]) -> list[list[float]]:
    found = [[one["requests_per_second"], one["p95_ms"]] for one in steps if one["p95_ms"] is not None]
    return sorted(found)


def _steps(report: Report) -> Figure:
    rows = [
        [_cell(one[key]) for key in COLUMNS] + ["yes" if one["held"] else "no"] for one in report["steps"]
    ]
    return {
        "title": "Step by step",
        "says": f"People at {report['offices']} communes over {report['world']['dossiers']:,} dossiers. × province: dossiers "
        f"taken in, beside the {PROVINCE_PER_SECOND:.3f} a second that the whole province takes in on average in its working "
        "hours. Screens that ask by the clock (polls) are counted in no percentile.",
        "columns": [*COLUMNS.values(), "held"],
        "rows": rows,
    }


def _kinds(report: Report) -> Figure:
    rows = [
        [
            one["kind"] + (" (by the clock)" if one["polled"] else ""),
            one["p50_ms"],
            one["p95_ms"],
            one["requests"],
        ]
        for one in report["kinds"]
    ]
    return {
        "title": "Kinds of requests at the highest rate that held",
        "says": "As the client saw them, over loopback. Signing seals a PDF and asks for a time stamp.",
        "columns": ["request", "p50 ms", "p95 ms", "requests"],
        "rows": rows,
        "plot": {"kind": "bars", "column": 2, "unit": "ms", "budget": LIMIT_MS, "beside": []},
    }


def _memory(report: Report) -> Figure:
    taken = report["memory"]
    rows = [[name, taken["at_the_highest"].get(name, 0), value] for name, value in taken["peak"].items()]
    return {
        "title": "Memory",
        "says": "Proportional set size: what is shared is counted once. Without nginx and the kernel; what the disk cache takes "
        f"is given back when it is asked for. The pilot's limit is {taken['limit_gb']:.0f} GB.",
        "columns": ["process", "GB at the highest rate", "GB at the peak of the run"],
        "rows": rows,
        "plot": {"kind": "bars", "column": 2, "unit": "GB", "budget": taken["limit_gb"], "beside": []},
    }


def _mix() -> Figure:
    return {
        "title": "Who does what",
        "says": "Errands for a hundred dossiers, each of several requests.",
        "columns": ["errand", "for 100 dossiers", "because"],
        "rows": [[one.name, one.weight, one.why] for one in ERRANDS],
    }


def _cell(value: object) -> object:
    return "–" if value is None else value


# --- to read at once --------------------------------------------------------------------------------------


def tables(report: Report) -> str:
    """Return the report as text."""
    server = ", ".join(f"{name} {value}" for name, value in report["server"].items())
    kinds = [
        (
            one["kind"] + (" (by the clock)" if one["polled"] else ""),
            one["requests"],
            one["p50_ms"],
            one["p95_ms"],
        )
        for one in report["kinds"]
    ]
    memory = report["memory"]
    lines = [
        f"{report['world']['dossiers']:,} dossiers, {report['offices']} communes at work; house on {report['house_cores']} of "
        f"{report['cores']} cores ({report['web']}, one job worker), clients on another; steps of {report['seconds']:.0f} s; "
        f"load {report['load'][0]} before, {report['load'][1]} after; Python {report['python']}; PostgreSQL {server}",
        _table_of(report["steps"]),
        f"{'at the highest that held':{WIDTH}}{'requests':>10}{'p50 ms':>10}{'p95 ms':>10}",
        *(f"{kind:{WIDTH}}{count:>10}{p50:>10}{p95:>10}" for kind, count, p50, p95 in kinds),
        f"{'memory, PSS, GB':{WIDTH}}{'highest':>10}{'peak':>10}",
        *(f"{name:{WIDTH}}{memory['at_the_highest'].get(name, 0):>10.3f}{peak:>10.3f}" for name, peak in memory["peak"].items()),
    ]  # fmt: skip
    for side in report["side_by_side"]:
        lines += ["", side["who"], _table_of(side["steps"])]
    lines += ["", *(f"{what}: {said}" for what, said in report["correct"]["checks"].items())]
    lines += [f"WRONG: {one}" for one in report["wrong"][:12]]
    return "\n".join([*lines, _verdict(report)])


def _table_of(steps: Sequence[Report]) -> str:
    lines = ["".join(f"{head:>15}" for head in COLUMNS.values())]
    for one in steps:
        cells = "".join(f"{_cell(one[key])!s:>15}" for key in COLUMNS)
        lines.append(cells + ("" if one["held"] else "  did not hold"))
    return "\n".join(lines)


def _verdict(report: Report) -> str:
    best, memory = report["highest"], report["memory"]
    if best is None:
        return "Nothing held."
    return (
        f"Held: {best['requests_per_second']} requests a second at p95 {best['p95_ms']} ms, {best['dossiers_per_second']} "
        f"dossiers a second: {best['times_the_province']} times what the province takes in on average in working hours; "
        f"{memory['peak'].get('together', 0)} GB at the peak. Right: {'yes' if report['is_right'] else 'NO'}. Budgets (once the "
        f"province, {memory['limit_gb']:.0f} GB): {'met' if report['in_budget'] else 'MISSED'}"
    )
