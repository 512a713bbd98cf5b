"""Every template of the house: says what it is for, holds nothing that the policy forbids, asks htmx in full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.VANLANG_ROOT)
TEMPLATES = sorted((ROOT / "src" / "vanlang").glob("*/templates/**/*.html"))
NAMES = [path.relative_to(ROOT).as_posix() for path in TEMPLATES]

TAG = re.compile(r"<[a-zA-Z][^<>]*?(?:\{[%{].*?[%}]\}[^<>]*?)*>", re.DOTALL)
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an htmx expression": re.compile(r"hx-on[:=]|hx-vals\s*=\s*[\"']js:|hx-trigger\s*=\s*[\"'][^\"']*\["),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another origin": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
    "a data: picture": re.compile(r"src\s*=\s*[\"']data:"),
    "the marks of a merge": re.compile(r"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE),
    "a comment over several lines, which Django prints": re.compile(r"\{#(?:(?!#\}).)*\n"),
}


@pytest.fixture(params=TEMPLATES, ids=NAMES)
def source(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 50


def test_it_opens_with_its_purpose(source: str) -> None:
    first = source.splitlines()[0]
    assert re.match(r"(\{% extends [^%]+ %\})?\{# .{10,} #\}", first), (
        "say on line one what it is for and what it is given"
    )


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_holds_nothing_that_the_policy_forbids(source: str, what: str) -> None:
    assert FORBIDDEN[what].search(source) is None, what


def test_its_loads_are_sorted(source: str) -> None:
    for names in re.findall(r"\{% load ([^%]+?) %\}", source):
        if " from " not in names:
            assert names.split() == sorted(names.split())


def test_htmx_is_asked_in_full(source: str) -> None:
    for tag in TAG.findall(source):
        if re.search(r"\shx-(get|post|put|patch|delete)\s*=", tag):
            assert "hx-target=" in tag, "htmx 4 inherits nothing: hx-target and hx-swap on every element"
            assert "hx-swap=" in tag, "htmx 4 inherits nothing: hx-target and hx-swap on every element"
        if re.search(r"\shx-post\s*=", tag):
            assert re.match(r"<form\b.*\saction=", tag, re.DOTALL), (
                "a change is a form that works without JavaScript"
            )


def test_a_posting_form_carries_its_token(source: str) -> None:
    for form in re.findall(r"<form\b.*?</form>", source, re.DOTALL):
        if re.search(r"method\s*=\s*[\"']post", form, re.IGNORECASE):
            assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_it_can_be_read(path: Path) -> None:
    get_template(path.as_posix().partition("/templates/")[2])


def test_every_icon_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([^"]+)"', (ROOT / "src/vanlang/ui/static/ui/img/icons.svg").read_text())
    )
    sources = [
        *TEMPLATES,
        *(path for path in (ROOT / "src" / "vanlang").rglob("*.py") if "tests" not in path.parts),
    ]
    used = {
        name
        for path in sources
        for name in re.findall(r"\bicon(?: name)?=\"([a-z-]+)\"", path.read_text(encoding="utf-8"))
    }
    assert used - drawn == set()
