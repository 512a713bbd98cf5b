"""
Where the facts of an entry come from: a procedure's case says, for each field of the register, its source.

    "answers.child_name"     an answer of the electronic form
    "outcome.number"         the released outcome: number, issued_on, title
    "dossier.applicant_name" the dossier: code, applicant_name, applicant_personal_id, applicant_address, subject_name, request
    "=valid"                 always the same

Published only when every required field of the register has a source; filled when the outcome is released.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

OUTCOME_FACTS = frozenset({"number", "issued_on", "title"})
DOSSIER_FACTS = frozenset(
    {"code", "applicant_name", "applicant_personal_id", "applicant_address", "subject_name", "request"}
)


def problems_of(
    mapping: Mapping[str, str], *, schema: Mapping[str, Any], answers: Collection[str] | None
) -> tuple[str, ...]:
    """
    Return what keeps a mapping from being published; empty when it can be.

    `answers` are the questions of the case's form; None where the form is not known here, and then only the shape is checked.
    """
    properties = schema["properties"]
    found = [f"{name}: the register has no such field" for name in mapping if name not in properties]
    found += [f"{name}: no source" for name in schema.get("required", ()) if name not in mapping]
    found += [
        f"{name}: unknown source {source}"
        for name, source in mapping.items()
        if not is_source(source, answers=answers)
    ]
    return tuple(found)


def is_source(source: str, *, answers: Collection[str] | None) -> bool:
    """Tell whether a source exists."""
    if source.startswith("="):
        return len(source) > 1
    kind, _, name = source.partition(".")
    match kind:
        case "answers":
            return bool(name) and (answers is None or name in answers)
        case "outcome":
            return name in OUTCOME_FACTS
        case "dossier":
            return name in DOSSIER_FACTS
        case _:
            return False


def draw(mapping: Mapping[str, str], given: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Return the facts that a mapping finds in `given` ("answers", "outcome", "dossier"); what is not there is left out."""
    facts: dict[str, object] = {}
    for name, source in mapping.items():
        if not source:
            continue
        if source.startswith("="):
            facts[name] = source[1:]
            continue
        kind, _, key = source.partition(".")
        value = given.get(kind, {}).get(key)
        if value not in (None, ""):
            facts[name] = value
    return facts


def fill(fills: Mapping[str, str], facts: Mapping[str, object]) -> dict[str, object]:
    """Return answers of a form by `fills` (question → field of the register) from the facts of an entry."""
    return {
        question: facts[name] for question, name in fills.items() if facts.get(name) not in (None, "", [])
    }
