"""What deploy/ brings for Prometheus and Grafana asks for figures that there are, by labels that they have."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from vanlang.dossiers.tests.factories import Lives, make_world
from vanlang.kernel.clock import frozen
from vanlang.operations.adapters.metrics import house, keeping, page
from vanlang.operations.adapters.metrics.instruments import JOB_DURATION, JOBS, REQUEST_SECONDS, REQUESTS
from vanlang.operations.services import upkeep
from vanlang.operations.tests.conftest import upkeep as outcome
from vanlang.operations.types import UpkeepKind

WATCHING = Path(settings.VANLANG_ROOT) / "deploy" / "prometheus"
OTHERS = {"up": frozenset({"job"})}
"""Figures of Prometheus' own."""

FULL_HOUSE = house.House(
    queues=(house.Waiting("events", 1, 1, 1, 1.0),), workers=1, outboxes=(house.Outbox("x", 1, 1.0, 1, 1, True),),
    dossiers={("commune", "in_progress"): 1}, late={"commune": 1},
)  # fmt: skip
FULL_KEPT = keeping.Kept({UpkeepKind.BACKUP: 1.0}, {"web": 1.0})


def known() -> dict[str, frozenset[str]]:
    """Return every figure that can be asked for, with its labels."""
    found = dict(OTHERS)
    for family in (
        *house.families(FULL_HOUSE),
        *keeping.families(FULL_KEPT),
        *keeping.DisksCollector().collect(),
    ):
        found |= {one.name: frozenset(one.labels) for one in family.samples}
        assert family.name in found, "a case of it above"
    for counter, names in ((REQUESTS, "vanlang_requests_total"), (JOBS, "vanlang_jobs_total")):
        found[names] = frozenset(counter._labelnames)
    for histogram, name in (
        (REQUEST_SECONDS, "vanlang_request_seconds"),
        (JOB_DURATION, "vanlang_job_seconds"),
    ):
        found |= {
            f"{name}_{part}": frozenset(histogram._labelnames) | {"le"} for part in ("bucket", "sum", "count")
        }
    return {"vanlang_database_up": frozenset(), **found}


def faults_of(expression: str) -> list[str]:
    """Return what an expression asks for and there is not: figures, and labels of figures."""
    figures, found = known(), []
    labels: set[str] = set()
    for name, matched in re.findall(r"\b(vanlang_\w+|up)\b(?:\{([^}]*)\})?", expression):
        if name not in figures:
            found.append(name)
            continue
        labels |= figures[name]
        found += [
            f"{name}{{{one}}}"
            for one in re.findall(r"(\w+)\s*(?:=|!)", matched)
            if one not in figures[name] | {"job"}
        ]
    by = [one.strip() for group in re.findall(r"by \(([^)]*)\)", expression) for one in group.split(",")]
    return found + [f"by {one}" for one in by if one not in labels]


def alerts() -> dict[str, tuple[str, str]]:
    """Return expression and words of each alert."""
    text = (WATCHING / "alerts.yml").read_text()
    found = re.findall(r"- alert: (\w+)\n\s+expr: (.+)\n(?:\s+for: \w+\n)?\s+annotations: (.+)", text)
    assert len(found) == text.count("- alert:"), "every alert is read"
    return {name: (expression, words) for name, expression, words in found}


def panels() -> Iterator[tuple[str, str, str]]:
    """Yield title, expression and legend of every panel of the dashboard."""
    for panel in json.loads((WATCHING / "dashboard.json").read_text())["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"], target["legendFormat"]


@pytest.mark.parametrize("alert", list(alerts()))
def test_an_alert_asks_for_what_there_is_and_says_what_to_do(alert: str) -> None:
    expression, words = alerts()[alert]
    assert faults_of(expression) == []
    assert re.search(r'summary: "[^"]{10,}", do_now: "[^"]{10,}"', words)
    asked = {label for name in re.findall(r"\bvanlang_\w+|\bup\b", expression) for label in known()[name]}
    assert set(re.findall(r"\$labels\.(\w+)", words)) <= asked


