"""Pictures of figures as SVG: pure, small, readable without colour. The table beside a picture says the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH = 760
BAR, GAP = 16, 8
LETTER = 6.7
"""How wide a letter of the picture is, on average. Units: pixels."""
INK, SOFT, LINE, WHITE = "#1d1a18", "#57514c", "#e4ded5", "#ffffff"
OURS, BESIDE, BUDGET = "#17507f", "#b9b2a8", "#9b1c1c"
SERIES = ("#17507f", "#0d5f3c", "#7a4b00", "#4b3a8c", "#2b8a9d", "#b35c1e", "#57514c", "#8a3a6b")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4", "3 6", "1 2", "10 2")
"""Lines differ in their dashes too."""

Line = tuple[str, float, bool]
"""A bar: what it is about, how long it is, whether it is ours."""


def bars(title: str, lines: Sequence[Line], *, unit: str, budget: float | None = None) -> str:
    """Return bars one below the other, their values beside them; a budget is a dashed line through all."""
    left = min(330.0, max(len(label) for label, *_ in lines) * LETTER + 24)
    room = WIDTH - left - 84
    most = max([value for _, value, _ in lines] + [budget or 0.0]) or 1.0
    top, height = 52.0, 52 + len(lines) * (BAR + GAP) + 30
    drawn = [_title(title)]
    for place, (label, value, is_ours) in enumerate(lines):
        y = top + place * (BAR + GAP)
        long = max(1.0, room * value / most)
        drawn += [
            _text(left - 10, y + 12.5, _short(label), anchor="end"),
            f'<rect x="{left:g}" y="{y:g}" width="{long:.1f}" height="{BAR}" rx="2" fill="{OURS if is_ours else BESIDE}"/>',
            _text(left + long + 7, y + 12.5, said(value), soft=True),
        ]
    bottom = top + len(lines) * (BAR + GAP)
    if budget:
        x = left + room * budget / most
        drawn += [
            f'<line x1="{x:.1f}" y1="{top - 6:g}" x2="{x:.1f}" y2="{bottom:g}" stroke="{BUDGET}" stroke-dasharray="4 3"/>',
            _text(x, bottom + 14, f"{said(budget)} {unit}", colour=BUDGET, anchor="middle"),
        ]
    else:
        drawn.append(_text(left, bottom + 14, unit, soft=True))
    return _picture(title, int(height), drawn)


def lines(
    title: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    unit: str,
    x: str,
    budget: float | None = None,
) -> str:
    """Return lines over a logarithmic axis of sizes; the vertical axis begins at nothing, so that flat looks flat."""
    points = [point for line in series.values() for point in line]
    sizes = sorted({size for size, _ in points})
    most = _round_up(max([value for _, value in points] + [budget or 0.0]))
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    left, right, top, bottom = 52.0, WIDTH - 200.0, 68.0, 300.0

    def across(size: float) -> float:
        return left + (right - left) * ((math.log10(size) - low) / (high - low) if high > low else 0.5)

    def down(value: float) -> float:
        return bottom - (bottom - top) * value / most

    drawn = [_title(title), *_grid(most, left, right, down)]
    drawn += [_text(across(size), bottom + 18, said(size), soft=True, anchor="middle") for size in sizes]
    drawn.append(_text((left + right) / 2, bottom + 38, x, soft=True, anchor="middle"))
    drawn.append(_text(left - 8, top - 14, unit, soft=True, anchor="end"))
    if budget:
        y = down(budget)
        drawn.append(
            f'<line x1="{left:g}" y1="{y:.1f}" x2="{right:g}" y2="{y:.1f}" stroke="{BUDGET}" stroke-dasharray="4 3"/>'
        )
        drawn.append(_text(right + 8, y + 4, f"{said(budget)} {unit}", colour=BUDGET))
    places = _apart({name: down(line[-1][1]) for name, line in series.items()}, taken=budget and down(budget))
    for number, (name, line) in enumerate(series.items()):
        colour, dash = SERIES[number % len(SERIES)], DASHES[number % len(DASHES)]
        path = " ".join(f"{across(size):.1f},{down(value):.1f}" for size, value in line)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>')
        drawn += [
            f'<circle cx="{across(size):.1f}" cy="{down(value):.1f}" r="2.6" fill="{colour}"/>'
            for size, value in line
        ]
        drawn.append(_text(right + 8, places[name] + 4, _short(name, 26), colour=colour))
    return _picture(title, 356, drawn)


def said(value: float) -> str:
    """Return a number as it is read: three figures are enough, thousands are kept whole."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _grid(most: float, left: float, right: float, down: Callable[[float], float]) -> list[str]:
    drawn = []
    for part in range(5):
        value = most * part / 4
        y = down(value)
        drawn.append(f'<line x1="{left:g}" y1="{y:.1f}" x2="{right:g}" y2="{y:.1f}" stroke="{LINE}"/>')
        drawn.append(_text(left - 8, y + 4, said(value), soft=True, anchor="end"))
    return drawn


def _apart(wanted: Mapping[str, float], *, taken: float | None) -> dict[str, float]:
    """Return where the names at the ends of lines stand: as near to their lines as they can without touching."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, wish in sorted(wanted.items(), key=lambda pair: pair[1]):
        last = max(wish, last + 15)
        if taken is not None and abs(last - taken) < 15:
            last = taken + 15
        placed[name] = last
    return placed


def _round_up(value: float) -> float:
    """Return the next round number that four equal parts divide well."""
    scale = 10 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(scale * step for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10) if scale * step >= value)


def _short(label: str, most: int = 46) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _title(title: str) -> str:
    return f'<text x="20" y="28" font-size="15" font-weight="600" fill="{INK}">{escape(title)}</text>'


def _text(
    x: float, y: float, words: str, *, soft: bool = False, anchor: str = "start", colour: str = ""
) -> str:
    fill = colour or (SOFT if soft else INK)
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'


def _picture(title: str, height: int, drawn: Sequence[str]) -> str:
    body = "\n".join(part for part in drawn if part)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="system-ui, \'Segoe UI\', Arial, sans-serif" font-size="12.5">\n<title>{escape(title)}</title>\n'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6" fill="{WHITE}" stroke="{LINE}"/>\n{body}\n</svg>\n'
    )
