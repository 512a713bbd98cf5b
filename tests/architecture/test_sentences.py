"""Every error code has its sentence, and every sentence says what to do now."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

from django.conf import settings

from vanlang.kernel import labels

ROOT = Path(settings.VANLANG_ROOT)
APPS = sorted(path.parent.name for path in (ROOT / "src" / "vanlang").glob("*/apps.py"))
CODE = re.compile(rf"^({'|'.join(APPS)})\.[a-z_]+$")


def codes_in_errors() -> set[str]:
    """Return every code that an error class declares, a rule refuses with, or a command raises."""
    found = set()
    for path in (ROOT / "src" / "vanlang").rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found.add(code_in(node))
    return {code for code in found if CODE.match(code)}


def code_in(node: ast.AST) -> str:
    value: ast.expr | None = None
    if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "code" for target in node.targets):
        value = node.value
    if (
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "").endswith(("Refusal", "Error"))
        and node.args
    ):
        value = node.args[0]
    return str(value.value) if isinstance(value, ast.Constant) else ""


def test_every_code_has_a_sentence() -> None:
    assert {code for code in codes_in_errors() if not labels.has_sentence(code)} == set()


def test_every_sentence_is_whole() -> None:
    for code, sentence in labels.all_sentences().items():
        for text in (sentence.says, sentence.do_now):
            assert text.endswith((".", "”.", ".”", "?")), (code, text)
            assert text == unicodedata.normalize("NFC", text), code


def test_source_text_is_nfc() -> None:
    strange = [
        str(path.relative_to(ROOT))
        for pattern in (
            "src/**/*.py",
            "src/**/*.html",
            "src/**/*.typ",
            "reference/**/*.toml",
            "reference/**/*.json",
        )
        for path in ROOT.glob(pattern)
        if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
        and "vendor" not in path.parts
    ]
    assert strange == []
