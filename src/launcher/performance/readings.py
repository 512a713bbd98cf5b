"""
Figures taken out of the reports of benches that do not say them themselves (key `shown`): one entry for each bench.

A reading chooses and names; it computes nothing but a unit or a ratio of two figures of the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Report = Mapping[str, Any]
Figure = dict[str, Any]

ABOUT = {
    "province": "The pages of a day over the synthetic province: right rows, few questions, and how long the server takes.",
    "load": "Many people at once: the highest rate without an error, and what each process holds meanwhile.",
    "backup": "What a running backup does to the queue of jobs, beside `pg_dump`.",
    "calendars": "Due dates: compared with an oracle that shares no code, then counted against the clock.",
    "catalogue_import": "The national catalogue, read for the first time and again.",
    "eforms": "A form of forty questions, beside Django's own form of as many fields.",
    "excel": "A staff list of thousands from a workbook, beside a loop one would write.",
    "inbox": "An officer's lists over seats as after some years, asked under row-level security.",
    "lives": "Whole lives of dossiers, seven acts with one commit each, beside SpiffWorkflow.",
    "notices": "Messages a second to real sockets, beside loops over `send_mail`.",
    "pages": "Every page of an office's day over a crowd copied from real lives.",
    "payments": "Callbacks of the payment platform: the books are exact, and how fast they are kept.",
    "petitions": "Repeated petitions found among many, beside PostgreSQL's trigrams over readable text.",
    "portal": "Dossiers told to the national portal through the outbox, beside `requests.post` in a loop.",
    "search": "Search over the national catalogue: found at all, and how quickly.",
    "sentinel": "Two systems compared by digests, beside transferring everything.",
    "signing": "Signatures and verdicts a second, beside pyHanko as it comes.",
    "transfer": "A thousand dossiers change hands, beside clicking one by one.",
}  # fmt: skip
"""One sentence about each bench."""


def is_about(bench: str) -> str:
    return ABOUT.get(bench, "")


def figures_of(bench: str, report: Report) -> list[Figure]:
    """Return the figures of a report; none for one that was skipped."""
    if "shown" in report:
        return list(report["shown"])
    if "skipped" in report:
        return [{"title": f"{bench}: skipped", "says": report["skipped"], "columns": ["what"], "rows": []}]
    return _READINGS[bench](report) if bench in _READINGS else []


def _bars(
    title: str, says: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, column: int, unit: str,
    beside: Iterable[str] = (), budget: float | None = None,
) -> Figure:  # fmt: skip
    plot: dict[str, Any] = {"kind": "bars", "column": column, "unit": unit, "beside": list(beside)}
    if budget:
        plot["budget"] = budget
    return {
        "title": title,
        "says": says,
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "plot": plot,
    }


def _backup(report: Report) -> list[Figure]:
    rows = [
        [who, watch["pages_of_a_fetch"], watch["dead_kept"], watch["end_rate"]]
        for who, watch in report["watches"].items()
    ]
    return [
        _bars(
            "Pages read to fetch one job",
            f"{report['seconds_each']} s each, {report['deferred_a_second']} jobs a second; a whole backup took "
            f"{report['whole_backup_seconds']} s for {report['whole_backup_rows']:,} rows.",
            ["beside", "pages a fetch", "dead rows kept", "jobs a second at the end"], rows, column=1, unit="pages",
            beside=("alone", "pg_dump"),
        )
    ]  # fmt: skip


def _calendars(report: Report) -> list[Figure]:
    rates = report["rates"]
    theirs = [rate["what"] for rate in rates if "calendars." not in rate["what"]]
    return [
        _bars(
            "Due dates a second on one core",
            f"{report['cases']:,} random questions answered as the oracle does but for {report['differences']}.",
            ["what", "a second", "note"],
            [[rate["what"], rate["per_second"], rate["note"]] for rate in rates],
            column=1, unit="a second", beside=theirs,
        )
    ]  # fmt: skip


def _catalogue_import(report: Report) -> list[Figure]:
    rows = [
        ["the first time", report["import_seconds"]],
        ["again, nothing changed", report["second_seconds"]],
    ]
    says = f"{report['rows']:,} procedures; the second run changed {report['second_run_changes']}."
    return [_bars("Import of the catalogue", says, ["run", "seconds"], rows, column=1, unit="s", budget=20)]


def _eforms(report: Report) -> list[Figure]:
    named = {
        "check, ours": "check_40_answers_ms", "check, Django's form": "check_40_answers_django_form_ms",
        "draw, ours": "draw_40_questions_ms", "draw, Django's form": "draw_40_questions_django_form_ms",
    }  # fmt: skip
    rows = [[name, round(report[key], 2)] for name, key in named.items()]
    beside = [name for name in named if "Django" in name]
    return [_bars("Forty questions", "", ["what", "ms"], rows, column=1, unit="ms", beside=beside)]


def _excel(report: Report) -> list[Figure]:
    rows = [
        ["import, checked and proposed", report["write_ms_per_row"]],
        ["own loop", report["own_ms_per_row"]],
    ]
    says = f"{report['rows']:,} officers, {report['file_megabytes']} MB; the preview took {report['preview_seconds']} s."
    return [
        _bars(
            "A row of the staff list",
            says,
            ["what", "ms a row"],
            rows,
            column=1,
            unit="ms",
            beside=["own loop"],
        )
    ]


def _inbox(report: Report) -> list[Figure]:
    says = (
        f"{report['seats']:,} seats of {report['agencies']} agencies, {report['own_seats']:,} of them the officer's, "
        f"{report['open_percent']} % open; {report['rounds']} rounds in the process itself, without HTTP."
    )
    rows = [
        [row["question"], row["p50_ms"], row["p95_ms"]] for row in report["questions"] + report["anchors"]
    ]
    beside = [row["question"] for row in report["anchors"]]
    return [
        _bars("Lists asked of the database", says, ["question", "p50 ms", "p95 ms"], rows, column=2, unit="ms", beside=beside, budget=report["gate_ms"])
    ]  # fmt: skip


def _lives(report: Report) -> list[Figure]:
    rows = [[side["what"], side["per_core"], side["per_second"], side["lives"]] for side in report["sides"]]
    says = f"{report['acts_per_life']} acts and as many commits a life; SpiffWorkflow is given no rights, no audit, no clock."
    columns = ["what", "lives a second of processor time", "a second", "lives"]
    return [
        _bars(
            "Lives a second on one core",
            says,
            columns,
            rows,
            column=1,
            unit="a second",
            beside=["SpiffWorkflow"],
        )
    ]


def _rates(title: str, says: str, rates: Sequence[Report], ours: Callable[[str], bool]) -> Figure:
    rows = [[rate["what"], round(rate["per_second"], 1), round(rate["seconds"], 2)] for rate in rates]
    beside = [rate["what"] for rate in rates if not ours(rate["what"])]
    return _bars(title, says, ["what", "a second", "seconds"], rows, column=1, unit="a second", beside=beside)


def _notices(report: Report) -> list[Figure]:
    says = f"{report['letters']:,} letters and {report['texts']:,} text messages; all arrived once: {_yes(report['all_arrived_once'])}."
    return [
        _rates(
            "Messages a second",
            says,
            report["rates"],
            lambda what: "loop" not in what and "send_mail" not in what,
        )
    ]


def _pages(report: Report) -> list[Figure]:
    says = f"{report['dossiers']:,} dossiers of {report['agencies']} agencies, {report['requests']} requests a page, one after another; one worker."
    columns = ["page", "p50 ms", "p95 ms", "CPU ms", "most queries"]
    rows = [
        [line["page"], line["p50_ms"], line["p95_ms"], line["cpu_ms"], max(line["queries"].values())]
        for line in report["pages"]
    ]
    sides = [
        [f"{side['what']}, {side['who']}", side["p50_ms"], side["p95_ms"], side["cpu_ms"]]
        for side in report["side_by_side"]
    ]
    beside = [row[0] for row in sides if "plain" in row[0]]
    return [
        _bars("Pages", says, columns, rows, column=2, unit="ms", budget=report["budget_ms"]),
        _bars(
            "Beside a plain Django list",
            "Asked in turn.",
            columns[:4],
            sides,
            column=2,
            unit="ms",
            beside=beside,
        ),
    ]


def _payments(report: Report) -> list[Figure]:
    says = (
        f"{report['callbacks']['all']:,} callbacks, {report['callbacks']['repeated']:,} of them told again. "
        + _held(report)
    )
    return [_rates("Callbacks a second", says, report["rates"], lambda what: not what.startswith("beside"))]


def _petitions(report: Report) -> list[Figure]:
    rows = [
        [one["what"], one["p50_ms"], one["p95_ms"], f"{one['found']} of {one['planted']}"]
        for one in report["speeds"]
    ]
    beside = [row[0] for row in rows if "trigram" in str(row[0]).lower()]
    says = f"{report['petitions']:,} petitions. " + _held(report)
    return [
        _bars(
            "The search for what was brought before",
            says,
            ["what", "p50 ms", "p95 ms", "found"],
            rows,
            column=2,
            unit="ms",
            beside=beside,
            budget=100,
        )
    ]


def _portal(report: Report) -> list[Figure]:
    rows = [
        ["outbox, with all progress", report["dossiers_per_second"], report["messages_per_second"]],
        [
            "requests.post in a loop",
            report["plain"]["dossiers_per_second"],
            report["plain"]["dossiers_per_second"],
        ],
    ]
    says = f"{report['dossiers']:,} dossiers with {report['progress']:,} rows of progress, {report['workers']} workers; wrong {report['wrong']}, missing {report['missing']}."
    columns = ["what", "dossiers a second", "messages a second"]
    return [
        _bars(
            "Dossiers told a second",
            says,
            columns,
            rows,
            column=1,
            unit="a second",
            beside=["requests.post in a loop"],
        )
    ]


def _search(report: Report) -> list[Figure]:
    named = {"ours": "ours", "full_text": "PostgreSQL full text", "trigram": "PostgreSQL trigrams"}
    rows = [
        [
            title,
            report[key]["p50_ms"],
            report[key]["p95_ms"],
            f"{report[key]['recall_at_5']:.0%}",
            f"{report[key]['recall_at_5_bare']:.0%}",
        ]
        for key, title in named.items()
    ]
    says = f"{report['queries']} queries over {report['procedures']:,} procedures. Found: one of the expected among the first five."
    columns = ["engine", "p50 ms", "p95 ms", "found", "found, typed without diacritics"]
    return [
        _bars(
            "A search in the catalogue",
            says,
            columns,
            rows,
            column=2,
            unit="ms",
            beside=list(named.values())[1:],
            budget=20,
        )
    ]


def _sentinel(report: Report) -> list[Figure]:
    rows = [
        ["by digests, nothing differs", report["equal"]["bytes"] / 1e6, report["equal"]["seconds"]],
        [
            f"by digests, {report['spoiled']} differ",
            report["compared"]["bytes"] / 1e6,
            report["compared"]["seconds"],
        ],
        ["everything transferred", report["full"]["bytes"] / 1e6, report["full"]["seconds"]],
    ]
    says = f"{report['records']:,} records; {report['found']} of {report['spoiled']} found, {report['invented']} invented."
    columns = ["how", "MB on the wire", "seconds"]
    rows = [[what, round(size, 2), seconds] for what, size, seconds in rows]
    return [
        _bars(
            "Two systems compared",
            says,
            columns,
            rows,
            column=1,
            unit="MB",
            beside=["everything transferred"],
        )
    ]


def _signing(report: Report) -> list[Figure]:
    rows = [[what, round(value, 1)] for what, value in report["per_second"].items()]
    beside = [what for what in report["per_second"] if "pyHanko" in what]
    says = "RSA-2048, PAdES B-B, two pages, one core. Signed ours: {:.1f} times as many.".format(
        report["factor"]["times, invisible"]
    )
    return [
        _bars(
            "Signatures and verdicts",
            says,
            ["what", "a second"],
            rows,
            column=1,
            unit="a second",
            beside=beside,
        )
    ]


def _transfer(report: Report) -> list[Figure]:
    each = round(report["seconds"] * 1000 / report["dossiers"], 2)
    rows = [
        ["mass transfer", each], ["one by one, the command", report["one_by_one_command_ms"]],
        ["one by one, clicked over HTTP", report["one_by_one_http_ms"]],
    ]  # fmt: skip
    says = f"{report['dossiers']:,} dossiers in {report['seconds']} s, {report['moved_once']:,} moved once; due dates kept: {_yes(report['due_dates_kept'])}."
    return [
        _bars(
            "A dossier changes hands",
            says,
            ["how", "ms a dossier"],
            rows,
            column=1,
            unit="ms",
            beside=[str(row[0]) for row in rows[1:]],
        )
    ]


def _yes(holds: object) -> str:
    return "yes" if holds else "no"


def _held(report: Report) -> str:
    return "; ".join(f"{what}: {_yes(holds)}" for what, holds in report["holds"].items()) + "."


_READINGS: dict[str, Callable[[Report], list[Figure]]] = {
    "backup": _backup, "calendars": _calendars, "catalogue_import": _catalogue_import, "eforms": _eforms, "excel": _excel,
    "inbox": _inbox, "lives": _lives, "notices": _notices, "pages": _pages, "payments": _payments, "petitions": _petitions,
    "portal": _portal, "search": _search, "sentinel": _sentinel, "signing": _signing, "transfer": _transfer,
}  # fmt: skip
