from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.province.types import Plan

UNTIL = dt.datetime(2026, 11, 23, 15, 0, tzinfo=VIETNAM)
SMALL = Plan(dossiers=3_000, people=600, entities=40, officers=900, petitions=400, days=30)
SEALED = {
    "petitions_petition": ("words", "contact"),
    "petitions_petitionmovement": ("note",),
    "petitions_petitionsupplement": ("question", "answer"),
    "petitions_petitionanswer": ("words", "note"),
    "petitions_petitionsatisfaction": ("why",),
}
"""Columns with a nonce of their own each time: their words are compared."""


class _Silent:
    def write(self, text: str) -> None:
        """Say nothing."""


@pytest.fixture
def reference(db: None) -> Iterator[None]:
    """The house with its reference data, and nobody in it; the test works as the system."""
    with acting(Scope.system()):
        call_command("load_reference", verbosity=0, stdout=_Silent())
        yield
