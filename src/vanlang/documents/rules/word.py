"""
Word templates: what they may say. Parsed, never trusted.

A template is Jinja in a .docx (docxtpl). It may name facts of the dictionary and answers of the form, and choose by them
(`{% if chủ_hồ_sơ %}`); nothing else: no loops, no filters, no calls, no attributes but answers. It is rendered in a
sandbox with escaping on, though nothing that could leave it gets that far.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import jinja2
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vanlang.documents.rules.fields import DOSSIER_FIELDS, MARKS
from vanlang.kernel.errors import Refusal

ANSWERS = "khai"
"""Name under which the answers of the electronic form stand: `{{ khai.child_name }}`."""
REQUIRED = ("số_văn_bản", "ngày_văn_bản")
"""Without these the house could not number what comes back."""
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.Not, nodes.And,
    nodes.Or, nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip
_BROKEN = (jinja2.TemplateError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError)


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """What a template names."""

    fields: tuple[str, ...]
    """Names of the dictionary, and answers as "khai.child_name", each once."""


def read_template(content: bytes, *, answers: Collection[str]) -> TemplateReading | Refusal:
    """
    Return what a .docx names, or why it cannot be a template: the first unknown or missing field by name.

    `answers` are the names of the fields of the procedure's form. The file was accepted by `files` before: no macro, no
    way out, no bomb.
    """
    try:
        trees = [_environment().parse(part) for part in _parts(content)]
    except jinja2.TemplateSyntaxError as error:
        return Refusal("documents.template_syntax", {"line": str(error.message)[:120]})
    except _BROKEN:
        return Refusal("documents.template_unreadable")
    found: dict[str, None] = {}
    for tree in trees:
        refused = _walk(tree, found, answers)
        if refused is not None:
            return refused
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        return Refusal("documents.template_field_missing", {"field": missing[0]})
    return TemplateReading(tuple(found))


def render(content: bytes, *, facts: Mapping[str, str], answers: Mapping[str, str]) -> bytes:
    """
    Return the .docx filled with facts by name and answers; places for number, day, signature and code are marked.

    Raises: ValueError when it cannot be filled; `read_template` says why before.
    """
    marks = {mark.name: mark.sample for mark in MARKS}
    context = {**{field.name: "" for field in DOSSIER_FIELDS}, **facts, **marks, ANSWERS: dict(answers)}
    template, out = DocxTemplate(io.BytesIO(content)), io.BytesIO()
    try:
        template.render(context, jinja_env=_environment(), autoescape=True)
    except _BROKEN as error:
        msg = f"template cannot be filled: {type(error).__name__}"
        raise ValueError(msg) from None
    template.save(out)
    return out.getvalue()


def samples(answers: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return facts and answers for a look at a template before it is used."""
    return {field.name: field.sample for field in DOSSIER_FIELDS}, {name: f"[{name}]" for name in answers}


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _parts(content: bytes) -> list[str]:
    """Return the text of every part that docxtpl fills: body, headers, footers, notes."""
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts += [
            template.patch_xml(template.get_part_xml(part)) for _, part in template.get_headers_footers(uri)
        ]
    return [unicodedata.normalize("NFC", part) for part in parts]


def _walk(tree: nodes.Node, found: dict[str, None], answers: Collection[str]) -> Refusal | None:
    known = {field.name for field in (*DOSSIER_FIELDS, *MARKS)}
    for node in _all_nodes(tree):
        if not isinstance(node, _ALLOWED):
            return Refusal("documents.template_construct", {"what": type(node).__name__})
        if isinstance(node, nodes.Getattr):
            if not isinstance(node.node, nodes.Name) or node.node.name != ANSWERS:
                return Refusal("documents.template_construct", {"what": f".{node.attr}"})
            if node.attr not in answers:
                return Refusal("documents.template_field_unknown", {"field": f"{ANSWERS}.{node.attr}"})
            found[f"{ANSWERS}.{node.attr}"] = None
        elif isinstance(node, nodes.Name) and node.name != ANSWERS:
            if node.ctx != "load" or node.name not in known:
                return Refusal("documents.template_field_unknown", {"field": node.name})
            found[node.name] = None
    return None


def _all_nodes(tree: nodes.Node) -> Iterable[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all_nodes(child)
