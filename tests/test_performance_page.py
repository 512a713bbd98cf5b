"""The page of figures says what was measured, and nothing else."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher import benching
from launcher.performance import page, plots
from launcher.performance.kept import OVER_BUDGET, Kept, all_kept, keep, report_in
from launcher.performance.readings import ABOUT, figures_of

SVG = "{http://www.w3.org/2000/svg}"
FIGURE = {
    "title": "Pages",
    "says": "Of 10 dossiers.",
    "columns": ["page", "p50 ms", "p95 ms"],
    "rows": [["inbox", 20, 31.5], ["plain | list", 40, 120.25]],
    "plot": {"kind": "bars", "column": 2, "unit": "ms", "budget": 100, "beside": ["plain | list"]},
}


def kept(**changes: object) -> Kept:
    facts: dict[str, object] = {
        "bench": "province", "command": "./vanlang bench province", "measured_at": "2026-11-24T08:00:00+07:00",
        "seconds": 12.5, "exit": 0, "machine": {"cores": 2, "memory_gb": 8.0, "python": "3.11.7", "system": "Linux"},
        "load": [0.1, 1.2], "server": {"server_version": "18.6", "fsync": "off"}, "report": {"shown": [FIGURE]},
    }  # fmt: skip
    return Kept(**facts | changes)  # type: ignore[arg-type] # facts by name


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_is_what_the_results_say() -> None:
    """Nothing on it is typed by hand, and no picture is left of figures that are gone."""
    drawn = page.draw(all_kept())
    folder = page.PAGE.parent
    assert {name: (folder / name).read_text(encoding="utf-8") for name in drawn} == drawn, (
        "run ./vanlang bench --page"
    )
    pictures = {f"{page.PICTURES}/{path.name}" for path in (folder / page.PICTURES).glob("*.svg")}
    assert pictures == set(drawn) - {page.PAGE.name}


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    keep(kept(), tmp_path)
    assert all_kept(tmp_path) == [kept()]


def test_conditions_stand_beside_the_figures() -> None:
    drawn = page.draw([kept()])["performance.md"]
    for said in (
        "24/11/2026 08:00",
        "2 cores",
        "load 0.1 before and 1.2 after",
        "PostgreSQL 18.6",
        "fsync off",
        "Of 10 dossiers.",
    ):
        assert said in drawn
    assert "| inbox | 20 | 31.5 |" in drawn
    assert "plain \\| list" in drawn


def test_a_server_that_a_bench_brought_itself_is_the_one_that_is_named() -> None:
    own = {"shown": [FIGURE], "server": {"fsync": "on"}}
    assert "fsync on" in page.draw([kept(report=own)])["performance.md"]


@pytest.mark.parametrize(
    ("code", "right", "budget"), [(0, "| yes | met |", True), (OVER_BUDGET, "| yes | missed |", False), (1, "| **no** | – |", False)]
)  # fmt: skip
def test_wrong_and_slow_are_told_apart(code: int, right: str, budget: bool) -> None:
    one = kept(exit=code)
    assert right in page.draw([one])["performance.md"]
    assert one.is_in_budget is budget


def test_every_figure_has_its_picture_and_its_table() -> None:
    drawn = page.draw([kept()])
    assert "![Pages](performance/province-1.svg)" in drawn["performance.md"]
    words = [node.text for node in _read(drawn["performance/province-1.svg"]).iter(f"{SVG}text")]
    assert {"inbox", "31.5", "120", "100 ms"} <= set(words)


def test_pictures_that_are_gone_are_taken_away(tmp_path: Path) -> None:
    page.write(page.draw([kept()]), tmp_path)
    page.write(page.draw([kept(bench="load")]), tmp_path)
    assert [path.name for path in (tmp_path / "performance").iterdir()] == ["load-1.svg"]


# --- reading reports ----------------------------------------------------------------------------------


def test_a_report_is_found_among_what_is_said() -> None:
    said = '2026 [info] compared\n{\n "a": 1\n}\nthen more\n'
    assert report_in(said) == {"a": 1}
    assert report_in("{broken\n" + json.dumps({"b": 2})) == {"b": 2}
    assert report_in("nothing") is None


def test_what_was_skipped_says_why() -> None:
    assert figures_of("search", {"skipped": "needs data"})[0]["says"] == "needs data"


def test_every_bench_has_its_sentence_and_the_round_names_benches() -> None:
    assert set(benching.names()) <= set(ABOUT)
    assert set(benching.ROUND) <= set(benching.names())


def test_every_kept_result_is_read() -> None:
    for one in all_kept():
        assert figures_of(one.bench, one.report), one.bench
        for figure in figures_of(one.bench, one.report):
            assert {len(row) for row in figure["rows"]} <= {len(figure["columns"])}


# --- pictures -----------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=60), st.floats(0, 1e7), st.booleans()), min_size=1, max_size=12
    )
)
def test_bars_stay_inside_their_picture(lines: list[tuple[str, float, bool]]) -> None:
    drawn = _read(
        plots.bars("Đo", [(_printable(label), *rest) for label, *rest in lines], unit="ms", budget=100)
    )
    bars = [node for node in drawn.iter(f"{SVG}rect") if node.get("height") == str(plots.BAR)]
    assert len(bars) == len(lines)
    assert all(float(bar.get("x", 0)) + float(bar.get("width", 0)) <= plots.WIDTH for bar in bars)


@given(
    st.dictionaries(
        st.text("abcdefgh ", min_size=1, max_size=20),
        st.lists(st.floats(0.01, 1e5), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    )
)
def test_lines_stay_inside_and_their_names_apart(series: dict[str, list[float]]) -> None:
    sizes = (10_000, 184_513, 2_200_000)
    drawn = _read(
        plots.lines(
            "Đo",
            {name: list(zip(sizes, values, strict=True)) for name, values in series.items()},
            unit="ms",
            x="x",
        )
    )
    height = float(drawn.get("height", 0))
    for line in drawn.iter(f"{SVG}polyline"):
        points = [tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()]
        assert all(0 <= x <= plots.WIDTH and 0 <= y <= height for x, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_a_flat_line_is_flat_and_the_axis_begins_at_nothing() -> None:
    drawn = _read(plots.lines("x", {"a": [(10, 50), (1000, 50)]}, unit="ms", x="x", budget=100))
    (line,) = drawn.iter(f"{SVG}polyline")
    first, last = (pair.split(",")[1] for pair in line.get("points", "").split())
    assert first == last
    assert "0" in [node.text for node in drawn.iter(f"{SVG}text")]


def _printable(label: str) -> str:
    return "".join(letter for letter in label if letter.isprintable()) or "x"


def _read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture
