"""Other apps enter by `api.py`; rooms of an app keep their order. (The floors themselves: import-linter, pyproject.toml.)"""

from __future__ import annotations

import grimp
import pytest

OPEN = {"kernel", "ui"}
"""The cellar and the design system have no door: their modules are the vocabulary of every app."""

ROOMS = (
    ("urls", "wire_urls", "book_urls"),
    ("views",),
    ("admin", "jobs", "subscribers", "management", "middleware", "apps", "demo"),
    ("adapters", "arrivals"),
    ("api",),
    ("services",),
    ("queries", "requests", "permissions", "reference"),
    ("kinds",),
    ("models",),
    ("actors", "cards", "labels", "events", "typesetting", "pdf", "xml", "excel"),
    ("rules",),
    ("ports", "errors"),
    ("types",),
)
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("vanlang", cache_dir=None)


def app_and_room(module: str) -> tuple[str, str]:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""


def imports(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    return [
        (importer, imported)
        for importer in sorted(graph.modules)
        if ".tests" not in importer and ".migrations" not in importer
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]


def test_other_apps_enter_by_the_door(graph: grimp.ImportGraph) -> None:
    strangers = []
    for importer, imported in imports(graph):
        (app, _), (other, room) = app_and_room(importer), app_and_room(imported)
        if app != other and other not in OPEN and room != "api":
            strangers.append(f"{importer} → {imported}")
    assert strangers == []


def test_rooms_import_downwards(graph: grimp.ImportGraph) -> None:
    wrong = []
    for importer, imported in imports(graph):
        (app, room), (other, below) = app_and_room(importer), app_and_room(imported)
        if app == other and app not in OPEN and room in RANK and below in RANK and RANK[room] > RANK[below]:
            wrong.append(f"{importer} → {imported}")
    assert wrong == []


def test_every_room_is_known(graph: grimp.ImportGraph) -> None:
    known = set(RANK) | {
        "",
        "tests",
        "migrations",
        "templatetags",
        "forms",
        "formats",
        "typesetting",
        "pdf",
        "xml",
        "factories",
        "fonts",
    }
    strange = {
        f"{app}.{room}"
        for app, room in map(app_and_room, graph.modules)
        if app and app not in OPEN and room not in known
    }
    assert strange == set()
