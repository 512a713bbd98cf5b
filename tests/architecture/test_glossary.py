"""Every model and every state has a word in the glossary, and forbidden synonyms do not occur as identifiers."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.VANLANG_ROOT)
TERMS = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))["term"]
CODES = {code for term in TERMS for code in term["code"]}


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "src" / "vanlang").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def test_every_model_has_a_word() -> None:
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("vanlang.")}
    assert models - CODES == set(), (
        "add these to docs/glossary.toml, with their Vietnamese, before using them"
    )


def test_every_enum_of_states_has_a_word() -> None:
    enums = set()
    for path in sources():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases
            ):
                enums.add(node.name)
    public = {name for name in enums if not name.startswith("_")} - {"ScopeKind", "ActorKind"}
    assert public - CODES == set()


def test_every_word_of_the_glossary_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    unused = {code for code in CODES if not re.search(rf"\b{code}\b", text)}
    assert unused == set()


def test_forbidden_synonyms_are_not_identifiers() -> None:
    forbidden = {word: term["en"] for term in TERMS for word in term["not"] if not word.endswith("_")}
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "name", None) or getattr(node, "id", None)
            if isinstance(name, str) and name in forbidden:
                found.append(f"{path.relative_to(ROOT)}: {name}, say {forbidden[name]}")
    assert found == []
