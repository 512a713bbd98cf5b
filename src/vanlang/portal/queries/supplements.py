"""Answering a supplement request: the asked fields as a small form of their own, the asked papers as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vanlang.catalogue.api import get_version
from vanlang.dossiers.api import DossierPage, ItemKind, SupplementCard, SupplementItemCard
from vanlang.eforms.api import FieldDefinition, FormDefinition, Group, Question, fields_for_render
from vanlang.intake.api import form_of
from vanlang.kernel.labels import Sentence


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One thing that is asked for, and what was given so far."""

    item: SupplementItemCard
    question: Question | None
    """Of a field; None for a paper."""
    input_name: str
    kept: str = ""
    """Sealed reference to a file that was accepted while another one was refused."""
    kept_name: str = ""
    error: Sentence | None = None


def asked_form(dossier: DossierPage, request: SupplementCard, on: dt.date) -> FormDefinition:
    """
    Return a form of just the asked fields, each required, as the dossier's own form asks them.

    A field that the form does not know any more, or that an officer named freely, is asked for as a line of text.
    """
    version = get_version(dossier.procedure_version_id)
    whole = form_of(version.case(dossier.case_id), dossier.submitted_at.date())
    known = {field.name: field for field in whole.fields} if whole else {}
    fields = tuple(
        replace(known[item.key], show_if=None, required=True, group="", hint="", label=item.label)
        if item.key in known
        else FieldDefinition(name=item.key, label=item.label, widget="text", required=True, max_length=2000)
        for item in request.items
        if item.kind is ItemKind.FIELD
    )
    properties: dict[str, Any] = {
        field.name: dict(whole.schema["properties"][field.name])
        if whole and field.name in known
        else {"type": "string"}
        for field in fields
    }
    schema = {"type": "object", "properties": properties, "required": [field.name for field in fields]}
    return FormDefinition(
        code=whole.code if whole else "supplement",
        title=dossier.procedure_name,
        version=whole.version if whole else 1,
        fields=fields,
        groups=(Group(key="", title=""),),
        schema=schema,
    )


def asked_items(
    form: FormDefinition,
    request: SupplementCard,
    on: dt.date,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    files: Mapping[str, tuple[str, str]] | None = None,
    refused: Mapping[str, Sentence] | None = None,
) -> tuple[AskedItem, ...]:
    """Return what is asked for, in the officer's order, with what was given and what is wrong with it."""
    before = {
        item.key: item.before for item in request.items if isinstance(item.before, str | int | float | list)
    }
    groups = fields_for_render(form, typed if typed is not None else before, errors or {}, on=on)
    questions = {question.view.name: question for group in groups for question in group.questions}
    found = []
    for item in request.items:
        name = input_name(item)
        kept, kept_name = (files or {}).get(name, ("", ""))
        found.append(
            AskedItem(
                item=item,
                question=questions.get(item.key) if item.kind is ItemKind.FIELD else None,
                input_name=name,
                kept=kept,
                kept_name=kept_name,
                error=(refused or {}).get(name),
            )
        )
    return tuple(found)


def input_name(item: SupplementItemCard) -> str:
    """Return the name of the control of an item."""
    return item.key if item.kind is ItemKind.FIELD else f"file-{item.key}"
