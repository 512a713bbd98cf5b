"""`docs/reference/performance.md` and its pictures, drawn from what benches found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from launcher.performance import plots
from launcher.performance.kept import Kept
from launcher.performance.readings import figures_of, is_about
from launcher.settings import ROOT

PAGE = ROOT / "docs" / "reference" / "performance.md"
PICTURES = "performance"
"""The folder of the pictures, beside the page."""
HEAD = """# Performance

Every figure here was measured by `./vanlang bench` and stands with its machine, its data, its load and the settings of its
database; beside it, in the same run, what one would pick instead. Drawn by `./vanlang bench --page` from `bench/results`;
a test compares the two, so nothing here is typed by hand.

**How to read it.** A figure is worth what its conditions are: `fsync off` makes commits cheap, a load above the number of cores
means that others wanted the machine too. p95: nineteen of twenty are quicker. A dashed red line is the budget. *Right* is what
the exit code says: the answers were those of an independent count; a budget missed is written here and fails only with `--strict`.
"""

Figure = Mapping[str, Any]


def draw(kept: Iterable[Kept]) -> dict[str, str]:
    """Return the page and its pictures: path below `docs/reference` → contents."""
    files: dict[str, str] = {}
    parts = [HEAD, *_overview(kept := sorted(kept, key=_order))]
    for one in kept:
        parts += [f"## {one.bench}", "", is_about(one.bench), "", _conditions(one), ""]
        for number, figure in enumerate(figures_of(one.bench, one.report), 1):
            parts += [f"### {figure['title']}", ""]
            if figure.get("says"):
                parts += [figure["says"], ""]
            picture = _picture(figure)
            if picture:
                name = f"{PICTURES}/{one.bench}-{number}.svg"
                files[name] = picture
                parts += [f"![{figure['title']}]({name})", ""]
            parts += [*_table(figure["columns"], figure["rows"]), ""]
    files[PAGE.name] = "\n".join(parts).rstrip() + "\n"
    return files


def write(files: Mapping[str, str], folder: Path = PAGE.parent) -> list[Path]:
    """Write the page, and take away pictures that are no longer on it."""
    pictures = folder / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.svg"):
        if f"{PICTURES}/{old.name}" not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _order(one: Kept) -> tuple[int, str]:
    """The province first, then what loads it, then the others."""
    first = ("province", "load")
    return (first.index(one.bench) if one.bench in first else len(first), one.bench)


def _overview(kept: Sequence[Kept]) -> list[str]:
    lines = ["| Bench | Right | Budget | Took | Command |", "|---|---|---|--:|---|"]
    for one in kept:
        budget = "met" if one.is_in_budget else "missed" if one.is_right else "–"
        right = "yes" if one.is_right else "**no**"
        lines.append(
            f"| [{one.bench}](#{one.bench}) | {right} | {budget} | {one.seconds:.0f} s | `{one.command}` |"
        )
    return [*lines, ""]


def _conditions(one: Kept) -> str:
    machine, server = one.machine, one.server | one.report.get("server", {})
    at = datetime.fromisoformat(one.measured_at)
    settings = ", ".join(
        f"{name} {server[name]}"
        for name in ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
        if name in server
    )
    return (
        f"*{at:%d/%m/%Y %H:%M} (Vietnam), {machine['cores']} cores, {machine['memory_gb']} GB, load {one.load[0]} before and "
        f"{one.load[1]} after, Python {machine['python']}, PostgreSQL {server.get('server_version', '?')} ({settings}). "
        f"`{one.command}`*"
    )


def _picture(figure: Figure) -> str:
    plot = figure.get("plot")
    if not plot:
        return ""
    if plot["kind"] == "lines":
        series = {name: [(x, y) for x, y in points] for name, points in plot["series"].items()}
        return plots.lines(figure["title"], series, unit=plot["unit"], x=plot["x"], budget=plot.get("budget"))
    beside = set(plot.get("beside", ()))
    drawn = [
        (str(row[0]), float(row[plot["column"]]), row[0] not in beside)
        for row in figure["rows"]
        if isinstance(row[plot["column"]], int | float)
    ]
    return plots.bars(figure["title"], drawn, unit=plot["unit"], budget=plot.get("budget")) if drawn else ""


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    numeric = [
        place > 0 and all(isinstance(row[place], int | float) for row in rows)
        for place in range(len(columns))
    ]
    lines = [
        f"| {' | '.join(columns)} |",
        f"|{'|'.join('--:' if is_numeric else '---' for is_numeric in numeric)}|",
    ]
    return lines + [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"
    return str(value).replace("|", "\\|")
