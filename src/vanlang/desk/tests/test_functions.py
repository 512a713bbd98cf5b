"""Every function names pages that exist and tests that exist, or says what it lacks."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from tests.architecture.test_routes import routes_of
from tests.support.people import sign_in
from tests.support.route_samples import make_people

from vanlang.desk.queries.functions import get_functions
from vanlang.desk.rules.functions import COUNT, Function
from vanlang.identity.api import Role

ROOT: Path = settings.VANLANG_ROOT


def test_there_are_31_and_each_once() -> None:
    assert [row.number for row in get_functions().rows] == list(range(1, COUNT + 1))
    assert len(get_functions().groups()) == 9


@pytest.mark.parametrize("row", get_functions().rows, ids=lambda row: str(row.number))
def test_pages_and_tests_exist(row: Function) -> None:
    names = {route.name for route in routes_of(get_resolver().url_patterns)}
    assert set(row.pages) - names == set()
    assert row.tests, "a function without a test is a claim"
    for name in row.tests:
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        assert any(
            isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree)
        )
    assert row.pages or row.lacks or row.tests


def test_the_reference_page_is_printed_from_the_table() -> None:
    printed = io.StringIO()
    call_command("functions", stdout=printed)
    kept = (ROOT / "docs" / "reference" / "functions.md").read_text(encoding="utf-8")
    assert kept == printed.getvalue(), "print it again: manage.py functions > docs/reference/functions.md"


@pytest.mark.django_db
def test_an_officer_reads_them_on_a_page(client: Client, at: object) -> None:
    people = make_people(at)  # type: ignore[arg-type] # the fixture's instant
    sign_in(client, people.at_home[Role.LEADER])
    page = client.get(reverse("desk:functions")).content.decode()
    assert "31 chức năng" in page and "Trả kết quả" in page