@pytest.mark.parametrize(("title", "expression", "legend"), list(panels()))
def test_a_panel_asks_for_what_there_is(title: str, expression: str, legend: str) -> None:
    assert faults_of(expression) == []
    shown = set(re.findall(r"\{\{(\w+)\}\}", legend))
    assert shown <= {label for name in re.findall(r"vanlang_\w+", expression) for label in known()[name]}


@pytest.mark.parametrize(
    ("expression", "faults"),
    [
        ("vanlang_requests_total", []),
        ("vanlang_request_total > 0", ["vanlang_request_total"]),
        ('sum(rate(vanlang_jobs_total{result="failed"}[5m]))', ["vanlang_jobs_total{result}"]),
        ("sum by (agency) (vanlang_dossiers_open)", ["by agency"]),
    ],
)
def test_what_is_asked_for_and_is_not_there_is_found(expression: str, faults: list[str]) -> None:
    assert faults_of(expression) == faults


def test_every_figure_is_explained_in_the_manual_or_shown() -> None:
    """A figure that no alert, no panel and no page of the manual names is one that nobody looks at."""
    manual = (Path(settings.VANLANG_ROOT) / "docs/manual-vi/van-hanh.md").read_text()
    asked = " ".join(
        [
            manual,
            *(expression for expression, _ in alerts().values()),
            *(expression for _, expression, _ in panels()),
        ]
    )
    names = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in known()} - {"up"}
    assert [name for name in sorted(names) if name not in asked] == []


def test_every_alert_is_explained_in_the_manual() -> None:
    manual = (Path(settings.VANLANG_ROOT) / "docs/manual-vi/van-hanh.md").read_text()
    assert [name for name in alerts() if f"`{name}`" not in manual] == []


# --- the figures themselves ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "HOUSE", house.HouseCollector())
    monkeypatch.setattr(page, "KEEPING", keeping.KeepingCollector())


def figures(client: Client) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").content.decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.django_db
def test_dossiers_are_told_by_kind_and_state_and_the_late_among_them(client: Client, at: dt.datetime) -> None:
    world = make_world(at)
    lives = Lives(world)
    for state in ("in_progress", "in_progress", "proposed", "delivered"):
        lives.to(state, at=at)
    with frozen(at + dt.timedelta(hours=8)):
        seen = figures(client)
    assert {key[1:]: value for key, value in seen.items() if key[0] == "vanlang_dossiers_open"} == {
        ("commune", "in_progress"): 2, ("commune", "proposed"): 1,
    }  # fmt: skip
    assert seen["vanlang_dossiers_late", "commune"] == 0
    page.HOUSE = house.HouseCollector()
    with frozen(at + dt.timedelta(days=90)):
        assert figures(client)["vanlang_dossiers_late", "commune"] == 3


@pytest.mark.django_db
def test_backups_and_disks_are_told(client: Client, at: dt.datetime) -> None:
    upkeep.note(outcome=outcome(UpkeepKind.BACKUP, at))
    upkeep.note(outcome=outcome(UpkeepKind.BACKUP, at + dt.timedelta(hours=1), good=False))
    seen = figures(client)
    ended = at + dt.timedelta(minutes=10)
    assert seen["vanlang_upkeep_good_timestamp_seconds", "backup"] == ended.timestamp()
    assert seen["vanlang_upkeep_good_timestamp_seconds", "drill"] == 0
    assert 0 < seen["vanlang_disk_free_bytes", "files"] <= seen["vanlang_disk_size_bytes", "files"]


@pytest.mark.django_db
def test_a_scrape_asks_little_and_the_same_whatever_there_is(client: Client, at: dt.datetime) -> None:
    counts = []
    world = make_world(at)
    for _ in range(2):
        Lives(world).to("in_progress", at=at)
        page.HOUSE, page.KEEPING = house.HouseCollector(), keeping.KeepingCollector()
        with CaptureQueriesContext(connection) as asked:
            client.get("/metrics")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30
