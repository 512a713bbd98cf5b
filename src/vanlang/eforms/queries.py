"""Which forms there are, read from their rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from vanlang.eforms.errors import DefinitionBrokenError, UnknownFormError
from vanlang.eforms.models import FormDefinitionRow
from vanlang.eforms.rules.definitions import parse_definition
from vanlang.eforms.types import COMMUNES, CodeLists, FormDefinition
from vanlang.organizations.api import AgencyKind, list_agencies


def get_definition(code: str, *, version: int | None = None, on: dt.date | None = None) -> FormDefinition:
    """
    Return a form: the version asked for, else the newest (in force `on` a day, when one is given).

    Raises: UnknownFormError.
    """
    rows = FormDefinitionRow.objects.filter(code=code)
    if version is not None:
        rows = rows.filter(version=version)
    if on is not None:
        rows = rows.filter(valid__contains=on)
    row = rows.order_by("-version").first()
    if row is None:
        raise UnknownFormError(form=code)
    return definition_of(row.content)


def find_definition(code: str) -> FormDefinition | None:
    """Return the newest version of a form, or None when there is no such form."""
    row = FormDefinitionRow.objects.filter(code=code).order_by("-version").first()
    return definition_of(row.content) if row else None


def list_definitions() -> list[FormDefinition]:
    """Return the newest version of every form, by code."""
    rows = FormDefinitionRow.objects.order_by("code", "-version").distinct("code")
    return [definition_of(row.content) for row in rows]


def definition_of(document: Mapping[str, Any]) -> FormDefinition:
    """Return the form that a document defines. Raises: DefinitionBrokenError."""
    return _parsed(json.dumps(document, ensure_ascii=False, sort_keys=False))


@lru_cache(maxsize=256)
def _parsed(document: str) -> FormDefinition:
    told: dict[str, Any] = json.loads(document)
    definition = parse_definition(told)
    if isinstance(definition, list):
        raise DefinitionBrokenError(form=told.get("code", "?"), problems="; ".join(definition))
    return definition


def code_lists_for(definition: FormDefinition, on: dt.date) -> CodeLists:
    """Return the code lists that the form chooses from, as they are on a day."""
    if not definition.asks_for_communes:
        return {}
    return {
        COMMUNES: {agency.code: agency.short_name for agency in list_agencies(on, kind=AgencyKind.COMMUNE)}
    }
